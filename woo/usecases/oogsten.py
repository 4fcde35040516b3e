"""Take over what a source offers: a new document, a new version, other metadata; and withdraw what is gone there."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from woo.domain.actor import Actor
from woo.domain.document import Bestand, Document
from woo.domain.errors import InvalidValue, Refused
from woo.domain.oogst import INGETROKKEN, Oogstitem, Verschil
from woo.domain.publicatie import Publicatiestatus
from woo.oogst import Bron
from woo.registry import Reading, Soort, Transaction
from woo.usecases.document import NieuwDocument, change_within, insert_document, replace_within
from woo.usecases.handeling import usecase
from woo.usecases.herstel import restore_within
from woo.usecases.intrekking import withdraw_document, withdraw_publicatie
from woo.usecases.oogst_gegevens import Oogstgegevens, een_regel, lees_gegevens
from woo.usecases.oogst_plek import Plek, boekregel, merk_van
from woo.usecases.oogst_publicatie import vind_of_maak, volg, wat_verandert
from woo.usecases.platform import Platform
from woo.usecases.rechten import Handeling

WEG = "De organisatie die dit openbaar maakte, heeft het van haar site gehaald."
WEG_MET_REDEN = "De organisatie die dit openbaar maakte, heeft het ingetrokken. Zij schrijft: {reden}"
VERVANGEN = "De organisatie die dit openbaar maakte, heeft het bestand vervangen."
HERE = "it was withdrawn here; the desk can publish it again"
WACHT = "it changed at the source and is public here: release it on the page /oogst"
VERNIETIGD = "this file was destroyed here, and may not come back"
SAME = "the same file as document"
_BALIE = "balie"


@dataclass(frozen=True, slots=True)
class Vondst:
    """A document of a source that is to be taken over; `bestand` is in the archive, None where the file is as it was."""

    item: Oogstitem
    bestand: Bestand | None


@usecase(Handeling.OOGSTEN, "bron")
def neem_over(platform: Platform, actor: Actor, bron: Bron, vondsten: Sequence[Vondst]) -> None:
    """Take over a handful of documents in one transaction; of each, its item tells afterwards what became of it.

    One alone that cannot be taken over (a publisher of somebody else, say) becomes an item with the reason.

    Raises:
        Refused, InvalidValue: one of several cannot be taken over; nothing was done: give each alone.
    """
    try:
        with platform.registry.transaction() as tx:
            plek = Plek(tx, platform, actor, bron)
            with tx.gathering():
                for vondst in vondsten:
                    _take(plek, vondst)
            plek.close()
    except (Refused, InvalidValue) as error:
        if len(vondsten) > 1:
            raise
        reden = f"not_taken: {error}"
        with platform.registry.transaction() as tx:
            note_failure(tx, platform, vondsten[0].item, reden)


def note_failure(tx: Transaction, platform: Platform, item: Oogstitem, reden: str) -> None:
    """Write that a document could not be had or taken over in this run; what is here of it stays as it is."""
    failed = replace(item, verschil=Verschil.MISLUKT, taak=None, reden=reden)
    tx.oogst.save_items([failed])
    staat = None if item.document_id is not None else "quarantined"
    _note(tx, platform, failed, staat=staat, reden=reden)


def _note(
    tx: Transaction, platform: Platform, item: Oogstitem, *, staat: str | None, reden: str | None
) -> None:
    id = item.document_id
    publicatie_id = None if id is None else tx.document(id).publicatie_id
    tx.save_item(boekregel(platform, item, id, publicatie_id, staat=staat, reden=reden))


def note_destroyed(tx: Transaction, platform: Platform, item: Oogstitem) -> None:
    """Write that a file which was destroyed here is offered again; of a document that is not here nothing more is kept."""
    known = replace(item, taak=None, toegepast=item.vorm) if item.document_id is not None else item.erased()
    known = replace(known, reden=VERNIETIGD)
    tx.oogst.save_items([known])
    _note(tx, platform, known, staat="withdrawn", reden=VERNIETIGD)


def _take(plek: Plek, vondst: Vondst) -> None:
    item = vondst.item
    gegevens = lees_gegevens(plek.platform.lijsten, plek.bron, item.sleutel, item.gegevens)
    if item.document_id is not None:
        _again(plek, item, gegevens, vondst.bestand)
    elif vondst.bestand is None:
        raise Refused("take over", item.sleutel, "its file was never fetched")
    else:
        _new(plek, item, gegevens, vondst.bestand)


def _new(plek: Plek, item: Oogstitem, gegevens: Oogstgegevens, bestand: Bestand) -> None:
    publicatie = vind_of_maak(plek, item, gegevens)
    gone = publicatie.status is Publicatiestatus.INGETROKKEN
    if gone and not plek.is_ours(publicatie.id, publicatie.intrekking):
        plek.done(item, None, staat="withdrawn", reden=HERE)
        return
    shown = publicatie.status is not Publicatiestatus.CONCEPT
    if shown and not plek.publishes(publicatie.publisher) and not item.vrij:
        plek.keep(replace(item, taak=None, reden=WACHT), None, staat="quarantined", reden=WACHT)
        return
    if gone:
        restore_within(plek.tx, plek.platform, plek.actor, "publicatie", publicatie.id)
        publicatie = plek.tx.publicatie(publicatie.id)
    publicatie = volg(plek, item, publicatie, wat_verandert(plek, item, publicatie, gegevens))
    same = plek.tx.document_by_digest(publicatie.id, bestand.digest)
    if same is not None and same.intrekking is None:
        plek.done(item, None, staat="duplicate", reden=f"{SAME} {same.id}")
        return
    nieuw = NieuwDocument(
        bestand=bestand, herkomst=dict.fromkeys(_filled(gegevens), plek.merk), **gegevens.velden
    )
    document = insert_document(plek.tx, plek.platform, plek.actor, publicatie, nieuw)
    plek.publish(publicatie)
    plek.taken(replace(item, vrij=False), document)


def _again(plek: Plek, item: Oogstitem, gegevens: Oogstgegevens, bestand: Bestand | None) -> None:
    tx = plek.tx
    document, publicatie = tx.document_with_publicatie(str(item.document_id))
    for soort, id, intrekking in (
        ("publicatie", publicatie.id, publicatie.intrekking),
        ("document", document.id, document.intrekking),
    ):
        if intrekking is None:
            continue
        if not plek.is_ours(id, intrekking):
            plek.done(item, document, staat="withdrawn", reden=HERE)
            return
        known: Soort = "publicatie" if soort == "publicatie" else "document"
        restore_within(tx, plek.platform, plek.actor, known, id)
    document, publicatie = tx.document_with_publicatie(document.id)
    changes = wat_verandert(plek, item, publicatie, gegevens)
    waits = not plek.publishes(publicatie.publisher) and not item.vrij
    differs = bool(changes) or _differs(document, gegevens, bestand)
    if waits and publicatie.status is Publicatiestatus.GEPUBLICEERD and differs:
        here = replace(item, taak=None, reden=WACHT, afwezig=0, weg=False)
        plek.keep(here, document, staat=None, reden=WACHT)
        return
    if bestand is not None and (document.bestand is None or document.bestand.digest != bestand.digest):
        document = replace_within(tx, plek.platform, plek.actor, document, bestand, reden=VERVANGEN)
    _describe(plek, document, gegevens)
    plek.publish(volg(plek, item, publicatie, changes))
    plek.taken(replace(item, vrij=False), document)


def _filled(gegevens: Oogstgegevens) -> list[str]:
    return [naam for naam, waarde in gegevens.velden.items() if waarde is not None]


def _changes(document: Document, gegevens: Oogstgegevens) -> dict[str, Any]:
    """What the source says otherwise than we have it; what a person said at the desk, and what it leaves out, stays."""
    return {
        naam: waarde
        for naam, waarde in gegevens.velden.items()
        if waarde is not None and getattr(document, naam) != waarde and document.herkomst.get(naam) != _BALIE
    }


def _differs(document: Document, gegevens: Oogstgegevens, bestand: Bestand | None) -> bool:
    other = bestand is not None and (document.bestand is None or document.bestand.digest != bestand.digest)
    return other or bool(_changes(document, gegevens))


def _describe(plek: Plek, document: Document, gegevens: Oogstgegevens) -> None:
    changes = _changes(document, gegevens)
    if changes:
        change_within(plek.tx, plek.platform, plek.actor, document, changes, bron=plek.merk)


@usecase(Handeling.OOGSTEN, "bron")
def trek_in_wat_weg_is(platform: Platform, actor: Actor, bron: Bron, item: Oogstitem) -> None:
    """Withdraw here what is gone at its source, at once, and its publicatie with its last document; with its reason where that is told.

    Doing it again changes nothing, so that a run which was killed halfway goes on.
    """
    reden = _why_gone(item)
    if item.document_id is not None:
        with platform.registry.read() as reading:
            document, publicatie = reading.document_with_publicatie(item.document_id)
        if document.intrekking is None:
            withdraw_document(platform, actor, document.id, reden=reden, intern=merk_van(bron))
        if publicatie.status is Publicatiestatus.GEPUBLICEERD and publicatie.bron is not None:
            with platform.registry.read() as reading:
                empty = publicatie.bron.startswith(f"{merk_van(bron)}:") and _is_empty(reading, publicatie.id)
            if empty:
                withdraw_publicatie(platform, actor, publicatie.id, reden=reden, intern=merk_van(bron))
    with platform.registry.transaction() as tx:
        gone = replace(item, weg=True, taak=None, verschil=Verschil.WEG, reden=reden, toegepast=None)
        tx.oogst.save_items([gone])
        staat = "withdrawn" if item.document_id is None else None
        _note(tx, platform, gone, staat=staat, reden=reden)


def _why_gone(item: Oogstitem) -> str:
    """What is told of why it is withdrawn."""
    told = item.gegevens.get(INGETROKKEN)
    reden = een_regel(told.get("reden")) if isinstance(told, dict) else None
    return WEG if reden is None else WEG_MET_REDEN.format(reden=reden)


def _is_empty(reading: Reading, publicatie_id: str) -> bool:
    """Whether every document of a publicatie was withdrawn."""
    after: str | None = None
    while True:
        documents = reading.documents(publicatie_id, after=after, limit=500)
        if any(each.intrekking is None for each in documents):
            return False
        if not documents:
            return True
        after = documents[-1].id
