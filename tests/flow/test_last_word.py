"""The last word of the largest files is found, on its page or sheet: nothing is cut off on the way."""

from pathlib import Path

import openpyxl
from reportlab.lib.pagesizes import A4
from reportlab.pdfgen.canvas import Canvas

from tests.flow.installation import Installation

_PAGES, _SHEETS, _ROWS = 2000, 50, 300


def test_the_last_word_of_a_pdf_of_two_thousand_pages(installation: Installation, tmp_path: Path) -> None:
    path = tmp_path / "in" / "dossier.pdf"
    path.parent.mkdir()
    canvas = Canvas(str(path), pagesize=A4)
    for number in range(1, _PAGES + 1):
        canvas.drawString(60, 780, f"Pagina {number} van het dossier over de riolering")
        canvas.drawString(60, 760, "Het college heeft hierover op verschillende momenten overlegd.")
        if number == _PAGES:
            canvas.drawString(60, 60, "kwartelwei")
        canvas.showPage()
    canvas.save()
    [item] = installation.ingest(path.parent).items
    assert (item["state"], item["pages"]) == ("indexed", _PAGES)
    found = installation.public().zoek("kwartelwei")
    assert [hit["pagina"] for hit in found["resultaten"][0]["treffers"]] == [_PAGES]


def test_the_last_cell_of_a_workbook_of_fifty_sheets(installation: Installation, tmp_path: Path) -> None:
    path = tmp_path / "in" / "begroting.xlsx"
    path.parent.mkdir()
    book = openpyxl.Workbook(write_only=True)
    for number in range(1, _SHEETS + 1):
        sheet = book.create_sheet(f"Post {number}")
        for row in range(1, _ROWS + 1):
            last = number == _SHEETS and row == _ROWS
            sheet.append([f"regel {row}", number * row, "kwartelwei" if last else "overig"])
    book.save(path)
    [item] = installation.ingest(path.parent).items
    assert item["state"] == "indexed"
    public = installation.public()
    [document] = public.zoek("kwartelwei")["resultaten"]
    [hit] = document["treffers"]
    page = public.get(f"/v1/documenten/{document['id']}/paginas/{hit['pagina']}").json()
    assert "Post 50" in page["label"]
    assert str(_ROWS) in page["label"]
