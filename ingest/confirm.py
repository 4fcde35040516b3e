"""Confirms an index that was built anew: before it becomes the live one against the registry, and afterwards through a reader."""

import time
from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass

from ingest.regels import places_of
from ingest.reindex import busy_objects, expected
from woo.domain.document import Pagina
from woo.domain.errors import Unavailable
from woo.index.house import IndexHouse
from woo.index.port import Excluded, IndexReader
from woo.index.query import Filters, Or, SearchQuery, Word
from woo.usecases.platform import Platform

_SAMPLES = 25
_WORDS = 8
_SHORTEST = 4
_TRIES = 10
_PAUSE = 0.5
_NAMED = 3


class NotConfirmed(Unavailable):
    """A new index is not what it should be, so the old one stays."""

    def __init__(self, why: str) -> None:
        super().__init__("new index", why)


@dataclass(frozen=True, slots=True)
class Sample:
    """A page that must be found by its own words."""

    document_id: str
    publicatie_id: str
    pagina: int
    zoek: Or


def confirm_whole(platform: Platform, index: IndexReader) -> list[Sample]:
    """Compare a new index with the registry, everything by id and some pages by their words; returns those pages.

    What a job is waiting for is left out: it is being made equal.

    Raises:
        NotConfirmed: it holds too much or too little, or does not find what it holds.
    """
    with platform.registry.read() as reading:
        there = index.ids()
        should = expected(reading)
        regels = places_of(reading, should.documenten)
        busy = busy_objects(reading)  # last: what changed while `should` was read has a job by now
        read = {id for id in (should.documenten & there.documenten) - busy if id not in regels}
        samples = [
            sample
            for id in _spread(sorted(read))
            if (sample := _sample(id, reading.document(id).publicatie_id, reading.pages(id)))
        ]
    _check_ids(should, there, busy)
    for sample in samples:
        _check_sample(index, sample)
    return samples


def confirm_live(house: IndexHouse, index: IndexReader, samples: Sequence[Sample]) -> None:
    """Ask the new index as the public side does, until it answers like the writer's; it is given a few seconds.

    Raises:
        NotConfirmed: it does not.
    """
    with closing(house.open_reader()) as reader:
        for attempt in range(_TRIES):
            try:
                _check_count(reader, index)
                for sample in samples:
                    _check_sample(reader, sample)
            except Unavailable:
                if attempt == _TRIES - 1:
                    raise
                time.sleep(_PAUSE)
            else:
                return


def _check_ids(should: Excluded, there: Excluded, busy: frozenset[str]) -> None:
    for soort, wanted, found in (
        ("document", should.documenten - busy, there.documenten - busy),
        ("publicatie", should.publicaties - busy, there.publicaties - busy),
    ):
        for what, ids in (("lacks", wanted - found), ("should not hold", found - wanted)):
            if ids:
                named = ", ".join(sorted(ids)[:_NAMED])
                raise NotConfirmed(f"it {what} {len(ids)} of kind {soort}, such as {named}")


def _check_count(reader: IndexReader, index: IndexReader) -> None:
    seen, there = reader.count(Filters()), index.count(Filters())
    if seen != there:
        raise NotConfirmed(f"readers see {seen} documents and it has {there}")


def _check_sample(index: IndexReader, sample: Sample) -> None:
    query = SearchQuery(
        zoek=sample.zoek, filters=Filters({"publicatie": (sample.publicatie_id,)}), aantal=1000
    )
    found = index.search(query)
    if sample.document_id not in {hit.id for hit in found.hits} and found.totaal == len(found.hits):
        raise NotConfirmed(f"document {sample.document_id} is not found by its own words")
    if sample.pagina not in index.pages_with_hits(sample.document_id, sample.zoek):
        raise NotConfirmed(f"page {sample.pagina} of document {sample.document_id} is not found by its words")


def _spread(ids: Sequence[str]) -> Sequence[str]:
    """Return some ids from beginning to end."""
    return ids[:: max(1, len(ids) // _SAMPLES)][:_SAMPLES]


def _sample(document_id: str, publicatie_id: str, pages: Sequence[Pagina]) -> Sample | None:
    """Return the first page with plain words; several of them, since one may be part of a date or code."""
    for page in pages:
        words = [
            word
            for word in page.tekst.split()
            if word.isascii() and word.isalpha() and len(word) >= _SHORTEST
        ]
        if len(words) >= _WORDS:
            asked = tuple(Word(word) for word in words[:_WORDS])
            return Sample(document_id, publicatie_id, page.nummer, Or(asked))
    return None
