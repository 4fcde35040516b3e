"""A Woobesluit: a decision, or one of several partial decisions, on a Wooverzoek."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from woo.domain.errors import InvalidValue, Refused
from woo.domain.verzoek import Wooverzoek

WOO_VANAF = date(2022, 5, 1)
"""From this day decisions rest on the Woo; until the day before on the Wob, which was then repealed."""


class Uitkomst(StrEnum):
    """What was decided: everything public, part of it, nothing, it already was, or nothing was found."""

    OPENBAAR = "openbaar"
    DEELS_OPENBAAR = "deels_openbaar"
    NIET_OPENBAAR = "niet_openbaar"
    REEDS_OPENBAAR = "reeds_openbaar"
    GEEN_DOCUMENTEN = "geen_documenten"


class Wet(StrEnum):
    """The law that a decision rests on: Wet open overheid, or before it the Wet openbaarheid van bestuur."""

    WOO = "woo"
    WOB = "wob"


@dataclass(frozen=True, slots=True)
class Woobesluit:
    """One decision on one request.

    `deelbesluit` numbers the partial decisions from 1; None is the one decision on the whole request. `publicatie_id`
    is the publicatie that shows it, if there is one already.
    """

    id: str
    verzoek_id: str
    kenmerk: str
    datum: date
    uitkomst: Uitkomst
    deelbesluit: int | None = None
    publicatie_id: str | None = None

    def __post_init__(self) -> None:
        if not self.kenmerk.strip():
            raise InvalidValue("kenmerk", self.kenmerk, "a decision needs one")
        if self.deelbesluit is not None and self.deelbesluit < 1:
            raise InvalidValue("deelbesluit", self.deelbesluit, "partial decisions are numbered from 1")

    @property
    def wet(self) -> Wet:
        """The law in force on the day of the decision."""
        return Wet.WOO if self.datum >= WOO_VANAF else Wet.WOB


def check_besluit(besluit: Woobesluit, verzoek: Wooverzoek, andere: Iterable[Woobesluit]) -> None:
    """Check a decision against its request and the other decisions on it.

    Raises:
        InvalidValue: it is of another request, or was taken before the request came in.
        Refused: the request has this partial decision already, or one decision on the whole of it.
    """
    if besluit.verzoek_id != verzoek.id:
        raise InvalidValue("verzoek_id", besluit.verzoek_id, f"it is not that of request {verzoek.kenmerk}")
    if besluit.datum < verzoek.ontvangen_op:
        why = f"request {verzoek.kenmerk} came in later, on {verzoek.ontvangen_op}"
        raise InvalidValue("datum", besluit.datum.isoformat(), why)
    for ander in andere:
        if ander.id == besluit.id:
            continue
        if ander.deelbesluit is None or besluit.deelbesluit is None:
            why = f"{ander.kenmerk} is a decision on it too; number them all as partial decisions"
            raise Refused("decide on the whole of", verzoek.kenmerk, why)
        if ander.deelbesluit == besluit.deelbesluit:
            why = f"that number belongs to {ander.kenmerk}"
            raise Refused(f"save partial decision {besluit.deelbesluit} on", verzoek.kenmerk, why)
