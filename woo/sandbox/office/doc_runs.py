"""Find out which characters of a doc are deleted with tracking, which are hidden, and whether any were inserted so."""

import struct
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field

_PLACE_AT = 0xFA
"""Where the FIB says where the table of formatting pages is (fcPlcfBteChpx, [MS-DOC] 2.5.6)."""
_PAGE = 512
_DELETED, _INSERTED, _HIDDEN = 0x0800, 0x0801, 0x083C
"""sprmCFRMarkDel, sprmCFRMarkIns, sprmCFVanish ([MS-DOC], 2.6.1)."""
_SIZES = (1, 1, 2, 4, 2, 2, -1, 3)
"""Bytes of an operand by the upper three bits of its sprm; -1 for one that begins with its length."""
_MOST_PAGES = 200_000


@dataclass(slots=True)
class Runs:
    """What formatting says; `deleted` are byte ranges of the stream, in order."""

    deleted: list[tuple[int, int]] = field(default_factory=list)
    has_insertions: bool = False
    has_hidden: bool = False

    def kept(self, start: int, end: int) -> Iterator[tuple[int, int]]:
        """Give the ranges between two offsets that are not deleted."""
        index = max(bisect_right(self.deleted, (start, 0)) - 1, 0)
        for first, last in self.deleted[index:]:
            if first >= end:
                break
            if first > start:
                yield start, first
            start = max(start, last)
        if start < end:
            yield start, end


def read_runs(document: bytes, table: bytes) -> Runs:
    """Read the formatting pages of a doc (PlcBteChpx and ChpxFkp, [MS-DOC] 2.8.5 and 2.9.33); damaged ones say nothing."""
    offset, size = struct.unpack_from("<2I", document, _PLACE_AT)
    plc = table[offset : offset + size]
    count = min((len(plc) - 4) // 8, _MOST_PAGES)
    runs = Runs()
    for index in range(max(count, 0)):
        number = struct.unpack_from("<I", plc, 4 * (count + 1) + 4 * index)[0] & (1 << 22) - 1
        page = document[number * _PAGE : (number + 1) * _PAGE]
        if len(page) == _PAGE:
            _read_page(page, runs)
    runs.deleted.sort()
    return runs


def _read_page(page: bytes, runs: Runs) -> None:
    count = page[-1]
    if 4 * (count + 1) + count > _PAGE - 1:
        return
    bounds = struct.unpack_from(f"<{count + 1}I", page)
    for index in range(count):
        at = page[4 * (count + 1) + index] * 2
        if at == 0:
            continue
        marks = dict(_operands(page[at + 1 : at + 1 + page[at]]))
        if marks.get(_DELETED):
            runs.deleted.append((bounds[index], bounds[index + 1]))
        runs.has_insertions |= bool(marks.get(_INSERTED))
        runs.has_hidden |= bool(marks.get(_HIDDEN))


def _operands(changes: bytes) -> Iterator[tuple[int, int]]:
    """Give each sprm with the first byte of its operand."""
    at = 0
    while at + 3 <= len(changes):
        sprm = struct.unpack_from("<H", changes, at)[0]
        yield sprm, changes[at + 2]
        size = _SIZES[sprm >> 13]
        at += 2 + (1 + changes[at + 2] if size < 0 else size)
