"""Office and text files from folder to portal: found by what stands in them, and a locked one is set apart with the reason."""

from pathlib import Path

import openpyxl

from tests.corpus import office
from tests.flow.installation import Installation
from woo.sandbox.refusals import REASONS


def test_office_files_are_found_by_what_stands_in_them(installation: Installation, tmp_path: Path) -> None:
    folder = tmp_path / "kantoor"
    folder.mkdir()
    (folder / "brief.docx").write_bytes(office.docx(office.paragraph("Besluit over de kwartelwei.")))
    (folder / "nota.doc").write_bytes(office.doc([("Nota over de zilverreiger.\r", True)]))
    (folder / "presentatie.ppt").write_bytes(office.ppt([office.words("Plan voor de wulpenplas")], {}))
    book = openpyxl.Workbook()
    book.create_sheet("Kosten")["C7"] = "Aankoop grutteroever"
    book.save(folder / "begroting.xlsx")
    (folder / "lijst.csv").write_text("post;bedrag\nsnippenbos;1,50\n", encoding="cp1252")
    (folder / "geheim.docx").write_bytes(office.ole({"EncryptedPackage": b"x"}))
    items = {item["path"]: item for item in installation.ingest(folder).items}
    words = ("kwartelwei", "zilverreiger", "wulpenplas", "grutteroever", "snippenbos")
    visitor = installation.public()
    assert {word: len(visitor.ids(word)) for word in words} == dict.fromkeys(words, 1)
    assert {path for path, item in items.items() if item["state"] == "indexed"} == items.keys() - {
        "geheim.docx"
    }
    assert (items["geheim.docx"]["state"], items["geheim.docx"]["reason"]) == (
        "quarantined",
        f"password_needed: {REASONS['password_needed']}",
    )
    (found,) = visitor.zoek("grutteroever")["resultaten"]
    assert (found["formaat"], found["bestand"]["naam"]) == ("xlsx", "begroting.xlsx")
    assert [hit["fragment"] for hit in found["treffers"]] == ["Aankoop grutteroever"]
