"""Compare the sitemaps with the registry: what each publicatie should tell, and what each file holds."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from ingest.site_files import stored
from ingest.sitemap_places import Round
from woo.domain.errors import InvalidValue, NotFound
from woo.domain.events import Jobsoort, Jobwens, Prioriteit
from woo.projection.sitemap import Sitemapregels
from woo.registry import Bundel, Reading, Sitemapdeel
from woo.storage.port import SITEMAPS, sitemap_naam
from woo.usecases.platform import Platform

_CHUNK = 200
_ALL = "sitemaps"


@dataclass(frozen=True, slots=True)
class Anders:
    """One thing that is not as it should be: a publicatie (`deel` is None), one file, or the list of files (`_ALL`)."""

    object_id: str
    what: str
    deel: tuple[str, int] | None = None


def compare_sitemaps(platform: Platform) -> Iterator[Anders]:
    """Every difference; what a job is waiting for, and a file that is still to be written, is left out."""
    for ids in publicaties(platform):
        with platform.registry.read() as reading:
            busy = reading.objects_with_jobs()
            for bundels in reading.bundels.of(id for id in ids if id not in busy):
                yield from _differing(platform, reading, bundels)
    with platform.registry.read() as reading:
        delen = reading.sitemaps.delen()
        for deel in delen:
            if not deel.vuil and not _holds(platform, reading, deel):
                naam = sitemap_naam(deel.nr, deel.deel)
                yield Anders(
                    naam,
                    "the sitemap is not there, or is another than the registry says",
                    (deel.nr, deel.deel),
                )
        if not any(deel.vuil for deel in delen) and _listed(platform) != {
            (d.nr, d.deel) for d in delen if d.lastmod
        }:
            yield Anders(_ALL, "the list of sitemaps is not there, or names others than there are")


def order_sitemaps(platform: Platform, found: Iterable[Anders]) -> None:
    """Let the worker make right what differs."""
    listed = list(found)
    files = {each.deel for each in listed}
    with platform.registry.transaction() as tx:
        every = any(each.object_id == _ALL for each in listed)
        dirty = [d for d in tx.sitemaps.delen() if every or (d.nr, d.deel) in files]
        tx.sitemaps.save_delen([replace(each, vuil=True) for each in dirty])
        ids = {each.object_id for each in listed if each.deel is None} | {_ALL}
        wishes = [Jobwens(Jobsoort.SITEMAP, id, Prioriteit.NORMAAL) for id in sorted(ids)]
        tx.want_many(wishes if listed else [], now=platform.now())


def _differing(platform: Platform, reading: Reading, bundels: Sequence[Bundel]) -> Iterator[Anders]:
    """What is wrong with what the sitemaps tell of these publicaties."""
    regels = Sitemapregels(reading, bundels, platform.lijsten, platform.intrekregels.redenen)
    places = reading.sitemaps.of_publicaties([each.id for each in bundels])
    for bundel in bundels:
        found = Round()
        try:
            found.compare(regels.of(bundel), places.get(bundel.id, ()))
        except InvalidValue as error:
            yield Anders(bundel.id, f"what the sitemaps should tell of its documents is not known: {error}")
            continue
        if found.changed or found.gone:
            yield Anders(bundel.id, "what the sitemaps tell of its documents is not what it should be")


def _holds(platform: Platform, reading: Reading, deel: Sitemapdeel) -> bool:
    places = {each.document_id: each.vingerafdruk for each in reading.sitemaps.of_deel(deel.nr, deel.deel)}
    content = stored(platform, sitemap_naam(deel.nr, deel.deel))
    if content is None:
        return deel.lastmod is None
    rows = {row["document"]: row["vingerafdruk"] for row in content["vermeldingen"]}
    return bool(rows | content["geweigerd"] == places)


def _listed(platform: Platform) -> set[tuple[str, int]] | None:
    content = stored(platform, SITEMAPS)
    if content is None:
        return None
    return {(nr, each["deel"]) for nr, delen in content["categorieen"].items() for each in delen}


def publicaties(platform: Platform) -> Iterator[list[str]]:
    """The ids of every publicatie, and then of those of which only the sitemaps know."""
    after: str | None = None
    while True:
        with platform.registry.read() as reading:
            ids = [each.id for each in reading.publicaties(after=after, limit=_CHUNK)]
        if not ids:
            break
        after = ids[-1]
        yield ids
    above = ""
    while True:
        with platform.registry.read() as reading:
            ids = reading.sitemaps.publicaties(after=above, limit=_CHUNK)
            gone = [id for id in ids if not _exists(reading, id)]
        if not ids:
            return
        above = ids[-1]
        yield gone


def _exists(reading: Reading, id: str) -> bool:
    try:
        reading.publicatie(id)
    except NotFound:
        return False
    return True
