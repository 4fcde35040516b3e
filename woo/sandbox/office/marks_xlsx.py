"""Find formulas, errors, merged and hidden cells in a sheet of an xlsx (ECMA-376, part 1, 18.3.1)."""

import re

from lxml import etree

from woo.sandbox.office.marked import Marked
from woo.sandbox.office.package import Package
from woo.sandbox.office.xml_walk import local

_PLACE = re.compile(r"([A-Za-z]{1,3})(\d{1,7})")
_LAST_COLUMN = 16_383
_ODD_CELLS = etree.XPath("*[local-name()='c'][@t='e' or *[local-name()='f']]")


def xlsx_marks(package: Package, part: str) -> Marked:
    """Give what the sheet in this part holds beside its values.

    Raises:
        Refusal: part_ratio, part_too_large, password_needed.
    """
    marked = Marked()
    number = 0
    for row in package.elements(part, "row"):
        told = row.get("r", "")
        number = int(told) if told.isdecimal() and len(told) < 8 else number + 1
        if row.get("hidden") in ("1", "true"):
            marked.hide_row(number, number)
        for cell in _ODD_CELLS(row):
            _look(cell, number, marked)
    for merged in package.elements(part, "mergeCell"):
        first, _, last = merged.get("ref", "").partition(":")
        ends = _place(first), _place(last or first)
        if ends[0] is not None and ends[1] is not None:
            marked.merged.append((*ends[0], *ends[1]))
    for columns in package.elements(part, "col"):
        if columns.get("hidden") in ("1", "true"):
            first, last = columns.get("min", ""), columns.get("max", "")
            if first.isdecimal() and last.isdecimal() and len(first) < 6 and len(last) < 6 and int(first):
                marked.hidden_columns.append((int(first) - 1, min(int(last) - 1, _LAST_COLUMN)))
    return marked


def _look(cell: etree._Element, row: int, marked: Marked) -> None:
    place = _place(cell.get("r", ""))
    column = place[1] if place is not None else _position(cell)
    parts = {local(child): child.text or "" for child in cell}
    kind = cell.get("t", "n")
    if kind == "e":
        marked.errors.append((row, column, parts.get("v", "") or "#?"))
    elif "f" in parts:
        empty_text = kind == "str" and "v" in parts  # a formula whose result is an empty text
        marked.formula(row, column, solved=bool(parts.get("v")) or empty_text)


def _position(cell: etree._Element) -> int:
    """The column of a cell that does not say it: as many as stand before it."""
    return sum(1 for _ in cell.itersiblings(preceding=True))


def _place(reference: str) -> tuple[int, int] | None:
    """Row from 1 and column from 0 of `B4`."""
    found = _PLACE.fullmatch(reference.replace("$", ""))
    if found is None:
        return None
    column = 0
    for letter in found[1].upper():
        column = column * 26 + ord(letter) - 64
    return int(found[2]), column - 1
