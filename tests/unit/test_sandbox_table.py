"""Tables read in the sandbox: rows with their numbers and types, and nothing believed of what a child sends."""

import io
import json
import zipfile
from collections.abc import Iterator
from datetime import date, datetime, time
from pathlib import Path

import openpyxl
import pytest
from odf.opendocument import OpenDocumentSpreadsheet
from odf.table import Table as OdfTable
from odf.table import TableCell, TableRow
from odf.text import P

from woo.sandbox import ChildCrashed, FileRefused, Limits, Sandbox, SandboxError
from woo.sandbox.frames import Frame
from woo.sandbox.table import Row, Sheet, Table, _Taken, read_table


@pytest.fixture(scope="module")
def sandbox() -> Iterator[Sandbox]:
    with Sandbox(Limits(seconds=30)) as made:
        yield made


def read(sandbox: Sandbox, tmp_path: Path, content: bytes) -> Table:
    path = tmp_path / "lijst"  # the name tells nothing: only the content counts
    path.write_bytes(content)
    return read_table(sandbox, path)


def cells(table: Table) -> list[tuple[object, ...]]:
    [only] = table.sheets
    return [row.cells for row in only.rows]


def workbook() -> bytes:
    book = openpyxl.Workbook()
    first = book.active
    first.title = "Lijst"
    first.append(["Nr.", None, "Naam"])
    first["A4"] = 12
    first["B4"] = datetime(2020, 3, 4, 12, 30)  # noqa: DTZ001
    first["C4"] = date(2020, 3, 5)
    first["D4"] = True
    first["E4"] = time(1, 2)
    first["F4"] = 5.25
    first["G4"] = "   "
    book.create_sheet("Leeg")
    hidden = book.create_sheet("Geheim")
    hidden["A1"] = "x"
    hidden.sheet_state = "hidden"
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def test_a_workbook_gives_every_filled_row_with_its_number_and_types(
    sandbox: Sandbox, tmp_path: Path
) -> None:
    assert read(sandbox, tmp_path, workbook()) == Table(
        (
            Sheet(
                "Lijst",
                True,
                (
                    Row(1, ("Nr.", None, "Naam")),
                    Row(4, (12.0, date(2020, 3, 4), date(2020, 3, 5), True, "01:02:00", 5.25)),
                ),
            ),
            Sheet("Leeg", True, ()),
            Sheet("Geheim", False, (Row(1, ("x",)),)),
        ),
        kind="xlsx",
    )


def test_rows_before_the_first_cell_are_counted(sandbox: Sandbox, tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    book.active["A3"] = "Nr."
    out = io.BytesIO()
    book.save(out)
    [sheet] = read(sandbox, tmp_path, out.getvalue()).sheets
    assert sheet.rows == (Row(3, ("Nr.",)),)


def test_an_ods_is_read_too(sandbox: Sandbox, tmp_path: Path) -> None:
    document = OpenDocumentSpreadsheet()
    table = OdfTable(name="Lijst")
    row = TableRow()
    for kind, attributes in (
        ("Nr.", {"valuetype": "string"}),
        ("", {"valuetype": "date", "datevalue": "2020-03-04"}),
    ):
        cell = TableCell(**attributes)
        cell.addElement(P(text=kind))
        row.addElement(cell)
    table.addElement(row)
    document.spreadsheet.addElement(table)
    out = io.BytesIO()
    document.write(out)
    assert cells(read(sandbox, tmp_path, out.getvalue())) == [("Nr.", date(2020, 3, 4))]


@pytest.mark.needs("shared")
def test_an_xls_is_read_too(sandbox: Sandbox, shared: Path) -> None:
    table = read_table(sandbox, shared / "corpus" / "office-mail" / "nl-xlsx-inventaris" / "16110.xls")
    assert table.sheets[0].rows[0].cells == ("Naam", "Aantal")


@pytest.mark.parametrize("delimiter", [";", ",", "\t", "|"])
def test_the_delimiter_of_a_text_file_is_found_and_told(
    sandbox: Sandbox, tmp_path: Path, delimiter: str
) -> None:
    lines = [
        ["Nr.", "Naam", "Datum"],
        ["1", "Brief, met komma; en meer", "1-2-2020"],
        [],
        ["2", 'een "nota"', ""],
    ]
    text = "\r\n".join(delimiter.join(_quoted(cell) for cell in line) for line in lines)
    table = read(sandbox, tmp_path, text.encode())
    assert (table.charset, table.delimiter, table.guessed) == ("utf-8", delimiter, False)
    assert table.sheets[0].rows == (
        Row(1, ("Nr.", "Naam", "Datum")),
        Row(2, ("1", "Brief, met komma; en meer", "1-2-2020")),
        Row(4, ("2", 'een "nota"')),
    )


def _quoted(cell: str) -> str:
    return '"' + cell.replace('"', '""') + '"'


def test_a_first_line_that_names_the_delimiter_is_followed_and_no_row(
    sandbox: Sandbox, tmp_path: Path
) -> None:
    table = read(sandbox, tmp_path, b"sep=|\nNr.|Naam, en;meer\n1|Brief\n")
    assert table.delimiter == "|"
    assert table.sheets[0].rows == (Row(2, ("Nr.", "Naam, en;meer")), Row(3, ("1", "Brief")))
    table = read(sandbox, tmp_path, b"sep=\t\r\nNr.\tNaam;1;2\r\n")
    assert (table.delimiter, cells(table)) == ("\t", [("Nr.", "Naam;1;2")])


@pytest.mark.parametrize(
    ("charset", "told", "guessed"),
    [
        ("utf-8", "utf-8", False),
        ("utf-8-sig", "utf-8", False),
        ("utf-16", "utf-16", False),
        ("cp1252", "cp1252", True),
        ("mac_roman", "mac_roman", True),
    ],
)
def test_the_character_set_of_a_text_file_is_found_and_told(
    sandbox: Sandbox, tmp_path: Path, charset: str, told: str, guessed: bool
) -> None:
    text = "Nr.;Naam\n1;Reünie in het café – één voorstel, geïnitieerd door coördinatoren\n"
    table = read(sandbox, tmp_path, text.encode(charset))
    assert (table.charset, table.guessed) == (told, guessed)
    assert cells(table)[1] == ("1", "Reünie in het café – één voorstel, geïnitieerd door coördinatoren")


@pytest.mark.parametrize("charset", ["cp1252", "cp850", "mac_roman"])
@pytest.mark.parametrize("text", ["café", "één", "reünie, ideeën"])
def test_few_letters_are_enough_to_find_the_character_set(
    sandbox: Sandbox, tmp_path: Path, charset: str, text: str
) -> None:
    table = read(sandbox, tmp_path, f"Nr.;Naam\n1;{text}\n".encode(charset))
    assert (table.charset, cells(table)[1]) == (charset, ("1", text))


@pytest.mark.parametrize("text", ["€12", "2020–2021", "§ 3", "‘nota’"])
def test_signs_alone_are_western_too(sandbox: Sandbox, tmp_path: Path, text: str) -> None:
    table = read(sandbox, tmp_path, f"Nr.;Naam\n1;{text}\n".encode("cp1252"))
    assert (table.charset, cells(table)[1]) == ("cp1252", ("1", text))


def zipped(name: str) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr(name, "inhoud")
    return out.getvalue()


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "empty_file"),
        (b"%PDF-1.7\n", "not_a_table"),
        (b"\x89PNG\r\n\x1a\n", "not_a_table"),
        (b"a\x00b;c\n", "not_a_table"),
        (zipped("brief.pdf"), "damaged_table"),
        (workbook()[:2000], "damaged_table"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "damaged_table"),
        (b'Nr.;Naam\n1;"Brief\n', "broken_quotes"),
        (b"\xff\xfeN\x00r", "unknown_charset"),
        (b";".join([b"x"] * 501), "too_many_columns"),
        (b"x\n" * 200_001, "too_many_rows"),
    ],
)
def test_what_is_no_table_is_refused_with_the_reason(
    sandbox: Sandbox, tmp_path: Path, content: bytes, code: str
) -> None:
    with pytest.raises(FileRefused) as refused:
        read(sandbox, tmp_path, content)
    assert refused.value.code == code
    assert "The reader refuses" not in refused.value.reason


