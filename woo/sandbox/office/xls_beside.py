"""Find what an xls has beside its cells: the text of comments and shapes, headers and footers ([MS-XLS])."""

import struct
from collections.abc import Iterator

from woo.sandbox.office.margins import margin_text

_BEGIN, _SHEET, _HEADER, _FOOTER, _TEXT, _CONTINUE, _LOCKED, _END = (
    0x809,
    0x85,
    0x14,
    0x15,
    0x1B6,
    0x3C,
    0x2F,
    0x0A,
)
_WIDE = 1
_BIFF8 = 0x600


def beside_cells(workbook: bytes) -> list[list[str]]:
    """Give the texts beside the cells of each sheet, in the order of the list of sheets; of Excel 97 and later only."""
    starts = sheet_starts(workbook)
    return [list(dict.fromkeys(text for text in _texts(workbook, start) if text.strip())) for start in starts]


def sheet_starts(workbook: bytes) -> list[int]:
    """Where the records of each sheet begin, in the order of the list of sheets."""
    return [
        struct.unpack_from("<I", body)[0]
        for kind, body in records(workbook, 0)
        if kind == _SHEET and len(body) > 4
    ]


def is_locked(workbook: bytes) -> bool:
    """Whether what follows the first records is encrypted (FilePass, 2.4.117)."""
    return any(kind == _LOCKED for kind, _body in records(workbook, 0))


def records(workbook: bytes, at: int) -> Iterator[tuple[int, bytes]]:
    """Give type and bytes of the records of one stretch, from its BOF to its EOF; charts in it are passed over."""
    depth = 0
    while at + 4 <= len(workbook):
        kind, size = struct.unpack_from("<HH", workbook, at)
        at += 4
        depth += (kind == _BEGIN) - (kind == _END)
        if depth <= 0:
            return
        if depth == 1:
            yield kind, workbook[at : at + size]
        at += size


def _texts(workbook: bytes, start: int) -> Iterator[str]:
    wanted = 0
    for kind, body in records(workbook, start):
        if kind == _BEGIN and (len(body) < 2 or struct.unpack_from("<H", body)[0] != _BIFF8):
            return
        if kind in (_HEADER, _FOOTER) and len(body) > 3:
            length = struct.unpack_from("<H", body)[0]
            yield margin_text(_decoded(body[2:], length))
        elif kind == _TEXT and len(body) >= 12:
            wanted = struct.unpack_from("<H", body, 10)[0]
        elif kind == _CONTINUE and wanted:
            text = _decoded(body, wanted)
            wanted = 0
            yield text.replace("\r", "\n").strip()


def _decoded(body: bytes, length: int) -> str:
    """Read characters after the byte that says whether they take two bytes each."""
    if body[0] & _WIDE:
        return body[1 : 1 + 2 * length].decode("utf-16-le", "replace")
    return body[1 : 1 + length].decode("latin-1")
