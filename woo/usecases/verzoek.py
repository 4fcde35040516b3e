"""Register a Wooverzoek and what befalls its term, and the decisions on it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from woo.domain.actor import Actor, Recht
from woo.domain.besluit import Herziening, Uitkomst, Woobesluit, check_besluit
from woo.domain.errors import InvalidValue, Refused
from woo.domain.events import Actie, Gebeurtenis
from woo.domain.verloop import Periode
from woo.domain.verzoek import VERDAGING_DAGEN, Opschorting, Wooverzoek
from woo.usecases.codes import checked_code, checked_gronden
from woo.usecases.dossier import renew_dossiers
from woo.usecases.gelijktijdig import require_state
from woo.usecases.handeling import usecase
from woo.usecases.platform import Platform
from woo.usecases.rechten import Handeling, demand


@dataclass(frozen=True, slots=True)
class NieuwBesluit:
    """What someone says of a decision; see Woobesluit. `gronden` may be written in any way that people do."""

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


@usecase(Handeling.VERZOEK_REGISTREREN, "wooverzoek")
def register_verzoek(
    platform: Platform,
    actor: Actor,
    *,
    kenmerk: str,
    onderwerp: str,
    ontvangen_op: date,
    organisatie: str,
    periode: Periode | None = None,
) -> Wooverzoek:
    """Register a request to this organisation (code or URI).

    Raises:
        InvalidValue: a day in the future, or an organisation that is not in the list.
        NotAllowed: the actor may not edit at that organisation.
    """
    code = checked_code(platform.lijsten.organisaties, "organisatie", organisatie)
    actor.require_at(Recht.EDIT, code)
    now = platform.now()
    not_in_the_future(platform, "ontvangen_op", ontvangen_op)
    verzoek = Wooverzoek(
        platform.new_id(),
        kenmerk.strip(),
        onderwerp.strip(),
        ontvangen_op,
        organisatie=code,
        periode=periode,
        gewijzigd_op=now,
    )
    with platform.registry.transaction() as tx:
        tx.dossier.save_verzoek(verzoek)
        tx.record(Gebeurtenis(Actie.VERZOEK_REGISTERED, "wooverzoek", verzoek.id, actor, now))
    return verzoek


CHANGEABLE = frozenset({"kenmerk", "onderwerp", "ontvangen_op", "organisatie", "periode"})
"""The fields of a request that can be put right; what befell it has use cases of its own."""


@usecase(Handeling.VERZOEK_WIJZIGEN, "wooverzoek", "id")
def change_verzoek(
    platform: Platform, actor: Actor, id: str, changes: Mapping[str, Any], *, seen: datetime | None = None
) -> Wooverzoek:
    """Put fields of a request right.

    Raises:
        NotFound: there is no such request.
        InvalidValue: a field that cannot be changed, an unknown organisation, a day in the future or after what befell it.
        Refused: it holds a later state than the one that was `seen`.
        NotAllowed: the actor may not edit, here or at the new organisation.
    """
    for name in changes:
        if name not in CHANGEABLE:
            raise InvalidValue("veld", name, "this field cannot be changed", accepted=sorted(CHANGEABLE))
    values = dict(changes)
    if "organisatie" in values:
        code = checked_code(platform.lijsten.organisaties, "organisatie", str(values["organisatie"] or ""))
        actor.require_at(Recht.EDIT, code)
        values["organisatie"] = code
    if "ontvangen_op" in values:
        not_in_the_future(platform, "ontvangen_op", values["ontvangen_op"])
    for name in {"kenmerk", "onderwerp"} & values.keys():
        values[name] = str(values[name]).strip()
    velden = ",".join(sorted(values))
    return change_within(platform, actor, id, velden, lambda verzoek: replace(verzoek, **values), seen=seen)


@usecase(Handeling.VERZOEK_WIJZIGEN, "wooverzoek", "id")
def put_off(
    platform: Platform,
    actor: Actor,
    id: str,
    *,
    op: date,
    dagen: int = VERDAGING_DAGEN,
    seen: datetime | None = None,
) -> Wooverzoek:
    """Put off the decision on a request; raises as Wooverzoek.verdaagd and `change_within`."""
    return change_within(
        platform, actor, id, "verdaging", lambda verzoek: verzoek.verdaagd(op, dagen=dagen), seen=seen
    )


@usecase(Handeling.VERZOEK_WIJZIGEN, "wooverzoek", "id")
def suspend(
    platform: Platform, actor: Actor, id: str, opschorting: Opschorting, *, seen: datetime | None = None
) -> Wooverzoek:
    """Let the term of a request stand still; raises as Wooverzoek.opgeschort and `change_within`."""
    return change_within(
        platform, actor, id, "opschorting", lambda verzoek: verzoek.opgeschort(opschorting), seen=seen
    )


@usecase(Handeling.VERZOEK_WIJZIGEN, "wooverzoek", "id")
def resume(
    platform: Platform, actor: Actor, id: str, *, op: date, seen: datetime | None = None
) -> Wooverzoek:
    """Let the term of a request run again from this day; raises as Wooverzoek.hervat and `change_within`."""
    return change_within(platform, actor, id, "opschorting", lambda verzoek: verzoek.hervat(op), seen=seen)


@usecase(Handeling.BESLUIT_REGISTREREN, "wooverzoek", "verzoek_id")
def register_besluit(platform: Platform, actor: Actor, verzoek_id: str, nieuw: NieuwBesluit) -> Woobesluit:
    """Register a decision on a request; one that revises another has its number.

    Raises:
        InvalidValue, Refused: as check_besluit, and for a ground that nobody knows or a day in the future.
        NotFound: there is no such request or publicatie.
        NotAllowed: the actor may not edit, or not change what is public.
    """
    now = platform.now()
    with platform.registry.transaction() as tx:
        verzoek = tx.dossier.verzoek(verzoek_id)
        demand(actor, Handeling.BESLUIT_REGISTREREN, verzoek.organisatie, "wooverzoek", verzoek_id)
        not_in_the_future(platform, "datum", nieuw.datum)
        if nieuw.publicatie_id is not None:
            publicatie = tx.publicatie(nieuw.publicatie_id)
            demand(actor, Handeling.BESLUIT_REGISTREREN, publicatie.publisher, "publicatie", publicatie.id)
        andere = tx.dossier.besluiten(verzoek_id)
        old = next((each for each in andere if each.id == nieuw.herziet), None)
        besluit = Woobesluit(
            platform.new_id(),
            verzoek_id,
            nieuw.kenmerk.strip(),
            nieuw.datum,
            nieuw.uitkomst,
            nieuw.deelbesluit if old is None else old.deelbesluit,
            nieuw.publicatie_id,
            nieuw.laatste if old is None else old.laatste,
            checked_gronden(nieuw.gronden),
            nieuw.ondertekenaar,
            nieuw.aangemerkt_als,
            nieuw.herziet,
            nieuw.herziening,
            now,
        )
        check_besluit(besluit, verzoek, andere)
        tx.dossier.save_besluit(besluit)
        details = {
            "verzoek": verzoek_id,
            "uitkomst": besluit.uitkomst.value,
            "publicatie": besluit.publicatie_id,
            "herziet": besluit.herziet,
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
    with platform.registry.transaction() as tx:
        now = platform.now()
        besluit = tx.dossier.besluit(id)
        verzoek = tx.dossier.verzoek(besluit.verzoek_id)
        demand(actor, Handeling.BESLUIT_REGISTREREN, verzoek.organisatie, "woobesluit", id)
        publicatie = tx.publicatie(publicatie_id)
        demand(actor, Handeling.BESLUIT_REGISTREREN, publicatie.publisher, "publicatie", publicatie_id)
        if besluit.publicatie_id not in (None, publicatie_id):
            why = f"publicatie {besluit.publicatie_id} shows it already"
            raise Refused("show", f"decision {besluit.kenmerk}", why)
        besluit = replace(besluit, publicatie_id=publicatie_id, gewijzigd_op=now)
        tx.dossier.save_besluit(besluit)
        details = {"verzoek": besluit.verzoek_id, "publicatie": publicatie_id}
        tx.record(Gebeurtenis(Actie.BESLUIT_CHANGED, "woobesluit", id, actor, now, details=details))
        renew_dossiers(tx, actor, besluit.verzoek_id, now)
    return besluit


def change_within(
    platform: Platform,
    actor: Actor,
    id: str,
    velden: str,
    change: Callable[[Wooverzoek], Wooverzoek],
    *,
    seen: datetime | None,
) -> Wooverzoek:
    """Change a request in one transaction, with its log line, which names the fields (`velden`).

    Raises:
        NotFound: there is no such request, or not for this actor.
        Refused: it holds a later state than the one that was `seen`.
        NotAllowed: the actor may not edit, or not change what is public.
    """
    with platform.registry.transaction() as tx:
        now = platform.now()
        verzoek = tx.dossier.verzoek(id)
        demand(actor, Handeling.VERZOEK_WIJZIGEN, verzoek.organisatie, "wooverzoek", id)
        if verzoek.gewijzigd_op is not None:
            require_state("wooverzoek", id, held=verzoek.gewijzigd_op, seen=seen, reading=tx)
        changed = replace(change(verzoek), gewijzigd_op=now)
        tx.dossier.save_verzoek(changed)
        details = {"velden": velden}
        tx.record(Gebeurtenis(Actie.VERZOEK_CHANGED, "wooverzoek", id, actor, now, details=details))
        renew_dossiers(tx, actor, id, now)
    return changed


def not_in_the_future(platform: Platform, veld: str, dag: date) -> None:
    """Raise InvalidValue for a day that is still to come."""
    if dag > platform.now().date():
        raise InvalidValue(veld, dag.isoformat(), "it lies in the future")
