"""Rows of inventories as the public side has them: which are shown as entries of their own, and which are gone."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass

from woo.domain.document import Document
from woo.domain.inventaris import Inventarisregel, plaats_of, regel_id, split_plaats
from woo.domain.openbaarheid import is_public_regel
from woo.domain.publicatie import Publicatie
from woo.registry import Reading

_CHUNK = 1000


@dataclass(frozen=True, slots=True)
class Eigen:
    """A row that is shown as an entry of its own, its publicatie, and its document, which is not public."""

    regel: Inventarisregel
    publicatie: Publicatie
    document: Document | None


def own_entry(reading: Reading, plaats: str) -> Eigen | None:
    """The row at this place when it is to be shown by itself; None when it is not there, or not public, or its document is."""
    regel = reading.dossier.regel(*split_plaats(plaats))
    return None if regel is None else _own(reading, regel, reading.publicatie(regel.publicatie_id))


def places(reading: Reading, publicatie_id: str) -> list[str]:
    """The places of all rows of an inventory."""
    return [plaats_of(publicatie_id, sleutel) for sleutel in reading.dossier.sleutels(publicatie_id)]


def own_entries(
    reading: Reading, after: tuple[str, str] | None, *, limit: int
) -> tuple[list[Eigen], tuple[str, str] | None]:
    """The rows shown by themselves among the next `limit` rows, and where those end (None: there were no more)."""
    regels = reading.dossier.all_regels(after=after, limit=limit)
    publicaties = {id: reading.publicatie(id) for id in {regel.publicatie_id for regel in regels}}
    owns = (_own(reading, regel, publicaties[regel.publicatie_id]) for regel in regels)
    last = (regels[-1].publicatie_id, regels[-1].sleutel) if regels else None
    return [own for own in owns if own is not None], last


def expected_ids(
    reading: Reading, publicaties: Collection[str], documenten: Collection[str]
) -> frozenset[str]:
    """The ids of all rows to be shown by themselves, given the public publicaties and documents."""
    return frozenset(
        regel.id
        for regel in _all(reading)
        if regel.publicatie_id in publicaties
        and (regel.document_id is None or regel.document_id not in documenten)
    )


def ids_with_jobs(reading: Reading, jobs: Collection[str]) -> frozenset[str]:
    """The ids of the rows that a job is waiting for: for the row itself, its document or its publicatie."""
    named = {regel_id(job) for job in jobs if ":" in job}
    around = (regel.id for regel in _all(reading) if regel.publicatie_id in jobs or regel.document_id in jobs)
    return frozenset(named.union(around))


def places_of(reading: Reading, ids: Collection[str]) -> dict[str, str]:
    """The place of each of these that is the id of a row, by id."""
    return {regel.id: regel.plaats for regel in _all(reading) if regel.id in ids} if ids else {}


def _own(reading: Reading, regel: Inventarisregel, publicatie: Publicatie) -> Eigen | None:
    document = None if regel.document_id is None else reading.document(regel.document_id)
    return Eigen(regel, publicatie, document) if is_public_regel(regel, publicatie, document) else None


def _all(reading: Reading) -> Iterator[Inventarisregel]:
    after: tuple[str, str] | None = None
    while regels := reading.dossier.all_regels(after=after, limit=_CHUNK):
        after = (regels[-1].publicatie_id, regels[-1].sleutel)
        yield from regels
