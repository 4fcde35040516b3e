"""Take over what a source offers: a new document, a new version, other metadata, and what is said of an archive."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from woo.domain.actor import Actor
from woo.domain.document import Bestand, Document
from woo.domain.errors import InvalidValue, Refused
from woo.domain.oogst import Oogstitem, same_as
from woo.domain.publicatie import Publicatie, Publicatiestatus
from woo.oogst import Bron
from woo.registry import Soort
from woo.usecases.document import NieuwDocument, change_within, insert_document, replace_within
from woo.usecases.handeling import usecase
from woo.usecases.herstel import restore_within
from woo.usecases.oogst_gegevens import Oogstgegevens, lees_gegevens
from woo.usecases.oogst_noteren import HERE, WACHT, note_failure
from woo.usecases.oogst_plek import Plek
from woo.usecases.oogst_publicatie import vind_of_maak, volg, wat_verandert
from woo.usecases.platform import Platform
from woo.usecases.rechten import Handeling

VERVANGEN = "De organisatie die dit openbaar maakte, heeft het bestand vervangen."
_BALIE = "balie"


@dataclass(frozen=True, slots=True)
class Vondst:
    """A document of a source that is to be taken over; `bestand` is in the archive, None where the file is as it was.

    Of an archive, whose members were taken over before, `archief` is how that ended; None where its file is as it was.
    """

    item: Oogstitem
    bestand: Bestand | None
    archief: "Uitgepakt | None" = None


@dataclass(frozen=True, slots=True)
class Uitgepakt:
    """How taking an archive apart ended: its state with the reason, and whether something that was in it waits to be released."""

    staat: str
    reden: str | None
    wacht: bool


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
            asked_anew = replace(vondsten[0].item, etag=None, http_gewijzigd=None)
            note_failure(tx, platform, asked_anew, reden)


def _take(plek: Plek, vondst: Vondst) -> None:
    item = vondst.item
    gegevens = lees_gegevens(plek.platform.lijsten, plek.bron, item.sleutel, item.gegevens)
    if item.document_id is not None:
        _again(plek, item, gegevens, vondst.bestand)
    elif vondst.bestand is not None:
        _new(plek, item, gegevens, vondst.bestand)
    elif item.leden is not None:
        _archive(plek, item, gegevens, vondst.archief)
    else:
        raise Refused("take over", item.sleutel, "its file was never fetched")


def _new(plek: Plek, item: Oogstitem, gegevens: Oogstgegevens, bestand: Bestand) -> None:
    publicatie = vind_of_maak(plek, item, gegevens)
    gone = publicatie.status is Publicatiestatus.INGETROKKEN
    if gone and not plek.is_ours(publicatie.id, publicatie.intrekking):
        plek.done(item, None, staat="withdrawn", reden=HERE)
        return
    same = plek.tx.document_by_digest(publicatie.id, bestand.digest)
    here = same is not None and same.intrekking is None
    changes = wat_verandert(plek, item, publicatie, gegevens)
    if _waits(plek, item, publicatie) and (changes or not here):
        plek.keep(_waiting(item), None, staat="quarantined", reden=WACHT)
        return
    if gone:
        restore_within(plek.tx, plek.platform, plek.actor, "publicatie", publicatie.id)
        publicatie = plek.tx.publicatie(publicatie.id)
    publicatie = volg(plek, item, publicatie, changes)
    if same is not None and not here and not plek.is_ours(same.id, same.intrekking):
        plek.done(item, None, staat="withdrawn", reden=HERE)
    elif same is not None and (not here or _was_only_in_an_archive(plek, item, same)):
        _adopt(plek, item, gegevens, bestand, same)
    elif same is not None:
        plek.done(item, None, staat="duplicate", reden=same_as(same.id))
    else:
        named = {"officiele_titel": "bestandsnaam"} | dict.fromkeys(_filled(gegevens), plek.merk)
        velden = gegevens.velden | {"officiele_titel": gegevens.officiele_titel}
        nieuw = NieuwDocument(bestand=bestand, herkomst=named, **velden)
        document = insert_document(plek.tx, plek.platform, plek.actor, publicatie, nieuw)
        plek.publish(publicatie)
        plek.taken(replace(item, vrij=False), document)


def _was_only_in_an_archive(plek: Plek, item: Oogstitem, document: Document) -> bool:
    """Whether a document came out of an archive alone, and stands by itself at this address: there its source tells what it is."""
    others = plek.tx.oogst.of_document(document.id)
    return item.archief is None and bool(others) and all(each.archief is not None for each in others)


def _adopt(
    plek: Plek, item: Oogstitem, gegevens: Oogstgegevens, bestand: Bestand, document: Document
) -> None:
    """Go on at this address with a document that came from another: it is gone there, or it was only in an archive there."""
    for other in plek.tx.oogst.of_document(document.id):
        if other.sleutel != item.sleutel:
            staat, reden = ("withdrawn", other.reden) if other.weg else ("duplicate", same_as(document.id))
            left = replace(other, document_id=None, reden=reden)
            plek.tx.oogst.save_items([left])
            plek.keep(left, None, staat=staat, reden=reden)
    item = replace(item, document_id=document.id)
    plek.tx.oogst.save_items(
        [item]
    )  # another one with this file, in the same handful, is to know whose it is
    _again(plek, item, gegevens, bestand)


def _archive(plek: Plek, item: Oogstitem, gegevens: Oogstgegevens, ended: Uitgepakt | None) -> None:
    """What is said of an archive is taken over for the publicatie of its members; it waits as long as one of them does."""
    known = plek.tx.item(item.itemsleutel)
    staat, reden = ("unpacked", None) if known is None else (known.staat or "unpacked", known.reden)
    if ended is not None:
        staat, reden = ended.staat, ended.reden
    publicatie = plek.tx.publicatie_by_bron(f"{plek.merk}:{item.groep}")
    if publicatie is not None and publicatie.status is not Publicatiestatus.INGETROKKEN:
        changes = wat_verandert(plek, item, publicatie, gegevens)
        waits = _waits(plek, item, publicatie)
        if waits and (changes or (ended is not None and ended.wacht)):
            plek.keep(_waiting(replace(item, sha256=None)), None, staat=staat, reden=WACHT)
            return
        plek.publish(volg(plek, item, publicatie, changes))
    plek.done(replace(item, vrij=False), None, staat=staat, reden=reden)


def _waits(plek: Plek, item: Oogstitem, publicatie: Publicatie) -> bool:
    """Whether a change of what is, or was, public has to wait until somebody releases it."""
    shown = publicatie.status is not Publicatiestatus.CONCEPT
    return shown and not plek.publishes(publicatie.publisher) and not item.vrij


def _waiting(item: Oogstitem) -> Oogstitem:
    """The item while it waits; its file is asked as a whole once it is released."""
    return replace(item, taak=None, reden=WACHT, afwezig=0, weg=False, etag=None, http_gewijzigd=None)


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
    differs = bool(changes) or _differs(document, gegevens, bestand)
    if differs and _waits(plek, item, publicatie):
        plek.keep(_waiting(item), document, staat=None, reden=WACHT)
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
