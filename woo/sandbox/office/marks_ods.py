"""Find formulas, errors, merged and hidden cells in the sheets of an ods (OpenDocument 1.3 part 3, 9)."""

from lxml import etree

from woo.sandbox.office.marked import Marked
from woo.sandbox.office.package import Package
from woo.sandbox.office.xml_walk import attribute, local

_GROUPS = ("table-rows", "table-row-group", "table-header-rows")
_COLUMN_GROUPS = ("table-columns", "table-column-group", "table-header-columns")
_CELLS = ("table-cell", "covered-table-cell")
_HIDDEN = ("collapse", "filter")
_LAST_COLUMN = 16_383
_LAST_ROW = 1_048_576


def ods_marks(package: Package) -> dict[str, Marked]:
    """Give what each sheet holds beside its values, by the name of the sheet.

    Raises:
        Refusal: xml_entities, part_too_large, part_ratio, password_needed.
    """
    root = package.xml("content.xml")
    tables = () if root is None else root.iterfind("{*}body/{*}spreadsheet/{*}table")
    return {attribute(table, "name"): _marked(table) for table in tables}


def _marked(table: etree._Element) -> Marked:
    marked = Marked()
    column = 0
    for element in _inside(table, _COLUMN_GROUPS, "table-column"):
        times = _times(element, "number-columns-repeated")
        if attribute(element, "visibility") in _HIDDEN and column <= _LAST_COLUMN:
            marked.hidden_columns.append((column, min(column + times - 1, _LAST_COLUMN)))
        column += times
    number = 1
    for row in _inside(table, _GROUPS, "table-row"):
        times = _times(row, "number-rows-repeated")
        if attribute(row, "visibility") in _HIDDEN and number <= _LAST_ROW:
            marked.hide_row(number, min(number + times - 1, _LAST_ROW))
        _row(row, number, marked)
        number += times
    return marked


def _row(row: etree._Element, number: int, marked: Marked) -> None:
    column = 0
    for cell in row:
        if local(cell) not in _CELLS:
            continue
        rows = _times(cell, "number-rows-spanned")
        columns = _times(cell, "number-columns-spanned")
        if rows > 1 or columns > 1:
            last = min(number + rows - 1, _LAST_ROW), min(column + columns - 1, _LAST_COLUMN)
            marked.merged.append((number, column, *last))
        shown = "".join(cell.itertext()).strip()
        kind = [value for name, value in cell.attrib.items() if str(name).endswith("}value-type")]
        if "error" in kind or (attribute(cell, "formula") and shown.startswith(("#", "Err:"))):
            marked.errors.append((number, column, shown or "#?"))
        elif attribute(cell, "formula"):
            marked.formula(number, column, solved=bool(kind) or bool(shown))
        column += _times(cell, "number-columns-repeated")


def _inside(table: etree._Element, groups: tuple[str, ...], wanted: str) -> list[etree._Element]:
    """The elements of this name, also those in groups, in their order."""
    found: list[etree._Element] = []
    levels = [iter(table)]
    while levels:
        element = next(levels[-1], None)
        if element is None:
            levels.pop()
        elif local(element) == wanted:
            found.append(element)
        elif local(element) in groups:
            levels.append(iter(element))
    return found


def _times(element: etree._Element, name: str) -> int:
    value = attribute(element, name)
    return max(int(value), 1) if value.isdecimal() and len(value) < 9 else 1