def test_broken_quotes_are_told_with_their_row(sandbox: Sandbox, tmp_path: Path) -> None:
    for content in (
        b'Nr.;Naam\n1;"Brief"\n2;"No"ta"\n',
        b'Nr.;Naam\n1;"Brief"\n2;"Nota\n3;Memo\n',
        b'sep=;\nNr.;Naam\n1;"No"ta"\n',
    ):
        with pytest.raises(FileRefused, match="quotation mark in row 3 of the csv"):
            read(sandbox, tmp_path, content)


def test_a_sheet_whose_cells_lie_at_the_ends_of_the_world_costs_its_limit_and_nothing_else(
    tmp_path: Path,
) -> None:
    book = openpyxl.Workbook()
    book.active["A1"] = "Nr."
    book.active["XFD1048576"] = "ver weg"
    path = tmp_path / "wijd.xlsx"
    book.save(path)
    with Sandbox(Limits(seconds=10, memory_bytes=512 * 2**20)) as sandbox:
        with pytest.raises(SandboxError):
            read_table(sandbox, path)
        path.write_bytes(b"Nr.;Naam\n")
        assert cells(read_table(sandbox, path)) == [("Nr.", "Naam")]


@pytest.mark.parametrize(
    "rows",
    [
        b"no JSON",
        b'[["1", ["x"]]]',
        b'[[0, ["x"]]]',
        b'[[2, ["x"]], [2, ["y"]]]',
        b'[[1, "text"]]',
        b'[[1, [["list"]]]]',
        b'[[1, [{"d": "gisteren"}]]]',
        b'[[1, [{"d": "2020-01-01", "e": 1}]]]',
        b"[[1, [NaN]]]",
        b"[[1]]",
        b"[[1, [1" + b"0" * 400 + b"]]]",
        b"7",
        b"{}",
        b"",
        b"[" * 100_000,
        json.dumps([[1, ["x"] * 501]]).encode(),
    ],
)
def test_rows_of_a_child_that_lies_are_refused(rows: bytes) -> None:
    taken = _Taken()
    taken.take(Frame({"sheet": "Lijst", "visible": True}, b""))
    with pytest.raises(ChildCrashed):
        taken.take(Frame({"rows": 1}, rows))


@pytest.mark.parametrize(
    "header",
    [
        {"rows": 1},
        {"sheet": 7, "visible": True},
        {"sheet": "x", "visible": 1},
        {"charset": "x"},
        {"broken": 1},
        {},
    ],
)
def test_parts_that_a_child_may_not_send_are_refused(header: dict[str, object]) -> None:
    with pytest.raises(ChildCrashed):
        _Taken().take(Frame(header, b"[]"))


def test_a_broken_row_has_a_number() -> None:
    taken = _Taken()
    taken.take(Frame({"sheet": "", "visible": True}, b""))
    with pytest.raises(ChildCrashed):
        taken.take(Frame({"broken": 0}, b""))
