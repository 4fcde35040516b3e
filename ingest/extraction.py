"""Read documents side by side: threads wait for limited child processes, results go to the registry in batches."""

import queue
import threading
import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from ingest.deriving import Deriver
from ingest.own_metadata import with_metadata
from ingest.reading import Reading, read_document
from ingest.recognition import Recognition, StoppedError
from ingest.similar import ONE_AT_A_TIME, link_similar
from ingest.threads import bericht_of, link
from woo.domain.actor import Actor
from woo.domain.document import Document, Leesstatus, Lezing, Voorstel
from woo.domain.errors import Unavailable, WooError
from woo.domain.events import Actie, Gebeurtenis, Jobsoort, Jobwens, Prioriteit
from woo.logs import get_logger
from woo.registry import Job, Transaction
from woo.sandbox import Sandbox
from woo.sandbox.readers import version_of
from woo.usecases.platform import Platform

_log = get_logger(__name__)
_AHEAD = 8
"""Jobs claimed per process: one being read, the rest ready to go."""
_BATCH = 64
_BATCH_SECONDS = 0.3
NOT_AGAIN = "It could not be read again, so this is what an earlier reading gave"


@dataclass(frozen=True, slots=True)
class Finished:
    """A job that was read, or that failed for a reason outside the file; `untouched` when it was never begun."""

    job: Job
    document: Document | None
    reading: Reading | None
    error: str | None = None
    untouched: bool = False
    voorstellen: tuple[Voorstel, ...] = ()
    fingerprint: bytes | None = None


