"""Gathers what the readers of sheets find beside the values, for `woo.sandbox.sheet_marks`. Runs in the child only."""

from dataclasses import dataclass, field

from woo.sandbox.sheet_marks import MOST_MARKS
from woo.sandbox.task import Refusal


@dataclass
class Marked:
    """Places as in `woo.sandbox.sheet_marks.Marks`."""

    formulas: dict[int, int] = field(default_factory=dict)
    unsolved: list[tuple[int, int]] = field(default_factory=list)
    errors: list[tuple[int, int, str]] = field(default_factory=list)
    merged: list[tuple[int, int, int, int]] = field(default_factory=list)
    hidden_rows: list[tuple[int, int]] = field(default_factory=list)
    hidden_columns: list[tuple[int, int]] = field(default_factory=list)

    def formula(self, row: int, column: int, *, solved: bool) -> None:
        if solved:
            self.formulas[column] = self.formulas.get(column, 0) + 1
        else:
            self.unsolved.append((row, column))

    def hide_row(self, first: int, last: int) -> None:
        """Rows come in order; one that follows the last joins its stretch."""
        if self.hidden_rows and self.hidden_rows[-1][1] + 1 == first:
            self.hidden_rows[-1] = (self.hidden_rows[-1][0], last)
        else:
            self.hidden_rows.append((first, last))

    def told(self) -> dict[str, object]:
        """As JSON values.

        Raises:
            Refusal: too_many_marks.
        """
        lists: dict[str, list[object]] = {
            "formulas": [list(each) for each in self.formulas.items()],
            "unsolved": list(self.unsolved),
            "errors": list(self.errors),
            "merged": list(self.merged),
            "hidden_rows": list(self.hidden_rows),
            "hidden_columns": list(self.hidden_columns),
        }
        if any(len(each) > MOST_MARKS for each in lists.values()):
            raise Refusal("too_many_marks")
        return dict(lists)
