"""A metadata sheet is read whatever program wrote it, checked whole, and every row that cannot be used is named."""

from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path

import openpyxl
import pytest

from ingest.discover import Found, Groep, key_of
from ingest.sheet.columns import Kolom, columns_of
from ingest.sheet.errors import SheetRefused
from ingest.sheet.lijst import Metadatalijst, check_table, endings
from ingest.sheet.table import MOST_COLUMNS, MOST_ROWS, Table, read_table
from ingest.sheet.values import WrongCell, value_of
from woo.diwoo.waardelijsten import Waardelijsten
from woo.sandbox import Limits, Sandbox
from woo.settings import config_folder

TODAY = date(2026, 3, 2)
LIJSTEN = Waardelijsten.load(config_folder() / "waardelijsten")
GROEP = Groep("map:/in", "in")


@pytest.fixture(scope="module")
def sandbox() -> Iterator[Sandbox]:
    with Sandbox(Limits(seconds=60), processes=1) as sandbox:
        yield sandbox


def read(sandbox: Sandbox, tmp_path: Path, content: bytes, *, naam: str = "lijst.csv") -> Table:
    path = tmp_path / naam
    path.write_bytes(content)
    return read_table(sandbox, path, naam)


def workbook(path: Path, *sheets: tuple[str, list[list[object]]]) -> Path:
    book = openpyxl.Workbook()
    book.remove(book.active)
    for name, rows in sheets:
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(row)
    book.save(path)
    return path


def file(path: str) -> Found:
    return Found(key_of(Path("/in") / path), path, GROEP, Path("/in") / path)


def checked(table: Table, *paths: str, has_containers: bool = False) -> Metadatalijst:
    return check_table(
        table, [file(p) for p in paths], LIJSTEN, today=TODAY, has_containers=lambda: has_containers
    )


def refusal(table: Table, *paths: str) -> list[str]:
    with pytest.raises(SheetRefused) as told:
        checked(table, *paths)
    assert "nothing was taken in" in str(told.value)
    assert all(str(error) in str(told.value) for error in told.value.errors)
    return [str(error) for error in told.value.errors]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
@pytest.mark.parametrize("delimiter", [";", ",", "\t", "|"])
@pytest.mark.parametrize("line_end", ["\n", "\r\n"])
def test_a_csv_is_read_in_every_charset_and_with_every_delimiter(
    sandbox: Sandbox, tmp_path: Path, encoding: str, delimiter: str, line_end: str
) -> None:
    rows = [["Bestandsnaam", "Titel"], ["a.pdf", "Café één"], [], ["b.pdf", '"met; komma, en\nregel"']]
    text = line_end.join(delimiter.join(row) for row in rows)
    table = read(sandbox, tmp_path, text.encode(encoding))
    assert table.kolommen == (Kolom.BESTAND, Kolom.TITEL)
    assert [(row.nummer, row.cells) for row in table.rows] == [
        (2, ("a.pdf", "Café één")),
        (4, ("b.pdf", "met; komma, en\nregel")),
    ]


def test_the_separator_that_excel_names_is_taken(sandbox: Sandbox, tmp_path: Path) -> None:
    table = read(sandbox, tmp_path, b"sep=|\nbestand|titel\na.pdf|x;y;z\n")
    assert table.rows[0].nummer == 3
    assert table.rows[0].cells == ("a.pdf", "x;y;z")


def test_a_workbook_gives_text_numbers_and_real_dates(sandbox: Sandbox, tmp_path: Path) -> None:
    rows: list[list[object]] = [
        ["bestand", "kenmerk", "datum", "titel"],
        ["a.pdf", 2021004, datetime(2021, 3, 12, 14, 30), True],  # noqa: DTZ001 - a cell has no time zone
        ["b.pdf", 1.5, date(2021, 3, 13), None],
        ["c.pdf", 123456789012345, None, False],
        ["d.pdf", "#N/A", None, "\u00ad"],
    ]
    path = workbook(tmp_path / "lijst.xlsx", ("Uitleg", [["Lees dit eerst"]]), ("Lijst", rows))
    table = read_table(sandbox, path, "lijst.xlsx")
    assert [row.cells for row in table.rows] == [
        ("a.pdf", "2021004", date(2021, 3, 12), "WAAR"),
        ("b.pdf", "1.5", date(2021, 3, 13)),
        ("c.pdf", "123456789012345", None, "ONWAAR"),
        ("d.pdf",),
    ]


@pytest.mark.parametrize("number", [1234567890123456, 12345678901234567, 2e300])
def test_a_number_that_the_spreadsheet_rounded_is_no_kenmerk(
    sandbox: Sandbox, tmp_path: Path, number: float
) -> None:
    path = workbook(tmp_path / "lijst.xlsx", ("Lijst", [["bestand", "kenmerk"], ["a.pdf", number]]))
    [error] = refusal(read_table(sandbox, path, "lijst.xlsx"), "a.pdf")
    assert error.startswith("row 2, column 'kenmerk'")
    assert "has rounded" in error


