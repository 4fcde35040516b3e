"""The child's side of reading a table (xlsx, xls, ods, csv): every filled row of every sheet, cells with their types."""

import codecs
import csv
import io
import json
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from datetime import date, datetime, time, timedelta
from itertools import islice
from typing import BinaryIO

import python_calamine as calamine

from woo.sandbox.delimiter import likely_delimiter, told_delimiter
from woo.sandbox.office import ole
from woo.sandbox.office.charset import likely_western
from woo.sandbox.office.marked import Marked
from woo.sandbox.office.marks_ods import ods_marks
from woo.sandbox.office.marks_xls import xls_marks
from woo.sandbox.office.marks_xlsx import xlsx_marks
from woo.sandbox.office.package import Package
from woo.sandbox.office.sheet_notes import sheet_parts
from woo.sandbox.office.workbook import numbered_rows, open_workbook
from woo.sandbox.task import Answer, Refusal, Request

_ROWS_AT_ONCE = 500
_WORKBOOKS = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1")
_NO_TABLES = (b"%PDF", b"{\\rtf", b"\x89PNG", b"\xff\xd8\xff")
_MARKS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
_WEST = "cp1252"
_CHARSETS = (_WEST, "cp850", "mac_roman")
_SAMPLE_BYTES = 2**18
_SAMPLE_ROWS = 100
_LONGEST_CELL = 2**17

Numbered = Iterator[tuple[int, Sequence[object]]]


def read(request: Request) -> Iterator[Answer]:
    """Yield for each sheet its name, then its rows in pieces: `[number, [cell, …]]` as JSON, empty rows left out.

    A cell is text, a number, true or false, null, or `{"d": "2024-01-31"}`. Before all it is told what kind of file it is;
    with `marks` asked for, each sheet is followed by what it holds beside its values (`woo.sandbox.sheet_marks`). Of a text
    file it is told first in what character set and with what delimiter it was read; `broken` is the last part of one, with
    the row whose quotes are.

    Raises:
        Refusal: empty_file, not_a_table, encrypted, damaged_table, too_large, too_many_rows, too_many_columns,
            unknown_charset, too_many_marks.
    """
    file = request.files[0]
    most = _Most(request.number("rows"), request.number("columns"))
    head = file.read(8)
    file.seek(0)
    if not head:
        raise Refusal("empty_file")
    if head.startswith(_NO_TABLES):
        raise Refusal("not_a_table")
    if head.startswith(_WORKBOOKS):
        yield from _workbook(file, most, marks=bool(request.number("marks")))
    else:
        yield {"kind": "csv"}, b""
        yield from _text(file, most, request.number("bytes"))


class _Most:
    """The rows and columns that are left to be sent."""

    def __init__(self, rows: int, columns: int) -> None:
        self._rows, self._columns = rows, columns

    def pieces(self, rows: Numbered) -> Iterator[Answer]:
        filled = ((number, cells) for number, row in rows if (cells := _trimmed(row)))
        while piece := list(islice(filled, _ROWS_AT_ONCE)):
            self._rows -= len(piece)
            if self._rows < 0:
                raise Refusal("too_many_rows")
            if any(len(cells) > self._columns for _, cells in piece):
                raise Refusal("too_many_columns")
            yield {"rows": len(piece)}, json.dumps(piece).encode()


def _trimmed(row: Iterable[object]) -> list[object]:
    cells = [_cell(value) for value in row]
    while cells and cells[-1] is None:
        cells.pop()
    return cells


def _cell(value: object) -> object:
    match value:
        case str():
            return value if value.strip() else None
        case datetime():
            return {"d": value.date().isoformat()}
        case date():
            return {"d": value.isoformat()}
        case time():
            return value.isoformat()
        case timedelta():
            return str(value)
        case bool() | int() | float() | None:
            return value
        case _:
            raise Refusal("damaged_table")


def _workbook(file: BinaryIO, most: _Most, *, marks: bool) -> Iterator[Answer]:
    book = open_workbook(file, locked="encrypted", damaged="damaged_table")
    kind, marked = _beside(file, book, marks=marks)
    yield {"kind": kind}, b""
    for index, about in enumerate(book.sheets_metadata):
        if about.typ is not calamine.SheetTypeEnum.WorkSheet:
            continue
        visible = about.visible is calamine.SheetVisibleEnum.Visible
        yield {"sheet": about.name, "visible": visible}, b""
        yield from most.pieces(numbered_rows(book, index, damaged="damaged_table"))
        if index in marked:
            yield {"marks": index}, json.dumps(marked[index].told()).encode()


def _beside(file: BinaryIO, book: calamine.CalamineWorkbook, *, marks: bool) -> tuple[str, dict[int, Marked]]:
    """Give the kind of a workbook, and by the place of each sheet what it holds beside its values, where that is asked for."""
    names = [about.name for about in book.sheets_metadata]
    if ole.is_ole(file):
        if not marks:
            return "xls", {}
        with ole.opened(file) as container:
            stream = ole.stream(container, "Workbook") or ole.stream(container, "Book")
        return "xls", dict(enumerate(xls_marks(stream)))
    package = Package(file)
    kind = "ods" if b"opendocument" in (package.content("mimetype") or b"") else "xlsx"
    if not marks:
        return kind, {}
    if kind == "ods":
        by_name = ods_marks(package)
    else:
        by_name = {name: xlsx_marks(package, part) for name, part in sheet_parts(package).items()}
    return kind, {index: by_name[name] for index, name in enumerate(names) if name in by_name}


def _text(file: BinaryIO, most: _Most, most_bytes: int) -> Iterator[Answer]:
    content = file.read(most_bytes + 1)
    if len(content) > most_bytes:
        raise Refusal("too_large")
    text, charset, guessed = _decoded(content)
    if "\x00" in text:
        raise Refusal("not_a_table")
    csv.field_size_limit(_LONGEST_CELL)
    first, _, rest = text.partition("\n")
    told = told_delimiter(first)
    delimiter = told or likely_delimiter(lambda each: _sample(text, each))
    yield {"charset": charset, "guessed": guessed, "delimiter": delimiter}, b""
    yield {"sheet": "", "visible": True}, b""
    number = 0 if told is None else 1  # the line that tells it is counted, and no row of the table

    def numbered() -> Numbered:
        nonlocal number
        for row in _records(text if told is None else rest, delimiter):
            number += 1
            yield number, row

    try:
        yield from most.pieces(numbered())
    except csv.Error:
        yield {"broken": number + 1}, b""


def _decoded(content: bytes) -> tuple[str, str, bool]:
    """Give the text, its character set, and whether that had to be guessed."""
    for mark, name in (*((m, n) for m, n in _MARKS if content.startswith(m)), (b"", "utf-8")):
        try:
            return content.decode(name), name.removesuffix("-sig"), False
        except UnicodeDecodeError:
            if mark:
                raise Refusal("unknown_charset") from None
    for name in (likely_western(content[:_SAMPLE_BYTES]) or _WEST, *_CHARSETS):
        try:
            return content.decode(name), name, True
        except UnicodeDecodeError:
            continue
    raise Refusal("unknown_charset")


def _sample(text: str, delimiter: str) -> list[list[object]]:
    rows: list[list[object]] = []
    with suppress(csv.Error):  # broken quotes are told when the whole is read
        for row in islice(_records(text, delimiter), _SAMPLE_ROWS):
            rows.append(row)
    return rows


def _records(text: str, delimiter: str) -> Iterator[list[object]]:
    for row in csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True):
        yield list(row)
