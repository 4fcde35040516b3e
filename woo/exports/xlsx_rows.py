"""Rows as an Excel workbook of one sheet, written to disk row by row so that its size takes no memory."""

import tempfile
from collections.abc import Iterable, Sequence
from typing import IO, Any

import xlsxwriter

from woo.exports.csv_rows import Cell

MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

MOST_CHARACTERS = 32_767
"""What a cell of Excel holds at most; longer text is cut, which its last character shows."""

_OPTIONS = {
    "constant_memory": True,
    "strings_to_formulas": False,  # text is text, also when it begins with =
    "strings_to_urls": False,
    "strings_to_numbers": False,
}
_UNWANTED = dict.fromkeys(
    [*range(9), 11, 12, *range(14, 32), *range(0xD800, 0xE000), 0xFFFE, 0xFFFF], "\ufffd"
)


def xlsx_rows(
    title: str, header: Sequence[str], rows: Iterable[Sequence[Cell]], *, widths: Sequence[int]
) -> IO[bytes]:
    """Return a temporary file, at its beginning, with the workbook; the caller closes it.

    The header stays in sight and has filters. `widths` are those of the columns, in characters.
    """
    file = tempfile.TemporaryFile()  # noqa: SIM115 - the caller closes it
    try:
        with xlsxwriter.Workbook(file, _OPTIONS) as book:
            sheet = book.add_worksheet(title[:31])
            bold = book.add_format({"bold": True, "bottom": 1})
            wrapped = book.add_format({"text_wrap": True, "valign": "top"})
            for column, width in enumerate(widths):
                sheet.set_column(column, column, width, wrapped)
            sheet.freeze_panes(1, 0)
            sheet.write_row(0, 0, header, bold)
            last = 0
            for last, row in enumerate(rows, start=1):
                for column, cell in enumerate(row):
                    _write(sheet, last, column, cell)
            sheet.autofilter(0, 0, last, len(header) - 1)
    except BaseException:
        file.close()
        raise
    file.seek(0)
    return file


def _write(sheet: Any, row: int, column: int, cell: Cell) -> None:
    if isinstance(cell, int):
        sheet.write_number(row, column, cell)
    elif cell:
        sheet.write_string(row, column, _fitting(cell))


def _fitting(text: str) -> str:
    clean = text.translate(_UNWANTED)
    return clean if len(clean) <= MOST_CHARACTERS else f"{clean[: MOST_CHARACTERS - 1]}…"
