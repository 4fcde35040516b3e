"""What is wrong in a metadata sheet: every row that cannot be used as it stands, told at once."""

from collections.abc import Sequence
from dataclasses import dataclass

from woo.domain.errors import WooError


@dataclass(frozen=True, slots=True)
class RowError:
    """One thing wrong: the row as a spreadsheet program numbers it, the heading of the column, the cell, and why.

    `kolom` and `waarde` are None where the row as a whole is meant.
    """

    rij: int
    kolom: str | None
    waarde: str | None
    waarom: str

    def __str__(self) -> str:
        where = f"row {self.rij}" if self.kolom is None else f"row {self.rij}, column {self.kolom!r}"
        return f"{where}: {self.waarom}" if self.waarde is None else f"{where}: {self.waarde!r} {self.waarom}"


class SheetRefused(WooError):
    """The sheet cannot be used; nothing was taken in and nothing was changed."""

    def __init__(self, naam: str, errors: Sequence[RowError | str]) -> None:
        count = f"{len(errors)} {'error' if len(errors) == 1 else 'errors'}"
        lines = "\n".join(f"  {error}" for error in errors)
        super().__init__(f"the metadata sheet {naam!r} has {count}; nothing was taken in:\n{lines}")
        self.naam = naam
        self.errors = tuple(errors)
