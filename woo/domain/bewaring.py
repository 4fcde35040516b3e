"""How long a publicatie stays public: rows of a selectielijst, an exception for one publicatie, and the day that follows."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from woo.domain.errors import InvalidValue

ANDERS = "anders"
"""The category of the row for all that no other row names."""


class Waardering(StrEnum):
    """Kept for ever, or destroyed after the term."""

    BEWAREN = "B"
    VERNIETIGEN = "V"


class Trigger(StrEnum):
    """From which day the term counts."""

    PUBLICATIE = "publicatie"
    BESLUIT = "besluit"


@dataclass(frozen=True, slots=True)
class Bewaarregel:
    """One row of a selectielijst; `jaren` is the term of what is destroyed, and `bron` where it stands."""

    categorie: str
    waardering: Waardering
    trigger: Trigger
    bron: str
    jaren: int | None = None

    def __post_init__(self) -> None:
        if (self.waardering is Waardering.VERNIETIGEN) != (self.jaren is not None):
            raise InvalidValue("jaren", self.jaren, "a term belongs to V, and V needs one")
        if self.jaren is not None and not 1 <= self.jaren <= 200:
            raise InvalidValue("jaren", self.jaren, "a term is 1 to 200 years")


@dataclass(frozen=True, slots=True)
class Selectielijst:
    """The rows of an installation by category."""

    naam: str
    regels: Mapping[str, Bewaarregel]

    def regel(self, categorieen: Sequence[str]) -> Bewaarregel:
        """The row for a publicatie of these categories: what is kept for ever wins, then the longest term."""
        found = [self.regels[code] for code in categorieen if code in self.regels]
        if len(found) < len(categorieen) or not found:
            found.append(self.regels[ANDERS])
        return max(found, key=lambda one: one.jaren or 10_000)


@dataclass(frozen=True, slots=True)
class Bewaartermijn:
    """What holds for one publicatie where that is not as the selectielijst has it, and what the worker did.

    `jaren` None with `afwijkend` means that it is kept for ever. `aangekondigd_op` is when the end was announced.
    """

    publicatie_id: str
    afwijkend: bool = False
    jaren: int | None = None
    reden: str | None = None
    gewijzigd_op: datetime | None = None
    aangekondigd_op: datetime | None = None

    def __post_init__(self) -> None:
        if self.afwijkend and not (self.reden and self.reden.strip()):
            raise InvalidValue(
                "reden", self.reden, "another term than that of the selectielijst needs a reason"
            )
        if self.jaren is not None and not 1 <= self.jaren <= 200:
            raise InvalidValue("jaren", self.jaren, "a term is 1 to 200 years")


def end_of(begin: date, jaren: int) -> date:
    """The first day after the term; of 29 February the term ends on 1 March where a year has none."""
    try:
        return begin.replace(year=begin.year + jaren)
    except ValueError:
        return date(begin.year + jaren, 3, 1)
