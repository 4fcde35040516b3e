"""Compare registry, archive, index, public store, withdrawn list and log, and say every difference."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import TypeVar

from ingest.regels import places_of
from ingest.reindex import busy_objects, expected
from ingest.sitemap_verify import Anders, compare_sitemaps, order_sitemaps
from ingest.wijziging_verify import Afwijking, compare_wijzigingen, order_wijzigingen
from woo.domain.errors import NotFound
from woo.domain.events import Jobsoort, Jobwens, Prioriteit
from woo.index.port import Excluded
from woo.registry import Reading, Soort
from woo.storage.port import Withdrawn
from woo.usecases.intrekking import is_withdrawn
from woo.usecases.logboek import keep_check, verify_chain
from woo.usecases.platform import Platform
from woo.usecases.vernietiging import seal

_SETTLING = timedelta(seconds=60)
"""A withdrawal that is being committed right now has its entry already; only an older one is an orphan."""

_FINISHING = timedelta(minutes=10)
"""How long a destruction that was approved may wait for the worker."""

_Found = tuple[Soort, str, str, str]
_Told = TypeVar("_Told", Anders, Afwijking)


@dataclass(frozen=True, slots=True)
class Difference:
    """One thing that is not as it should be; `repaired` when this run put it right or ordered it."""

    part: str
    object_id: str
    what: str
    repaired: bool = False


def verify(platform: Platform, in_index: Callable[[], Excluded] | None, *, repair: bool) -> list[Difference]:
    """Compare everything; with `repair` order a fresh sync of what differs.

    Objects with a job waiting are left out: they are being made equal already. What differs is looked at twice, so that
    work in between is not taken for a difference. An entry of the withdrawn list without a withdrawal is always taken
    off (it hides what the registry calls public). With None the index is not compared (it is about to be built anew).
    """
    found = _public_side(platform, in_index)
    if found:
        found = sorted(set(found) & set(_public_side(platform, in_index)))
    differences = [Difference(part, id, what, repaired=repair) for _, id, part, what in found]
    if repair:
        _order(platform, {(soort, id) for soort, id, _, _ in found})
    return [
        *differences,
        *_withdrawn(platform, repair=repair),
        *_told(platform, "sitemaps", compare_sitemaps, order_sitemaps, repair=repair),
        *_told(platform, "feed of changes", compare_wijzigingen, order_wijzigingen, repair=repair),
        *_archive(platform),
        *_log(platform),
    ]


def _public_side(platform: Platform, in_index: Callable[[], Excluded] | None) -> list[_Found]:
    """What index, public store and the registry's own note hold too much or too little, as soort, id, part, what."""
    with platform.registry.read() as reading:
        before = busy_objects(reading)
    holds: dict[str, Excluded] = {} if in_index is None else {"index": in_index()}
    holds["public store"] = Excluded(
        frozenset(platform.public.documents()), frozenset(platform.public.publicaties())
    )
    with platform.registry.read() as reading:
        busy = before | busy_objects(reading)
        should = expected(reading)
        holds["registry's note of what is shown"] = Excluded(
            frozenset(reading.shown_ids("document")), frozenset(reading.shown_ids("publicatie"))
        )
    return [
        difference
        for part, there in holds.items()
        for difference in (
            *_compare("document", should.documenten - busy, there.documenten - busy, part),
            *_compare("publicatie", should.publicaties - busy, there.publicaties - busy, part),
        )
    ]


def _compare(soort: Soort, should: frozenset[str], there: frozenset[str], part: str) -> Iterator[_Found]:
    for id in sorted(should - there):
        yield soort, id, part, f"{soort} is public but not there"
    for id in sorted(there - should):
        yield soort, id, part, f"{soort} is there but not public"


def _order(platform: Platform, objects: set[tuple[Soort, str]]) -> None:
    """Forget what is noted as shown, so that the sync does it all again, and order that sync.

    What the registry never heard of is taken from the store here; of that, only a new index can be free.
    """
    now = platform.now()
    unknown: list[tuple[Soort, str]] = []
    with platform.registry.transaction() as tx:
        regels = places_of(tx, {id for soort, id in objects if soort == "document"})
        for soort, id in sorted(objects):
            tx.mark_hidden(soort, id)
            tx.wijzigingen.forget([id])
            if id in regels:
                tx.want(Jobwens(Jobsoort.SYNC_REGEL, regels[id], Prioriteit.NORMAAL), now=now)
            elif _exists(tx, soort, id):
                job = Jobsoort.SYNC_DOCUMENT if soort == "document" else Jobsoort.SYNC_PUBLICATIE
                tx.want(Jobwens(job, id, Prioriteit.NORMAAL), now=now)
            else:
                unknown.append((soort, id))
        if unknown:
            tx.want(Jobwens(Jobsoort.REINDEX, "index", Prioriteit.NORMAAL), now=now)
    for soort, id in unknown:
        if soort == "document":
            platform.public.hide(id)
        else:
            platform.public.hide_publicatie(id)


