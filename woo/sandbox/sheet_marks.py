"""What a sheet holds beside its values: formulas, cells in error, merged cells, hidden rows and columns."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from woo.sandbox.errors import ChildCrashed

MOST_MARKS = 200_000
"""Of each kind, in one sheet."""

_LARGEST = 2**24
_LONGEST = 40


@dataclass(frozen=True, slots=True)
class Marks:
    """Rows count from 1 as the spreadsheet program shows them, columns from 0; both ends of a stretch are in it.

    Attributes:
        formulas: How many cells of a column hold a formula whose result is in the file; that result is what is read.
        unsolved: Row and column of formulas without a result: nothing is read there.
        errors: Row, column and text of cells that show an error, such as `#REF!`; nothing is read there.
        merged: First row, first column, last row, last column of cells that were made one: only the first has a value.
        hidden_rows, hidden_columns: First and last of each stretch; they are read like the others.
    """

    formulas: Mapping[int, int] = field(default_factory=dict)
    unsolved: frozenset[tuple[int, int]] = frozenset()
    errors: Mapping[tuple[int, int], str] = field(default_factory=dict)
    merged: tuple[tuple[int, int, int, int], ...] = ()
    hidden_rows: tuple[tuple[int, int], ...] = ()
    hidden_columns: tuple[tuple[int, int], ...] = ()


def received(sent: Any) -> Marks:
    """What a child sent; raises ChildCrashed for what cannot be."""
    try:
        return Marks(
            formulas={_number(column): _number(count) for column, count in _list(sent["formulas"])},
            unsolved=frozenset((_number(row), _number(column)) for row, column in _list(sent["unsolved"])),
            errors={
                (_number(row), _number(column)): str(text)[:_LONGEST]
                for row, column, text in _list(sent["errors"])
            },
            merged=tuple(
                (_number(a), _number(b), _number(c), _number(d)) for a, b, c, d in _list(sent["merged"])
            ),
            hidden_rows=tuple((_number(a), _number(b)) for a, b in _list(sent["hidden_rows"])),
            hidden_columns=tuple((_number(a), _number(b)) for a, b in _list(sent["hidden_columns"])),
        )
    except (KeyError, TypeError, ValueError) as error:
        raise ChildCrashed("its process sent marks of a sheet that are none") from error


def _list(value: Any) -> list[Any]:
    if not isinstance(value, list) or len(value) > MOST_MARKS:
        raise ValueError("no list of marks")
    return value


def _number(value: Any) -> int:
    if type(value) is not int or not 0 <= value < _LARGEST:
        raise ValueError("no place in a sheet")
    return value
