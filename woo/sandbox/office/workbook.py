"""Open workbooks (xlsx, xls, ods) with calamine, which may panic on what strangers send. Runs in the child only."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import BinaryIO

import python_calamine as calamine

from woo.sandbox.office.cells import Cell
from woo.sandbox.task import Refusal


def open_workbook(file: BinaryIO, *, locked: str, damaged: str) -> calamine.CalamineWorkbook:
    """Open it.

    Args:
        file: The workbook, from its start.
        locked: The code of the refusal of one that needs a password.
        damaged: That of one that cannot be read.

    Raises:
        Refusal: one of these two.
    """
    file.seek(0)
    with _panics_are(damaged):
        try:
            return calamine.CalamineWorkbook.from_filelike(file)
        except calamine.PasswordError as error:
            raise Refusal(locked) from error


def numbered_rows(
    book: calamine.CalamineWorkbook, index: int, *, damaged: str
) -> Iterator[tuple[int, Sequence[Cell]]]:
    """Give the rows of a sheet, empty ones too, each with its number as a spreadsheet program shows it.

    Raises:
        Refusal: `damaged`, before the first row: the sheet cannot be read.
    """
    with _panics_are(damaged):
        sheet = book.get_sheet_by_index(index)
    yield from enumerate(sheet.iter_rows(), start=1)


@contextmanager
def _panics_are(damaged: str) -> Iterator[None]:
    """Refuse with this code whatever goes wrong, a panic of the library too, which is no Exception."""
    try:
        yield
    except (Refusal, MemoryError, KeyboardInterrupt, SystemExit):
        raise
    except BaseException as error:
        raise Refusal(damaged) from error