def test_the_ends_of_the_limits_are_still_read(sandbox: Sandbox, tmp_path: Path) -> None:
    wide = read(sandbox, tmp_path, b"bestand" + b";x" * (MOST_COLUMNS - 1))
    assert len(wide.koppen) == MOST_COLUMNS
    long = read(sandbox, tmp_path, b"bestand\n" + b"a\n" * MOST_ROWS)
    assert len(long.rows) == MOST_ROWS


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"", "it is empty"),
        (b"\n\n", "it is empty"),
        (b"naam;titel\na.pdf;x\n", "no column names the files"),
        (b"bestand;filename\na;b\n", "mean the same"),
        (b'bestand;titel\na.pdf;"open\n', "quotation mark in row 2 of the csv"),
        (b'bestand;titel\na.pdf;"ab"cd\n', "quotation mark in row 2 of the csv"),
        (b"bestand;titel\na.pdf;\x81\n", "characters are not"),
        ("bestand;titel\ncafé.pdf;Eén idee\n".encode("cp850"), "characters are not"),
        (b"\xff\xfeb", "characters are not"),
        (b"bestand;titel\na.pdf;\0\n", "no CSV, XLSX"),
        (b"%PDF-1.7\n", "no CSV, XLSX"),
        (b"PK\x03\x04 rommel", "no CSV, XLSX"),
        (b"bestand" + b";x" * (MOST_COLUMNS + 1), "more than 200 columns"),
        (b"bestand" + b";x" * 1_000, "more than 200 columns"),
        (b"bestand\n" + b"a\n" * (MOST_ROWS + 1), "more than 100000 rows; split it"),
        (b"bestand\n" + b"a\n" * 300_000, "more than 100000 rows; split it"),
    ],
)
def test_a_sheet_that_cannot_be_read_says_why(
    sandbox: Sandbox, tmp_path: Path, content: bytes, why: str
) -> None:
    with pytest.raises(SheetRefused, match=why):
        read(sandbox, tmp_path, content)


def test_two_sheets_that_name_files_are_refused(sandbox: Sandbox, tmp_path: Path) -> None:
    rows: list[list[object]] = [["bestand"], ["a.pdf"]]
    path = workbook(tmp_path / "lijst.xlsx", ("Een", rows), ("Twee", rows))
    with pytest.raises(SheetRefused, match="'Een', 'Twee'"):
        read_table(sandbox, path, "lijst.xlsx")


def test_a_hidden_sheet_counts_as_any_other(sandbox: Sandbox, tmp_path: Path) -> None:
    path = tmp_path / "lijst.xlsx"
    book = openpyxl.Workbook()
    book.active.append(["Lees dit eerst"])
    hidden = book.create_sheet("Verborgen")
    hidden.append(["bestand"])
    hidden.append(["a.pdf"])
    hidden.sheet_state = "hidden"
    book.save(path)
    assert [row.cells for row in read_table(sandbox, path, "lijst.xlsx").rows] == [("a.pdf",)]
    book.create_sheet("Zichtbaar").append(["bestand"])
    book.save(path)
    with pytest.raises(SheetRefused, match="'Verborgen', 'Zichtbaar'"):
        read_table(sandbox, path, "lijst.xlsx")


def test_headings_are_known_in_two_languages_whatever_their_case() -> None:
    assert columns_of(
        ["BESTANDSNAAM", "Document_Type", "Officiële titel", "Date:", "Language", "zomaar"]
    ) == (
        Kolom.BESTAND,
        Kolom.DOCUMENTSOORT,
        Kolom.TITEL,
        Kolom.DATUM,
        Kolom.TAAL,
        None,
    )


@pytest.mark.parametrize(
    ("kolom", "cell", "waarde"),
    [
        (Kolom.DATUM, "2020-03-26", date(2020, 3, 26)),
        (Kolom.DATUM, "26-3-2020", date(2020, 3, 26)),
        (Kolom.DATUM, "26 maart 2020", date(2020, 3, 26)),
        (Kolom.DATUM, date(2020, 3, 26), date(2020, 3, 26)),
        (Kolom.TAAL, "nl", "NLD"),
        (Kolom.TAAL, "Engels", "ENG"),
        (Kolom.TAAL, "NLD", "NLD"),
        (Kolom.DOCUMENTSOORT, "Besluitenlijst", "c_d4a4792f"),
        (Kolom.DOCUMENTSOORT, "c_d4a4792f", "c_d4a4792f"),
        (Kolom.TITEL, "Een \n titel", "Een titel"),
    ],
)
def test_a_cell_becomes_a_value(kolom: Kolom, cell: str | date, waarde: object) -> None:
    assert value_of(kolom, cell, LIJSTEN, today=TODAY) == waarde


