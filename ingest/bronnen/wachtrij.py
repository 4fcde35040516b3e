"""Does the checks that were asked for at the desk, one at a time, beside what a worker does."""

import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import timedelta
from typing import Any

from ingest.owner import is_dead, new_holder
from woo.domain.broncontrole import Broncontrole
from woo.domain.errors import NotFound, WooError
from woo.logs import get_logger
from woo.settings import Settings
from woo.usecases.broncontrole import keep_failure, keep_report
from woo.usecases.platform import Platform

LEASE = "broncontrole"
_EVERY = 2.0
_AWAY_SECONDS = 30.0
_SPARE_SECONDS = 120.0
_log = get_logger(__name__)
Check = Callable[[str], Mapping[str, Any]]


class Wachtrij:
    """Takes what waits, under a lease: one process at a time asks other sites."""

    def __init__(self, platform: Platform, settings: Settings, *, check: Check | None = None) -> None:
        self._platform = platform
        self._lease = timedelta(seconds=settings.bronnencheck.seconds + _SPARE_SECONDS)
        self._holder = new_holder()
        self.stop = threading.Event()
        self._settings = settings
        self._check = check or self._controleer

    def _controleer(self, adres: str) -> Mapping[str, Any]:
        from ingest.bronnen.uitvoeren import controleer

        lijsten, now = self._platform.lijsten, self._platform.now
        return controleer(adres, self._settings, lijsten, now=now, goes_on=lambda: not self.stop.is_set())

    def turn(self) -> bool:
        """Do the check that was asked for first; returns whether there was one that this process could take."""
        with self._platform.registry.read() as reading:
            waiting = reading.broncontroles.waiting()
        if not waiting or not self._acquire():
            return False
        try:
            self._do(waiting[0])
        finally:
            self._platform.registry.leases.release(LEASE, houder=self._holder)
        return True

    def _acquire(self) -> bool:
        leases, now = self._platform.registry.leases, self._platform.now()
        holder = leases.holder(LEASE, now=now)
        if holder is not None and holder != self._holder and is_dead(holder):
            leases.release(LEASE, houder=holder)
        return leases.acquire(LEASE, houder=self._holder, now=now, duration=self._lease)

    def _do(self, controle: Broncontrole) -> None:
        """Check one site; what was stopped halfway is begun again later, and what fails is tried three times."""
        try:
            verslag = self._check(controle.adres)
            if not self.stop.is_set():
                keep_report(self._platform, controle.id, verslag)
        except NotFound:
            return  # it is gone
        except Exception as error:
            _log.exception("check_failed", id=controle.id)
            keep_failure(self._platform, controle.id, type(error).__name__)


@contextmanager
def checking(platform: Platform, settings: Settings) -> Iterator[None]:
    """Do the checks that are asked for beside what the block does."""
    wachtrij = Wachtrij(platform, settings)

    def look() -> None:
        while not wachtrij.stop.wait(_EVERY):
            try:
                wachtrij.turn()
            except WooError as error:
                _log.error("checks_not_done", why=str(error))
                wachtrij.stop.wait(_AWAY_SECONDS)
            except Exception:
                _log.exception("checks_not_done")
                wachtrij.stop.wait(_AWAY_SECONDS)

    thread = threading.Thread(target=look, name="bronnen", daemon=True)
    thread.start()
    try:
        yield
    finally:
        wachtrij.stop.set()
        thread.join()
