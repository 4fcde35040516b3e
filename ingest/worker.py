"""The worker: takes jobs, reads files, and (holding the writer's lease) makes the public side equal to the registry."""

import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import timedelta

from ingest.extraction import Extraction, Finished
from ingest.heartbeat import Heartbeat
from ingest.op_tijd import OpTijd
from ingest.owner import is_dead, new_holder
from ingest.recognition import Recognition
from ingest.sync import SYNC_SOORTEN
from ingest.writer import Writer
from woo.domain.actor import Actor, Rol
from woo.domain.errors import LeaseHeld, Unavailable, WooError
from woo.domain.events import Jobsoort
from woo.index.house import IndexHouse
from woo.logs import get_logger
from woo.registry import REGISTRY, SCHRIJVER
from woo.sandbox import Sandbox
from woo.settings import WorkerSettings
from woo.usecases.platform import Platform

_log = get_logger(__name__)
_IDLE_WAIT = 0.1
_SHORTEST_PAUSE, _LONGEST_PAUSE = 0.02, 0.32
"""How long what is being read is waited for before looking for other work: longer each time that there is none."""
_AWAY_WAIT = 1.0
_RETRY_LEASE_SECONDS = 1.0
SYNCS = (*SYNC_SOORTEN, Jobsoort.SITEMAP, Jobsoort.REINDEX)


@dataclass(frozen=True, slots=True)
class Trouble:
    """The index cannot be written: since when (monotonic seconds), and why."""

    since: float
    why: str


@dataclass(slots=True)
class Progress:
    """What this worker has done since it started; read by others for their progress bars."""

    documents: int = 0
    pages: int = 0
    failed: int = 0
    synced: int = 0
    listeners: list[Callable[[Finished], None]] = field(default_factory=list)

    @property
    def written(self) -> tuple[int, int]:
        """Documents read and jobs synced so far: as long as it stays the same, this worker has changed nothing."""
        return self.documents, self.synced


