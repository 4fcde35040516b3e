"""Starts the runs that are due, as child processes: by the schedule of a source, or because somebody asked for one."""

import os
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import timedelta

from ingest.owner import is_dead, new_holder
from woo.domain.errors import WooError
from woo.logs import get_logger
from woo.oogst import Bron, Bronnen, load_bronnen
from woo.registry.leases import Leases
from woo.settings import Settings
from woo.usecases.platform import Platform

_log = get_logger(__name__)
_EVERY = 2.0
_LOAD_SECONDS = 60.0
_STOP_SECONDS = 10.0
_MOST = 4
_START = timedelta(seconds=60)
"""How long a process has to begin its run, before another worker may start one."""
Start = Callable[[str], "subprocess.Popen[bytes]"]


def start_harvest(naam: str) -> "subprocess.Popen[bytes]":
    """`woo harvest` for this source, which ends when this process does."""
    words = [sys.executable, "-m", "woo", "harvest", naam, "--no-wait", "--with-parent", str(os.getpid())]
    return subprocess.Popen(words, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL)


class Rooster:
    """Looks now and then which sources are due; a source has one run at a time, whoever starts it."""

    def __init__(self, platform: Platform, settings: Settings, *, start: Start = start_harvest) -> None:
        self._platform = platform
        self._settings = settings
        self._start = start
        self._running: dict[str, subprocess.Popen[bytes]] = {}
        self._bronnen: Bronnen | None = None
        self._next_load = 0.0
        self._holder = new_holder()

    def turn(self) -> list[str]:
        """Start what is due; returns the names of the sources."""
        for naam in [naam for naam, each in self._running.items() if each.poll() is not None]:
            del self._running[naam]
            self._leases.release(_lease(naam), houder=self._holder)
        started: list[str] = []
        for bron in self._sources():
            if len(self._running) >= _MOST:
                break
            if bron.active and self._is_due(bron) and self._claims(bron):
                _log.info("harvest_started", source=bron.naam)
                self._running[bron.naam] = self._start(bron.naam)
                started.append(bron.naam)
        return started

    @property
    def _leases(self) -> Leases:
        return self._platform.registry.leases

    def _claims(self, bron: Bron) -> bool:
        """Whether this worker is the one that starts it: the run holds its own lease only once its process has begun."""
        naam, now = _lease(bron.naam), self._platform.now()
        holder = self._leases.holder(naam, now=now)
        if holder is not None and is_dead(holder):
            self._leases.release(naam, houder=holder)
        if not self._leases.acquire(naam, houder=self._holder, now=now, duration=_START):
            return False
        if self._is_due(bron):
            return True
        self._leases.release(naam, houder=self._holder)  # another started it and it ended meanwhile
        return False

    def stop(self) -> None:
        """End the runs that this started; they go on where they were when they are due again."""
        for process in self._running.values():
            with suppress(OSError):
                process.terminate()
        for process in self._running.values():
            try:
                process.wait(_STOP_SECONDS)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()

    def _sources(self) -> Bronnen:
        """The sources as their files say now; read again each minute."""
        if self._bronnen is None or time.monotonic() >= self._next_load:
            self._next_load = time.monotonic() + _LOAD_SECONDS
            self._bronnen = load_bronnen(self._settings, self._platform.lijsten)
            now = self._platform.now()
            with self._platform.registry.transaction() as tx:
                for bron in self._bronnen:
                    if bron.active:
                        tx.oogst.see(bron.naam, now)
        return self._bronnen

    def _is_due(self, bron: Bron) -> bool:
        """Whether its moment came since its last run began, somebody asked, or a run waits to go on."""
        now = self._platform.now()
        if bron.naam in self._running or bron.open_until(now) is None:
            return False
        holder = self._leases.holder(f"oogst:{bron.naam}", now=now)
        if holder is not None and not is_dead(holder):
            return False
        with self._platform.registry.read() as reading:
            since, asked = reading.oogst.gezien()[bron.naam]
            last = next(iter(reading.oogst.runs(bron.naam, limit=1)), None)
        if asked is not None or (last is not None and last.geeindigd_op is None):
            return True
        due = bron.due_after(since if last is None else max(since, last.begonnen_op))
        return due is not None and due <= now


def _lease(naam: str) -> str:
    return f"oogststart:{naam}"


@contextmanager
def harvesting(platform: Platform, settings: Settings) -> Iterator[None]:
    """Start runs that are due beside what the block does."""
    rooster, stop = Rooster(platform, settings), threading.Event()

    def look() -> None:
        while not stop.wait(_EVERY):
            try:
                rooster.turn()
            except WooError as error:
                _log.error("harvest_not_started", why=str(error))
                stop.wait(_LOAD_SECONDS)
            except Exception:
                _log.exception("harvest_not_started")
                stop.wait(_LOAD_SECONDS)

    thread = threading.Thread(target=look, name="oogst", daemon=True)
    thread.start()
    try:
        yield
    finally:
        stop.set()
        thread.join()
        rooster.stop()
