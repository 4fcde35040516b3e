"""A Woobesluit: a decision, or one of several partial decisions, on a Wooverzoek."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from woo.domain.errors import InvalidValue, Refused
from woo.domain.verzoek import Wooverzoek

WOO_VANAF = date(2022, 5, 1)
"""From this day decisions rest on the Woo; until the day before on the Wob, which was then repealed."""


class Uitkomst(StrEnum):
    """What was decided, or how the request ended otherwise.

    OPENBAAR to NIET_OPENBAAR: everything, part of it or nothing becomes public. REEDS_OPENBAAR: it already was.
    GEEN_DOCUMENTEN: nothing was found. BUITEN_BEHANDELING: not taken up, for what was asked for stayed away (art. 4.1, fifth
    paragraph, Woo; art. 4:5 Awb). DOORGEZONDEN: another body has it (art. 4.2 Woo). INGETROKKEN: the requester took it back.
    GEEN_WOO_VERZOEK: it was taken as something else, such as a request for one's own data.
    """

    OPENBAAR = "openbaar"
    DEELS_OPENBAAR = "deels_openbaar"
    NIET_OPENBAAR = "niet_openbaar"
    REEDS_OPENBAAR = "reeds_openbaar"
    GEEN_DOCUMENTEN = "geen_documenten"
    BUITEN_BEHANDELING = "buiten_behandeling"
    DOORGEZONDEN = "doorgezonden"
    INGETROKKEN = "ingetrokken"
    GEEN_WOO_VERZOEK = "geen_woo_verzoek"


class Herziening(StrEnum):
    """Why a decision takes the place of an earlier one.

    BEZWAAR: after an objection (art. 7:11 Awb). RECHTER: after a ruling (art. 8:72 Awb). AMBTSHALVE: of the body's own accord.
    """

    BEZWAAR = "bezwaar"
    RECHTER = "rechter"
    AMBTSHALVE = "ambtshalve"


class Wet(StrEnum):
    """The law that a decision rests on: Wet open overheid, or before it the Wet openbaarheid van bestuur."""

    WOO = "woo"
    WOB = "wob"


@dataclass(frozen=True, slots=True)
class Woobesluit:
    """One decision on one request.

    `deelbesluit` numbers the partial decisions from 1; None is the one decision on the whole request. `laatste` is the partial
    decision with which the whole request is decided. `publicatie_id` is the publicatie that shows it, if there is one already.
    `gronden` are the codes of the grounds on which it refuses. `ondertekenaar` is the role that signed, never a name.
    `aangemerkt_als` says what a GEEN_WOO_VERZOEK was taken as. `herziet` is the id of the decision whose place this one
    takes, `herziening` why.
    """

    id: str
    verzoek_id: str
    kenmerk: str
    datum: date
    uitkomst: Uitkomst
    deelbesluit: int | None = None
    publicatie_id: str | None = None
    laatste: bool = False
    gronden: tuple[str, ...] = ()
    ondertekenaar: str | None = None
    aangemerkt_als: str | None = None
    herziet: str | None = None
    herziening: Herziening | None = None
    gewijzigd_op: datetime | None = None

    def __post_init__(self) -> None:
        if not self.kenmerk.strip():
            raise InvalidValue("kenmerk", self.kenmerk, "a decision needs one")
        if self.deelbesluit is not None and self.deelbesluit < 1:
            raise InvalidValue("deelbesluit", self.deelbesluit, "partial decisions are numbered from 1")
        if self.laatste and self.deelbesluit is None:
            raise InvalidValue(
                "laatste", self.laatste, "only one of several partial decisions can be the last"
            )
        if (self.uitkomst is Uitkomst.GEEN_WOO_VERZOEK) != bool((self.aangemerkt_als or "").strip()):
            why = "say what it was taken as where it is no Woo request, and only there"
            raise InvalidValue("aangemerkt_als", self.aangemerkt_als, why)
        if (self.herziet is None) != (self.herziening is None):
            raise InvalidValue(
                "herziening", self.herziening, "a revised decision says which one it revises and why"
            )
        if self.herziet == self.id:
            raise InvalidValue("herziet", self.herziet, "a decision does not revise itself")

    @property
    def wet(self) -> Wet:
        """The law in force on the day of the decision."""
        return Wet.WOO if self.datum >= WOO_VANAF else Wet.WOB


def in_force(besluiten: Iterable[Woobesluit]) -> tuple[Woobesluit, ...]:
    """Those of these decisions whose place no other of them took, in the order given."""
    all_ = tuple(besluiten)
    revised = {each.herziet for each in all_}
    return tuple(each for each in all_ if each.id not in revised)


def check_besluit(besluit: Woobesluit, verzoek: Wooverzoek, andere: Iterable[Woobesluit]) -> None:
    """Check a decision against its request and the other decisions on it.

    Raises:
        InvalidValue: it is of another request, was taken before the request came in or before the decision it revises, or
            revises one that is not there or was revised already.
        Refused: the request has this partial decision already, or one decision on the whole of it.
    """
    if besluit.verzoek_id != verzoek.id:
        raise InvalidValue("verzoek_id", besluit.verzoek_id, f"it is not that of request {verzoek.kenmerk}")
    if besluit.datum < verzoek.ontvangen_op:
        why = f"request {verzoek.kenmerk} came in later, on {verzoek.ontvangen_op}"
        raise InvalidValue("datum", besluit.datum.isoformat(), why)
    others = [ander for ander in andere if ander.id != besluit.id]
    if besluit.herziet is not None:
        _check_revision(besluit, others)
    else:
        _check_place(besluit, verzoek, [ander for ander in others if ander.herziet is None])


def _check_revision(besluit: Woobesluit, others: Iterable[Woobesluit]) -> None:
    others = tuple(others)
    old = next((each for each in others if each.id == besluit.herziet), None)
    if old is None:
        raise InvalidValue("herziet", besluit.herziet, "the request has no such decision")
    if any(each.herziet == old.id for each in others):
        raise InvalidValue(
            "herziet", besluit.herziet, f"{old.kenmerk} was revised already; revise the later one"
        )
    if besluit.datum < old.datum:
        why = f"it revises {old.kenmerk}, which was taken later, on {old.datum}"
        raise InvalidValue("datum", besluit.datum.isoformat(), why)
    if besluit.deelbesluit != old.deelbesluit:
        why = f"it revises {old.kenmerk}, so it has the same number"
        raise InvalidValue("deelbesluit", besluit.deelbesluit, why)


def _check_place(besluit: Woobesluit, verzoek: Wooverzoek, others: Iterable[Woobesluit]) -> None:
    for ander in others:
        if ander.deelbesluit is None or besluit.deelbesluit is None:
            why = f"{ander.kenmerk} is a decision on it too; number them all as partial decisions"
            raise Refused("decide on the whole of", verzoek.kenmerk, why)
        if ander.deelbesluit == besluit.deelbesluit:
            why = f"that number belongs to {ander.kenmerk}"
            raise Refused(f"save partial decision {besluit.deelbesluit} on", verzoek.kenmerk, why)
        if ander.laatste and besluit.laatste:
            raise Refused(
                "end with this decision", verzoek.kenmerk, f"{ander.kenmerk} is the last one already"
            )
