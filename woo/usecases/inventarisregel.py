"""One row of an inventory at the desk: change, add, remove, move it, and say which document it is about."""

from collections.abc import Mapping, Sequence
from dataclasses import fields, replace
from typing import Any

from woo.domain.actor import Actor
from woo.domain.errors import InvalidValue, NotFound, Refused
from woo.domain.events import Actie, Gebeurtenis, Jobsoort, Jobwens, Prioriteit
from woo.domain.inventaris import Beoordeling, Inventarisregel, plaats_of, regel_id
from woo.domain.openbaarheid import is_public_publicatie
from woo.domain.publicatie import Publicatie, Publicatiestatus
from woo.inventaris.lezen import MEEST_RIJEN
from woo.inventaris.regelgegevens import Regelgegevens
from woo.inventaris.stand import versie_van
from woo.inventaris.vergelijken import Gewijzigd, compare
from woo.registry import Reading, Transaction
from woo.usecases.geweigerd import documents_of
from woo.usecases.handeling import usecase
from woo.usecases.inventaris import changed, judged
from woo.usecases.inventarisblad import sleutel_of
from woo.usecases.platform import Platform
from woo.usecases.rechten import Handeling, demand_publicatie

_SOORT = "inventarisregel"
_NEVER_CHANGED = "the inventory says in row {nummer} that document {id} is not public; withdraw it first"


@usecase(Handeling.INVENTARISREGEL_WIJZIGEN, "publicatie", "publicatie_id")
def change_regel(
    platform: Platform,
    actor: Actor,
    publicatie_id: str,
    sleutel: str,
    changes: Mapping[str, Any],
    *,
    gegevens: Regelgegevens,
    versie: str | None,
) -> Inventarisregel:
    """Change fields of a row (`woo.inventaris.regelgegevens.VELDEN`); `versie` is the fingerprint of the row that was seen.

    Raises:
        NotFound, NotAllowed: there is no such row, or the actor may not edit it, or not what is public.
        Regelfout: for each field that is wrong a sentence.
        Refused: somebody changed the row since it was seen, the number is taken, the publicatie was withdrawn, or the
            document of the row is public and may not be so by what it would say.
    """
    with platform.registry.transaction() as tx:
        publicatie = _editable(tx, actor, publicatie_id)
        oud = _seen(tx, publicatie_id, sleutel, versie)
        nieuw = gegevens.applied(oud, changes)
        _save(tx, platform, actor, publicatie, oud, nieuw)
    return nieuw


@usecase(Handeling.INVENTARISREGEL_WIJZIGEN, "publicatie", "publicatie_id")
def add_regel(
    platform: Platform,
    actor: Actor,
    publicatie_id: str,
    values: Mapping[str, Any],
    *,
    gegevens: Regelgegevens,
) -> Inventarisregel:
    """Add a row at the end of the list; raises as `change_regel`, and Refused where the list is full."""
    with platform.registry.transaction() as tx:
        publicatie = _editable(tx, actor, publicatie_id)
        regels = tx.dossier.regels(publicatie_id)
        if len(regels) >= MEEST_RIJEN:
            why = f"the list is full: an inventory holds at most {MEEST_RIJEN} rows"
            raise Refused("change", f"the inventory of publicatie {publicatie_id}", why)
        last = regels[-1].volgorde if regels else 0
        empty = Inventarisregel(publicatie_id, last + 1, "?", "?", Beoordeling.NIET_OPENBAAR)
        needed = {"nummer": None, "documentnaam": None, "beoordeling": None}
        nieuw = gegevens.applied(empty, {**needed, **values})
        _check_free(tx, nieuw)
        tx.dossier.save_regel(nieuw)
        _log(tx, platform, actor, nieuw, Actie.INVENTARISREGEL_ADDED, judged(nieuw, "is"))
        _want(tx, platform, publicatie, None, nieuw)
    return nieuw


@usecase(Handeling.INVENTARISREGEL_WIJZIGEN, "publicatie", "publicatie_id")
def remove_regel(
    platform: Platform, actor: Actor, publicatie_id: str, sleutel: str, *, versie: str | None
) -> None:
    """Take a row out of the list; its document stays as it is. Raises as `change_regel`."""
    with platform.registry.transaction() as tx:
        publicatie = _editable(tx, actor, publicatie_id)
        oud = _seen(tx, publicatie_id, sleutel, versie)
        tx.dossier.drop_regel(publicatie_id, sleutel)
        _log(tx, platform, actor, oud, Actie.INVENTARISREGEL_REMOVED, judged(oud, "was"))
        _want(tx, platform, publicatie, oud, None)


