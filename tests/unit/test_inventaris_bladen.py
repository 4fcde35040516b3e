"""What a sheet holds beside its values never changes a row unsaid: formulas, errors, merged and hidden cells, odd files."""

import io
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from odf.opendocument import OpenDocumentSpreadsheet
from odf.table import CoveredTableCell, TableCell, TableColumn, TableRow
from odf.table import Table as OdfTable
from odf.text import P

from woo.diwoo.waardelijsten import Waardelijsten
from woo.inventaris.bestand import read_bestand, uitleg_van
from woo.inventaris.fouten import Lijstfout
from woo.inventaris.lezen import MEEST_RIJEN, Inventaris, Leeswijze
from woo.sandbox import FileRefused, Limits, Sandbox
from woo.settings import config_folder

KOP = ["Nr.", "Naam document", "Datum", "Beoordeling", "Grond"]
GOED = ["1", "Brief", "2020-01-31", "openbaar", None]
Reader = Callable[..., Inventaris]


@pytest.fixture(scope="module")
def sandbox() -> Iterator[Sandbox]:
    with Sandbox(Limits(seconds=60)) as made:
        yield made


@pytest.fixture(scope="module")
def lijsten() -> Waardelijsten:
    return Waardelijsten.load(config_folder() / "waardelijsten")


@pytest.fixture
def read(sandbox: Sandbox, lijsten: Waardelijsten, tmp_path: Path) -> Reader:
    def read(content: bytes, naam: str = "lijst.xlsx", **wijze: Any) -> Inventaris:
        path = tmp_path / "lijst"
        path.write_bytes(content)
        return read_bestand(
            sandbox, lijsten, path, naam=naam, wijze=Leeswijze(**wijze), vandaag=date(2026, 3, 2)
        )

    return read


def saved(book: openpyxl.Workbook) -> bytes:
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def workbook(*rows: list[Any], change: Callable[[Any], None] = lambda sheet: None) -> bytes:
    book = openpyxl.Workbook()
    for row in (KOP, *rows):
        book.active.append(row)
    change(book.active)
    return saved(book)


def faults(found: Inventaris) -> list[str]:
    return [str(each) for each in found.fouten]


def test_a_formula_without_its_result_is_an_error_of_its_row_and_of_no_other(read: Reader) -> None:
    found = read(workbook(["1", "Brief", None, '=IF(1,"openbaar","")'], ["2", "Nota", None, "openbaar"]))
    assert [regel.nummer for regel in found.regels] == ["2"]
    [fault] = faults(found)
    assert fault.startswith("rij 2, kolom Beoordeling: is een formule zonder uitkomst; open het bestand")


def test_a_row_of_formulas_alone_is_told_though_it_looks_empty(read: Reader) -> None:
    found = read(workbook(GOED, ["=A2", "=B2", None, "=D2"]))
    assert found.rijen == 2
    assert {(each.rij, each.kolom) for each in found.fouten} == {
        (3, "Nr."),
        (3, "Naam document"),
        (3, "Beoordeling"),
    }


def test_the_result_of_a_formula_is_read_and_told(read: Reader, tmp_path: Path) -> None:
    import xlsxwriter

    with xlsxwriter.Workbook(tmp_path / "f.xlsx") as book:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, KOP)
        sheet.write_row(1, 0, ["1", "Brief", "", "openbaar"])
        sheet.write_formula(2, 0, "=1+1", None, 2)
        sheet.write_row(2, 1, ["Nota", "", "openbaar"])
        sheet.write_formula(2, 4, "=A9", None, "5.1.2e")
    found = read((tmp_path / "f.xlsx").read_bytes())
    assert [regel.nummer for regel in found.regels] == ["1", "2"]
    assert any("In de kolommen Nr., Grond staan formules (2 cellen)" in each for each in found.opmerkingen)


def test_a_cell_in_error_is_no_empty_cell(read: Reader, tmp_path: Path) -> None:
    import xlsxwriter

    with xlsxwriter.Workbook(tmp_path / "e.xlsx") as book:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, KOP)
        sheet.write_row(1, 0, ["1", "Brief", "", "niet openbaar"])
        sheet.write_formula(1, 4, "=VLOOKUP(1,A1:A2,9)", None, "#REF!")
    [fault] = faults(read((tmp_path / "e.xlsx").read_bytes()))
    assert fault.startswith("rij 2, kolom Grond: “#REF!” is een fout van het rekenblad zelf")


