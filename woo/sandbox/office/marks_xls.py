"""Find formulas, errors, merged and hidden cells in the sheets of an xls ([MS-XLS] 2.4)."""

import struct
from collections.abc import Iterator

from woo.sandbox.office.marked import Marked
from woo.sandbox.office.xls_beside import records, sheet_starts

_FORMULA, _BOOL_OR_ERROR, _ROW, _COLUMNS, _MERGED = 0x06, 0x205, 0x208, 0x7D, 0xE5
_NO_NUMBER, _ERROR = 0xFFFF, 2
_ROW_HIDDEN, _COLUMN_HIDDEN = 0x20, 1
_LAST_COLUMN = 255
_ERRORS = {
    0x00: "#NULL!",
    0x07: "#DIV/0!",
    0x0F: "#VALUE!",
    0x17: "#REF!",
    0x1D: "#NAME?",
    0x24: "#NUM!",
    0x2A: "#N/A",
}


def xls_marks(workbook: bytes) -> list[Marked]:
    """Give what each sheet holds beside its values, in the order of the list of sheets; the stream is that of the workbook."""
    return [_marked(workbook, start) for start in sheet_starts(workbook)]


def _marked(workbook: bytes, start: int) -> Marked:
    marked = Marked()
    hidden: list[int] = []
    for kind, body in records(workbook, start):
        if kind == _FORMULA and len(body) >= 14:
            row, column = struct.unpack_from("<HH", body)
            is_error = struct.unpack_from("<H", body, 12)[0] == _NO_NUMBER and body[6] == _ERROR
            if is_error:
                marked.errors.append((row + 1, column, _ERRORS.get(body[8], "#?")))
            else:
                marked.formula(row + 1, column, solved=True)
        elif kind == _BOOL_OR_ERROR and len(body) >= 8 and body[7]:
            row, column = struct.unpack_from("<HH", body)
            marked.errors.append((row + 1, column, _ERRORS.get(body[6], "#?")))
        elif kind == _ROW and len(body) >= 16 and struct.unpack_from("<H", body, 12)[0] & _ROW_HIDDEN:
            hidden.append(struct.unpack_from("<H", body)[0] + 1)
        elif kind == _COLUMNS and len(body) >= 10 and struct.unpack_from("<H", body, 8)[0] & _COLUMN_HIDDEN:
            first, last = struct.unpack_from("<HH", body)
            marked.hidden_columns.append((first, min(last, _LAST_COLUMN)))
        elif kind == _MERGED:
            marked.merged += _merged(body)
    for row in sorted(set(hidden)):
        marked.hide_row(row, row)
    return marked


def _merged(body: bytes) -> Iterator[tuple[int, int, int, int]]:
    count = struct.unpack_from("<H", body)[0] if len(body) >= 2 else 0
    for at in range(2, min(2 + 8 * count, len(body) - 7), 8):
        top, bottom, left, right = struct.unpack_from("<HHHH", body, at)
        yield top + 1, left, bottom + 1, right
