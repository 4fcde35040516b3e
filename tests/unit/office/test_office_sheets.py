"""Workbooks: every cell on its sheet and row, hidden sheets and what hangs on cells too, and no cell that costs too much."""

import datetime
import io

import openpyxl
import pytest
from odf.office import Annotation
from odf.opendocument import OpenDocumentSpreadsheet
from odf.style import Style, TableProperties
from odf.table import Table, TableCell, TableRow
from odf.text import P
from openpyxl.comments import Comment
from openpyxl.workbook.protection import WorkbookProtection

from tests.corpus import office
from tests.unit.office.conftest import Read, broken_copies, is_told
from woo.sandbox import FileRefused
from woo.sandbox.refusals import REASONS

_DAY = datetime.datetime(2024, 3, 1)  # noqa: DTZ001 (a workbook knows no zone)


def _written(book: openpyxl.Workbook) -> bytes:
    written = io.BytesIO()
    book.save(written)
    return written.getvalue()


def test_cells_are_written_as_they_are_looked_for(read: Read) -> None:
    book = openpyxl.Workbook()
    book.active.title = "Kosten"
    book.active.append(["Post", 1234.5, 7, 7.0, True, None, "twee\nregels", 0.1 + 0.2])
    moment = datetime.datetime(2024, 3, 1, 12, 30)  # noqa: DTZ001 (a workbook knows no zone)
    book.active.append([datetime.date(2024, 3, 1), moment, datetime.time(9, 5), 12345678901234])
    book.properties.title = "Begroting"
    (page,) = (reading := read(_written(book), "xlsx")).pages
    assert page.label == "Blad Kosten, rijen 1-2"
    assert page.text.split("\n") == [
        "Post\t1234.5\t7\t7\tWAAR\t\ttwee regels\t0.3",
        "2024-03-01\t2024-03-01 12:30:00\t09:05:00\t12345678901234",
    ]
    assert (reading.metadata.title, reading.method, page.source) == ("Begroting", "xlsx-1", "xlsx")


def test_the_last_cell_of_fifty_sheets_is_on_its_own_sheet(read: Read) -> None:
    book = openpyxl.Workbook()
    book.remove(book.active)
    for number in range(1, 51):
        sheet = book.create_sheet(f"Blad{number}")
        sheet["A1"] = f"eerste van {number}"
    sheet["ZZ900"] = "ALLERLAATSTE"
    last = read(_written(book), "xlsx").pages[-1]
    assert last.label == "Blad Blad50, rij 900"
    assert last.text.strip() == "ALLERLAATSTE"


def test_rows_are_put_in_parts_and_keep_their_numbers(read: Read) -> None:
    book = openpyxl.Workbook()
    for number in range(3, 504):
        book.active.cell(number, 1, f"r{number}")
    pages = read(_written(book), "xlsx").pages
    assert [page.label for page in pages] == [
        "Blad Sheet, rijen 3-202",
        "Blad Sheet, rijen 203-402",
        "Blad Sheet, rijen 403-503",
    ]
    assert pages[1].text.split("\n")[0] == "r203"


def test_hidden_sheets_rows_and_columns_are_found(read: Read) -> None:
    book = openpyxl.Workbook()
    book.active["A1"], book.active["B2"] = "open", "IN VERBORGEN RIJ"
    book.active.row_dimensions[2].hidden = True
    book.active.column_dimensions["B"].hidden = True
    book.create_sheet("Stil")["A1"] = "GEHEIM"
    book.create_sheet("Stiller")["A1"] = "DIEP GEHEIM"
    book["Stil"].sheet_state, book["Stiller"].sheet_state = "hidden", "veryHidden"
    reading = read(_written(book), "xlsx")
    assert "IN VERBORGEN RIJ" in reading.pages[0].text
    assert [(page.label, page.text) for page in reading.pages[1:]] == [
        ("Blad Stil (verborgen), rij 1", "GEHEIM"),
        ("Blad Stiller (verborgen), rij 1", "DIEP GEHEIM"),
    ]
    assert reading.warnings == (REASONS["hidden_sheets"],)


