"""Harvesting at the desk: what the sources are, how their runs went, asking for a run, releasing what was kept."""

from dataclasses import dataclass
from datetime import datetime

from woo.domain.actor import Actor, Recht
from woo.domain.bevinding import Unpublishable
from woo.domain.errors import NotFound, Refused
from woo.domain.events import Actie, Gebeurtenis
from woo.domain.oogst import Oogstitem, Oogstrun, Verschil
from woo.domain.publicatie import Publicatiestatus
from woo.oogst import Bron, Bronnen
from woo.registry import Reading
from woo.usecases.handeling import usecase
from woo.usecases.oogst_noteren import WACHT
from woo.usecases.oogst_plek import publishes
from woo.usecases.platform import Platform
from woo.usecases.publicatie import publish_within, require_publishable
from woo.usecases.rechten import Handeling, demand

_RUNS = 30
_ITEMS = 100


@dataclass(frozen=True, slots=True)
class Bronstand:
    """A source and how it stands: its last run, how many documents came from it, when the next run is due, who waits for one.

    `meteen` is whether what is found becomes public at once. `heel_op` is when all of a feed was read last; since then only what
    changed was asked for.
    """

    bron: Bron
    laatste: Oogstrun | None
    documenten: int
    volgende: datetime | None
    gevraagd_op: datetime | None
    meteen: bool
    heel_op: datetime | None


@dataclass(frozen=True, slots=True)
class Runblad:
    """A run, a hundred of its documents by address, and the address to go on from (None at the end)."""

    run: Oogstrun
    items: tuple[Oogstitem, ...]
    volgende: str | None


@usecase(Handeling.OOGST_LEZEN, "oogst")
def read_bronnen(platform: Platform, actor: Actor, bronnen: Bronnen) -> list[Bronstand]:
    """How every source of the actor's organisations stands."""
    with platform.registry.read() as reading:
        gezien = reading.oogst.gezien()
        return [
            _stand(platform, reading, bron, *gezien.get(bron.naam, (platform.now(), None)))
            for bron in bronnen
            if actor.may_for(Recht.READ, bron.publisher)
        ]


@usecase(Handeling.OOGSTBRON_LEZEN, "oogst", "naam")
def read_bron(
    platform: Platform, actor: Actor, bronnen: Bronnen, naam: str
) -> tuple[Bronstand, list[Oogstrun]]:
    """A source and its last runs; raises NotFound."""
    bron = bronnen.get(naam)
    demand(actor, Handeling.OOGSTBRON_LEZEN, bron.publisher, "oogst", naam)
    with platform.registry.read() as reading:
        since, asked = reading.oogst.gezien().get(naam, (platform.now(), None))
        return _stand(platform, reading, bron, since, asked), reading.oogst.runs(naam, limit=_RUNS)


@usecase(Handeling.OOGSTBRON_LEZEN, "oogst", "id")
def read_run(
    platform: Platform,
    actor: Actor,
    bronnen: Bronnen,
    id: str,
    *,
    verschil: Verschil | None = None,
    na: str = "",
) -> Runblad:
    """A run and its documents; raises NotFound. Of an earlier run the documents that a later one saw are told there."""
    with platform.registry.read() as reading:
        run = reading.oogst.run(id)
        if run.bron not in bronnen.bronnen:
            raise NotFound("oogstrun", id)
        demand(actor, Handeling.OOGSTBRON_LEZEN, bronnen.get(run.bron).publisher, "oogstrun", id)
        items = reading.oogst.listed(run.bron, id, verschil=verschil, after=na, limit=_ITEMS + 1)
    more = items[_ITEMS - 1].sleutel if len(items) > _ITEMS else None
    return Runblad(run, tuple(items[:_ITEMS]), more)


@usecase(Handeling.OOGST_VRAGEN, "oogst", "naam")
def vraag_run(platform: Platform, actor: Actor, bronnen: Bronnen, naam: str) -> None:
    """Ask for a run of this source; the worker starts it. Raises NotFound, and Refused for one that is not active."""
    bron = bronnen.get(naam)
    if not bron.active:
        raise Refused("harvest", naam, "it is not active (key active of its file)")
    now = platform.now()
    with platform.registry.transaction() as tx:
        tx.oogst.see(naam, now)
        tx.oogst.ask(naam, now)
        tx.record(Gebeurtenis(Actie.OOGST_ASKED, "oogst", naam, actor, now))


@usecase(Handeling.OOGST_VRIJGEVEN, "oogst", "naam")
def geef_vrij(platform: Platform, actor: Actor, bronnen: Bronnen, naam: str) -> tuple[int, int, int]:
    """Publish what was harvested from this source and kept, and let changes of what is public be taken over by the next run.

    Returns how many publicaties were published, how many could not be (the page of each says why), and how many changes
    were released. Raises NotFound.
    """
    bron = bronnen.get(naam)
    with platform.registry.read() as reading:
        documents = reading.oogst.documents_of(bron.naam)
        found = {}
        for id in documents:
            _, publicatie = reading.document_with_publicatie(id)
            if publicatie.status is Publicatiestatus.CONCEPT:
                found[publicatie.id] = publicatie
    refused = 0
    for id in found:
        refused += not _published(platform, actor, id)
    now = platform.now()
    with platform.registry.transaction() as tx:
        changes = tx.oogst.release(bron.naam, wacht=WACHT)
        details = {"gepubliceerd": len(found) - refused, "niet": refused, "wijzigingen": changes}
        tx.record(Gebeurtenis(Actie.OOGST_RELEASED, "oogst", naam, actor, now, details=details))
    return len(found) - refused, refused, changes


def _published(platform: Platform, actor: Actor, id: str) -> bool:
    try:
        with platform.registry.transaction() as tx:
            publicatie = tx.publicatie(id)
            require_publishable(tx, platform, publicatie)
            publish_within(tx, actor, publicatie, platform)
    except (Refused, Unpublishable):
        return False
    return True


def _stand(
    platform: Platform, reading: Reading, bron: Bron, since: datetime, asked: datetime | None
) -> Bronstand:
    laatste = next(iter(reading.oogst.runs(bron.naam, limit=1)), None)
    due = bron.due_after(since if laatste is None else max(since, laatste.begonnen_op))
    voortgang = reading.oogst.voortgang(bron.naam)
    return Bronstand(
        bron,
        laatste,
        reading.oogst.count_documents(bron.naam),
        due if bron.active else None,
        asked,
        publishes(platform, bron, bron.publisher),
        None if voortgang is None else voortgang.heel_op,
    )
