"""The people behind a request: who asked, and the third parties that it touches; known to the desk alone."""

from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum

from woo.domain.errors import InvalidValue, Refused


class Reactie(StrEnum):
    """What a third party answered when asked for its view (art. 4:8 Awb; art. 4.4, third and fifth paragraph, Woo)."""

    GEEN_BEZWAAR = "geen_bezwaar"
    BEZWAAR = "bezwaar"
    DEELS = "deels"
    GEEN_REACTIE = "geen_reactie"

    @property
    def naam(self) -> str:
        """The name in Dutch, as the start of a sentence."""
        return _REACTIES[self]

    @property
    def verwacht_bezwaar(self) -> bool:
        """Whether an objection is to be expected, so that disclosure waits two weeks (art. 4.4, fifth paragraph, Woo)."""
        return self in (Reactie.BEZWAAR, Reactie.DEELS)


_REACTIES = {
    Reactie.GEEN_BEZWAAR: "Geen bezwaar",
    Reactie.BEZWAAR: "Bezwaar",
    Reactie.DEELS: "Bezwaar tegen een deel",
    Reactie.GEEN_REACTIE: "Geen reactie",
}


class Stuksoort(StrEnum):
    """What a view can be about: a document, or a row of an inventory by its place (`Inventarisregel.plaats`)."""

    DOCUMENT = "document"
    REGEL = "regel"


@dataclass(frozen=True, slots=True)
class Zienswijze:
    """What a third party answered about one document or row."""

    soort: Stuksoort
    id: str
    reactie: Reactie


@dataclass(frozen=True, slots=True)
class Verzoeker:
    """Who made a request; `namens` is on whose behalf.

    Once the data were erased on day `gewist_op` only the fact remains that there was a requester.
    """

    verzoek_id: str
    naam: str | None
    namens: str | None = None
    adres: str | None = None
    email: str | None = None
    telefoon: str | None = None
    gewist_op: date | None = None

    def __post_init__(self) -> None:
        _check_erased(self.naam, self.gewist_op)
        if self.email is not None:
            _check_email(self.email)

    def gewist(self, op: date) -> "Verzoeker":
        """Return what remains of it once it is erased."""
        return Verzoeker(self.verzoek_id, None, gewist_op=self.gewist_op or op)


@dataclass(frozen=True, slots=True)
class Belanghebbende:
    """A third party whose interest the request touches.

    `gevraagd_op` is the day on which it was asked for its view, `reageren_voor` the last day to answer. `reactie` is the
    answer on the whole, `zienswijzen` those per document or row. `geinformeerd_op` is the day on which it was told of the
    decision (art. 4.4, sixth paragraph, Woo). `nummer` is how papers without names call it.
    """

    id: str
    verzoek_id: str
    nummer: int
    naam: str | None
    adres: str | None = None
    email: str | None = None
    gevraagd_op: date | None = None
    reageren_voor: date | None = None
    reactie: Reactie | None = None
    gereageerd_op: date | None = None
    zienswijzen: tuple[Zienswijze, ...] = ()
    geinformeerd_op: date | None = None
    gewist_op: date | None = None
    gewijzigd_op: datetime | None = None

    def __post_init__(self) -> None:
        _check_erased(self.naam, self.gewist_op)
        if self.email is not None:
            _check_email(self.email)
        if self.reageren_voor is not None:
            if self.gevraagd_op is None:
                raise InvalidValue(
                    "gevraagd_op", None, "say when it was asked, where there is a last day to answer"
                )
            if self.reageren_voor < self.gevraagd_op:
                why = f"it was asked later, on {self.gevraagd_op}"
                raise InvalidValue("reageren_voor", self.reageren_voor.isoformat(), why)
        self._check_answer()
        seen = [(each.soort, each.id) for each in self.zienswijzen]
        if len(set(seen)) != len(seen):
            raise InvalidValue("zienswijzen", len(seen), "a document or row is there twice")

    def _check_answer(self) -> None:
        silent = self.reactie in (None, Reactie.GEEN_REACTIE)
        if silent != (self.gereageerd_op is None):
            why = "an answer has a day, and no answer has none"
            raise InvalidValue("gereageerd_op", str(self.gereageerd_op), why)
        if self.gereageerd_op is None or self.gevraagd_op is None:
            return
        if self.gereageerd_op < self.gevraagd_op:
            why = f"it was asked later, on {self.gevraagd_op}"
            raise InvalidValue("gereageerd_op", self.gereageerd_op.isoformat(), why)

    @property
    def wacht(self) -> bool:
        """Whether it was asked and its answer is still awaited."""
        return self.gevraagd_op is not None and self.reactie is None

    def gewist(self, op: date) -> "Belanghebbende":
        """Return what remains of it once it is erased: that there was one, what it was asked and what it answered."""
        if self.gewist_op is not None:
            raise Refused("erase", f"third party {self.nummer}", f"it was erased on {self.gewist_op}")
        return replace(self, naam=None, adres=None, email=None, gewist_op=op)


def _check_erased(naam: str | None, gewist_op: date | None) -> None:
    if (naam is None) != (gewist_op is not None):
        raise InvalidValue("naam", naam, "say who it is")
    if naam is not None and not naam.strip():
        raise InvalidValue("naam", naam, "say who it is")


def _check_email(email: str) -> None:
    name, at, domain = email.partition("@")
    if not (name and at and "." in domain) or any(char.isspace() for char in email):
        raise InvalidValue("email", "(withheld)", "it is not an e-mail address like naam@voorbeeld.nl")