@pytest.mark.parametrize(
    ("kolom", "cell", "why"),
    [
        (Kolom.DATUM, "03/26/2020", "one way only; write it as"),
        (Kolom.DATUM, "03/04/2020", "one way only"),
        (Kolom.DATUM, "3-4-20", "one way only"),
        (Kolom.DATUM, "31-02-2020", "no day of the calendar"),
        (Kolom.DATUM, "2020-13-01", "no day of the calendar"),
        (Kolom.DATUM, "43916", "one way only"),
        (Kolom.DATUM, "12-03-2031", "in the future"),
        (Kolom.DATUM, "12-03-1021", "before 1800"),
        (Kolom.DATUM, "12 floreal 2020", "no day of the calendar"),
        (Kolom.DATUM, "2020-03-26 12:00:00", "one way only"),
        (Kolom.DOCUMENTSOORT, "besluitenlijstje", "nearest: 'besluitenlijst'"),
        (Kolom.DOCUMENTSOORT, "iets heel anders", "not on the list"),
        (Kolom.TAAL, "klingon", "not on the list"),
        (Kolom.TITEL, date(2020, 1, 1), "is a date"),
        (Kolom.KENMERK, "x" * 201, "at most 200"),
        (Kolom.KENMERK, "1,23457E+16", "has rounded"),
        (Kolom.KENMERK, "1.234567890123457e+16", "has rounded"),
    ],
)
def test_a_cell_that_is_not_plain_is_refused_with_what_to_do(
    kolom: Kolom, cell: str | date, why: str
) -> None:
    with pytest.raises(WrongCell, match=why):
        value_of(kolom, cell, LIJSTEN, today=TODAY)


def test_every_wrong_row_is_named_at_once(sandbox: Sandbox, tmp_path: Path) -> None:
    content = (
        "bestand;datum;soort document\n"
        "a.pdf;03/26/2020;agenda\n"
        ";2020-01-01;\n"
        "a.pdf;;onzin\n"
        "weg.pdf;;\n"
        "b.pdf;;;te veel\n"
        "dubbel.pdf;;\n"
    )
    errors = refusal(
        read(sandbox, tmp_path, content.encode()), "a.pdf", "b.pdf", "x/dubbel.pdf", "y/dubbel.pdf"
    )
    assert [error.split(":")[0] for error in errors] == [
        "row 2, column 'datum'",
        "row 3",
        "row 4, column 'soort document'",
        "row 4",
        "row 5",
        "row 6",
        "row 7",
    ]
    for error, part in zip(
        errors,
        [
            "'03/26/2020'",
            "names no file",
            "'onzin'",
            "row 2",
            "none of the files",
            "without a heading",
            "2 files",
        ],
        strict=True,
    ):
        assert part in error


def test_a_file_is_named_by_the_end_of_its_path() -> None:
    assert endings("in/sub/brief.pdf") == ["in/sub/brief.pdf", "sub/brief.pdf", "brief.pdf"]
    assert "dossier.zip/brief.pdf" in endings("in/dossier.zip!/brief.pdf")


@pytest.mark.parametrize("named", ["sub/a.pdf", "./sub/a.pdf", "sub\\a.pdf", "in/sub/a.pdf", "/in/sub/a.pdf"])
def test_a_row_finds_its_file_however_it_writes_the_path(
    sandbox: Sandbox, tmp_path: Path, named: str
) -> None:
    table = read(sandbox, tmp_path, f"bestand;titel\n{named};Eén\n".encode())
    lijst = checked(table, "sub/a.pdf", "other/a.pdf")
    regel = lijst.regel_of(file("sub/a.pdf").sleutel, "sub/a.pdf")
    assert regel is not None
    assert regel.waarden == {"officiele_titel": "Eén"}
    assert lijst.regel_of(file("other/a.pdf").sleutel, "other/a.pdf") is None
    assert lijst.problems == ()
    assert lijst.notes == ("lijst.csv: 1 files without a row: other/a.pdf",)


def test_a_name_is_found_in_whatever_form_its_accents_are(sandbox: Sandbox, tmp_path: Path) -> None:
    table = read(sandbox, tmp_path, "bestand;titel\ncafe\u0301.pdf;Eén\n".encode())
    lijst = checked(table, "caf\u00e9.pdf")
    assert lijst.regel_of(file("caf\u00e9.pdf").sleutel, "caf\u00e9.pdf") is not None


def test_a_row_may_name_a_member_and_is_told_when_none_was(sandbox: Sandbox, tmp_path: Path) -> None:
    table = read(sandbox, tmp_path, b"bestand;titel;zomaar\nin.pdf;A;1\nweg.pdf;B;2\ndossier.zip;C;3\n")
    lijst = checked(table, "dossier.zip", has_containers=True)
    first, second = "dossier.zip!/in.pdf", "dossier.zip!/map/in.pdf"
    assert lijst.regel_of("k1", first) is not None
    assert lijst.regel_of("k1", first) is not None
    assert lijst.regel_of("k2", second) is None
    assert [problem.split(": ", 1)[1][:6] for problem in lijst.problems] == ["row 2:", "row 3:"]
    assert "more than one file" in lijst.problems[0]
    assert "in none of the files" in lijst.problems[1]
    assert any("'dossier.zip' became no document" in note for note in lijst.notes)
    assert any("'zomaar'" in note for note in lijst.notes)