class Extraction:
    """Keeps the sandbox's processes busy with extract jobs.

    `take`, `collect` and `flush` are called by the worker's one loop; only `_read` runs in other threads.
    """

    def __init__(
        self,
        platform: Platform,
        sandbox: Sandbox,
        *,
        processes: int,
        actor: Actor,
        recognition: Recognition | None = None,
    ) -> None:
        self._platform = platform
        self._sandbox = sandbox
        self._recognition = recognition
        self._actor = actor
        self._deriver = Deriver(sandbox, platform.lijsten)
        self._places = processes * _AHEAD
        # More than there are processes: one whose pages are being recognised only waits.
        readers = processes if recognition is None else 2 * processes
        self._threads = ThreadPoolExecutor(readers, thread_name_prefix="read")
        self._done: queue.SimpleQueue[Finished] = queue.SimpleQueue()
        self._running: dict[int, Job] = {}
        self._lock = threading.Lock()
        self._finished: list[Finished] = []
        self._oldest = 0.0

    def running(self) -> list[Job]:
        """The jobs claimed and not yet written down, for the heartbeat."""
        with self._lock:
            return list(self._running.values())

    @property
    def busy(self) -> bool:
        return bool(self._running)

    def take(self, *, owner: str, lease: timedelta) -> int:
        """Claim as many jobs as there are places; returns how many."""
        free = self._places - len(self._running)
        if free < self._places // 2 or len(self._finished) >= _BATCH:
            return 0
        jobs = self._platform.registry.jobs.claim(
            owner, now=self._platform.now(), soorten=[Jobsoort.EXTRACT], limit=free, lease=lease
        )
        for job in jobs:
            with self._lock:
                self._running[job.id] = job
            self._threads.submit(self._read, job)
        return len(jobs)

    def _read(self, job: Job) -> None:
        document = None
        try:
            try:
                with self._platform.registry.read() as reading:
                    document = reading.document(job.object_id)
            except Unavailable as error:
                self._done.put(Finished(job, None, None, str(error), untouched=True))
                return
            if document.bestand is None:  # destroyed before its turn came: there is nothing to read
                self._done.put(Finished(job, None, None))
                return
            result = read_document(
                document,
                archive=self._platform.archive,
                sandbox=self._sandbox,
                recognition=self._recognition,
            )
            self._done.put(self._derived(Finished(job, document, result)))
        except StoppedError as error:
            self._done.put(Finished(job, document, None, str(error), untouched=True))
        except (WooError, OSError) as error:
            self._done.put(Finished(job, document, None, f"{type(error).__name__}: {error}"))
        except Exception as error:
            _log.exception("extract_failed", document=job.object_id)
            self._done.put(Finished(job, document, None, f"{type(error).__name__}"))

    def _derived(self, finished: Finished) -> Finished:
        """Add what the text gives beside itself; where that fails the reading says so, and keeps its text."""
        document, reading = finished.document, finished.reading
        if document is None or document.bestand is None or reading is None:
            return finished
        derived = self._deriver.derive(reading.pages, document.bestand, vandaag=self._platform.now().date())
        if derived.problem is not None:
            lezing = reading.lezing
            warned = replace(lezing, waarschuwingen=(*lezing.waarschuwingen, derived.problem))
            reading = replace(reading, lezing=warned)
        return replace(
            finished, reading=reading, voorstellen=derived.voorstellen, fingerprint=derived.fingerprint
        )

    def collect(self, *, wait: float) -> bool:
        """Take in what has finished, waiting at most `wait` seconds for the first; returns whether a batch is due."""
        try:
            while True:
                finished = self._done.get(timeout=wait) if wait > 0 else self._done.get_nowait()
                wait = 0.0
                if not self._finished:
                    self._oldest = time.monotonic()
                self._finished.append(finished)
        except queue.Empty:
            pass
        if not self._finished:
            return False
        idle = len(self._finished) >= len(self._running)
        return idle or len(self._finished) >= _BATCH or time.monotonic() - self._oldest >= _BATCH_SECONDS

    def flush(self) -> Sequence[Finished]:
        """Write the finished readings down, each with its event, and strike their jobs: one commit.

        When the registry cannot be reached they stay in hand, to be written down later.
        """
        finished, registry = self._finished, self._platform.registry
        read = [item for item in finished if item.error is None]
        registry.run(lambda tx: self._write_down(tx, read))
        for item in finished:
            if item.error is not None and not item.untouched:
                self._fail(item)
        registry.jobs.release([item.job for item in finished if item.untouched])
        self._finished = []
        with self._lock:
            for item in finished:
                self._running.pop(item.job.id, None)
        return [item for item in finished if not item.untouched]

    def _write_down(self, tx: Transaction, read: Sequence[Finished]) -> None:
        """Write what is still ours to write: whose job was taken over meanwhile, or struck already, is passed over.

        Rows are locked in one order, so that workers side by side do not wait for each other in a ring.
        """
        tx.one_at_a_time(ONE_AT_A_TIME)
        ids = sorted({item.document.id for item in read if item.document is not None})
        current = {id: tx.document(id) for id in ids}
        claimed = {
            (item.job.id, item.job.token): item for item in read
        }  # after an outage one job may be here twice
        jobs = [item.job for item in claimed.values()]
        for lost in self._platform.registry.jobs.done(jobs, now=self._platform.now(), tx=tx):
            del claimed[lost.id, lost.token]
        with tx.gathering():
            for item in claimed.values():
                if item.document is not None:
                    self._write(tx, item, current[item.document.id])

    def _write(self, tx: Transaction, item: Finished, current: Document) -> None:
        document, reading = item.document, item.reading
        if document is None or reading is None:
            return
        if current.versie != document.versie:
            return  # another file came meanwhile, and with it another wish
        if current.bestand is None:
            self._drop(tx, reading)
            return
        now = self._platform.now()
        if reading.lezing.status is Leesstatus.QUARANTAINE and current.lezing.gelezen:
            self._keep(tx, current, reading.lezing.reden or "")
            return
        current = replace(
            current,
            lezing=reading.lezing,
            weergave=reading.weergave,
            bericht=bericht_of(reading.message),
        )
        if reading.metadata is not None:
            talen = self._platform.lijsten.talen
            current = with_metadata(current, reading.metadata, talen, now=now, voorstellen=item.voorstellen)
        tx.save_document(current)
        tx.save_pages(document.id, reading.pages)
        self._link(tx, current, item.fingerprint, now=now)
        details = {"status": reading.lezing.status.value, "paginas": reading.lezing.paginas}
        tx.record(
            Gebeurtenis(Actie.TEXT_EXTRACTED, "document", document.id, self._actor, now, details=details)
        )

    def _drop(self, tx: Transaction, reading: Reading) -> None:
        """A document that was destroyed while it was being read: nothing of it comes back, nor the PDF that was made of it."""
        made = reading.weergave
        if made is not None and not tx.intrekkingen.holders([made.digest]):
            self._platform.archive.remove(made.digest)

    @staticmethod
    def _keep(tx: Transaction, current: Document, reason: str) -> None:
        """A file that was read before and now cannot be: the text that there is stays, and says so."""
        earlier = [one for one in current.lezing.waarschuwingen if not one.startswith(NOT_AGAIN)]
        warnings = (*earlier, f"{NOT_AGAIN}: {reason}")
        tx.save_document(replace(current, lezing=replace(current.lezing, waarschuwingen=warnings)))
        _log.warning("not_read_again", document=current.id, reason=reason)

    @staticmethod
    def _link(tx: Transaction, document: Document, fingerprint: bytes | None, *, now: datetime) -> None:
        """Tie the document to others; what is shown of those changes with it (of many copies at once, where it can)."""
        if document.bericht is not None or tx.relaties(document.id):
            others = link(tx, document)
            tx.want_many([Jobwens(Jobsoort.SYNC_DOCUMENT, id, Prioriteit.NORMAAL) for id in others], now)
        alike = link_similar(tx, document.id, fingerprint)
        tx.want_many([Jobwens(Jobsoort.SYNC_DOCUMENT, id, Prioriteit.BULK) for id in alike], now)

    def _fail(self, item: Finished) -> None:
        """Try again later; when the job comes to rest, the document says so: no file ends without a state."""
        registry, now = self._platform.registry, self._platform.now()
        _log.warning("extract_failed", document=item.job.object_id, error=item.error)
        registry.jobs.fail(item.job, error=item.error or "", now=now)
        if item.document is None or item.job.attempts < registry.jobs.attempts:
            return
        seen = item.document
        extractor = None if seen.bestand is None else version_of(seen.bestand.mime)
        lezing = Lezing(Leesstatus.QUARANTAINE, reden=f"not_read: {item.error}", extractor=extractor)

        def quarantine(tx: Transaction) -> None:
            current = tx.document(seen.id)
            if current.versie != seen.versie or current.bestand is None:
                return
            if current.lezing.gelezen:
                self._keep(tx, current, lezing.reden or "")
            else:
                tx.save_document(replace(current, lezing=lezing))

        registry.run(quarantine)

    def close(self) -> None:
        """Stop taking work and give back what was not written down."""
        if self._recognition is not None:
            self._recognition.stop()
        self._threads.shutdown(wait=True, cancel_futures=True)
        self._platform.registry.jobs.release(self.running())
