"""Read a metadata sheet in the sandbox into a table with one heading row, its cells as text or as dates."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from ingest.sheet.columns import Kolom, columns_of
from ingest.sheet.errors import RowError, SheetRefused
from woo.domain.errors import Unavailable
from woo.sandbox import Sandbox, SandboxError
from woo.sandbox.office.cells import cell_text
from woo.sandbox.page_text import clean
from woo.sandbox.table import Cell as ReadCell
from woo.sandbox.table import Sheet
from woo.sandbox.table import read_table as read_sheets

MOST_ROWS = 100_000
MOST_COLUMNS = 200

Cell = str | date | None


@dataclass(frozen=True, slots=True)
class Row:
    """One row below the headings: its number as a spreadsheet program shows it, and its cells."""

    nummer: int
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """The sheet: which column says what, the headings as they stand, those that say nothing to us, and the rows."""

    naam: str
    kolommen: tuple[Kolom | None, ...]
    koppen: tuple[str, ...]
    onbekend: tuple[str, ...]
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class _Sheet:
    name: str
    rows: tuple[Row, ...]


def read_table(sandbox: Sandbox, path: Path, naam: str) -> Table:
    """Read the sheet; of a workbook the one sheet, hidden or not, whose first row has a column for the file.

    Raises:
        SheetRefused: it cannot be read, no sheet or more than one names files, a heading stands twice.
        Unavailable: the file cannot be opened here.
    """
    try:
        read = read_sheets(sandbox, path)
    except SandboxError as error:
        raise SheetRefused(naam, [_REASONS.get(error.code, error.reason)]) from error
    except OSError as error:
        raise Unavailable(f"the metadata sheet {naam!r}", error.strerror or str(error)) from error
    if read.charset not in _CHARSETS:
        raise SheetRefused(naam, [_REASONS["unknown_charset"]])
    return _table(naam, _chosen(naam, [_Sheet(sheet.name, _rows(naam, sheet)) for sheet in read.sheets]))


_CHARSETS = (None, "utf-8", "utf-16", "cp1252")
"""None is that of a workbook; anything else the reader can only guess, and a wrong guess is a wrong name or title."""
_NO_TABLE = "it is no CSV, XLSX, XLS or ODS file that can be read; open it and save it again"
_REASONS = {
    "empty_file": "it is empty",
    "not_a_table": _NO_TABLE,
    "damaged_table": _NO_TABLE,
    "unknown_charset": "its characters are not UTF-8, UTF-16 or Windows-1252; save it as CSV UTF-8",
    "too_many_rows": f"it has more than {MOST_ROWS} rows; split it",
    "too_many_columns": f"it has more than {MOST_COLUMNS} columns",
}


def _rows(naam: str, sheet: Sheet) -> tuple[Row, ...]:
    """The rows with content, no more than fit."""
    if len(sheet.rows) > MOST_ROWS + 1:
        raise SheetRefused(naam, [_REASONS["too_many_rows"]])
    rows = [Row(row.number, cells) for row in sheet.rows if (cells := _cells(row.cells))]
    if any(len(row.cells) > MOST_COLUMNS for row in rows):
        raise SheetRefused(naam, [_REASONS["too_many_columns"]])
    return tuple(rows)


def _cells(values: Iterable[ReadCell]) -> tuple[Cell, ...]:
    """The cells up to the last one that says something: numbers and truth as a Dutch spreadsheet program shows them."""
    cells = [_cell(value) for value in values]
    while cells and cells[-1] is None:
        cells.pop()
    return tuple(cells)


def _cell(value: ReadCell) -> Cell:
    match value:
        case str():
            return clean(value).strip() or None
        case bool() | float():
            return cell_text(value)
        case _:
            return value


def _chosen(naam: str, sheets: Sequence[_Sheet]) -> _Sheet:
    filled = [sheet for sheet in sheets if sheet.rows]
    if not filled:
        raise SheetRefused(naam, ["it is empty"])
    fitting = [sheet for sheet in filled if Kolom.BESTAND in columns_of(_headings(sheet.rows[0]))]
    if len(fitting) == 1:
        return fitting[0]
    if fitting:
        names = ", ".join(repr(sheet.name) for sheet in fitting)
        raise SheetRefused(naam, [f"more than one of its sheets names files ({names}); keep one of them"])
    found = ", ".join(repr(heading) for heading in _headings(filled[0].rows[0]) if heading)
    why = f"no column names the files: its first row needs a heading such as 'bestandsnaam'; it has {found}"
    raise SheetRefused(naam, [why])


def _headings(row: Row) -> tuple[str, ...]:
    return tuple("" if cell is None else str(cell) for cell in row.cells)


def _table(naam: str, sheet: _Sheet) -> Table:
    headings = _headings(sheet.rows[0])
    kolommen = columns_of(headings)
    for kolom in Kolom:
        same = [heading for heading, of in zip(headings, kolommen, strict=True) if of is kolom]
        if len(same) > 1:
            names = " and ".join(map(repr, same))
            why = f"the columns {names} mean the same; keep one"
            raise SheetRefused(naam, [RowError(sheet.rows[0].nummer, None, None, why)])
    unknown = tuple(h for h, of in zip(headings, kolommen, strict=True) if of is None and h)
    return Table(naam, kolommen, headings, unknown, sheet.rows[1:])
