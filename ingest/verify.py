"""Compare registry, archive, index, public store, withdrawn list and log, and say every difference."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta

from ingest.reindex import expected
from ingest.seal import last_exported_head
from woo.domain.errors import NotFound
from woo.domain.events import Jobsoort, Jobwens, Prioriteit
from woo.domain.publicatie import Publicatiestatus
from woo.index.port import Excluded
from woo.registry import Reading, Soort
from woo.usecases.platform import Platform

_SETTLING = timedelta(seconds=60)
"""A withdrawal that is being committed right now has its entry already; only an older one is an orphan."""


@dataclass(frozen=True, slots=True)
class Difference:
    """One thing that is not as it should be; `repaired` when this run put it right or ordered it."""

    part: str
    object_id: str
    what: str
    repaired: bool = False


def verify(platform: Platform, in_index: Excluded, *, repair: bool) -> list[Difference]:
    """Compare everything; with `repair` order a fresh sync of what differs.

    Objects with a job waiting are left out: they are being made equal already. An entry of the withdrawn list without a
    withdrawal is always taken off (it hides what the registry calls public).
    """
    with platform.registry.read() as reading:
        busy = reading.objects_with_jobs()
        should = expected(reading)
        shown_d = frozenset(reading.shown_ids("document"))
        shown_p = frozenset(reading.shown_ids("publicatie"))
    found = [
        *_compare("document", should.documenten - busy, in_index.documenten - busy, "index"),
        *_compare("publicatie", should.publicaties - busy, in_index.publicaties - busy, "index"),
        *_compare(
            "document",
            should.documenten - busy,
            frozenset(platform.public.documents()) - busy,
            "public store",
        ),
        *_compare(
            "publicatie",
            should.publicaties - busy,
            frozenset(platform.public.publicaties()) - busy,
            "public store",
        ),
        *_compare("document", should.documenten - busy, shown_d - busy, "registry's note of what is shown"),
        *_compare(
            "publicatie", should.publicaties - busy, shown_p - busy, "registry's note of what is shown"
        ),
    ]
    differences = [Difference(part, id, what, repaired=repair) for _, id, part, what in found]
    if repair:
        _order(platform, {(soort, id) for soort, id, _, _ in found})
    return [
        *differences,
        *_withdrawn(platform),
        *_archive(platform),
        *_log(platform),
    ]


def _compare(
    soort: Soort, should: frozenset[str], holds: frozenset[str], part: str
) -> Iterator[tuple[Soort, str, str, str]]:
    for id in sorted(should - holds):
        yield soort, id, part, f"{soort} is public but not there"
    for id in sorted(holds - should):
        yield soort, id, part, f"{soort} is there but not public"


def _order(platform: Platform, objects: set[tuple[Soort, str]]) -> None:
    """Forget what is noted as shown, so that the sync does it all again, and order that sync."""
    now = platform.now()
    with platform.registry.transaction() as tx:
        for soort, id in objects:
            if _exists(tx, soort, id):
                tx.mark_hidden(soort, id)
                job = Jobsoort.SYNC_DOCUMENT if soort == "document" else Jobsoort.SYNC_PUBLICATIE
                tx.want(Jobwens(job, id, Prioriteit.NORMAAL), now=now)
    for soort, id in objects:
        with platform.registry.read() as reading:
            if not _exists(reading, soort, id):
                _hide_unknown(platform, soort, id)


def _exists(reading: Reading, soort: str, id: str) -> bool:
    try:
        reading.document(id) if soort == "document" else reading.publicatie(id)
    except NotFound:
        return False
    return True


def _hide_unknown(platform: Platform, soort: str, id: str) -> None:
    """Take from the store what the registry never heard of; a reindex clears the index of it."""
    if soort == "document":
        platform.public.hide(id)
    else:
        platform.public.hide_publicatie(id)


def _withdrawn(platform: Platform) -> Iterator[Difference]:
    now = platform.now()
    listed = platform.public.withdrawn()
    with platform.registry.read() as reading:
        for id, entry in listed.items():
            if not _is_withdrawn(reading, entry.soort, id) and now - entry.op > _SETTLING:
                platform.public.unwithdraw(id)
                yield Difference("withdrawn list", id, "an entry without a withdrawal", repaired=True)
        for soort, id in reading.withdrawn_ids():
            if id not in listed:
                yield Difference("withdrawn list", id, f"a withdrawn {soort} is not on it")


def _is_withdrawn(reading: Reading, soort: str, id: str) -> bool:
    try:
        if soort == "document":
            document, publicatie = reading.document_with_publicatie(id)
            return document.intrekking is not None or publicatie.intrekking is not None
        return reading.publicatie(id).status is Publicatiestatus.INGETROKKEN
    except NotFound:
        return False


def _log(platform: Platform) -> Iterator[Difference]:
    """The chain itself, and whether it still holds every head that was exported."""
    for breach in platform.registry.log.verify(platform.log_key, head=last_exported_head(platform)):
        yield Difference("log", str(breach.volgnummer or "-"), breach.wat)


def _archive(platform: Platform) -> Iterator[Difference]:
    with platform.registry.read() as reading:
        for digest in reading.digests():
            if not platform.archive.has(digest):
                yield Difference("archive", digest, "a file of the registry is not in the archive")