@usecase(Handeling.INVENTARISREGEL_WIJZIGEN, "publicatie", "publicatie_id")
def move_regel(
    platform: Platform, actor: Actor, publicatie_id: str, sleutel: str, *, naar: int
) -> Inventarisregel:
    """Put a row at this place in the list, from 1; the others move up. A place after the last is the last.

    Raises:
        NotFound, NotAllowed: as `change_regel`.
        InvalidValue: a place below 1.
        Refused: the publicatie was withdrawn.
    """
    if naar < 1:
        raise InvalidValue("naar", naar, "places are counted from 1")
    with platform.registry.transaction() as tx:
        publicatie = _editable(tx, actor, publicatie_id)
        regels = list(tx.dossier.regels(publicatie_id))
        at = next((place for place, regel in enumerate(regels) if regel.sleutel == sleutel), None)
        if at is None:
            raise NotFound(_SOORT, regel_id(plaats_of(publicatie_id, sleutel)))
        moved = regels.pop(at)
        regels.insert(min(naar, len(regels) + 1) - 1, moved)
        placed = [replace(regel, volgorde=place) for place, regel in enumerate(regels, start=1)]
        now = next(regel for regel in placed if regel.sleutel == sleutel)
        if now.volgorde != at + 1 or placed[at] != regels[at]:
            tx.dossier.save_regels(publicatie_id, placed)
            told = {"van": at + 1, "naar": now.volgorde}
            _log(tx, platform, actor, now, Actie.INVENTARISREGEL_MOVED, told)
            tx.want_many(_all_jobs(publicatie), platform.now())
    return now


@usecase(Handeling.INVENTARISREGEL_WIJZIGEN, "publicatie", "publicatie_id")
def link_document(
    platform: Platform,
    actor: Actor,
    publicatie_id: str,
    sleutel: str,
    document_id: str | None,
    *,
    versie: str | None,
) -> Inventarisregel:
    """Say which document of the publicatie a row is about, or with None that it is about none; raises as `change_regel`.

    Refused also for a document that was withdrawn.
    """
    with platform.registry.transaction() as tx:
        publicatie = _editable(tx, actor, publicatie_id)
        oud = _seen(tx, publicatie_id, sleutel, versie)
        if document_id is not None:
            document = tx.document(document_id)
            if document.publicatie_id != publicatie_id:
                raise NotFound("document", document_id)
            if document.intrekking is not None:
                raise Refused("link", f"document {document_id}", "it was withdrawn before")
        nieuw = replace(oud, document_id=document_id)
        _save(tx, platform, actor, publicatie, oud, nieuw)
    return nieuw


@usecase(Handeling.INVENTARISREGEL_WIJZIGEN, "publicatie", "publicatie_id")
def link_again(platform: Platform, actor: Actor, publicatie_id: str) -> int:
    """Look once more for the documents of all rows, by number and name; returns how many rows were linked.

    A row keeps the document that it has. Raises as `change_regel`.
    """
    with platform.registry.transaction() as tx:
        publicatie = _editable(tx, actor, publicatie_id)
        huidig = tx.dossier.regels(publicatie_id)
        verschil = compare(huidig, publicatie, huidig=huidig, documenten=documents_of(tx, publicatie_id))
        for nummer, id in verschil.geblokkeerd:
            why = _NEVER_CHANGED.format(nummer=nummer, id=id)
            raise Refused("link", f"the inventory of publicatie {publicatie_id}", why)
        if not verschil.is_leeg:
            tx.dossier.save_regels(publicatie_id, verschil.regels)
            told = {"gekoppeld": len(verschil.gewijzigd)}
            now = platform.now()
            tx.record(
                Gebeurtenis(Actie.INVENTARIS_LINKED, "publicatie", publicatie_id, actor, now, details=told)
            )
        return len(verschil.gewijzigd)


@usecase(Handeling.INVENTARISREGEL_WIJZIGEN, "publicatie", "publicatie_id")
def find_changeable(platform: Platform, actor: Actor, publicatie_id: str, regel: str) -> str:
    """The key of the row with this id (`Inventarisregel.id`), to change it by; raises as `change_regel`."""
    with platform.registry.read() as reading:
        _editable(reading, actor, publicatie_id)
        return sleutel_of(reading, publicatie_id, regel)


