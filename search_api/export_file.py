"""An export that was cut off: which of its rows are whole, and where to go on."""

import csv
import io
import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import BinaryIO

from search_api.exporting import COLUMNS
from woo.domain.errors import InvalidValue
from woo.exports.csv_rows import BOM


@dataclass(frozen=True, slots=True)
class Kept:
    """What is whole of an export: bytes, rows, the cursor to go on with, and whether nothing follows."""

    bytes: int = 0
    rows: int = 0
    cursor: str | None = None
    complete: bool = False


def kept_of(file: BinaryIO, formaat: str, *, scheiding: str) -> Kept:
    """Read an export from its beginning, a row at a time; raises InvalidValue for a file that is none of this form."""
    if formaat == "jsonl":
        return _kept_lines(file)
    return _kept_rows(file, scheiding)


def _kept_lines(file: BinaryIO) -> Kept:
    kept, last = Kept(), b""
    for line in file:
        if not line.endswith(b"\n"):
            break
        kept, last = Kept(kept.bytes + len(line), kept.rows + 1), line
    if not last:
        return kept
    try:
        told = json.loads(last)
        cursor = told["cursor"]
    except (ValueError, TypeError, KeyError):
        raise _foreign() from None
    return Kept(kept.bytes, kept.rows, cursor, complete=cursor is None)


def _kept_rows(file: BinaryIO, scheiding: str) -> Kept:
    kept, last = Kept(), b""
    for row in _whole_rows(file):
        if not kept.bytes and _cells(row.removeprefix(BOM), scheiding) != list(COLUMNS):
            raise _foreign()
        if kept.bytes:
            last = row
        kept = Kept(kept.bytes + len(row), kept.rows + bool(last))
    if not last:
        return Kept()  # a header alone begins anew: it says nothing of what follows
    cells = _cells(last, scheiding)
    if len(cells) != len(COLUMNS):
        raise _foreign()
    return Kept(kept.bytes, kept.rows, cells[-1] or None, complete=not cells[-1])


def _whole_rows(file: BinaryIO) -> Iterator[bytes]:
    """Yield the rows that are whole: those that end outside a quoted cell."""
    row, quotes = bytearray(), 0
    for line in file:
        row += line
        quotes += line.count(b'"')
        if line.endswith(b"\r\n") and quotes % 2 == 0:
            yield bytes(row)
            row, quotes = bytearray(), 0


def _cells(row: bytes, scheiding: str) -> list[str]:
    text = row.decode("utf-8", "replace")
    return next(csv.reader(io.StringIO(text, newline=""), delimiter=scheiding), [])


def _foreign() -> InvalidValue:
    return InvalidValue(
        "--resume", "FILE", "it is no export of this form, or with another separator; export to another file"
    )
