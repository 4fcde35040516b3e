"""The reasons for which something is taken from the public, as an installation has them."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from woo.domain.errors import InvalidValue

BEWAARTERMIJN = "bewaartermijn"
"""The code of the reason that the worker gives when a term is over; every list of reasons has it."""


class Herstel(StrEnum):
    """Who may bring back what was withdrawn for a reason: one person, or two."""

    VRIJ = "vrij"
    TWEEDE = "tweede"


@dataclass(frozen=True, slots=True)
class Intrekreden:
    """One reason: its code, its name at the desk, and the sentence that citizens read.

    `lekblad` tells whether the data-protection officer needs a leak sheet. `diwoo` is the code of DiWoo's
    redenverwijderingvervanginglijst (0.9.8), None where neither of its two fits.
    """

    code: str
    naam: str
    zin: str
    lekblad: bool = False
    herstel: Herstel = Herstel.TWEEDE
    diwoo: str | None = None

    def openbaar(self, toelichting: str | None) -> str:
        """What the tombstone says: the sentence of the reason, and the public explanation where there is one."""
        return f"{self.zin} {toelichting.strip()}" if toelichting and toelichting.strip() else self.zin


@dataclass(frozen=True, slots=True)
class Intrekredenen:
    """The reasons of an installation, by code, in the order of their file."""

    by_code: Mapping[str, Intrekreden]

    def reden(self, code: str) -> Intrekreden:
        """Raises InvalidValue for a code that is none of them, naming those that are."""
        found = self.by_code.get(code)
        if found is None:
            raise InvalidValue("reden", code, "it is none of the reasons", accepted=tuple(self.by_code))
        return found

    def herstel(self, code: str | None) -> Herstel:
        """Who may bring it back; what was withdrawn in free words, or for a reason that is gone, takes two."""
        found = self.by_code.get(code or "")
        return Herstel.TWEEDE if found is None else found.herstel

    def naam(self, code: str | None) -> str:
        """The name for people; free words have none of their own."""
        found = self.by_code.get(code or "")
        return "Vrije tekst" if found is None else found.naam
