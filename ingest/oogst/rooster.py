"""Starts the runs that are due, as child processes: by the schedule of a source, or because somebody asked for one."""

import os
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress

from woo.domain.errors import WooError
from woo.logs import get_logger
from woo.oogst import Bron, Bronnen, load_bronnen
from woo.settings import Settings
from woo.usecases.platform import Platform

_log = get_logger(__name__)
_EVERY = 2.0
_LOAD_SECONDS = 60.0
_STOP_SECONDS = 10.0
_MOST = 4
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

    def turn(self) -> list[str]:
        """Start what is due; returns the names of the sources."""
        self._running = {naam: each for naam, each in self._running.items() if each.poll() is None}
        due = [bron.naam for bron in self._sources() if bron.active and self._is_due(bron)]
        started = due[: max(_MOST - len(self._running), 0)]
        for naam in started:
            _log.info("harvest_started", source=naam)
            self._running[naam] = self._start(naam)
        return started

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
        if self._platform.registry.leases.holder(f"oogst:{bron.naam}", now=now) is not None:
            return False
        with self._platform.registry.read() as reading:
            since, asked = reading.oogst.gezien()[bron.naam]
            last = next(iter(reading.oogst.runs(bron.naam, limit=1)), None)
        if asked is not None or (last is not None and last.geeindigd_op is None):
            return True
        due = bron.due_after(since if last is None else max(since, last.begonnen_op))
        return due is not None and due <= now


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