def test_comments_headers_and_footers_stand_beside_the_cells(read: Read) -> None:
    book = openpyxl.Workbook()
    book.active["B4"] = "bedrag"
    book.active["B4"].comment = Comment("KLOPT DIT?", "A. Voorbeeld")
    book.active.oddHeader.center.text = "KOP & REGEL"
    book.active.oddFooter.left.text = "Blad &P VOET"
    reading = read(_written(book), "xlsx")
    assert reading.pages[1].label == "Blad Sheet, naast de cellen"
    assert reading.pages[1].text.split("\n") == ["B4: KLOPT DIT?", "KOP & REGEL", "Blad VOET"]
    assert reading.warnings == (REASONS["comments"],)


def test_a_sheet_with_cells_in_its_far_corners_costs_nothing(read: Read) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    sheet["A1"], sheet["XFD1048576"] = "BEGIN", "HOEK"
    sheet["B7"], sheet["C7"], sheet["D7"] = _DAY, 12.0, False
    sheet["E7"], sheet["F7"] = datetime.time(9, 5), "=A1"
    pages = read(_written(book), "xlsx").pages
    assert [(page.label, page.text) for page in pages] == [
        ("Blad Sheet, rijen 1-7", "BEGIN\n2024-03-01\t12\tONWAAR\t09:05:00"),
        ("Blad Sheet, rij 1048576", "HOEK"),
    ]


def test_formatted_empty_cells_cost_nothing(read: Read) -> None:
    book = openpyxl.Workbook()
    book.active["A1"] = "x"
    book.active["XFD1048576"].font = openpyxl.styles.Font(bold=True)
    assert [page.text for page in read(_written(book), "xlsx").pages] == ["x"]


def test_a_sheet_may_have_any_name(read: Read) -> None:
    book = openpyxl.Workbook()
    book.active["A1"] = "x"
    content = _written(book)
    named = office.part_of(content, "xl/workbook.xml").replace(
        b'name="Sheet"', b'name="' + b"n" * 400_000 + b'"'
    )
    (page,) = read(office.changed(content, "xl/workbook.xml", named), "xlsx").pages
    assert page.label is not None
    assert page.label.startswith("Blad nnn")


def test_a_protected_workbook_is_no_locked_one(read: Read) -> None:
    book = openpyxl.Workbook()
    book.active["A1"] = "leesbaar"
    book.security = WorkbookProtection(workbookPassword="geheim", lockStructure=True)
    assert read(_written(book), "xlsx").pages[0].text == "leesbaar"


def test_an_xls_is_read_as_an_xlsx_is(read: Read) -> None:
    content = office.xls({"Een": [["kop", 12.0], ["Łódź", 0.5]], "Twee": [["STIL"]]}, hidden=("Twee",))
    reading = read(content, "xls")
    assert [(page.label, page.text) for page in reading.pages] == [
        ("Blad Een, rijen 1-2", "kop\t12\nŁódź\t0.5"),
        ("Blad Twee (verborgen), rij 1", "STIL"),
    ]
    assert reading.warnings == (REASONS["hidden_sheets"],)


def test_what_stands_beside_the_cells_of_an_xls_is_found(read: Read) -> None:
    content = office.xls({"Een": [["cel"]]}, remark="KLOPT DIT?", header='&L&"Arial"KOP &P')
    assert [(page.label, page.text) for page in read(content, "xls").pages] == [
        ("Blad Een, rij 1", "cel"),
        ("Blad Een, naast de cellen", "KOP\nKLOPT DIT?"),
    ]


