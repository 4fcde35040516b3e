"""What an organisation is: its kind, its province, from when to when it exists, and which one came after it."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

ONBEKEND = "onbekend"
"""The value of a filter for what no source tells; never guessed."""


class Organisatiesoort(StrEnum):
    """The kinds of the eight lists of organisations of TOOI."""

    GEMEENTE = "gemeente"
    PROVINCIE = "provincie"
    WATERSCHAP = "waterschap"
    MINISTERIE = "ministerie"
    SAMENWERKINGSORGANISATIE = "samenwerkingsorganisatie"
    ZELFSTANDIG_BESTUURSORGAAN = "zelfstandig_bestuursorgaan"
    OVERHEIDSORGANISATIE = "overheidsorganisatie"
    OPENBAAR_LICHAAM = "openbaar_lichaam"


@dataclass(frozen=True, slots=True)
class Organisatie:
    """One organisation; what no source tells is None (and `voorgangers` empty).

    `provincie` is the code of a province (`pv23`), `einddatum` the last day that it existed, `opvolger` and `voorgangers` are
    codes of organisations. `in_diwoo` is whether DiWoo accepts it as a publisher.
    """

    code: str
    uri: str
    naam: str
    soort: Organisatiesoort | None
    provincie: str | None = None
    begindatum: date | None = None
    einddatum: date | None = None
    opvolger: str | None = None
    voorgangers: tuple[str, ...] = ()
    in_diwoo: bool = True

    def opgeheven(self, op: date) -> bool:
        """Whether it does not exist any more on this day."""
        return self.einddatum is not None and self.einddatum < op