def _exists(reading: Reading, soort: str, id: str) -> bool:
    try:
        reading.document(id) if soort == "document" else reading.publicatie(id)
    except NotFound:
        return False
    return True


def _withdrawn(platform: Platform, *, repair: bool) -> Iterator[Difference]:
    """Entries without a withdrawal, and withdrawals without an entry (`repair` writes those again)."""
    now = platform.now()
    with platform.registry.read() as reading:
        busy = busy_objects(reading)
        owed = [entry for soort, id in reading.withdrawn_ids() if (entry := _entry(reading, soort, id))]
        listed = platform.public.withdrawn()
        for id, entry in listed.items():
            if {id, entry.publicatie_id} & busy:
                continue  # restored a moment ago: the sync that shows it takes the entry off
            if not _is_withdrawn(reading, entry.soort, id) and now - entry.op > _SETTLING:
                platform.public.unwithdraw(id)
                yield Difference("withdrawn list", id, "an entry without a withdrawal", repaired=True)
    missing = [entry for entry in owed if entry.id not in listed]
    if repair:
        _list_again(platform, missing)
    for entry in missing:
        what = f"a withdrawn {entry.soort} is not on it"
        yield Difference("withdrawn list", entry.id, what, repaired=repair)


def _entry(reading: Reading, soort: Soort, id: str) -> Withdrawn | None:
    """The entry that a withdrawn object must have; None for a document that was withdrawn before it was ever public."""
    if soort == "publicatie":
        gone = reading.publicatie(id).intrekking
        return None if gone is None else Withdrawn(id, soort, gone.op, gone.reden)
    document, publicatie = reading.document_with_publicatie(id)
    gone, since = document.intrekking, publicatie.eerste_publicatie
    if gone is None or since is None or gone.op < since:
        return None
    return Withdrawn(id, soort, gone.op, gone.reden, publicatie_id=publicatie.id)


def _list_again(platform: Platform, entries: Sequence[Withdrawn]) -> None:
    """Write the entries, and order the sync that settles them."""
    now = platform.now()
    for entry in entries:
        platform.public.withdraw(entry)
    with platform.registry.transaction() as tx:
        for entry in entries:
            job = Jobsoort.SYNC_DOCUMENT if entry.soort == "document" else Jobsoort.SYNC_DOCUMENTEN
            tx.want(Jobwens(job, entry.id, Prioriteit.URGENT), now=now)


def _is_withdrawn(reading: Reading, soort: str, id: str) -> bool:
    try:
        return is_withdrawn(reading, soort, id)
    except NotFound:
        return False


def _told(
    platform: Platform,
    part: str,
    compare: Callable[[Platform], Iterator[_Told]],
    order: Callable[[Platform, Sequence[_Told]], None],
    *,
    repair: bool,
) -> Iterator[Difference]:
    """What tells something else than the registry; looked at twice, as the worker may be writing it now."""
    found = set(compare(platform))
    if found:
        found &= set(compare(platform))
    listed = sorted(found, key=lambda each: each.object_id)
    if repair:
        order(platform, listed)
    for each in listed:
        yield Difference(part, each.object_id, each.what, repaired=repair)


def _log(platform: Platform) -> Iterator[Difference]:
    """The chain itself, and whether it still holds every head that was exported."""
    breaches = verify_chain(platform)
    keep_check(platform, breaches)
    for breach in breaches:
        yield Difference("log", str(breach.volgnummer or "-"), breach.wat)


def _archive(platform: Platform) -> Iterator[Difference]:
    with platform.registry.read() as reading:
        for digest in reading.digests():
            if not platform.archive.has(digest):
                yield Difference("archive", digest, "a file of the registry is not in the archive")
        yield from _destroyed(platform, reading)


def _destroyed(platform: Platform, reading: Reading) -> Iterator[Difference]:
    """Files that were destroyed and are there again, and destructions that were approved and nobody finished."""
    known = set(reading.intrekkingen.destroyed())
    if known:
        for digest in platform.archive.digests():
            if seal(platform, digest) in known and not reading.intrekkingen.holders([digest]):
                yield Difference("archive", digest, "a file that was destroyed is there")
    for one in reading.intrekkingen.unfinished():
        if one.beslist_op is not None and platform.now() - one.beslist_op > _FINISHING:
            yield Difference("destruction", one.id, "it was approved and is not finished; does a worker run?")
