"""Writes what a run of a source did not take over as a document, with the reason; what is here of it stays as it is."""

from dataclasses import replace

from woo.domain.oogst import Oogstitem, Verschil
from woo.registry import Transaction
from woo.usecases.oogst_plek import boekregel
from woo.usecases.platform import Platform

HERE = "it was withdrawn here; the desk can publish it again"
WACHT = "it changed at the source and is public here: release it on the page /oogst"
VERNIETIGD = "this file was destroyed here, and may not come back"


def note_failure(
    tx: Transaction, platform: Platform, item: Oogstitem, reden: str, *, staat: str = "quarantined"
) -> None:
    """Write that a document could not be had or taken over in this run; what is here of it stays as it is."""
    failed = replace(item, verschil=Verschil.MISLUKT, taak=None, reden=reden)
    tx.oogst.save_items([failed])
    note(tx, platform, failed, staat=None if item.document_id is not None else staat, reden=reden)


def note_destroyed(tx: Transaction, platform: Platform, item: Oogstitem) -> None:
    """Write that a file which was destroyed here is offered again; of a document that is not here nothing more is kept."""
    known = replace(item, taak=None, toegepast=item.vorm) if item.document_id is not None else item.erased()
    known = replace(known, reden=VERNIETIGD)
    tx.oogst.save_items([known])
    note(tx, platform, known, staat="withdrawn", reden=VERNIETIGD)


def note(
    tx: Transaction, platform: Platform, item: Oogstitem, *, staat: str | None, reden: str | None
) -> None:
    """Write the line of an item in the accounting of everything that was taken in."""
    id = item.document_id
    publicatie_id = None if id is None else tx.document(id).publicatie_id
    tx.save_item(boekregel(platform, item, id, publicatie_id, staat=staat, reden=reden))
