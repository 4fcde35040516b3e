"""Note what befalls a request beside its term: made clearer, sent on, called late, taken back; and put mistakes right."""

from datetime import date, datetime

from woo.diwoo.waardelijsten import OnbekendeWaarde
from woo.domain.actor import Actor
from woo.domain.verloop import Doorzending
from woo.domain.verzoek import Verzoekfeit, Wooverzoek
from woo.usecases.handeling import usecase
from woo.usecases.platform import Platform
from woo.usecases.rechten import Handeling
from woo.usecases.verzoek import change_within, not_in_the_future


@usecase(Handeling.VERZOEK_WIJZIGEN, "wooverzoek", "id")
def ask_precision(
    platform: Platform, actor: Actor, id: str, *, op: date, seen: datetime | None = None
) -> Wooverzoek:
    """Note that the requester was asked what is meant; raises as Wooverzoek.precisering_gevraagd and `change_within`."""
    not_in_the_future(platform, "gevraagd_op", op)
    return change_within(
        platform, actor, id, "precisering", lambda verzoek: verzoek.precisering_gevraagd(op), seen=seen
    )


@usecase(Handeling.VERZOEK_WIJZIGEN, "wooverzoek", "id")
def note_precision(
    platform: Platform, actor: Actor, id: str, *, op: date, seen: datetime | None = None
) -> Wooverzoek:
    """Note the requester's answer; raises as Wooverzoek.precisering_beantwoord and `change_within`."""
    not_in_the_future(platform, "beantwoord_op", op)
    return change_within(
        platform, actor, id, "precisering", lambda verzoek: verzoek.precisering_beantwoord(op), seen=seen
    )


@usecase(Handeling.VERZOEK_WIJZIGEN, "wooverzoek", "id")
def send_on(
    platform: Platform, actor: Actor, id: str, doorzending: Doorzending, *, seen: datetime | None = None
) -> Wooverzoek:
    """Note that a request, or part of it, was sent on (art. 4.2 Woo); the body is a code or URI of the list, or a name.

    Raises as Wooverzoek.doorgezonden and `change_within`.
    """
    not_in_the_future(platform, "op", doorzending.op)
    known = Doorzending(_code(platform, doorzending.aan), doorzending.op, doorzending.deel)
    return change_within(
        platform, actor, id, "doorzending", lambda verzoek: verzoek.doorgezonden(known), seen=seen
    )


def _code(platform: Platform, aan: str) -> str:
    """The code of a body by code, URI or exact name; what the list has not stays as it was written."""
    lijst = platform.lijsten.organisaties
    try:
        return lijst.get(aan.strip()).code
    except OnbekendeWaarde:
        return aan.strip()


@usecase(Handeling.VERZOEK_WIJZIGEN, "wooverzoek", "id")
def note_late(
    platform: Platform, actor: Actor, id: str, *, op: date, seen: datetime | None = None
) -> Wooverzoek:
    """Note that the requester called the decision late on this day (ingebrekestelling, art. 8.3 Woo).

    Raises as Wooverzoek.in_gebreke_gesteld and `change_within`.
    """
    not_in_the_future(platform, "op", op)
    return change_within(
        platform, actor, id, "ingebrekestelling", lambda verzoek: verzoek.in_gebreke_gesteld(op), seen=seen
    )


@usecase(Handeling.VERZOEK_WIJZIGEN, "wooverzoek", "id")
def take_back(
    platform: Platform, actor: Actor, id: str, *, op: date, seen: datetime | None = None
) -> Wooverzoek:
    """Note that the requester took the request back; raises as Wooverzoek.ingetrokken and `change_within`."""
    not_in_the_future(platform, "op", op)
    return change_within(
        platform, actor, id, "intrekking", lambda verzoek: verzoek.ingetrokken(op), seen=seen
    )


@usecase(Handeling.VERZOEK_WIJZIGEN, "wooverzoek", "id")
def strike_out(
    platform: Platform,
    actor: Actor,
    id: str,
    feit: Verzoekfeit,
    *,
    nummer: int = 1,
    seen: datetime | None = None,
) -> Wooverzoek:
    """Take away what was noted by mistake; the log keeps that it was there. Raises as Wooverzoek.zonder and `change_within`."""
    return change_within(
        platform, actor, id, feit.value, lambda verzoek: verzoek.zonder(feit, nummer), seen=seen
    )
