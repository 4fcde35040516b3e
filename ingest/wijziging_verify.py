"""Compare the feed of changes with the registry: what each publicatie should tell, and what each file holds."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from ingest.site_files import stored
from ingest.sitemap_verify import publicaties
from ingest.wijzigingen import regel
from woo.domain.events import Jobsoort, Jobwens, Prioriteit
from woo.projection.wijziging import te_vertellen
from woo.registry import Reading, Wijzigingdeel
from woo.storage.port import WIJZIGINGEN, wijzigingen_naam
from woo.usecases.platform import Platform


@dataclass(frozen=True, slots=True)
class Afwijking:
    """One thing that is not as it should be: a publicatie (`deel` is None), one file, or the list of files (`deel` is 0)."""

    object_id: str
    what: str
    deel: int | None = None


def compare_wijzigingen(platform: Platform) -> Iterator[Afwijking]:
    """Every difference; what a job is waiting for, and a file that is still to be written, is left out.

    Nothing is compared before a writer began the feed (after a restore, say): it writes everything then.
    """
    with platform.registry.read() as reading:
        if reading.wijzigingen.editie() is None:
            return
    for ids in publicaties(platform):
        with platform.registry.read() as reading:
            busy = reading.objects_with_jobs()
            idle = [id for id in ids if id not in busy]
            differing = {
                each.publicatie_id
                for bundels in reading.bundels.of(idle)
                for each in te_vertellen(reading, bundels)
                if each.document_id not in busy
            }
        for id in sorted(differing):
            yield Afwijking(id, "what the feed of changes tells of its documents is not what it should be")
    with platform.registry.read() as reading:
        delen = reading.wijzigingen.delen()
        for deel in delen:
            if not deel.vuil and not _holds(platform, reading, deel):
                what = "the file of the feed of changes is not there, or is another than the registry says"
                yield Afwijking(wijzigingen_naam(deel.deel), what, deel.deel)
        if not any(deel.vuil for deel in delen) and not _lists(platform, reading, delen):
            what = "the list of the feed of changes is not there, or tells something else than the registry"
            yield Afwijking(WIJZIGINGEN, what, 0)


def order_wijzigingen(platform: Platform, found: Iterable[Afwijking]) -> None:
    """Let the worker make right what differs."""
    listed = list(found)
    files = {each.deel for each in listed if each.deel}
    with platform.registry.transaction() as tx:
        if any(each.deel == 0 for each in listed):
            files |= {each.deel for each in tx.wijzigingen.delen()} or {1}
        tx.wijzigingen.touch(files)
        ids = {each.object_id for each in listed if each.deel is None} | {WIJZIGINGEN}
        wishes = [Jobwens(Jobsoort.SITEMAP, id, Prioriteit.NORMAAL) for id in sorted(ids)]
        tx.want_many(wishes if listed else [], now=platform.now())


def _holds(platform: Platform, reading: Reading, deel: Wijzigingdeel) -> bool:
    content = stored(platform, wijzigingen_naam(deel.deel))
    rows = [regel(each) for each in reading.wijzigingen.of_deel(deel.deel)]
    return content is not None and content["rijen"] == rows


def _lists(platform: Platform, reading: Reading, delen: list[Wijzigingdeel]) -> bool:
    content = stored(platform, WIJZIGINGEN)
    if content is None:
        return False
    told = (content["editie"], content["hoogste"], [each[:2] for each in content["delen"]])
    counted = [[each.deel, each.aantal] for each in delen if each.aantal]
    return bool(told == (reading.wijzigingen.editie(), reading.wijzigingen.hoogste(), counted))
