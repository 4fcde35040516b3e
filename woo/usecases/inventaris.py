"""Import an inventory: look at the differences first, then take them over as they were seen, all or nothing."""

from collections.abc import Mapping
from dataclasses import dataclass

from woo.domain.actor import Actor
from woo.domain.errors import Refused
from woo.domain.events import Actie, Gebeurtenis, Jobsoort, Jobwens, Prioriteit
from woo.domain.inventaris import Inventarisregel
from woo.domain.publicatie import Publicatie, Publicatiestatus
from woo.inventaris.lezen import Inventaris
from woo.inventaris.vergelijken import Gewijzigd, Verschil, compare
from woo.registry import Reading, Transaction
from woo.usecases.geweigerd import documents_of
from woo.usecases.handeling import usecase
from woo.usecases.platform import Platform
from woo.usecases.publicatie import NieuwePublicatie, build_publicatie, insert_publicatie, require_publisher
from woo.usecases.rechten import Handeling, demand_publicatie

_NAMED = 10


@dataclass(frozen=True, slots=True)
class Voorstel:
    """What a person is shown before anything changes: the publicatie (made only on import when new), and the differences.

    `titels` are those of the documents, by id.
    """

    publicatie: Publicatie
    is_nieuw: bool
    verschil: Verschil
    titels: Mapping[str, str]


def new_publicatie_of(nieuw: NieuwePublicatie, sha256: str) -> NieuwePublicatie:
    """The wish for a concept that a sheet makes, so that the same sheet does not make a second one."""
    return NieuwePublicatie(
        publisher=nieuw.publisher,
        officiele_titel=nieuw.officiele_titel,
        informatiecategorieen=nieuw.informatiecategorieen,
        kenmerk=nieuw.kenmerk,
        bron=f"inventaris:{sha256}",
    )


@usecase(Handeling.INVENTARIS_VERGELIJKEN, "publicatie", "doel")
def propose_inventaris(
    platform: Platform, actor: Actor, doel: str | NieuwePublicatie, lijst: Inventaris
) -> Voorstel:
    """Compare an inventory with what the registry holds of this publicatie, or of a new one; changes nothing.

    Raises:
        NotFound: there is no publicatie with this id.
        Refused: it was withdrawn, or this sheet made a publicatie before.
        InvalidValue: an unknown publisher or informatiecategorie.
    """
    with platform.registry.read() as reading:
        if isinstance(doel, str):
            publicatie = reading.publicatie(doel)
            demand_publicatie(actor, Handeling.INVENTARIS_VERGELIJKEN, publicatie)
        else:
            publicatie = build_publicatie(platform, doel)
            require_publisher(actor, publicatie.publisher)
            _check_new(reading, publicatie)
        return _proposal(reading, publicatie, lijst, is_nieuw=not isinstance(doel, str))


@usecase(Handeling.INVENTARIS_OVERNEMEN, "publicatie")
def import_inventaris(
    platform: Platform, actor: Actor, lijst: Inventaris, voorstel: Voorstel, *, sha256: str
) -> Voorstel:
    """Take the differences over as they were seen, in one transaction; nothing is written where nothing differs.

    No document is hidden or removed by it, whatever the list says.

    Raises:
        NotAllowed: the actor may not edit, or not change what is public.
        Refused: the list has errors, a document is public that the list refuses, or something changed meanwhile.
    """
    publicatie = voorstel.publicatie
    if lijst.fouten:
        raise Refused("import", "this inventory", f"{len(lijst.fouten)} errors are to be put right first")
    with platform.registry.transaction() as tx:
        if voorstel.is_nieuw:
            require_publisher(actor, publicatie.publisher)
            _check_new(tx, publicatie)
            insert_publicatie(tx, actor, publicatie)
        else:
            publicatie = tx.publicatie(publicatie.id)
        demand_publicatie(actor, Handeling.INVENTARIS_OVERNEMEN, publicatie)
        now = _proposal(tx, publicatie, lijst, is_nieuw=voorstel.is_nieuw)
        if now.verschil != voorstel.verschil:
            raise changed_meanwhile(publicatie)
        check_blocked(publicatie, now.verschil)
        if voorstel.is_nieuw or not now.verschil.is_leeg:
            take_over(tx, platform, actor, publicatie, now.verschil, {"sha256": sha256})
    return now


