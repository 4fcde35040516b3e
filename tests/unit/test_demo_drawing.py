from datetime import date
from io import BytesIO
from pathlib import Path

import pikepdf
import pypdfium2
import pytest
from reportlab.platypus import Table

from ingest.demo.afwerking import finish, scanned
from ingest.demo.dossier import DossierFout, Stuk, read_dossiers
from ingest.demo.huisstijl import STIJLEN, stylesheet
from ingest.demo.opmaak import Opmaak, inline
from ingest.demo.tellingen import UREN, counts
from ingest.demo.vormen import draw, dutch_date

GOOD = """
officiele_titel: Proef
omschrijving: Een proef
informatiecategorie: c_3baef532
kenmerk: Z1
besluitdatum: 2026-01-02
publicatiedatum: 2026-01-03
documenten:
  - {bestand: a.pdf, titel: Een titel, soort: c_d506b718, datum: 2026-01-01, vorm: notitie, tekst: Dag}
"""


def written(tmp_path: Path, content: str) -> Path:
    (tmp_path / "proef.yaml").write_text(content, encoding="utf-8")
    return tmp_path


def stuk(tekst: str, vorm: str = "notitie", **delen: object) -> Stuk:
    return Stuk("a.pdf", "Een titel", "c_d506b718", date(2026, 3, 4), vorm, "zuiderveld", tekst, delen=delen)


def text_of(content: bytes) -> str:
    pdf = pypdfium2.PdfDocument(content)
    try:
        return "\n".join(page.get_textpage().get_text_range() for page in pdf)
    finally:
        pdf.close()


def test_a_dossier_is_read_with_its_documents(tmp_path):
    (dossier,) = read_dossiers(written(tmp_path, GOOD))
    assert (dossier.map, dossier.status, dossier.stukken[0].stijl) == ("proef", "gepubliceerd", "zuiderveld")


@pytest.mark.parametrize(
    ("old", "new", "why"),
    [
        ("kenmerk: Z1", "kenmerk: 12", "publicatie: kenmerk must be text, it is 12"),
        ("besluitdatum: 2026-01-02", "besluitdatum: morgen", "besluitdatum must be a date"),
        ("kenmerk: Z1", "kenmerk: Z1\nstatus: weg", "status must be gepubliceerd or concept, not 'weg'"),
        ("vorm: notitie", "vorm: gedicht", "a.pdf: vorm must be one of brief, email"),
        ("bestand: a.pdf", "bestand: ../a.pdf", "must be a plain file name"),
        ("bestand: a.pdf", "bestand: a.docx", "must be a plain file name that ends in .pdf"),
        ("titel: Een titel, ", "", "a.pdf: titel must be text"),
        ("documenten:", "stukken:", "must hold a publicatie with the list 'documenten'"),
        ("kenmerk: Z1", "kenmerk: [", "no valid YAML"),
    ],
)
def test_a_malformed_dossier_is_refused_with_its_file(tmp_path, old, new, why):
    assert old in GOOD
    with pytest.raises(DossierFout) as caught:
        read_dossiers(written(tmp_path, GOOD.replace(old, new)))
    assert "proef.yaml" in str(caught.value)
    assert why in str(caught.value)


def test_marks_become_markup_and_the_rest_is_escaped():
    assert inline("**vet** en *schuin* & <b>") == "<b>vet</b> en <i>schuin</i> &amp; &lt;b&gt;"
    assert inline("2 * 3 * 4") == "2 * 3 * 4"


def test_a_redaction_becomes_a_black_bar_with_its_ground_and_nothing_else():
    bar = inline("Aan [[5.1.2.e:2]]!")
    assert bar.startswith('Aan <font backColor="#000000"')
    assert ">\u00a0\u00a0\u00a05.1.2.e\u00a0\u00a0\u00a0</font>!" in bar


def test_a_character_that_the_fonts_lack_is_refused():
    with pytest.raises(ValueError, match="u2192"):
        inline("van A \u2192 B")


def test_an_unknown_directive_is_refused_with_the_known_ones():
    stijl = STIJLEN["zuiderveld"]
    with pytest.raises(ValueError, match="unknown directive ::figuurtje; known: figuur"):
        Opmaak(stijl, stylesheet(stijl), {"figuur": lambda _: []}).flowables("::figuurtje a")


def test_a_table_repeats_its_head_and_sets_numbers_to_the_right():
    stijl = STIJLEN["zuiderveld"]
    table = Opmaak(stijl, stylesheet(stijl)).flowables("| Naam | Bedrag |\n| a | 1.200,50 |\n| b | - |")[0]
    assert isinstance(table, Table)
    assert table.repeatRows == 1
    assert [table._cellStyles[1][n].alignment for n in (0, 1)] == ["LEFT", "RIGHT"]


def test_a_note_shows_its_text_lists_and_heading():
    shown = text_of(
        draw(
            stuk(
                "## Kop\n\nEen alinea\nover twee regels.\n\n- punt een\n  gaat door\n- punt twee\n\n1. eerst\n2. dan"
            )
        )
    )
    assert "Een alinea over twee regels." in shown
    assert "punt een gaat door" in shown
    assert "2." in shown


def test_an_inventory_with_a_short_row_is_refused():
    with pytest.raises(ValueError, match="a row of the inventory has 7 cells"):
        draw(stuk("", "inventaris", rijen=[[1, "01-01-2026", "Brief"]]))


def test_a_letter_without_addressee_is_refused():
    with pytest.raises(KeyError, match="aan"):
        draw(stuk("Geachte heer,", "brief", onderwerp="proef", ondertekening="x"))


def test_dates_are_written_in_dutch():
    assert dutch_date(stuk("")) == "4 maart 2026"


def test_counts_are_the_same_every_time_and_fit_the_street():
    sectie = {"naam": "Singel", "plaatsen": 100, "soort": "woon", "druk": 1.0}
    rows = counts(sectie)
    assert rows == counts(dict(sectie))
    assert [len(row) for row in rows] == [len(UREN) + 2] * 3
    assert all(0 <= int(cell) <= 108 for row in rows for cell in row[1:-1])
    assert rows[0][-1] == f"{max(int(cell) for cell in rows[0][1:-1])}%"


def test_finishing_sets_the_metadata_and_keeps_the_pages():
    content = draw(stuk("Dag"))
    once, twice = (finish(content, titel="Naam é", auteur="Wij", datum=date(2024, 5, 6)) for _ in range(2))
    assert once == twice
    with pikepdf.open(BytesIO(once)) as pdf:
        assert (str(pdf.docinfo.Title), str(pdf.docinfo.Author), str(pdf.Root.Lang)) == (
            "Naam é",
            "Wij",
            "nl-NL",
        )
        assert str(pdf.docinfo.CreationDate).startswith("D:20240506")
    assert "Dag" in text_of(once)


def test_a_scan_is_turned_and_grainy_and_its_seed_decides_the_dust():
    content = draw(stuk("Dag " * 200))
    first, again, other = (scanned(content, angle=1.0, seed=seed) for seed in ("a", "a", "b"))
    assert text_of(first).strip() == ""
    pictures = []
    for scan in (first, again, other):
        with pikepdf.open(BytesIO(scan)) as pdf:
            pictures.append(next(iter(pdf.pages[0].get_images().values())).read_raw_bytes())
    assert pictures[0] == pictures[1]
    assert pictures[0] != pictures[2]
