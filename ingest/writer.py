"""What only the holder of the writer's lease does: sync, commit in batches, rebuild the index, seal the log, count."""

import threading
import time
from collections import deque
from collections.abc import Iterator, Sequence
from datetime import timedelta

from ingest.bewaren import Bewaarder
from ingest.bronnen.bord import Bord
from ingest.confirm import NotConfirmed, confirm_live, confirm_whole
from ingest.figures import Figures
from ingest.opruimen import Opruimer
from ingest.reindex import rebuild
from ingest.seal import Sealer
from ingest.sitemaps import Sitemaps
from ingest.sync import SYNC_SOORTEN, Syncer
from woo.domain.errors import LeaseHeld, Unavailable, WooError
from woo.domain.events import Jobsoort
from woo.index.house import Built, IndexHouse
from woo.logs import get_logger
from woo.registry import Job, Reading
from woo.settings import WorkerSettings
from woo.usecases.platform import Platform

_log = get_logger(__name__)
_CLAIM = 32
_SEAL_SECONDS = 2.0
_LOOK_SECONDS = 0.05
_REINDEX_SECONDS = 0.5
"""How long to leave the queue alone after it was found empty, while this process reads and fills it itself."""


class Writer:
    """The writing side of a worker; made when the lease was acquired, abandoned when it was lost."""

    def __init__(
        self, platform: Platform, house: IndexHouse, *, owner: str, lease: timedelta, settings: WorkerSettings
    ) -> None:
        self._platform = platform
        self._house = house
        self._owner = owner
        self._lease = lease
        self._commit_seconds = settings.commit_seconds
        self.lost = threading.Event()
        self.synced = 0
        self._sealer = Sealer(platform)
        self._opruimer = Opruimer(platform)
        self._bewaarder = Bewaarder(platform)
        self._figures = Figures(platform)
        self._bord = Bord(platform)
        self._sitemaps = Sitemaps(platform)
        self._oldest = 0.0
        self._next_seal = 0.0
        self._next_look = 0.0
        self._next_reindex = 0.0
        self._building: Built | None = None
        self._steps: Iterator[int] | None = None
        self._reindex_job: Job | None = None
        self._live: Built | None = house.open_live()
        house.sweep()
        self._syncer = Syncer(platform, [] if self._live is None else [self._live.index])
        if self._live is None:
            _log.info("index_rebuild", why="there is no index yet, or it was made by another version")
            self._start_rebuild()

    @property
    def pending(self) -> bool:
        """Whether something is in hand that is not committed or written, or an index is being built."""
        return bool(self._syncer.batch.jobs) or self._sitemaps.owed or self._steps is not None

    def held(self) -> list[Job]:
        """The jobs in hand, for the heartbeat."""
        jobs = [*self._syncer.batch.jobs, *self._sitemaps.held]
        return jobs if self._reindex_job is None else [*jobs, self._reindex_job]

    def turn(self, *, more_coming: bool = False) -> bool:
        """Do a little; returns whether anything was done. Raises LeaseHeld when the lease was lost meanwhile.

        With `more_coming` an empty queue is no reason to commit yet: each commit costs as much as some documents.
        """
        if self.lost.is_set():
            raise LeaseHeld("schrijver", "another worker")
        jobs = self._look(more_coming=more_coming)
        self._sync(jobs)
        if self._commit_is_due(idle=not jobs and not more_coming):
            self._commit()
        waits = bool(jobs or more_coming or self._syncer.batch.jobs)
        did = self._sitemaps.turn(self._claim, idle=not waits) or bool(jobs)
        if self._steps is not None:
            self._rebuild_step()
            did = True
        elif self._claims_reindex():
            self._start_rebuild()
            did = True
        if time.monotonic() >= self._next_seal:
            self._next_seal = time.monotonic() + _SEAL_SECONDS
            self._sealer.seal()
            self._figures.update()
            self._bord.update()
        self._opruimer.turn()
        self._bewaarder.turn()
        return did

    def _claims_reindex(self) -> bool:
        """Whether an index is to be built anew; asked now and then, for it is seldom so."""
        if time.monotonic() < self._next_reindex:
            return False
        self._next_reindex = time.monotonic() + _REINDEX_SECONDS
        jobs = self._claim((Jobsoort.REINDEX,), 1)
        if jobs:
            self._reindex_job = jobs[0]
        return bool(jobs)

    def _look(self, *, more_coming: bool) -> list[Job]:
        if more_coming and time.monotonic() < self._next_look:
            return []
        jobs = self._claim(SYNC_SOORTEN, _CLAIM)
        if not jobs:
            self._next_look = time.monotonic() + _LOOK_SECONDS
        return jobs

    def _claim(self, soorten: Sequence[Jobsoort], limit: int) -> list[Job]:
        return self._platform.registry.jobs.claim(
            self._owner, now=self._platform.now(), soorten=soorten, limit=limit, lease=self._lease
        )

    def _sync(self, jobs: Sequence[Job]) -> None:
        """Do them from one snapshot; one that fails may have spoiled it, so that what comes after it gets another."""
        left = deque(jobs)
        while left:
            why: str | None = None
            with self._platform.registry.read() as reading:
                while left and why is None:
                    job = left.popleft()
                    why = self._why_not(job, reading)
            if why is not None:
                self._fail(job, why)

    def _why_not(self, job: Job, reading: Reading) -> str | None:
        """Sync a job; returns why it cannot be, None where it was. A registry that goes away is no fault of the job."""
        if not self._syncer.batch.jobs:
            self._oldest = time.monotonic()
        try:
            self._syncer.take_one(job, reading)
        except (WooError, OSError) as error:
            return f"{type(error).__name__}: {error}"
        except Exception as error:
            if reading.lost:
                raise
            _log.exception("sync_failed", object=job.object_id)
            return type(error).__name__
        return None

    def _fail(self, job: Job, error: str) -> None:
        _log.warning("sync_failed", object=job.object_id, error=error)
        self._platform.registry.jobs.fail(job, error=error, now=self._platform.now())

    def _commit_is_due(self, *, idle: bool) -> bool:
        batch = self._syncer.batch
        if not batch.jobs:
            return False
        return idle or batch.urgent or time.monotonic() - self._oldest >= self._commit_seconds

    def _commit(self) -> None:
        self.synced += self._syncer.commit(self._platform.now())
        self._figures.note_change()

    def _start_rebuild(self) -> None:
        if self._syncer.batch.jobs:
            self._commit()
        self._building = self._house.build()
        self._syncer.indices.append(self._building.index)
        self._steps = rebuild(self._platform, self._building.index)

    def _rebuild_step(self) -> None:
        if self._steps is None or self._building is None:
            return
        try:
            next(self._steps)
            return
        except StopIteration:
            pass
        self._commit()
        try:
            self._swap(self._building)
        except NotConfirmed as why:
            if self._live is None:
                raise
            self._give_up(self._building, self._live, why)

    def _swap(self, built: Built) -> None:
        """Make the new index the live one; what was synced meanwhile is in it, since every sync went to both.

        The old one is removed once readers were answered by the new one.
        """
        samples = confirm_whole(self._platform, built.index)
        self._house.make_live(built)
        old = self._live
        try:
            confirm_live(self._house, built.index, samples)
        except Unavailable:
            if old is not None:
                self._house.make_live(old)
                raise
            _log.exception("index_not_confirmed", index=built.name)
        self._use(built)
        if old is not None:
            old.index.close()
        self._house.sweep()
        job, self._reindex_job = self._reindex_job, None
        if job is not None:
            self._platform.registry.jobs.done([job], now=self._platform.now())
        _log.info("index_swapped", index=built.name)

    def _use(self, live: Built) -> None:
        self._live = live
        self._steps = self._building = None
        self._syncer.indices = [live.index]

    def _give_up(self, built: Built, live: Built, why: NotConfirmed) -> None:
        """Go on with the old index; the job says why, and is done again later."""
        _log.error("index_not_confirmed", index=built.name, why=str(why))
        self._use(live)
        self._house.drop(built)
        job, self._reindex_job = self._reindex_job, None
        if job is not None:
            self._platform.registry.jobs.fail(job, error=str(why), now=self._platform.now())

    def finish(self) -> None:
        """Commit what is in hand and close; an index half built is thrown away (its job is done again)."""
        try:
            if self._syncer.batch.jobs and not self.lost.is_set():
                self._commit()
            self._sealer.seal()
            if not self.lost.is_set():
                self._figures.update(now=True)
                self._bord.update(now=True)
                self._opruimer.turn(now=True)
        finally:
            self.abandon()

    def abandon(self) -> None:
        """Close without committing, and give the jobs in hand back."""
        try:
            self._platform.registry.jobs.release(self.held())
        finally:
            self._close()

    def _close(self) -> None:
        try:
            if self._live is not None:
                self._live.index.close()
        finally:
            if self._building is not None:
                self._house.drop(self._building)
