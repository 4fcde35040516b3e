"""Read a table (xlsx, xls, ods, csv) in the sandbox: the parent's side, which believes nothing of what the child sends."""

import json
import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any, TypeAlias

from woo.sandbox.errors import ChildCrashed, FileRefused
from woo.sandbox.frames import Frame
from woo.sandbox.pool import Sandbox
from woo.sandbox.refusals import refused
from woo.sandbox.sheet_marks import Marks, received

Cell: TypeAlias = "str | float | bool | date | None"

_TASK = "woo.sandbox.table_task:read"
_MOST_ROWS = 200_000
_MOST_COLUMNS = 500
_MOST_BYTES = 128 * 2**20
_MOST_SHEETS = 1_000
_LONGEST_NAME = 300
_REASONS = {
    "empty_file": "The file is empty.",
    "not_a_table": "This is not a spreadsheet (xlsx, xls, ods) or a table in text (csv).",
    "encrypted": "The file is locked; give it without a password.",
    "damaged_table": "This is not a spreadsheet (xlsx, xls, ods), or it is damaged; save it anew and try again.",
    "too_large": f"The table is larger than {_MOST_BYTES // 2**20} MiB.",
    "too_many_rows": f"The table has more than {_MOST_ROWS} rows.",
    "too_many_columns": f"The table has more than {_MOST_COLUMNS} columns.",
    "too_many_marks": "The table has more formulas, merged or hidden cells than can be looked at.",
    "unknown_charset": "The character set of the csv file is not known; save it as UTF-8.",
}


@dataclass(frozen=True, slots=True)
class Row:
    """A filled row: its number as the spreadsheet program shows it, and its cells up to the last filled one."""

    number: int
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet; that of a text file has no name. `marks` are looked for only where they are asked for."""

    name: str
    visible: bool
    rows: tuple[Row, ...]
    marks: Marks = field(default_factory=Marks)


@dataclass(frozen=True, slots=True)
class Table:
    """All sheets of a file, and what kind it is by its content: xlsx, xls, ods or csv.

    `charset` and `delimiter` are those of a text file; `guessed` tells that the first is no more than likely.
    """

    sheets: tuple[Sheet, ...]
    charset: str | None = None
    delimiter: str | None = None
    guessed: bool = False
    kind: str | None = None


def read_table(sandbox: Sandbox, path: Path, *, marks: bool = False) -> Table:
    """Read every filled row; dates come as dates where the spreadsheet has them as such, without their time.

    `marks` asks for what sheets hold beside their values: formulas, errors, merged and hidden cells.

    Raises:
        FileRefused: it is no table, is locked or damaged, or passes a limit.
        TimeLimit, MemoryLimit, OutputLimit, ChildCrashed: it could not be read within the limits.
        FileNotFoundError, PermissionError: it cannot be opened here.
    """
    taken = _Taken()
    params = {"rows": _MOST_ROWS, "columns": _MOST_COLUMNS, "bytes": _MOST_BYTES, "marks": int(marks)}
    try:
        sandbox.call(_TASK, files=[path], params=params, receive=taken.take)
    except FileRefused as error:
        known = _REASONS.get(error.code)
        raise (refused(error.code) if known is None else FileRefused(error.code, known)) from error
    return taken.table()


@dataclass(slots=True)
class _Taken:
    """What has come of a file so far."""

    sheets: list[tuple[str, bool, list[Row]]] = field(default_factory=list)
    text: Mapping[str, Any] = field(default_factory=dict)
    broken: int | None = None
    kind: str | None = None
    marks: dict[int, Marks] = field(default_factory=dict)

    def take(self, frame: Frame) -> None:
        match frame.header:
            case {"sheet": str(name), "visible": bool(visible)} if len(self.sheets) < _MOST_SHEETS:
                self.sheets.append((name[:_LONGEST_NAME], visible, []))
            case {"rows": int()} if self.sheets:
                self._take_rows(frame.body)
            case {"charset": str(charset), "delimiter": str(delimiter), "guessed": bool(guessed)}:
                self.text = {"charset": charset[:40], "delimiter": delimiter[:1], "guessed": guessed}
            case {"kind": ("xlsx" | "xls" | "ods" | "csv") as kind}:
                self.kind = kind
            case {"marks": int()} if self.sheets:
                self.marks[len(self.sheets) - 1] = received(_json(frame.body))
            case {"broken": int(row)} if self.sheets and row > 0:
                self.broken = row
            case _:
                raise ChildCrashed("its process sent something that is not part of a table")

    def table(self) -> Table:
        if self.broken is not None:
            why = f"A quotation mark in row {self.broken} of the csv file is not closed, or stands within a cell; save it anew."
            raise FileRefused("broken_quotes", why)
        sheets = (
            Sheet(name, visible, tuple(rows), self.marks.get(place, Marks()))
            for place, (name, visible, rows) in enumerate(self.sheets)
        )
        return Table(tuple(sheets), kind=self.kind, **self.text)

    def _take_rows(self, body: bytes) -> None:
        rows = self.sheets[-1][2]
        try:
            sent = json.loads(body)
            if not isinstance(sent, list):
                raise ChildCrashed("its process sent rows that are none")
            for number, cells in sent:
                if type(number) is not int or number <= (rows[-1].number if rows else 0):
                    raise ChildCrashed("its process sent rows out of order")
                if not isinstance(cells, list) or len(cells) > _MOST_COLUMNS:
                    raise ChildCrashed("its process sent a row that is none")
                rows.append(Row(number, tuple(map(_cell, cells))))
        except (ValueError, TypeError, RecursionError, OverflowError) as error:
            raise ChildCrashed("its process sent rows that are none") from error
        if sum(len(each) for _, _, each in self.sheets) > _MOST_ROWS:
            raise ChildCrashed("its process sent more rows than it may")


def _json(body: bytes) -> Any:
    try:
        return json.loads(body)
    except (ValueError, RecursionError) as error:
        raise ChildCrashed("its process sent marks of a sheet that are none") from error


def _cell(value: Any) -> Cell:
    match value:
        case None | bool() | str():
            return value
        case int() | float() if math.isfinite(value):
            return float(value)
        case {"d": str(day), **rest} if not rest:
            return date.fromisoformat(day)
        case _:
            raise ValueError("no cell")
