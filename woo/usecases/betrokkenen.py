"""Keep who made a request and the third parties that it touches, for the desk alone; reading them is logged."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from woo.domain.actor import Actor
from woo.domain.betrokkenen import Belanghebbende, Stuksoort, Verzoeker, Zienswijze
from woo.domain.errors import InvalidValue, NotFound, Refused
from woo.domain.events import Actie, Gebeurtenis
from woo.domain.inventaris import split_plaats
from woo.domain.verzoek import Wooverzoek
from woo.registry import Transaction
from woo.usecases.gelijktijdig import require_state
from woo.usecases.handeling import usecase
from woo.usecases.platform import Platform
from woo.usecases.rechten import Handeling, demand


@dataclass(frozen=True, slots=True)
class Betrokkenen:
    """Everybody behind one request."""

    verzoeker: Verzoeker | None
    belanghebbenden: tuple[Belanghebbende, ...]


@usecase(Handeling.BETROKKENEN_LEZEN, "wooverzoek", "verzoek_id")
def read_betrokkenen(platform: Platform, actor: Actor, verzoek_id: str) -> Betrokkenen:
    """Give the people behind a request; that they were read is written in the log.

    Raises:
        NotFound: there is no such request, or not for this actor.
        NotAllowed: only who may edit reads names.
    """
    with platform.registry.transaction() as tx:
        _allowed(tx, actor, Handeling.BETROKKENEN_LEZEN, verzoek_id)
        found = Betrokkenen(
            tx.betrokkenen.verzoeker(verzoek_id), tuple(tx.betrokkenen.belanghebbenden(verzoek_id))
        )
        if found.verzoeker is not None or found.belanghebbenden:
            _record(tx, platform, actor, Actie.BETROKKENEN_READ, verzoek_id)
    return found


@usecase(Handeling.BETROKKENEN_WIJZIGEN, "wooverzoek", "verzoek_id")
def set_verzoeker(platform: Platform, actor: Actor, verzoek_id: str, values: Mapping[str, Any]) -> Verzoeker:
    """Note who made a request (the fields of Verzoeker), in the place of what was noted; raises InvalidValue, NotFound, NotAllowed."""
    with platform.registry.transaction() as tx:
        _allowed(tx, actor, Handeling.BETROKKENEN_WIJZIGEN, verzoek_id)
        verzoeker = Verzoeker(verzoek_id, **{"naam": "", **values})
        tx.betrokkenen.save_verzoeker(verzoeker)
        _record(tx, platform, actor, Actie.VERZOEKER_CHANGED, verzoek_id)
    return verzoeker


FIELDS = frozenset(
    {
        "naam",
        "adres",
        "email",
        "gevraagd_op",
        "reageren_voor",
        "reactie",
        "gereageerd_op",
        "zienswijzen",
        "geinformeerd_op",
    }
)
"""What can be said of a third party."""


@usecase(Handeling.BETROKKENEN_WIJZIGEN, "wooverzoek", "verzoek_id")
def add_belanghebbende(
    platform: Platform, actor: Actor, verzoek_id: str, values: Mapping[str, Any]
) -> Belanghebbende:
    """Note a third party of a request.

    Raises:
        NotFound: there is no such request, or no document or row that it answered about.
        InvalidValue: days that cannot be, an unknown field, or a document or row of another dossier.
        NotAllowed: the actor may not edit.
    """
    _check_fields(values)
    with platform.registry.transaction() as tx:
        _allowed(tx, actor, Handeling.BETROKKENEN_WIJZIGEN, verzoek_id)
        made = Belanghebbende(
            id=platform.new_id(),
            verzoek_id=verzoek_id,
            nummer=tx.betrokkenen.next_nummer(verzoek_id),
            **{"naam": "", **values},
            gewijzigd_op=platform.now(),
        )
        _save(tx, platform, actor, made, Actie.BELANGHEBBENDE_ADDED)
    return made


@usecase(Handeling.BETROKKENEN_WIJZIGEN, "belanghebbende", "id")
def change_belanghebbende(
    platform: Platform, actor: Actor, id: str, values: Mapping[str, Any], *, seen: datetime | None = None
) -> Belanghebbende:
    """Change what is known of a third party: asked, answered, told.

    Raises:
        NotFound: there is no such third party, document or row.
        InvalidValue: as `add_belanghebbende`.
        Refused: its data were erased, or it holds a later state than the one that was `seen`.
        NotAllowed: the actor may not edit.
    """
    _check_fields(values)
    with platform.registry.transaction() as tx:
        old = tx.betrokkenen.belanghebbende(id)
        _allowed(tx, actor, Handeling.BETROKKENEN_WIJZIGEN, old.verzoek_id)
        if old.gewijzigd_op is not None:
            require_state("belanghebbende", id, held=old.gewijzigd_op, seen=seen, reading=tx)
        if old.gewist_op is not None:
            raise Refused("change", f"third party {old.nummer}", f"it was erased on {old.gewist_op}")
        changed = replace(old, **values, gewijzigd_op=platform.now())
        _save(tx, platform, actor, changed, Actie.BELANGHEBBENDE_CHANGED)
    return changed


@usecase(Handeling.BETROKKENEN_WISSEN, "wooverzoek", "verzoek_id")
def erase_verzoeker(platform: Platform, actor: Actor, verzoek_id: str) -> Verzoeker:
    """Erase who made a request; that there was one remains. Raises NotFound where none is noted, and NotAllowed."""
    with platform.registry.transaction() as tx:
        _allowed(tx, actor, Handeling.BETROKKENEN_WISSEN, verzoek_id)
        known = tx.betrokkenen.verzoeker(verzoek_id)
        if known is None:
            raise NotFound("verzoeker", verzoek_id)
        left = known.gewist(platform.now().date())
        tx.betrokkenen.save_verzoeker(left)
        _record(tx, platform, actor, Actie.BETROKKENE_ERASED, verzoek_id, wie="verzoeker")
    return left


@usecase(Handeling.BETROKKENEN_WISSEN, "belanghebbende", "id")
def erase_belanghebbende(platform: Platform, actor: Actor, id: str) -> Belanghebbende:
    """Erase who a third party is; what it was asked and answered remains. Raises NotFound, Refused, NotAllowed."""
    with platform.registry.transaction() as tx:
        known = tx.betrokkenen.belanghebbende(id)
        _allowed(tx, actor, Handeling.BETROKKENEN_WISSEN, known.verzoek_id)
        left = replace(known.gewist(platform.now().date()), gewijzigd_op=platform.now())
        tx.betrokkenen.save_belanghebbende(left)
        wie = f"belanghebbende {known.nummer}"
        _record(tx, platform, actor, Actie.BETROKKENE_ERASED, known.verzoek_id, wie=wie)
    return left


def _check_fields(values: Mapping[str, Any]) -> None:
    for name in values:
        if name not in FIELDS:
            raise InvalidValue("veld", name, "this field cannot be changed", accepted=sorted(FIELDS))


def _allowed(tx: Transaction, actor: Actor, handeling: Handeling, verzoek_id: str) -> Wooverzoek:
    verzoek = tx.dossier.verzoek(verzoek_id)
    demand(actor, handeling, verzoek.organisatie, "wooverzoek", verzoek_id)
    return verzoek


def _save(tx: Transaction, platform: Platform, actor: Actor, of: Belanghebbende, actie: Actie) -> None:
    for zienswijze in of.zienswijzen:
        _check_stuk(tx, of.verzoek_id, zienswijze)
    tx.betrokkenen.save_belanghebbende(of)
    _record(tx, platform, actor, actie, of.verzoek_id, nummer=of.nummer)


def _check_stuk(tx: Transaction, verzoek_id: str, zienswijze: Zienswijze) -> None:
    """Raise NotFound or InvalidValue unless the document or row is in a publicatie of a decision on this request."""
    if zienswijze.soort is Stuksoort.DOCUMENT:
        publicatie_id = tx.document(zienswijze.id).publicatie_id
    else:
        publicatie_id, sleutel = split_plaats(zienswijze.id)
        if tx.dossier.regel(publicatie_id, sleutel) is None:
            raise NotFound("inventarisregel", zienswijze.id)
    if publicatie_id not in {each.publicatie_id for each in tx.dossier.besluiten(verzoek_id)}:
        raise InvalidValue("zienswijzen", zienswijze.id, "it belongs to no decision on this request")


def _record(
    tx: Transaction, platform: Platform, actor: Actor, actie: Actie, verzoek_id: str, **details: object
) -> None:
    tx.record(Gebeurtenis(actie, "wooverzoek", verzoek_id, actor, platform.now(), details=details))
