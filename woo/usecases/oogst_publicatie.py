"""What a source says of a publicatie itself: what it is called when it is made here, and what of that is followed afterwards."""

from dataclasses import replace
from typing import Any

from woo.domain.errors import InvalidValue, Refused
from woo.domain.events import Actie, Gebeurtenis
from woo.domain.oogst import Oogstitem, groep_van
from woo.domain.publicatie import Publicatie
from woo.usecases.oogst_gegevens import Oogstgegevens, lees_gegevens
from woo.usecases.oogst_plek import Plek
from woo.usecases.publicatie import NieuwePublicatie, build_publicatie, insert_publicatie
from woo.usecases.wijziging import change_details


def vind_of_maak(plek: Plek, item: Oogstitem, gegevens: Oogstgegevens) -> Publicatie:
    """Find or make the publicatie of a group: as its source calls it, or named after its first document.

    Raises:
        Refused: the publicatie of this group is of another organisation.
    """
    bron = f"{plek.merk}:{item.groep}"
    found = plek.tx.publicatie_by_bron(bron)
    if found is not None:
        if found.publisher != gegevens.publisher:
            why = f"publicatie {found.id} of the same group belongs to {found.publisher}"
            raise Refused("take over for", gegevens.publisher, why)
        return found
    sleutel, named = _first(plek, item, gegevens)
    said = _velden(named)
    made = build_publicatie(plek.platform, NieuwePublicatie(named.publisher, bron=bron, **said))
    insert_publicatie(plek.tx, plek.actor, made)
    _keep_name(plek, item.groep, sleutel)
    return made


def wat_verandert(
    plek: Plek, item: Oogstitem, publicatie: Publicatie, gegevens: Oogstgegevens
) -> dict[str, Any]:
    """What the source says otherwise of a publicatie than we have it, where this document is the one that tells of it.

    What somebody here changed, and what the source leaves out, stays. Nothing where the document only belongs to it.
    """
    other = {
        naam: waarde
        for naam, waarde in _velden(gegevens).items()
        if waarde and not _same(getattr(publicatie, naam), waarde)
    }
    if not other or not _tells(plek, item, gegevens):
        return {}
    by_hand = plek.tx.oogst.by_hand(publicatie.id)
    return {naam: waarde for naam, waarde in other.items() if naam not in by_hand}


def volg(plek: Plek, item: Oogstitem, publicatie: Publicatie, changes: dict[str, Any]) -> Publicatie:
    """Give a publicatie what its source says of it now; its log line names the source, so that it is known from what people did."""
    if not changes:
        return publicatie
    now = plek.platform.now()
    changed = replace(publicatie, gewijzigd_op=now, **changes)
    plek.tx.save_publicatie(changed)
    details = {**change_details(publicatie, changed, changes), "bron": plek.merk}
    event = Gebeurtenis(
        Actie.PUBLICATIE_CHANGED, "publicatie", publicatie.id, plek.actor, now, details=details
    )
    plek.tx.record(event)
    _keep_name(plek, item.groep, item.sleutel)
    return changed


def _velden(gegevens: Oogstgegevens) -> dict[str, Any]:
    """What is said of the publicatie: by the source where it knows of publicaties, else by this document."""
    itself = gegevens.publicatie
    own = itself if itself.titel else None
    return {
        "officiele_titel": itself.titel or gegevens.officiele_titel,
        "verkorte_titel": itself.verkorte_titel,
        "omschrijving": gegevens.omschrijving if own is None else own.omschrijving,
        "kenmerk": gegevens.kenmerk if own is None else own.kenmerk,
        "informatiecategorieen": gegevens.informatiecategorieen,
        "themas": gegevens.themas,
    }


def _same(here: Any, there: Any) -> bool:
    """Whether two values are the same; codes are, in whatever order they stand."""
    if isinstance(here, tuple) and isinstance(there, tuple):
        return set(here) == set(there)
    return bool(here == there)


def _tells(plek: Plek, item: Oogstitem, gegevens: Oogstgegevens) -> bool:
    """Whether this document says what its publicatie is called: any does where the source tells of the publicatie itself.

    One that belongs to another publicatie there by now does not.
    """
    if gegevens.publicatie.titel is not None:
        return item.groep == f"publicatie:{gegevens.publicatie.id}"
    if item.groep == groep_van(item.sleutel):
        return True
    named = plek.tx.oogst.naamgever(plek.bron.naam, item.groep)
    if named is None:
        first = plek.tx.oogst.first_of(plek.bron.naam, item.groep)
        named = None if first is None else first.sleutel
    return named == item.sleutel


def _keep_name(plek: Plek, groep: str, sleutel: str) -> None:
    """Keep after which document a publicatie is named; of one that is named after the document at its top nothing is kept."""
    if groep != groep_van(sleutel) or plek.tx.oogst.naamgever(plek.bron.naam, groep) is not None:
        plek.tx.oogst.note_naamgever(plek.bron.naam, groep, sleutel)


def _first(plek: Plek, item: Oogstitem, gegevens: Oogstgegevens) -> tuple[str, Oogstgegevens]:
    """The first document of a group and what it says; this one where that may not be taken over, or is of another."""
    own = item.sleutel, gegevens
    if item.groep == groep_van(item.sleutel):
        return own
    first = plek.tx.oogst.first_of(plek.bron.naam, item.groep)
    if first is None or first.sleutel == item.sleutel:
        return own
    try:
        named = lees_gegevens(plek.platform.lijsten, plek.bron, first.sleutel, first.gegevens)
    except InvalidValue:
        return own
    return (first.sleutel, named) if named.publisher == gegevens.publisher else own
