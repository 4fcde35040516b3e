"""Inventories at the desk: upload and compare, keep what was compared, and take it over once it is confirmed."""

from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import timedelta

from woo.domain.actor import Actor
from woo.domain.document import Bestand, Document
from woo.domain.errors import NotFound, Refused
from woo.domain.events import Actie, Gebeurtenis
from woo.domain.inventaris import Inventarisregel
from woo.domain.inventarisvoorstel import Inventarisvoorstel, Rijsoort
from woo.domain.publicatie import Publicatie, Publicatiestatus
from woo.inventaris.lezen import Foutrij, Inventaris, Leeswijze
from woo.inventaris.merken import ranges
from woo.inventaris.stand import stand_van
from woo.inventaris.vergelijken import Verschil, compare
from woo.inventaris.voorstellen import bevindingen_of, list_of, rijen_of, with_kept
from woo.registry import Reading, Transaction
from woo.usecases.geweigerd import documents_of
from woo.usecases.handeling import usecase
from woo.usecases.inventaris import changed_meanwhile, check_blocked, take_over
from woo.usecases.inventarisblad import read_inventaris
from woo.usecases.platform import Platform
from woo.usecases.rechten import Handeling, demand_publicatie

_IMPORT = "import the inventory into"


@dataclass(frozen=True, slots=True)
class Lijst:
    """An inventory that was read: its file, which is in the archive, what a person said of it, and what it says."""

    bestand: Bestand
    wijze: Leeswijze
    inhoud: Inventaris


@usecase(Handeling.INVENTARIS_VOORSTELLEN, "publicatie", "publicatie_id")
def propose(
    platform: Platform, actor: Actor, publicatie_id: str, lijst: Lijst, *, dagen: int
) -> Inventarisvoorstel:
    """Compare a list with what the registry holds of this publicatie and keep the comparison for some days.

    Nothing of the inventory changes. Proposals whose end has come are removed on the way.

    Raises:
        NotFound, NotAllowed: there is no such publicatie, or the actor may not edit it.
        Refused: it was withdrawn.
    """
    now = platform.now()
    with platform.registry.read() as reading:
        publicatie = _editable(reading, actor, publicatie_id, Handeling.INVENTARIS_VOORSTELLEN)
        huidig = reading.dossier.regels(publicatie_id)
        documenten = documents_of(reading, publicatie_id)
    regels = with_kept(lijst.inhoud.regels, lijst.inhoud.foutrijen, huidig)
    verschil = compare(regels, publicatie, huidig=huidig, documenten=documenten)
    rijen = rijen_of(lijst.inhoud, verschil, huidig)
    voorstel = Inventarisvoorstel(
        id=platform.new_id(),
        publicatie_id=publicatie_id,
        sha256=lijst.bestand.digest,
        bestandsnaam=lijst.bestand.naam,
        grootte=lijst.bestand.grootte,
        gemaakt_door=actor.naam,
        gemaakt_op=now,
        vervalt_op=now + timedelta(days=dagen),
        stand=stand_van(publicatie, huidig, documenten),
        rijen=lijst.inhoud.rijen,
        tellingen=Counter(each.soort for each in rijen),
        wijze=_told(lijst.wijze),
        opmerkingen=lijst.inhoud.opmerkingen,
        bevindingen=bevindingen_of(verschil),
    )
    with (
        platform.registry.transaction() as tx
    ):  # what changed meanwhile is seen when it is applied: `stand` tells
        publicatie = _editable(tx, actor, publicatie_id, Handeling.INVENTARIS_VOORSTELLEN)
        tx.voorstellen.drop(tx.voorstellen.vervallen(now))
        tx.voorstellen.save(voorstel)
        tx.voorstellen.add_rijen(voorstel.id, rijen)
        details = {"sha256": voorstel.sha256, "voorstel": voorstel.id, **_counts(voorstel)}
        _record(tx, actor, publicatie, Actie.INVENTARIS_PROPOSED, details, platform)
    return voorstel


@usecase(Handeling.INVENTARIS_VOORSTELLEN, "publicatie", "publicatie_id")
def check_room(platform: Platform, actor: Actor, publicatie_id: str) -> None:
    """Refuse before a list is read what `propose` would refuse after it; raises as `propose`."""
    with platform.registry.read() as reading:
        _editable(reading, actor, publicatie_id, Handeling.INVENTARIS_VOORSTELLEN)


@usecase(Handeling.INVENTARIS_LEZEN, "publicatie", "publicatie_id")
def read_voorstel(
    platform: Platform, actor: Actor, publicatie_id: str, id: str
) -> tuple[Inventarisvoorstel, list[int]]:
    """A proposal of this publicatie, and which rows of its sheet are wrong; noted and refused as `read_inventaris`."""
    read_inventaris(platform, actor, publicatie_id)
    with platform.registry.read() as reading:
        return find_voorstel(reading, actor, publicatie_id, id), reading.voorstellen.foutrijen(id)


def find_voorstel(reading: Reading, actor: Actor, publicatie_id: str, id: str) -> Inventarisvoorstel:
    """The proposal of this publicatie; raises NotFound, also where the actor may not read it."""
    publicatie = reading.publicatie(publicatie_id)
    demand_publicatie(actor, Handeling.INVENTARIS_LEZEN, publicatie)
    voorstel = reading.voorstellen.voorstel(id)
    if voorstel.publicatie_id != publicatie_id:
        raise NotFound("inventarisvoorstel", id)
    return voorstel


