"""One batch run: take in, read, wait until everything is searchable (or ready), and account for every item."""

import threading
import time
from contextlib import closing
from pathlib import Path

from ingest import kinds
from ingest.intake import Intake
from ingest.progress import Count, ProgressBar
from ingest.register import Registrar
from ingest.report import REFUSED, WAITING, Report, build_report, state_of
from ingest.taking import Taken
from ingest.worker import Worker
from woo.domain.errors import Unavailable
from woo.registry import Outcome
from woo.sandbox import Sandbox
from woo.settings import LimitSettings

_LOOK, _LOOK_AT_OTHERS = 0.2, 0.8
"""How often to look what has ended: while this process changes something, and while only others might."""
_PAUSE = 0.02
"""How long the end of the run is waited for between two glances at the worker."""
_WINDOW = 2000
"""How many of the oldest waiting items are looked at each time."""
_CHUNK = 5000


class BatchRun:
    """Runs a worker beside the intake, in this process; another process may be the writer meanwhile."""

    def __init__(
        self,
        registrar: Registrar,
        worker: Worker,
        limits: LimitSettings,
        *,
        unpacking: Sandbox,
        patience: float,
    ) -> None:
        """`unpacking` takes containers apart; `patience` is how many seconds to wait, when all was read, for an index that cannot be written."""
        self._registry = registrar.platform.registry
        self._intake = Intake(registrar, limits, unpacking)
        self._worker = worker
        self._patience = patience
        self._failure: BaseException | None = None
        self._keys: list[str] = []
        self._seen: set[str] = set()
        self._waiting: list[str] = []
        self._outcomes: list[Outcome] = []
        self._count = Count()
        self._looked = 0.0
        self._noticed = (0, 0)
        self._progressed = 0.0

    def run(self, paths: list[Path], bar: ProgressBar) -> Report:
        """Do it all and return the report; raises Unavailable when a part of the platform stopped working.

        KeyboardInterrupt passes through with everything done so far safe: run the same again to go on.
        """
        thread = threading.Thread(target=self._work, name="worker")
        thread.start()
        try:
            with closing(self._intake.items(paths)) as items:  # an interrupt leaves no container half open
                for taken in items:
                    self._add(taken)
                    self._look(bar, complete=False)
            while self._waiting or self._waits_again():
                self._check_worker(thread)
                self._look(bar, complete=True)
                time.sleep(_PAUSE)
        finally:
            self._worker.stop.set()
            thread.join()
        self._raise_failure()
        return self.report()

    def _work(self) -> None:
        try:
            self._worker.run(patient=False)
        except BaseException as error:
            self._failure = error

    def _check_worker(self, thread: threading.Thread) -> None:
        if not thread.is_alive():
            self._raise_failure()
            raise Unavailable("the worker", "it stopped before everything was done")
        trouble = self._worker.trouble
        if trouble is not None and time.monotonic() - max(trouble.since, self._progressed) > self._patience:
            why = (
                f"{trouble.why} All is taken in, and what was read is kept: run the same again, or `woo work`"
            )
            raise Unavailable("the index", why)

    def _raise_failure(self) -> None:
        if self._failure is not None:
            raise self._failure

    def _add(self, taken: Taken) -> None:
        if taken.sleutel in self._seen:
            return  # the same path was given twice
        self._seen.add(taken.sleutel)
        self._keys.append(taken.sleutel)
        self._count.found += 1
        if taken.document_id is None:
            self._count.done += 1
        else:
            self._waiting.append(taken.sleutel)

    def _look(self, bar: ProgressBar, *, complete: bool) -> None:
        """Strike what has ended meanwhile, now and then, and show how far it is.

        Once all is found, what this process itself wrote is looked at as soon as it stands there.
        """
        done = self._worker.progress.written
        changed, since = done != self._noticed, time.monotonic() - self._looked
        if since < (_LOOK if changed else _LOOK_AT_OTHERS) and not (complete and changed):
            return
        if done != self._noticed:
            self._noticed, self._progressed = done, time.monotonic()
        window, rest = self._waiting[:_WINDOW], self._waiting[_WINDOW:]
        with self._registry.read() as reading:
            outcomes = reading.outcomes(window)
        still = []
        for outcome in outcomes:
            state, _ = state_of(outcome)
            if state == WAITING:
                still.append(outcome.sleutel)
            else:
                self._count.done += 1
                self._count.errors += state in REFUSED
                kinds.add(self._count.kinds, outcome)
        self._waiting = still + rest
        self._count.pages = self._worker.progress.pages
        bar.show(self._count, complete=complete)
        self._looked = time.monotonic()

    def _waits_again(self) -> bool:
        """Whether others changed, while this ran, what had ended: then that is waited for too."""
        self._outcomes = self._all_outcomes()
        self._waiting = [item.sleutel for item in self._outcomes if state_of(item)[0] == WAITING]
        self._count.done -= len(self._waiting)
        waiting = set(self._waiting)
        self._count.kinds = kinds.counted(one for one in self._outcomes if one.sleutel not in waiting)
        return bool(self._waiting)

    def _all_outcomes(self) -> list[Outcome]:
        outcomes = []
        with self._registry.read() as reading:
            for start in range(0, len(self._keys), _CHUNK):
                outcomes += reading.outcomes(self._keys[start : start + _CHUNK])
        return outcomes

    def report(self) -> Report:
        """Account for every item of this run, in the order of discovery, as it was when the last one ended."""
        return build_report(self._outcomes)

    @property
    def progress(self) -> Count:
        return self._count