class Worker:
    """One worker process (or thread): any number may read, one at a time writes.

    `run` returns when `stop` is set, or with `until_idle` when no job is waiting that this worker could do.
    """

    def __init__(
        self,
        platform: Platform,
        house: IndexHouse,
        sandbox: Sandbox,
        settings: WorkerSettings,
        *,
        reads: bool = True,
        recognition: Recognition | None = None,
    ) -> None:
        self._platform = platform
        self._house = house
        self._settings = settings
        self._lease = timedelta(seconds=settings.lease_seconds)
        self._reads = reads
        self.name = new_holder()
        actor = Actor("worker", Rol.BEHEERDER, self.name.split(":")[0])
        self._extraction = Extraction(
            platform, sandbox, processes=settings.processes, actor=actor, recognition=recognition
        )
        self._op_tijd = OpTijd(platform, actor)
        self._writer: Writer | None = None
        self._next_try = 0.0
        self._at_work = False
        self._pause = _SHORTEST_PAUSE
        self.progress = Progress()
        self.trouble: Trouble | None = None
        self.stop = threading.Event()

    def run(self, *, until_idle: bool = False, patient: bool = True) -> None:
        """Work until stopped; everything in hand is finished or given back before it returns.

        While the registry cannot be reached or written it waits and goes on by itself; when it works `until_idle`, or is
        not `patient`, it raises Unavailable instead.
        """
        with Heartbeat(self._beat, every=self._settings.lease_seconds / 3):
            try:
                self._work(until_idle=until_idle, patient=patient)
            except BaseException:
                self._finish_after_a_fault()
                raise
            self._finish()

    def _work(self, *, until_idle: bool, patient: bool) -> None:
        while not self.stop.is_set():
            try:
                self._begin()
                if self._turn():
                    continue
                if until_idle and self._idle():
                    break
                self.stop.wait(_IDLE_WAIT)
            except Unavailable as error:
                if until_idle or not patient:
                    raise
                self._wait_for_the_registry(error)

    def _begin(self) -> None:
        """Before the first turn, and before the first one after the registry was away."""
        if not self._at_work:
            self._take_over_from_the_dead()
            self._at_work = True
            _log.info("working", worker=self.name)

    def _wait_for_the_registry(self, error: Unavailable) -> None:
        if self._at_work:
            _log.error("registry_not_available", why=str(error))
        self._at_work = False
        self.stop.wait(_AWAY_WAIT)

    def _turn(self) -> bool:
        """Do a little of everything; returns whether anything was done."""
        did = False
        if self._reads:
            did = self._extraction.take(owner=self.name, lease=self._lease) > 0
        busy = self._extraction.busy
        if self._extraction.collect(wait=self._pause if busy and not did else 0.0):
            self._note(self._extraction.flush())
            did = True
        did = self._op_tijd.turn(owner=self.name, lease=self._lease) or did
        writer = self._become_writer()
        if writer is not None:
            did = self._write(writer, more_coming=self._extraction.busy) or did
        self._pause = _SHORTEST_PAUSE if did else min(2 * self._pause, _LONGEST_PAUSE)
        return did or busy

    def _write(self, writer: Writer, *, more_coming: bool) -> bool:
        try:
            before = writer.synced
            did = writer.turn(more_coming=more_coming)
            self.progress.synced += writer.synced - before
            if writer.synced > before:
                self.trouble = None
            return did
        except LeaseHeld as lost:
            _log.warning("writer_lease_lost", holder=lost.holder)
            self._drop_writer()
        except (Unavailable, OSError) as error:
            self._in_trouble("index_not_available", error)
            self._drop_writer()
        return False

    def _in_trouble(self, event: str, error: Exception) -> None:
        """Say that the index cannot be written; the jobs wait, and what was read is kept.

        A registry that is away is no trouble of the index: the next turn meets it too, and waits.
        """
        if isinstance(error, Unavailable) and error.part == REGISTRY:
            return
        _log.error(event, why=str(error))
        self.trouble = Trouble(self.trouble.since if self.trouble else time.monotonic(), str(error))

    def _become_writer(self) -> Writer | None:
        """The writer's side, when this worker holds the lease or can get it; tried once a second."""
        if self._writer is not None or time.monotonic() < self._next_try:
            return self._writer
        self._next_try = time.monotonic() + _RETRY_LEASE_SECONDS
        leases, now = self._platform.registry.leases, self._platform.now()
        holder = leases.holder(SCHRIJVER, now=now)
        if holder is not None and holder != self.name and is_dead(holder):
            leases.release(SCHRIJVER, houder=holder)
        if not leases.acquire(SCHRIJVER, houder=self.name, now=now, duration=self._lease):
            return None
        try:
            self._writer = Writer(
                self._platform, self._house, owner=self.name, lease=self._lease, settings=self._settings
            )
        except (LeaseHeld, Unavailable, OSError) as error:
            self._in_trouble("index_not_opened", error)
            leases.release(SCHRIJVER, houder=self.name)
        return self._writer

    def _drop_writer(self) -> None:
        writer, self._writer = self._writer, None
        if writer is not None:
            try:
                writer.abandon()
            except (Unavailable, OSError) as error:
                _log.error("index_not_closed", why=str(error))
        self._platform.registry.leases.release(SCHRIJVER, houder=self.name)

    @property
    def is_writer(self) -> bool:
        return self._writer is not None

    def _idle(self) -> bool:
        """Whether nothing is waiting that this worker may do (syncs are not ours while another is the writer)."""
        if self._op_tijd.is_due():
            return False
        soorten = [Jobsoort.EXTRACT] if self._reads else []
        if self._writer is not None:
            if self._writer.pending:
                return False
            soorten += SYNCS
        elif self._platform.registry.leases.holder(SCHRIJVER, now=self._platform.now()) is None:
            return False
        jobs = self._platform.registry.jobs
        return not self._extraction.busy and jobs.waiting(soorten=soorten) == 0

    def _note(self, finished: Sequence[Finished]) -> None:
        for item in finished:
            self.progress.documents += 1
            self.progress.failed += item.error is not None
            self.progress.pages += 0 if item.reading is None else item.reading.lezing.paginas
            for listener in self.progress.listeners:
                listener(item)

    def _take_over_from_the_dead(self) -> None:
        """Give back at once what processes of this machine held when they were killed; other machines' leases run out."""
        jobs = self._platform.registry.jobs
        for owner in jobs.owners():
            if owner != self.name and is_dead(owner):
                _log.info("took_over_jobs", of=owner, jobs=jobs.release_owner(owner))

    def _beat(self) -> None:
        """Renew what is held; runs in the heartbeat's thread."""
        registry, now = self._platform.registry, self._platform.now()
        held = self._extraction.running()
        writer = self._writer
        if writer is not None:
            held += writer.held()
            if not registry.leases.renew(SCHRIJVER, houder=self.name, now=now, duration=self._lease):
                writer.lost.set()
        registry.jobs.renew(held, now=now, lease=self._lease)

    def _finish_after_a_fault(self) -> None:
        """As `_finish`; what goes wrong now may not hide the fault."""
        try:
            self._finish()
        except (WooError, OSError) as error:
            _log.error("not_all_given_back", why=str(error))

    def _finish(self) -> None:
        try:
            self._extraction.close()
        finally:
            writer, self._writer = self._writer, None
            if writer is not None:
                try:
                    writer.finish()
                finally:
                    self._platform.registry.leases.release(SCHRIJVER, houder=self.name)
