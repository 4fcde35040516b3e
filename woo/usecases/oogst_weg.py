"""Withdraw here what is gone at its source, as far as nothing else there still offers it."""

from dataclasses import replace

from woo.domain.actor import Actor
from woo.domain.oogst import INGETROKKEN, Oogstitem, Verschil
from woo.domain.publicatie import Publicatiestatus
from woo.oogst import Bron
from woo.registry import Reading, Transaction
from woo.usecases.handeling import usecase
from woo.usecases.intrekking import withdraw_document, withdraw_publicatie
from woo.usecases.oogst_gegevens import een_regel
from woo.usecases.oogst_noteren import note
from woo.usecases.oogst_plek import merk_van
from woo.usecases.platform import Platform
from woo.usecases.rechten import Handeling

WEG = "De organisatie die dit openbaar maakte, heeft het van haar site gehaald."
WEG_MET_REDEN = "De organisatie die dit openbaar maakte, heeft het ingetrokken. Zij schrijft: {reden}"


@usecase(Handeling.OOGSTEN, "bron")
def trek_in_wat_weg_is(platform: Platform, actor: Actor, bron: Bron, item: Oogstitem) -> None:
    """Withdraw here what is gone at its source, at once, and its publicatie with its last document; with its reason where that is told.

    Of an archive everything that was in it. What the source offers elsewhere too stays, and belongs to that from now on. Doing it again
    changes nothing, so that a run which was killed halfway goes on.
    """
    reden = _why_gone(item)
    if item.leden is not None:
        with platform.registry.read() as reading:
            members = reading.oogst.members_of(bron.naam, item.sleutel)
        for member in members:
            if not member.weg:
                _leaves(platform, actor, bron, replace(member, gezien_run=item.gezien_run), reden)
    _leaves(platform, actor, bron, item, reden)


def _leaves(platform: Platform, actor: Actor, bron: Bron, item: Oogstitem, reden: str) -> None:
    if item.document_id is not None and _pass_on(platform, item):
        item = replace(item, document_id=None)
    if item.document_id is not None:
        _withdraw(platform, actor, bron, item.document_id, reden)
    with platform.registry.transaction() as tx:
        gone = replace(item, weg=True, taak=None, verschil=Verschil.WEG, reden=reden, toegepast=None)
        tx.oogst.save_items([gone])
        staat = "withdrawn" if item.document_id is None else None
        note(tx, platform, gone, staat=staat, reden=reden)


def _withdraw(platform: Platform, actor: Actor, bron: Bron, document_id: str, reden: str) -> None:
    """Withdraw a document, and its publicatie where that was the last."""
    with platform.registry.read() as reading:
        document, publicatie = reading.document_with_publicatie(document_id)
    if document.intrekking is None:
        withdraw_document(platform, actor, document.id, reden=reden, intern=merk_van(bron))
    if publicatie.status is Publicatiestatus.GEPUBLICEERD and publicatie.bron is not None:
        with platform.registry.read() as reading:
            empty = publicatie.bron.startswith(f"{merk_van(bron)}:") and _is_empty(reading, publicatie.id)
        if empty:
            withdraw_publicatie(platform, actor, publicatie.id, reden=reden, intern=merk_van(bron))


def _pass_on(platform: Platform, item: Oogstitem) -> bool:
    """Give the document of what is gone to what still offers the same file; whether there was such a thing."""

    def write(tx: Transaction) -> bool:
        other = tx.oogst.other_with(item)
        if other is None:
            return False
        if other.document_id is None:
            heir = replace(other, document_id=item.document_id, reden=None)
            tx.oogst.save_items([heir])
            note(tx, platform, heir, staat=None, reden=None)
        tx.oogst.save_items([replace(item, document_id=None)])
        return True

    return platform.registry.run(write)


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
