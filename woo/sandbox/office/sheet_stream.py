"""Read a sheet of an xlsx cell by cell, for sheets too large or too far apart to be held as a whole."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cached_property

from lxml import etree

from woo.sandbox.office.cells import Cell, row_text
from woo.sandbox.office.package import Package
from woo.sandbox.office.sheet_notes import LARGE
from woo.sandbox.office.xml_walk import attribute, local

_MOST_HELD = 16_000_000
"""Cells that may be held in memory, empty ones between the first and the last included."""
_IN_COLUMN = re.compile(rb"""\br=["']([A-Za-z]{1,3})\d""")
_IN_ROW = re.compile(rb"""\br=["'][A-Za-z]{0,3}(\d{1,7})["']""")
_NO_CODE = re.compile(r'"[^"]*"|\[[^\]]*\]|\\.|_.|\*.')
_DATE_CODE = re.compile(r"[ymdhs]", re.I)
_DATE_FORMATS = frozenset((*range(14, 23), *range(27, 37), *range(45, 48), *range(50, 59)))
"""Built-in formats that show a number as a date or a time (ECMA-376, part 1, 18.8.30)."""
_DAYS = 2_958_466
"""Days up to the last one that a workbook knows, 31 December 9999."""


def is_large(package: Package, part: str) -> bool:
    """Whether the sheet in this part takes too much memory to be held: by its bytes, or by where its cells lie."""
    if package.size(part) > LARGE:
        return True
    content = package.content(part) or b""
    columns = max(map(_column, set(_IN_COLUMN.findall(content))), default=1)
    rows = max(map(int, _IN_ROW.findall(content)), default=1)
    return rows * columns > _MOST_HELD


@dataclass(frozen=True)
class Workbook:
    """What all sheets of an xlsx share, read when first needed."""

    package: Package
    main: str

    def rows(self, part: str) -> Iterator[tuple[int, str]]:
        """Give number and text of each row; gaps between cells are left out.

        Raises:
            Refusal: part_ratio, part_too_large.
        """
        number = 0
        for row in self.package.elements(part, "row"):
            told = row.get("r", "")
            number = int(told) if told.isdecimal() and len(told) < 9 else number + 1
            cells = [self._cell(cell) for cell in row if str(cell.tag).endswith("}c")]
            yield number, row_text(cell for cell in cells if cell not in (None, ""))

    def _cell(self, cell: etree._Element) -> Cell:
        kind = cell.get("t", "n")
        if kind == "inlineStr":
            return "".join(element.text or "" for element in cell.iter("{*}t"))
        value = ""
        for child in cell:
            if str(child.tag).endswith("}v"):
                value = child.text or ""
        if kind == "s":
            known = value.isdecimal() and len(value) < 10 and int(value) < len(self._strings)
            return self._strings[int(value)] if known else ""
        if kind == "b":
            return value == "1"
        if kind != "n" or not value:
            return "" if kind == "e" else value
        return self._number(value, cell.get("s", ""))

    def _number(self, value: str, style: str) -> Cell:
        try:
            number = float(value)
        except ValueError:
            return value
        is_date = style.isdecimal() and len(style) < 7 and int(style) in self._date_styles
        if not is_date or not 0 <= number < _DAYS:
            return number
        if number < 1:
            return (self._first_day + timedelta(seconds=round(number * 86_400))).time()
        return self._first_day + timedelta(seconds=round(number * 86_400))

    @cached_property
    def _strings(self) -> list[str]:
        found = []
        for part in self.package.related(self.main, "sharedStrings"):
            for item in self.package.elements(part, "si"):
                texts = (element for element in item.iter("{*}t") if local(element.getparent()) != "rPh")
                found.append("".join(element.text or "" for element in texts))
        return found

    @cached_property
    def _date_styles(self) -> frozenset[int]:
        """The numbers of the cell styles that show a date."""
        dates, found = set(_DATE_FORMATS), []
        for part in self.package.related(self.main, "styles"):
            root = self.package.xml(part)
            if root is None:
                continue
            for code in root.iter("{*}numFmt"):
                if _DATE_CODE.search(_NO_CODE.sub("", code.get("formatCode", ""))):
                    dates.add(_whole(attribute(code, "numFmtId")))
            found = [_whole(style.get("numFmtId", "")) for style in root.iterfind("{*}cellXfs/{*}xf")]
        return frozenset(index for index, number in enumerate(found) if number in dates)

    @cached_property
    def _first_day(self) -> datetime:
        """The day that counts as 0: in 1904 for workbooks of older Macs, else such that 1 March 1900 is 61."""
        root = self.package.xml(self.main)
        about = None if root is None else root.find("{*}workbookPr")
        is_mac = about is not None and about.get("date1904", "0") in ("1", "true")
        return datetime(1904, 1, 1) if is_mac else datetime(1899, 12, 30)  # noqa: DTZ001


def _whole(text: str) -> int:
    """Read a number; -1, which is no format, for what is none."""
    return int(text) if text.isdecimal() and len(text) < 10 else -1


def _column(letters: bytes) -> int:
    """Give the number of a column: A is 1, AA is 27."""
    number = 0
    for letter in letters.upper():
        number = number * 26 + letter - 64
    return number
