"""Write the cells of a table as text in which they are found: whole numbers without `.0`, dates as ISO 8601."""

import re
from collections.abc import Iterable
from datetime import date, datetime, time, timedelta

Cell = int | float | str | bool | time | date | datetime | timedelta | None

_MIDNIGHT = time(0)
_EXACT = 10**15
"""Up to here a spreadsheet knows whole numbers exactly (IEEE 754, 15 digits)."""
_BREAK = re.compile(r"[\t\n\r\v\f]")
_GAP = re.compile("\t{9,}")


def row_text(cells: Iterable[Cell]) -> str:
    """Give a row as one line, cells separated by tabs; a wide gap of empty cells is one tab."""
    return _GAP.sub("\t", "\t".join(map(cell_text, cells)).rstrip("\t"))


def cell_text(value: Cell) -> str:
    """Give a cell as text without tabs and line ends; truth in Dutch, as a Dutch Excel shows it."""
    match value:
        case None:
            return ""
        case str():
            return " ".join(value.split()) if _BREAK.search(value) else value
        case bool():
            return "WAAR" if value else "ONWAAR"
        case int():
            return str(value)
        case float():
            return number_text(value)
        case datetime():
            return value.date().isoformat() if value.time() == _MIDNIGHT else value.isoformat(sep=" ")
        case date() | time():
            return value.isoformat()
        case timedelta():
            minutes, seconds = divmod(int(value.total_seconds()), 60)
            return f"{minutes // 60}:{minutes % 60:02}:{seconds:02}"


def number_text(value: float) -> str:
    """Give a number as a spreadsheet knows it: a whole one without its zero, any other in no more than 15 digits."""
    return str(int(value)) if value.is_integer() and abs(value) < _EXACT else f"{value:.15g}"
