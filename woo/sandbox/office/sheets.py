"""Read workbooks of Excel (xlsx, xls) sheet by sheet: rows in parts, hidden sheets too, what hangs on cells after them."""

from collections.abc import Iterator
from typing import BinaryIO

import python_calamine as calamine

from woo.sandbox.office import ole, xls_beside
from woo.sandbox.office.blocks import Block, number_parts, warned
from woo.sandbox.office.cells import row_text
from woo.sandbox.office.ole_summary import summary
from woo.sandbox.office.package import Package
from woo.sandbox.office.properties import openxml
from woo.sandbox.office.rows import row_blocks
from woo.sandbox.office.sheet_notes import beside_cells, main_part, sheet_parts
from woo.sandbox.office.sheet_stream import Workbook, is_large
from woo.sandbox.office.workbook import numbered_rows, open_workbook
from woo.sandbox.task import Answer, Refusal, Request


def read_xlsx(request: Request) -> Iterator[Answer]:
    """Yield the sheets of an xlsx, xlsm or xltx: a line for each row with tabs between cells, dates as ISO 8601.

    Empty rows and columns cost nothing: a sheet that does not fit in memory is read cell by cell.

    Raises:
        Refusal: password_needed, damaged_file, xml_entities, part_too_large, part_ratio, too_many_parts.
    """
    package = Package(request.files[0])
    yield from openxml(package)
    yield from number_parts(_xlsx_blocks(request.files[0], package), request.number("pages"))
    yield from warned(package.warnings)


def read_xls(request: Request) -> Iterator[Answer]:
    """Yield the sheets of an xls ([MS-XLS]).

    Raises:
        Refusal: password_needed, damaged_file, too_many_parts.
    """
    file = request.files[0]
    warnings: set[str] = set()
    beside: list[list[str]] = []
    if ole.is_ole(file):
        with ole.opened(file) as container:
            workbook = ole.stream(container, "Workbook") or ole.stream(container, "Book")
            if xls_beside.is_locked(workbook):
                raise Refusal("password_needed")
            beside = xls_beside.beside_cells(workbook)
            yield from summary(container)
    yield from number_parts(_xls_blocks(file, beside, warnings), request.number("pages"))
    yield from warned(warnings)


def _xlsx_blocks(file: BinaryIO, package: Package) -> Iterator[Block]:
    parts = sheet_parts(package)
    workbook = Workbook(package, main_part(package))
    with _opened(file) as sheets:
        for index, about in enumerate(sheets.sheets_metadata):
            name = _named(about, package.warnings)
            part = parts.get(about.name, "")
            if part and is_large(package, part):
                rows = workbook.rows(part)
            else:
                rows = _rows(sheets, index, package.warnings)
            yield from row_blocks(rows, f"{name}, ")
            yield from (Block(text, label=f"{name}, naast de cellen") for text in beside_cells(package, part))


def _xls_blocks(file: BinaryIO, beside: list[list[str]], warnings: set[str]) -> Iterator[Block]:
    with _opened(file) as sheets:
        for index, about in enumerate(sheets.sheets_metadata):
            name = _named(about, warnings)
            yield from row_blocks(_rows(sheets, index, warnings), f"{name}, ")
            texts = beside[index] if index < len(beside) else []
            yield from (Block(text, label=f"{name}, naast de cellen") for text in texts)


def _named(about: calamine.SheetMetadata, warnings: set[str]) -> str:
    if about.visible == calamine.SheetVisibleEnum.Visible:
        return f"Blad {about.name}"
    warnings.add("hidden_sheets")
    return f"Blad {about.name} (verborgen)"


def _opened(file: BinaryIO) -> calamine.CalamineWorkbook:
    workbook = open_workbook(file, locked="password_needed", damaged="damaged_file")
    if not workbook.sheets_metadata:
        raise Refusal("damaged_file")
    return workbook


def _rows(sheets: calamine.CalamineWorkbook, index: int, warnings: set[str]) -> Iterator[tuple[int, str]]:
    """Give number and text of the rows of a sheet; none, with a warning, when it cannot be read."""
    try:
        for number, row in numbered_rows(sheets, index, damaged="sheet_unreadable"):
            if row.count("") < len(row):
                yield number, row_text(row)
    except Refusal as refusal:
        warnings.add(refusal.code)