def test_merged_cells_are_told_where_a_row_has_no_value_of_its_own(read: Reader) -> None:
    def down(sheet: Any) -> None:
        sheet.merge_cells("E2:E4")

    rows = [[str(n), f"Brief {n}", None, "niet openbaar", "5.1.2e" if n == 1 else None] for n in (1, 2, 3)]
    found = read(workbook(*rows, change=down))
    assert [regel.nummer for regel in found.regels] == ["1"]
    assert [(each.rij, each.kolom) for each in found.fouten] == [(3, "Grond"), (4, "Grond")]
    assert "samengevoegde cellen (E2 tot en met E4)" in found.fouten[0].uitleg

    def across(sheet: Any) -> None:
        sheet.merge_cells("D2:E2")

    [fault] = read(workbook(GOED, change=across)).fouten
    assert (fault.rij, "D2 tot en met E2" in fault.uitleg) == (2, True)

    def title(sheet: Any) -> None:
        sheet.insert_rows(1)
        sheet["A1"] = "Inventarislijst"
        sheet.merge_cells("A1:E1")

    assert read(workbook(GOED, change=title)).fouten == ()  # above the list it says nothing of a row


def test_hidden_rows_columns_and_sheets_are_read_and_told(read: Reader) -> None:
    book = openpyxl.load_workbook(
        io.BytesIO(workbook(GOED, ["2", "Nota", None, "openbaar"], ["3", "Memo", None, "openbaar"]))
    )
    for row in (3, 4):
        book.active.row_dimensions[row].hidden = True
    book.active.column_dimensions["E"].hidden = True
    legend = book.create_sheet("Legenda")
    legend["A1"] = "5.1.2.e"
    legend.sheet_state = "hidden"
    found = read(saved(book))
    assert len(found.regels) == 3
    told = " ".join(found.opmerkingen)
    assert "Verborgen rijen zijn ook gelezen: 3-4." in told
    assert "Verborgen kolommen zijn ook gelezen: E (Grond)." in told
    assert "niet gelezen: Legenda (verborgen)" in told


def test_an_ods_tells_the_same(read: Reader) -> None:
    document = OpenDocumentSpreadsheet()
    table = OdfTable(name="Lijst")
    table.addElement(TableColumn(numbercolumnsrepeated=4))
    table.addElement(TableColumn(visibility="collapse"))

    def row(*cells: Any, **about: Any) -> None:
        made = TableRow(**about)
        for cell in cells:
            if isinstance(cell, str):
                one = TableCell(valuetype="string")
                one.addElement(P(text=cell))
                made.addElement(one)
            else:
                made.addElement(cell)
        table.addElement(made)

    row(*KOP)
    row("1", "Brief", "2020-01-31", "openbaar", visibility="collapse")
    merged = TableCell(valuetype="string", numberrowsspanned="2", numbercolumnsspanned="1")
    merged.addElement(P(text="openbaar"))
    row("2", "Nota", "", merged)
    row("3", "Memo", "", CoveredTableCell())
    row("4", "Mail", "", TableCell(formula="of:=1/0", valuetype="string", stringvalue=""))
    row("5", "Mail", "", TableCell(formula="of:=A1"))
    document.spreadsheet.addElement(table)
    out = io.BytesIO()
    document.write(out)
    found = read(out.getvalue(), "lijst.ods")
    assert [regel.nummer for regel in found.regels] == ["1", "2"]
    told = " ".join(found.opmerkingen)
    assert "Verborgen rijen zijn ook gelezen: 2." in told
    assert "Verborgen kolommen zijn ook gelezen: E (Grond)." in told
    why = {each.rij: each.uitleg for each in found.fouten}
    assert "D3 tot en met D4" in why[4]
    assert "formule zonder uitkomst" in why[6]
    assert 5 in why


def test_more_rows_than_an_inventory_holds_are_refused_with_the_limit(read: Reader) -> None:
    lines = "".join(f"{n};Brief;openbaar\n" for n in range(1, MEEST_RIJEN + 2))
    with pytest.raises(Lijstfout) as refused:
        read(f"Nr.;Titel;Beoordeling\n{lines}".encode(), "lijst.csv")
    assert "50001 rijen" in refused.value.uitleg
    assert "50000" in refused.value.uitleg


