"""Keeps the sitemaps of what is public equal to the registry, in rounds, for the one writer.

The same rounds keep the feed of changes (`ingest.wijzigingen`).
"""

import time
from collections.abc import Callable, Sequence

from ingest.site_files import stored
from ingest.sitemap_files import SitemapFiles
from ingest.sitemap_places import Round, settle
from ingest.wijzigingen import Wijzigingen
from woo.domain.errors import InvalidValue, Unavailable, WooError
from woo.domain.events import Jobsoort, Prioriteit
from woo.domain.wijziging import Stand
from woo.logs import get_logger
from woo.projection.sitemap import Sitemapregels
from woo.registry import REGISTRY, Bundel, Job, Reading
from woo.storage.port import SITEMAPS
from woo.usecases.platform import Platform

CLAIM = 1_000
_AT_ONCE = 4_000
_REST = 8
"""How many times as long as a round took is waited before the next, as long as other work is coming."""

_LONGEST_REST = 4.0
_LATEST = 30.0
"""Seconds: how long files wait to be written while rounds of bulk follow each other; many rounds then write each file once."""

_MOST_BYTES = 32 * 2**20
"""How much of what waits to be written is held in memory."""

_AGAIN = 5.0
"""Seconds: after how long what could not be written is tried again, where no job asks for it."""

_log = get_logger(__name__)


class Sitemaps:
    """Keeps the sitemaps equal to the registry; `turn` is called by the writer's loop.

    The places are committed before a file is written, and a file counts as dirty until it was: what a killed process left
    half is written by the next one, from registry and old file.
    """

    def __init__(self, platform: Platform, *, monotonic: Callable[[], float] = time.monotonic) -> None:
        self._platform = platform
        self._monotonic = monotonic
        self._next = self._write_by = self._try_after = 0.0
        self._begun = False
        self._files = SitemapFiles(platform)
        self._wijzigingen = Wijzigingen(platform)
        self.held: list[Job] = []

    @property
    def owed(self) -> bool:
        """Whether a file can be written now of what a round found; one that could not be is tried again after a while."""
        return self._files.owed and self._monotonic() >= self._try_after

    def turn(self, claim: Callable[[Sequence[Jobsoort], int], list[Job]], *, idle: bool) -> bool:
        """Do a round where one is owed; returns whether there was one. While other work comes, rounds are far between."""
        if not self._begun:
            self._finish_what_was_begun()
            self._begun = True
        started = self._monotonic()
        if not idle and started < self._next:
            return False
        self.held = claim((Jobsoort.SITEMAP,), CLAIM)
        if not self.held and not self.owed:
            return False
        try:
            self._do(self.held, writes=not idle or _waits_for(self.held))
            self.held = []  # after an error they are still in hand, for the writer to give back
        finally:
            ended = self._monotonic()
            self._next = ended + min(_REST * (ended - started), _LONGEST_REST)
        return True

    def _do(self, jobs: Sequence[Job], *, writes: bool) -> None:
        registry, now = self._platform.registry, self._platform.now()
        try:
            failed = self.renew([job.object_id for job in jobs])
            if writes or self._files.bytes >= _MOST_BYTES or self._monotonic() >= self._write_by:
                self._files.write()
        except (WooError, OSError) as error:
            if isinstance(error, Unavailable) and error.part == REGISTRY:
                raise  # no fault of these jobs
            failed = self._failed(jobs, f"{type(error).__name__}: {error}")
        except Exception as error:
            _log.exception("sitemaps_failed", jobs=len(jobs))
            failed = self._failed(jobs, type(error).__name__)
        for job in jobs:
            if job.object_id in failed:
                _log.warning("sitemap_failed", object=job.object_id, error=failed[job.object_id])
                registry.jobs.fail(job, error=failed[job.object_id], now=now)
        registry.jobs.done([job for job in jobs if job.object_id not in failed], now=now)

    def _failed(self, jobs: Sequence[Job], why: str) -> dict[str, str]:
        """The round failed for all of these; what is owed besides is tried again after a while."""
        if not jobs:
            _log.warning("sitemaps_not_written", error=why)
        self._try_after = self._monotonic() + _AGAIN
        return dict.fromkeys((job.object_id for job in jobs), why)

    def _finish_what_was_begun(self) -> None:
        self._files.write(anyway=stored(self._platform, SITEMAPS) is None)
        self._wijzigingen.begin()

    def renew(self, publicatie_ids: Sequence[str]) -> dict[str, str]:
        """Give the entries of these publicaties their places, mark the files that this changes, and tell the feed of changes.

        Returns why for those that could not be told (a code that no list knows); they stay as they were.
        """
        failed: dict[str, str] = {}
        standen: list[Stand] = []
        with self._platform.registry.read() as reading:
            found = Round()
            for bundels in reading.bundels.of(publicatie_ids):
                failed |= self._compare(reading, bundels, found)
                self._wijzigingen.compare(reading, bundels, standen)
                if len(found.changed) >= _AT_ONCE:
                    self._apply(found)
                    found = Round()
        self._apply(found)
        self._wijzigingen.finish(standen)
        return failed

    def _compare(self, reading: Reading, bundels: Sequence[Bundel], found: Round) -> dict[str, str]:
        regels = Sitemapregels(reading, bundels, self._platform.lijsten, self._platform.intrekregels.redenen)
        places = reading.sitemaps.of_publicaties([each.id for each in bundels])
        failed: dict[str, str] = {}
        for bundel in bundels:
            try:
                found.compare(regels.of(bundel), places.get(bundel.id, ()))
            except InvalidValue as error:
                failed[bundel.id] = f"{type(error).__name__}: {error}"
        return failed

    def _apply(self, found: Round) -> None:
        if not found.changed and not found.gone:
            return
        self._platform.registry.run(lambda tx: settle(tx, found))
        if not self._files.owed:
            self._write_by = self._monotonic() + _LATEST
        self._files.note(found)


def _waits_for(jobs: Sequence[Job]) -> bool:
    """Whether files are to be written now: nothing comes after these, or somebody waits for one of them."""
    return len(jobs) < CLAIM or any(job.prioriteit < Prioriteit.BULK for job in jobs)