def _ods() -> bytes:
    book = OpenDocumentSpreadsheet()
    hidden = Style(name="weg", family="table")
    hidden.addElement(TableProperties(display="false"))
    book.automaticstyles.addElement(hidden)
    sheet = Table(name="Kosten")
    row = TableRow()
    for text, about in (
        ("€ 1.234,50", {"valuetype": "float", "value": "1234.5"}),
        ("1-3-24", {"valuetype": "date", "datevalue": "2024-03-01"}),
    ):
        cell = TableCell(**about)
        cell.addElement(P(text=text))
        row.addElement(cell)
    remark = Annotation()
    remark.addElement(P(text="KLOPT DIT?"))
    cell.addElement(remark)
    sheet.addElement(row)
    sheet.addElement(TableRow(numberrowsrepeated=1_048_570))
    row = TableRow(numberrowsrepeated=3)
    cell = TableCell(numbercolumnsrepeated=16_000)
    cell.addElement(P(text="ONDER"))
    row.addElement(cell)
    sheet.addElement(row)
    book.spreadsheet.addElement(sheet)
    second = Table(name="Stil", stylename=hidden)
    row, cell = TableRow(), TableCell()
    cell.addElement(P(text="GEHEIM"))
    row.addElement(cell)
    second.addElement(row)
    book.spreadsheet.addElement(second)
    written = io.BytesIO()
    book.save(written)
    return written.getvalue()


def test_an_ods_is_read_as_it_is_shown_and_repeats_cost_nothing(read: Read) -> None:
    reading = read(_ods(), "ods")
    assert [(page.label, page.text) for page in reading.pages] == [
        ("Blad Kosten, rij 1", "€ 1.234,50\t2024-03-01"),
        ("Blad Kosten, rij 1048572", "\t".join(["ONDER"] * 8)),
        ("Blad Kosten, naast de cellen", "KLOPT DIT?"),
        ("Blad Stil (verborgen), rij 1", "GEHEIM"),
    ]
    assert reading.warnings == (REASONS["comments"], REASONS["hidden_sheets"])


def test_a_bomb_in_one_sheet_leaves_the_sheets_before_it(read: Read) -> None:
    book = openpyxl.Workbook()
    book.active["A1"] = "EERSTE"
    book.create_sheet("Bom")["A1"] = "x"
    start = b"<worksheet><sheetData>" + b"<row r='1'/>" * 5_000_000
    content = office.changed(_written(book), "xl/worksheets/sheet2.xml", start)
    reading = read(content, "xlsx")
    assert [page.text for page in reading.pages] == ["EERSTE"]
    assert reading.cut is not None
    assert reading.cut.endswith(REASONS["part_ratio"])


@pytest.mark.parametrize(
    ("naam", "content", "code"),
    [
        ("xlsx", office.ole({"EncryptedPackage": b""}), "password_needed"),
        ("xls", office.xls({"A": [["x"]]}, locked=True), "password_needed"),
        ("xlsx", b"PK\x03\x04 en niets meer", "damaged_file"),
        ("xlsx", office.zipped({"xl/ander.xml": "<x/>"}), "damaged_file"),
        ("xls", office.ole({"Workbook": b"\0" * 20}), "damaged_file"),
        ("ods", office.zipped({"content.xml": b"\0"}), "damaged_file"),
    ],
)
def test_what_cannot_be_read_is_refused_with_its_reason(
    read: Read, naam: str, content: bytes, code: str
) -> None:
    with pytest.raises(FileRefused) as caught:
        read(content, naam)
    assert caught.value.code == code


@pytest.mark.parametrize("naam", ["xlsx", "xls", "ods"])
def test_no_damage_makes_the_reader_fail(read: Read, naam: str) -> None:
    book = openpyxl.Workbook()
    for number in range(60):
        book.active.append([f"rij {number}", number, datetime.date(2024, 1, 1)])
    made = {"xlsx": _written(book), "ods": _ods(), "xls": office.xls({"A": [["x", 1.0]] * 60})}
    for broken in broken_copies(made[naam], seed=7, count=40):
        assert is_told(read, broken, naam)