@pytest.mark.parametrize(("charset", "delimiter"), [("cp1252", ";"), ("utf-8", "\t"), ("utf-16", ";")])
def test_a_csv_is_read_in_its_character_set(read: Reader, charset: str, delimiter: str) -> None:
    text = "Nr.;Titel;Beoordeling\n1;Café één;geheel openbaar\n".replace(";", delimiter)
    found = read(text.encode(charset), "lijst.csv")
    assert (found.regels[0].documentnaam, found.fouten) == ("Café één", ())


def test_a_heading_that_comes_again_is_no_row(read: Reader) -> None:
    [fault] = read(workbook(GOED, KOP)).fouten
    assert (fault.rij, fault.uitleg) == (3, "herhaalt de koppen van de lijst; haal de rij weg")


def test_a_second_row_of_headings_is_told(read: Reader) -> None:
    book = openpyxl.Workbook()
    for row in (
        ["Document", None, "Besluit", None],
        ["Nr.", "Titel", "Beoordeling", "Grond"],
        ["1", "Brief", "openbaar"],
    ):
        book.active.append(row)
    found = read(saved(book))
    assert [regel.nummer for regel in found.regels] == ["1"]
    assert any("De koppen staan in rij 2" in each for each in found.opmerkingen)
    subheads = workbook([None, None, None, "geheel/deels", None], GOED)
    assert "tussenkop" in read(subheads).fouten[0].uitleg


def test_rows_that_are_wrong_keep_their_number_where_it_is_theirs(read: Reader) -> None:
    found = read(
        workbook(["1", "Brief", None, "?"], ["2", "Nota", None, "openbaar"], ["2", "Memo", None, "openbaar"])
    )
    assert [(each.rij, each.volgorde, each.nummer) for each in found.foutrijen] == [(2, 1, "1"), (4, 3, None)]
    assert found.bladrijen == (3,)


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("dubbel", "dubbel"),
        ("Buiten verzoek", "buiten_verzoek"),
        ("Alleen aan verzoeker", "alleen_aan_verzoeker"),
    ],
)
def test_what_is_no_judgement_is_kept_apart_and_told(read: Reader, text: str, kind: str) -> None:
    found = read(workbook(["1", "Brief", None, text]))
    [regel] = found.regels
    assert (regel.beoordeling.value, [each.value for each in regel.bijzonderheden]) == (
        "niet_openbaar",
        [kind],
    )
    assert regel.mag_openbaar is False
    assert any("is geen beoordeling" in each.uitleg for each in found.meldingen)


@pytest.mark.parametrize(
    ("gronden", "datum", "told"),
    [
        ("5.1.2e; 5.1.5", None, "5.1.5 geldt niet voor dezelfde passage als 5.1.2.e"),
        ("5.1.6; 5.1.1c", None, "in de plaats van 5.1.1.c"),
        ("5.1.4", None, "5.1.4 is tijdelijk"),
        ("5.2.2", None, "geen weigeringsgrond"),
        ("8.8", None, "noemt geen wet en artikel"),
        ("10.2.e; 5.1.2.e", None, "gronden van de Wob en van de Woo door elkaar"),
        ("5.1.2e", "2021-03-01", "ouder dan 5 jaar"),
    ],
)
def test_the_rules_of_grounds_warn_and_stop_nothing(
    read: Reader, gronden: str, datum: str | None, told: str
) -> None:
    found = read(workbook(["1", "Brief", datum, "deels openbaar", gronden]))
    assert len(found.regels) == 1
    said = " ".join((*(each.uitleg for each in found.meldingen), *found.opmerkingen))
    assert told in said
    for quiet in (
        ["1", "Brief", "2021-03-02", "deels openbaar", "5.1.2e; 5.1.2i"],
        ["1", "Brief", None, "openbaar"],
    ):
        assert not read(workbook(quiet)).meldingen
        assert "ouder dan" not in " ".join(read(workbook(quiet)).opmerkingen)


def test_every_reason_of_the_reader_has_its_plain_sentence(read: Reader) -> None:
    for content in (b"", b"%PDF-1.7\n", b"PK\x03\x04kapot", b"\xff\xfeN\x00r", b'Nr.;Naam\n1;"Brief\n'):
        with pytest.raises(FileRefused) as refused:
            read(content)
        assert uitleg_van(refused.value).endswith((".", "zegt.", "op."))
        assert "The " not in uitleg_van(refused.value)