def _editable(reading: Reading, actor: Actor, publicatie_id: str) -> Publicatie:
    publicatie = reading.publicatie(publicatie_id)
    demand_publicatie(actor, Handeling.INVENTARISREGEL_WIJZIGEN, publicatie)
    if publicatie.status is Publicatiestatus.INGETROKKEN:
        raise Refused("change", f"the inventory of publicatie {publicatie_id}", "it was withdrawn")
    return publicatie


def _seen(tx: Transaction, publicatie_id: str, sleutel: str, versie: str | None) -> Inventarisregel:
    """The row as it is; raises Refused where it is not the one that was seen."""
    regel = tx.dossier.regel(publicatie_id, sleutel)
    if regel is None:
        raise NotFound(_SOORT, regel_id(plaats_of(publicatie_id, sleutel)))
    if versie is not None and versie != versie_van(regel):
        why = "the registry holds a later state of it; look at it again"
        raise Refused("save", f"row {regel.nummer} of the inventory of publicatie {publicatie_id}", why)
    return regel


def _save(
    tx: Transaction,
    platform: Platform,
    actor: Actor,
    publicatie: Publicatie,
    oud: Inventarisregel,
    nieuw: Inventarisregel,
) -> None:
    """Write a row over another one with its log line and jobs; nothing where nothing differs."""
    velden = tuple(f.name for f in fields(Inventarisregel) if getattr(oud, f.name) != getattr(nieuw, f.name))
    if not velden:
        return
    if oud.sleutel != nieuw.sleutel:
        _check_free(tx, nieuw)
        tx.dossier.drop_regel(publicatie.id, oud.sleutel)
    _check_document(tx, publicatie, nieuw)
    tx.dossier.save_regel(nieuw)
    _log(tx, platform, actor, nieuw, Actie.INVENTARISREGEL_CHANGED, _told(Gewijzigd(oud, nieuw, velden)))
    _want(tx, platform, publicatie, oud, nieuw)


def _told(each: Gewijzigd) -> dict[str, object]:
    told = changed(each)
    if "nummer" in each.velden:
        told["nummer_was"] = each.oud.nummer
    for naam in ("document_id", "opgeschort"):
        if naam in each.velden:
            told |= {f"{naam}_was": getattr(each.oud, naam), f"{naam}_is": getattr(each.nieuw, naam)}
    return told


def _check_free(tx: Transaction, regel: Inventarisregel) -> None:
    if tx.dossier.regel(regel.publicatie_id, regel.sleutel) is not None:
        what = f"the inventory of publicatie {regel.publicatie_id}"
        raise Refused("change", what, f"its number is taken: another row has number {regel.nummer}")


def _check_document(tx: Transaction, publicatie: Publicatie, regel: Inventarisregel) -> None:
    """Raise Refused when a row would say of a document that is public, or will be, that it is not."""
    if regel.document_id is None or regel.mag_openbaar or not is_public_publicatie(publicatie):
        return
    if tx.document(regel.document_id).intrekking is None:
        why = _NEVER_CHANGED.format(nummer=regel.nummer, id=regel.document_id)
        raise Refused("change", f"the inventory of publicatie {publicatie.id}", why)


def _log(
    tx: Transaction,
    platform: Platform,
    actor: Actor,
    regel: Inventarisregel,
    actie: Actie,
    details: Mapping[str, object],
) -> None:
    told = {"nummer": regel.nummer, **details}
    tx.record(Gebeurtenis(actie, _SOORT, regel.publicatie_id, actor, platform.now(), details=told))


def _want(
    tx: Transaction,
    platform: Platform,
    publicatie: Publicatie,
    oud: Inventarisregel | None,
    nieuw: Inventarisregel | None,
) -> None:
    """Ask that the public side looks again at the row, at what it was, at their documents and at the list."""
    rows = [regel for regel in (oud, nieuw) if regel is not None]
    wanted = [(Jobsoort.SYNC_PUBLICATIE, publicatie.id)]
    wanted += [(Jobsoort.SYNC_REGEL, regel.plaats) for regel in rows]
    wanted += [(Jobsoort.SYNC_DOCUMENT, regel.document_id) for regel in rows if regel.document_id is not None]
    jobs = [Jobwens(soort, id, Prioriteit.NORMAAL) for soort, id in dict.fromkeys(wanted)]
    tx.want_many(jobs, platform.now())


def _all_jobs(publicatie: Publicatie) -> Sequence[Jobwens]:
    soorten = (Jobsoort.SYNC_PUBLICATIE, Jobsoort.SYNC_DOCUMENTEN)
    return [Jobwens(soort, publicatie.id, Prioriteit.NORMAAL) for soort in soorten]
