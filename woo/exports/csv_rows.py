"""Rows as CSV that a spreadsheet opens well and cannot be made to calculate with (RFC 4180, OWASP CSV injection)."""

import csv
import io
from collections.abc import Iterable, Iterator, Sequence

MEDIA_TYPE = "text/csv; charset=utf-8"
KOMMA, PUNTKOMMA = ",", ";"
"""RFC 4180 has the comma; Dutch Excel opens a file with semicolons in columns at a double click."""

BOM = b"\xef\xbb\xbf"
"""Stands before the first row, so that a spreadsheet reads the file as UTF-8."""

_STARTS_A_FORMULA = tuple(
    "=+-@\t\r\n\N{FULLWIDTH EQUALS SIGN}\N{FULLWIDTH PLUS SIGN}\N{FULLWIDTH HYPHEN-MINUS}＠"
)

Cell = str | int | None


def csv_rows(
    header: Sequence[str], rows: Iterable[Sequence[Cell]], *, scheiding: str = KOMMA
) -> Iterator[bytes]:
    """Yield a CSV file row by row: the mark of UTF-8 with the header first, then each row as soon as it is given."""
    yield BOM + csv_row(header, scheiding=scheiding)
    for row in rows:
        yield csv_row(row, scheiding=scheiding)


def csv_row(cells: Iterable[Cell], *, scheiding: str = KOMMA) -> bytes:
    """One row with its line end; None is an empty cell, and half characters (lone surrogates) become `?`."""
    line = io.StringIO()
    csv.writer(line, delimiter=scheiding, lineterminator="\r\n").writerow([guarded(cell) for cell in cells])
    return line.getvalue().encode("utf-8", "replace")


def guarded(cell: Cell) -> Cell:
    """The cell as it can do no harm: text that a spreadsheet would take for a formula gets an apostrophe before it."""
    if isinstance(cell, str) and cell.startswith(_STARTS_A_FORMULA):
        return f"'{cell}"
    return cell
