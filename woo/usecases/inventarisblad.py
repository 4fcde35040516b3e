"""What is to be seen of an inventory at the desk: its rows, what is left over on both sides, and what happened to a row."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from woo.domain.actor import Actor
from woo.domain.document import Document, has_row
from woo.domain.errors import NotFound
from woo.domain.inventaris import Inventarisregel, plaats_of, regel_id
from woo.domain.publicatie import Publicatie
from woo.inventaris.koppelen import find_documents
from woo.registry import LoggedEvent, Reading
from woo.usecases.geweigerd import documents_of
from woo.usecases.handeling import usecase
from woo.usecases.inzage import note_publicatie
from woo.usecases.platform import Platform
from woo.usecases.rechten import Handeling, demand_publicatie

_SOORT = "inventarisregel"
_BATCH = 1_000


@dataclass(frozen=True, slots=True)
class Resten:
    """What is left over on both sides.

    Attributes:
        zonder_document: Rows without a document, each with those that it may be about: none, or more than one, or one that
            several rows find.
        zonder_regel: Documents, not withdrawn, that no row is about and that should have one (`has_row`).
        gekoppeld: How many rows have their document.
    """

    zonder_document: Sequence[tuple[Inventarisregel, Sequence[Document]]]
    zonder_regel: Sequence[Document]
    gekoppeld: int


@usecase(Handeling.INVENTARIS_LEZEN, "publicatie", "publicatie_id")
def read_inventaris(platform: Platform, actor: Actor, publicatie_id: str) -> Publicatie:
    """The publicatie of an inventory that is read after this; what is not public is noted. Raises NotFound.

    Everything below reads through this.
    """
    with platform.registry.read() as reading:
        publicatie = reading.publicatie(publicatie_id)
    demand_publicatie(actor, Handeling.INVENTARIS_LEZEN, publicatie)
    note_publicatie(platform, actor, publicatie)
    return publicatie


@usecase(Handeling.INVENTARIS_LEZEN, "publicatie", "publicatie_id")
def find_sleutel(platform: Platform, actor: Actor, publicatie_id: str, regel: str) -> str:
    """The key of the row with this id (`Inventarisregel.id`), to read it by; raises NotFound."""
    read_inventaris(platform, actor, publicatie_id)
    with platform.registry.read() as reading:
        return sleutel_of(reading, publicatie_id, regel)


@usecase(Handeling.INVENTARIS_LEZEN, "publicatie", "publicatie_id")
def regels_of(
    platform: Platform, actor: Actor, publicatie_id: str
) -> tuple[Publicatie, tuple[Inventarisregel, ...]]:
    """The publicatie and all rows of its inventory, in the order of the list; raises NotFound."""
    publicatie = read_inventaris(platform, actor, publicatie_id)
    with platform.registry.read() as reading:
        return publicatie, reading.dossier.regels(publicatie_id)


@usecase(Handeling.INVENTARIS_LEZEN, "publicatie", "publicatie_id")
def regel_of(
    platform: Platform, actor: Actor, publicatie_id: str, sleutel: str
) -> tuple[Publicatie, Inventarisregel]:
    """One row; raises NotFound."""
    publicatie = read_inventaris(platform, actor, publicatie_id)
    with platform.registry.read() as reading:
        regel = reading.dossier.regel(publicatie_id, sleutel)
    if regel is None:
        raise NotFound(_SOORT, regel_id(plaats_of(publicatie_id, sleutel)))
    return publicatie, regel


@usecase(Handeling.INVENTARIS_LEZEN, "publicatie", "publicatie_id")
def left_over(platform: Platform, actor: Actor, publicatie_id: str) -> Resten:
    """What is left over on both sides; raises NotFound."""
    read_inventaris(platform, actor, publicatie_id)
    with platform.registry.read() as reading:
        regels = reading.dossier.regels(publicatie_id)
        documenten = documents_of(reading, publicatie_id)
    by_id: Mapping[str, Document] = {each.id: each for each in documenten}
    linked = {regel.document_id for regel in regels}
    alone = [regel for regel in regels if regel.document_id is None]
    found = find_documents(regels, documenten)
    return Resten(
        [(regel, [by_id[id] for id in found[regel.sleutel].ids]) for regel in alone],
        [
            each
            for each in documenten
            if each.intrekking is None and has_row(each.rol) and each.id not in linked
        ],
        len(regels) - len(alone),
    )


@usecase(Handeling.INVENTARIS_LEZEN, "publicatie", "publicatie_id")
def history_of(
    platform: Platform, actor: Actor, publicatie_id: str, sleutel: str, *, limit: int = 200
) -> list[LoggedEvent]:
    """What the log tells of this row, also under a number that it had before, the newest first; raises NotFound.

    Imports tell of the rows that they changed; that a row came with an import stands in the line of the import alone.
    """
    read_inventaris(platform, actor, publicatie_id)
    events: list[LoggedEvent] = []
    with platform.registry.read() as reading:
        after = 0
        while some := reading.events(object_id=publicatie_id, after=after, limit=_BATCH):
            events += [each for each in some if each.object_soort == _SOORT]
            after = some[-1].volgnummer
    wanted = {sleutel}
    told: list[LoggedEvent] = []
    for event in reversed(events):
        if str(event.details.get("nummer", "")).casefold() in wanted:
            told.append(event)
            wanted.add(str(event.details.get("nummer_was", sleutel)).casefold())
    return told[:limit]


def sleutel_of(reading: Reading, publicatie_id: str, regel: str) -> str:
    """The key of the row with this id (`Inventarisregel.id`); raises NotFound."""
    for sleutel in reading.dossier.sleutels(publicatie_id):
        if regel_id(plaats_of(publicatie_id, sleutel)) == regel:
            return sleutel
    raise NotFound(_SOORT, regel)