@usecase(Handeling.INVENTARIS_OVERNEMEN, "publicatie", "publicatie_id")
def apply_voorstel(
    platform: Platform, actor: Actor, publicatie_id: str, id: str, *, overslaan: Collection[int] = ()
) -> Inventarisvoorstel:
    """Take over what was compared, all or nothing, in one transaction.

    Rows that are wrong are left out only where `overslaan` names every one of them by its row in the sheet; the log tells
    which. What the registry holds of such a row stays.

    Raises:
        NotFound, NotAllowed: there is no such proposal, or the actor may not edit, or not change what is public.
        Refused: it was applied before or is over, rows are wrong that were not named (or others were), something changed
            since it was compared, or a document is public that the list refuses.
    """
    now = platform.now()
    with platform.registry.transaction() as tx:
        publicatie = _editable(tx, actor, publicatie_id, Handeling.INVENTARIS_OVERNEMEN)
        voorstel = find_voorstel(tx, actor, publicatie_id, id)
        _check_open(voorstel, platform)
        regels, foutrijen = list_of(tx.voorstellen.rijen(id))
        _check_left_out(publicatie, foutrijen, overslaan)
        huidig = tx.dossier.regels(publicatie_id)
        documenten = documents_of(tx, publicatie_id)
        verschil = _compared(publicatie, voorstel, regels, foutrijen, huidig, documenten)
        check_blocked(publicatie, verschil)
        details: dict[str, object] = {"sha256": voorstel.sha256, "voorstel": id}
        if foutrijen:
            left_out = sorted(each.rij for each in foutrijen)
            details |= {"overgeslagen": len(left_out), "overgeslagen_rijen": ranges(left_out)}
        if not verschil.is_leeg or foutrijen:
            take_over(tx, platform, actor, publicatie, verschil, details)
        applied = replace(voorstel, overgenomen_op=now)
        tx.voorstellen.save(applied)
    return applied


@usecase(Handeling.INVENTARIS_VOORSTELLEN, "publicatie", "publicatie_id")
def discard_voorstel(platform: Platform, actor: Actor, publicatie_id: str, id: str) -> None:
    """Remove a proposal that nobody wants; what was applied stays as it is. Raises NotFound, NotAllowed."""
    with platform.registry.transaction() as tx:
        publicatie = tx.publicatie(publicatie_id)
        demand_publicatie(actor, Handeling.INVENTARIS_VOORSTELLEN, publicatie)
        find_voorstel(tx, actor, publicatie_id, id)
        tx.voorstellen.drop([id])
        _record(tx, actor, publicatie, Actie.INVENTARIS_DISCARDED, {"voorstel": id}, platform)


def _editable(reading: Reading, actor: Actor, publicatie_id: str, handeling: Handeling) -> Publicatie:
    publicatie = reading.publicatie(publicatie_id)
    demand_publicatie(actor, handeling, publicatie)
    if publicatie.status is Publicatiestatus.INGETROKKEN:
        raise Refused(_IMPORT, f"publicatie {publicatie_id}", "it was withdrawn")
    return publicatie


def _check_open(voorstel: Inventarisvoorstel, platform: Platform) -> None:
    if voorstel.is_open(platform.now()):
        return
    why = (
        "this proposal is over: its end date has passed; upload the list again"
        if voorstel.overgenomen_op is None
        else "this proposal was applied before"
    )
    raise Refused(_IMPORT, f"publicatie {voorstel.publicatie_id}", why)


def _check_left_out(
    publicatie: Publicatie, foutrijen: Collection[Foutrij], overslaan: Collection[int]
) -> None:
    wrong = {each.rij for each in foutrijen}
    if wrong == set(overslaan):
        return
    missing = ranges(sorted(wrong - set(overslaan)))
    other = ranges(sorted(set(overslaan) - wrong))
    why = (
        f"rows with errors are to be mended first, or all left out by name: {missing}"
        if missing
        else f"rows without errors cannot be left out: {other}"
    )
    raise Refused(_IMPORT, f"publicatie {publicatie.id}", why)


def _compared(
    publicatie: Publicatie,
    voorstel: Inventarisvoorstel,
    regels: Collection[Inventarisregel],
    foutrijen: Collection[Foutrij],
    huidig: tuple[Inventarisregel, ...],
    documenten: list[Document],
) -> Verschil:
    """The difference as it was shown; raises Refused where it would be another one now."""
    if stand_van(publicatie, huidig, documenten) != voorstel.stand:
        raise changed_meanwhile(publicatie)
    return compare(with_kept(regels, foutrijen, huidig), publicatie, huidig=huidig, documenten=documenten)


def _told(wijze: Leeswijze) -> dict[str, object]:
    datums = None if wijze.datums is None else wijze.datums.value
    return {"blad": wijze.blad, "datums": datums, "kolommen": list(wijze.kolommen)}


def _counts(voorstel: Inventarisvoorstel) -> dict[str, object]:
    return {soort.value: voorstel.tellingen.get(soort, 0) for soort in Rijsoort}


def _record(
    tx: Transaction,
    actor: Actor,
    publicatie: Publicatie,
    actie: Actie,
    details: dict[str, object],
    platform: Platform,
) -> None:
    tx.record(Gebeurtenis(actie, "publicatie", publicatie.id, actor, platform.now(), details=details))
