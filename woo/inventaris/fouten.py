"""What is wrong with a cell or a row of an inventory, in the words that a coordinator reads."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from woo.domain.errors import InvalidValue


class Celfout(ValueError):
    """A cell cannot be taken over; the message is a plain Dutch sentence that says why and what to do."""


class Datumfout(Celfout):
    """A date cannot be taken over; `maand_eerst` tells that it can only be read with the month first."""

    def __init__(self, why: str, *, maand_eerst: bool = False) -> None:
        super().__init__(why)
        self.maand_eerst = maand_eerst


class Lijstfout(InvalidValue):
    """A file cannot be read as an inventory; `uitleg` says in plain Dutch why and what to do."""

    def __init__(
        self, field: str, value: object, why: str, *, uitleg: str, accepted: Sequence[str] = ()
    ) -> None:
        super().__init__(field, value, why, accepted=accepted)
        self.uitleg = uitleg


class Regelfout(InvalidValue):
    """A row cannot say this; `fouten` has a plain Dutch sentence for each field that is wrong."""

    def __init__(self, fouten: Mapping[str, str]) -> None:
        field, why = next(iter(fouten.items()))
        super().__init__(field, "", why)
        self.fouten = dict(fouten)


class Ernst(StrEnum):
    """FOUT: nothing is imported before it is put right. LET_OP: look at it; it stops nothing."""

    FOUT = "fout"
    LET_OP = "let op"


@dataclass(frozen=True, slots=True)
class Melding:
    """One remark about a row: its number in the sheet, the heading of the column, the value as it stands, and why."""

    ernst: Ernst
    rij: int
    kolom: str
    waarde: str
    uitleg: str

    def __str__(self) -> str:
        place = f"rij {self.rij}, kolom {self.kolom}" if self.kolom else f"rij {self.rij}"
        return f"{place}: “{self.waarde}” {self.uitleg}" if self.waarde else f"{place}: {self.uitleg}"