def take_over(
    tx: Transaction,
    platform: Platform,
    actor: Actor,
    publicatie: Publicatie,
    verschil: Verschil,
    details: Mapping[str, object],
) -> None:
    """Write the inventory as it was compared, with its log lines (`details` go with the first) and jobs."""
    tx.dossier.save_regels(publicatie.id, verschil.regels)
    gone = (Jobwens(Jobsoort.SYNC_REGEL, r.plaats, Prioriteit.NORMAAL) for r in verschil.verdwenen)
    tx.want_many(gone, platform.now())
    _record(tx, platform, actor, publicatie, verschil, details)


def changed_meanwhile(publicatie: Publicatie) -> Refused:
    """The refusal of what was compared with something else than what is there now."""
    why = "it changed since you looked; look again"
    return Refused("import the inventory into", f"publicatie {publicatie.id}", why)


def _proposal(reading: Reading, publicatie: Publicatie, lijst: Inventaris, *, is_nieuw: bool) -> Voorstel:
    if publicatie.status is Publicatiestatus.INGETROKKEN:
        raise Refused("import an inventory into", f"publicatie {publicatie.id}", "it was withdrawn")
    documenten = documents_of(reading, publicatie.id)
    huidig = reading.dossier.regels(publicatie.id)
    verschil = compare(lijst.regels, publicatie, huidig=huidig, documenten=documenten)
    return Voorstel(publicatie, is_nieuw, verschil, {each.id: each.officiele_titel for each in documenten})


def _check_new(reading: Reading, publicatie: Publicatie) -> None:
    made = None if publicatie.bron is None else reading.publicatie_by_bron(publicatie.bron)
    if made is not None:
        why = f"it made publicatie {made.id} before; name that one instead of 'nieuw'"
        raise Refused("make a publicatie of", "this inventory", why)


def check_blocked(publicatie: Publicatie, verschil: Verschil) -> None:
    """Raise Refused when a document is public that the list refuses."""
    if not verschil.geblokkeerd:
        return
    named = ", ".join(f"{nummer} (document {id})" for nummer, id in verschil.geblokkeerd[:_NAMED])
    more = f" and {len(verschil.geblokkeerd) - _NAMED} more" if len(verschil.geblokkeerd) > _NAMED else ""
    why = f"documents are public that the list says are not: {named}{more}; withdraw them first"
    raise Refused("import the inventory into", f"publicatie {publicatie.id}", why)


def _record(
    tx: Transaction,
    platform: Platform,
    actor: Actor,
    publicatie: Publicatie,
    verschil: Verschil,
    details: Mapping[str, object],
) -> None:
    """Log the import, and of each row that changed or went what was judged of it before and after."""
    now = platform.now()

    def line(actie: Actie, soort: str, told: Mapping[str, object]) -> None:
        tx.record(Gebeurtenis(actie, soort, publicatie.id, actor, now, details=told))

    counts = {
        "nieuw": len(verschil.nieuw),
        "gewijzigd": len(verschil.gewijzigd),
        "verdwenen": len(verschil.verdwenen),
    }
    line(Actie.INVENTARIS_IMPORTED, "publicatie", {**details, **counts})
    for each in verschil.gewijzigd:
        line(Actie.INVENTARISREGEL_CHANGED, "inventarisregel", changed(each))
    for gone in verschil.verdwenen:
        line(Actie.INVENTARISREGEL_REMOVED, "inventarisregel", {"nummer": gone.nummer, **judged(gone, "was")})


def changed(each: Gewijzigd) -> dict[str, object]:
    """What the log tells of a row that changed: its number, the fields, and what was judged before and after; no content."""
    about: dict[str, object] = {"nummer": each.nieuw.nummer, "velden": ",".join(each.velden)}
    if {"beoordeling", "gronden"} & set(each.velden):
        about |= judged(each.oud, "was") | judged(each.nieuw, "is")
    return about


def judged(regel: Inventarisregel, when: str) -> dict[str, object]:
    return {f"beoordeling_{when}": regel.beoordeling.value, f"gronden_{when}": list(regel.gronden)}
