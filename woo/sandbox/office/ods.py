"""Read an ods sheet by sheet: rows as they are shown, dates as ISO 8601, hidden sheets and comments too."""

from collections.abc import Iterator

from lxml import etree

from woo.sandbox.office.blocks import Block, number_parts, warned
from woo.sandbox.office.cells import row_text
from woo.sandbox.office.opendocument_flow import hidden_styles, margin_blocks, opened_content, plain_text
from woo.sandbox.office.package import Package
from woo.sandbox.office.properties import opendocument
from woo.sandbox.office.rows import row_blocks
from woo.sandbox.office.xml_walk import attribute, local
from woo.sandbox.task import Answer, Request

_ROW_GROUPS = frozenset(("table-rows", "table-row-group", "table-header-rows"))
_CELLS = frozenset(("table-cell", "covered-table-cell"))
_MOST_COPIES = 8
"""A cell that is said to be repeated is written at most this often; it can be said to be so a million times."""


def read(request: Request) -> Iterator[Answer]:
    """Yield the sheets of an ods or ots (OpenDocument 1.3 part 3, 9).

    Raises:
        Refusal: as `opendocument.read_text` does.
    """
    package, root = opened_content(request)
    yield from opendocument(package)
    yield from number_parts(_blocks(package, root), request.number("pages"))
    yield from warned(package.warnings)


def _blocks(package: Package, root: etree._Element) -> Iterator[Block]:
    hidden = hidden_styles(root)
    for sheet in root.iterfind("{*}body/{*}spreadsheet/{*}table"):
        name = f"Blad {attribute(sheet, 'name')}"
        if attribute(sheet, "style-name") in hidden:
            name = f"{name} (verborgen)"
            package.warnings.add("hidden_sheets")
        comments: list[str] = []
        yield from row_blocks(_rows(package, sheet, comments), f"{name}, ")
        if comments:
            package.warnings.add("comments")
        drawn = [plain_text(package, shapes) for shapes in sheet.iterfind("{*}shapes")]
        for text in (*comments, *drawn):
            if text.strip():
                yield Block(text, label=f"{name}, naast de cellen")
    yield from margin_blocks(package)


def _rows(package: Package, sheet: etree._Element, comments: list[str]) -> Iterator[tuple[int, str]]:
    """Give number and text of each row; one that is repeated is given once, and counted as often as it is."""
    number = 1
    for row in _row_elements(sheet):
        yield number, row_text(_cells(package, row, comments))
        number += _times(row, "number-rows-repeated")


def _row_elements(sheet: etree._Element) -> Iterator[etree._Element]:
    levels = [iter(sheet)]
    while levels:
        element = next(levels[-1], None)
        if element is None:
            levels.pop()
        elif local(element) == "table-row":
            yield element
        elif local(element) in _ROW_GROUPS:
            levels.append(iter(element))


def _cells(package: Package, row: etree._Element, comments: list[str]) -> Iterator[str]:
    for cell in row:
        if local(cell) in _CELLS:
            text = _cell(package, cell, comments)
            yield from [text] * min(_times(cell, "number-columns-repeated"), _MOST_COPIES)


def _cell(package: Package, cell: etree._Element, comments: list[str]) -> str:
    """Give a cell as it is shown; a date as the value behind it."""
    if not len(cell):
        return ""
    text = plain_text(package, cell, comments)
    date = attribute(cell, "date-value")
    return date.removesuffix("T00:00:00").replace("T", " ")[:40] if date and text else text


def _times(element: etree._Element, name: str) -> int:
    value = attribute(element, name)
    return max(int(value), 1) if value.isdecimal() and len(value) < 9 else 1
