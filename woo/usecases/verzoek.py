"""Register a Wooverzoek and what befalls its term, and the decisions on it."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date

from woo.domain.actor import Actor, Recht
from woo.domain.besluit import Uitkomst, Woobesluit, check_besluit
from woo.domain.errors import InvalidValue, Refused
from woo.domain.events import Actie, Gebeurtenis
from woo.domain.verzoek import VERDAGING_DAGEN, Opschorting, Wooverzoek
from woo.usecases.dossier import renew_dossiers
from woo.usecases.handeling import usecase
from woo.usecases.platform import Platform
from woo.usecases.rechten import Handeling


@dataclass(frozen=True, slots=True)
class NieuwBesluit:
    """What someone says of a decision; see Woobesluit."""

    kenmerk: str
    datum: date
    uitkomst: Uitkomst
    deelbesluit: int | None = None
    publicatie_id: str | None = None


@usecase(Handeling.VERZOEK_REGISTREREN, "wooverzoek")
def register_verzoek(
    platform: Platform, actor: Actor, *, kenmerk: str, onderwerp: str, ontvangen_op: date
) -> Wooverzoek:
    """Register a request; raises InvalidValue for a day in the future, NotAllowed."""
    actor.require(Recht.EDIT)
    now = platform.now()
    if ontvangen_op > now.date():
        raise InvalidValue("ontvangen_op", ontvangen_op.isoformat(), "it lies in the future")
    verzoek = Wooverzoek(platform.new_id(), kenmerk.strip(), onderwerp.strip(), ontvangen_op)
    with platform.registry.transaction() as tx:
        tx.dossier.save_verzoek(verzoek)
        tx.record(Gebeurtenis(Actie.VERZOEK_REGISTERED, "wooverzoek", verzoek.id, actor, now))
    return verzoek


@usecase(Handeling.VERZOEK_WIJZIGEN, "wooverzoek", "id")
def put_off(
    platform: Platform, actor: Actor, id: str, *, op: date, dagen: int = VERDAGING_DAGEN
) -> Wooverzoek:
    """Put off the decision on a request; raises as Wooverzoek.verdaagd, and NotFound."""
    return _change(platform, actor, id, "verdaging", lambda verzoek: verzoek.verdaagd(op, dagen=dagen))


@usecase(Handeling.VERZOEK_WIJZIGEN, "wooverzoek", "id")
def suspend(platform: Platform, actor: Actor, id: str, opschorting: Opschorting) -> Wooverzoek:
    """Let the term of a request stand still; raises as Wooverzoek.opgeschort, and NotFound."""
    return _change(platform, actor, id, "opschorting", lambda verzoek: verzoek.opgeschort(opschorting))


@usecase(Handeling.VERZOEK_WIJZIGEN, "wooverzoek", "id")
def resume(platform: Platform, actor: Actor, id: str, *, op: date) -> Wooverzoek:
    """Let the term of a request run again from this day; raises as Wooverzoek.hervat, and NotFound."""
    return _change(platform, actor, id, "opschorting", lambda verzoek: verzoek.hervat(op))


@usecase(Handeling.BESLUIT_REGISTREREN, "wooverzoek", "verzoek_id")
def register_besluit(platform: Platform, actor: Actor, verzoek_id: str, nieuw: NieuwBesluit) -> Woobesluit:
    """Register a decision on a request; raises as check_besluit, NotFound for request or publicatie, and NotAllowed."""
    actor.require(Recht.EDIT)
    now = platform.now()
    besluit = Woobesluit(
        platform.new_id(),
        verzoek_id,
        nieuw.kenmerk.strip(),
        nieuw.datum,
        nieuw.uitkomst,
        nieuw.deelbesluit,
        nieuw.publicatie_id,
    )
    with platform.registry.transaction() as tx:
        verzoek = tx.dossier.verzoek(verzoek_id)
        if nieuw.publicatie_id is not None:
            tx.publicatie(nieuw.publicatie_id)
        check_besluit(besluit, verzoek, tx.dossier.besluiten(verzoek_id))
        tx.dossier.save_besluit(besluit)
        details = {
            "verzoek": verzoek_id,
            "uitkomst": besluit.uitkomst.value,
            "publicatie": besluit.publicatie_id,
        }
        tx.record(
            Gebeurtenis(Actie.BESLUIT_REGISTERED, "woobesluit", besluit.id, actor, now, details=details)
        )
        renew_dossiers(tx, actor, verzoek_id, now)
    return besluit


@usecase(Handeling.BESLUIT_REGISTREREN, "woobesluit", "id")
def show_besluit_in(platform: Platform, actor: Actor, id: str, publicatie_id: str) -> Woobesluit:
    """Say which publicatie shows a decision that had none yet.

    Raises:
        NotFound: there is no such decision or publicatie.
        Refused: another publicatie shows it already.
        NotAllowed: the actor may not edit, or not change what is public.
    """
    actor.require(Recht.EDIT)
    with platform.registry.transaction() as tx:
        now = platform.now()
        besluit = tx.dossier.besluit(id)
        tx.publicatie(publicatie_id)
        if besluit.publicatie_id not in (None, publicatie_id):
            why = f"publicatie {besluit.publicatie_id} shows it already"
            raise Refused("show", f"decision {besluit.kenmerk}", why)
        besluit = replace(besluit, publicatie_id=publicatie_id)
        tx.dossier.save_besluit(besluit)
        details = {"verzoek": besluit.verzoek_id, "publicatie": publicatie_id}
        tx.record(Gebeurtenis(Actie.BESLUIT_CHANGED, "woobesluit", id, actor, now, details=details))
        renew_dossiers(tx, actor, besluit.verzoek_id, now)
    return besluit


def _change(
    platform: Platform, actor: Actor, id: str, veld: str, change: Callable[[Wooverzoek], Wooverzoek]
) -> Wooverzoek:
    actor.require(Recht.EDIT)
    with platform.registry.transaction() as tx:
        now = platform.now()
        changed = change(tx.dossier.verzoek(id))
        tx.dossier.save_verzoek(changed)
        details = {"velden": veld}
        tx.record(Gebeurtenis(Actie.VERZOEK_CHANGED, "wooverzoek", id, actor, now, details=details))
        renew_dossiers(tx, actor, id, now)
    return changed
