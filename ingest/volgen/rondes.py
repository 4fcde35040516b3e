"""The rounds of following in a worker: one worker at a time, in a thread of its own, so that no mail server holds up a withdrawal."""

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from datetime import timedelta

from ingest.heartbeat import Heartbeat
from ingest.owner import is_dead, new_holder
from ingest.setup import load_analysis
from ingest.termijnen.post import Termijnpost
from ingest.volgen.haken import Haken
from ingest.volgen.inzendingen import Inzendingen
from ingest.volgen.kijken import Kijker
from ingest.volgen.post import Post
from ingest.volgen.treffers import Treffers
from woo.domain.errors import WooError
from woo.index.open import open_reader
from woo.index.port import IndexReader
from woo.logs import get_logger
from woo.settings import Settings
from woo.storage.open import open_inbox
from woo.usecases.platform import Platform
from woo.volgers import Volgersopslag, open_volgers

LEASE = "volgen"
_EVERY = 1.0
_AGAIN_FIRST, _AGAIN_MOST = 5.0, 300.0
_TIDY_SECONDS = 600.0
_KEEP_EVENTS = timedelta(days=30)
_log = get_logger(__name__)


class _Part:
    """One kind of work that may fail by itself: the others go on, and it is tried again after a pause that doubles."""

    def __init__(self, name: str, do: Callable[[], bool]) -> None:
        self._name = name
        self._do = do
        self._pause = _AGAIN_FIRST
        self._not_before = 0.0

    def turn(self) -> bool:
        if time.monotonic() < self._not_before:
            return False
        try:
            did = self._do()
        except (WooError, OSError) as error:
            self._wait(why=str(error))
            return False
        except Exception as error:
            # its message may hold an address
            self._wait(why=type(error).__name__)
            return False
        self._pause = _AGAIN_FIRST
        return did

    def _wait(self, *, why: str) -> None:
        _log.error("volgen_failed", part=self._name, why=why, again_in=self._pause)
        self._not_before = time.monotonic() + self._pause
        self._pause = min(2 * self._pause, _AGAIN_MOST)


class Rondes:
    """Everything about following that the worker does; made over a store that is open."""

    def __init__(
        self,
        platform: Platform,
        settings: Settings,
        opslag: Volgersopslag,
        index: IndexReader,
        *,
        goes_on: Callable[[], bool] = lambda: True,
    ) -> None:
        self._platform = platform
        self._settings = settings
        self._opslag = opslag
        self._index = index
        self._analysis = load_analysis()
        inbox = open_inbox(settings.storage.inbox, settings.storage)
        self._inzendingen = Inzendingen(platform, opslag, inbox, settings)
        self._kijker = Kijker(platform, opslag)
        self._termijnen = Termijnpost(platform, settings, goes_on=goes_on)
        self._goes_on = goes_on
        self._next_tidy = 0.0
        self._parts = [
            _Part("inbox", self._inzendingen.take),
            _Part("log", self._kijker.look),
            _Part("coordinator", self._coordinator),
            _Part("mail", self._mail),
            _Part("termijnen", self._termijnen.send),
            _Part("webhooks", self._hooks),
            _Part("tidy", self._tidy),
        ]

    def turn(self) -> bool:
        """Do a little of everything; returns whether anything was done. What fails is logged and tried again later."""
        done = [part.turn() for part in self._parts if self._goes_on()]
        return any(done)

    def _coordinator(self) -> bool:
        return self._settings.mail.on and self._post().tell_coordinator()

    def _mail(self) -> bool:
        return self._settings.mail.on and self._post().send(self._treffers)

    def _post(self) -> Post:
        return Post(self._platform, self._opslag, self._settings, goes_on=self._goes_on)

    def _hooks(self) -> bool:
        return Haken(self._platform, self._opslag, self._settings, goes_on=self._goes_on).send(self._treffers)

    def _treffers(self) -> Treffers:
        return Treffers(self._index, self._platform.public, self._analysis)

    def _tidy(self) -> bool:
        """Remove what is kept no longer; now and then."""
        if time.monotonic() < self._next_tidy:
            return False
        self._next_tidy = time.monotonic() + _TIDY_SECONDS
        now = self._platform.now()
        self._opslag.volgers.expire(now=now)
        self._opslag.stroom.forget(before=now - _KEEP_EVENTS)
        self._opslag.meldingen.forget(before=now - timedelta(days=self._settings.volgen.melding_dagen))
        return False


class Volgdienst:
    """The thread of a worker that does the rounds while it holds the lease."""

    def __init__(self, platform: Platform, settings: Settings) -> None:
        self._platform = platform
        self._settings = settings
        self._name = new_holder()
        self._lease = timedelta(seconds=settings.worker.lease_seconds)
        self._held_until = 0.0
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._run, name="volgen", daemon=True)

    def start(self) -> None:
        self._thread.start()

    def end(self) -> None:
        """Stop after what is being done; the lease is given back."""
        self._stop.set()
        self._thread.join()

    def once(self) -> None:
        """Do what is due, here and now; nothing when another worker holds the lease."""
        with self._opened() as rondes:
            try:
                if self._hold():
                    while rondes.turn():
                        self._hold()
            finally:
                self._held_until = 0.0
                self._platform.registry.leases.release(LEASE, houder=self._name)

    def _run(self) -> None:
        pause = _AGAIN_FIRST
        while not self._stop.is_set():
            try:
                with self._opened() as rondes:
                    pause = _AGAIN_FIRST
                    self._rounds(rondes)
            except Exception as error:
                why = str(error) if isinstance(error, WooError) else type(error).__name__
                _log.error("volgen_not_available", why=why, again_in=pause)
                self._stop.wait(pause)
                pause = min(2 * pause, _AGAIN_MOST)

    @contextmanager
    def _opened(self) -> Iterator[Rondes]:
        with ExitStack() as stack:
            opslag = stack.enter_context(open_volgers(self._settings))
            index = open_reader(self._settings.index, load_analysis())
            stack.callback(index.close)
            yield Rondes(self._platform, self._settings, opslag, index, goes_on=self._goes_on)

    def _goes_on(self) -> bool:
        return time.monotonic() < self._held_until and not self._stop.is_set()

    def _rounds(self, rondes: Rondes) -> None:
        try:
            with Heartbeat(self._beat, every=self._settings.worker.lease_seconds / 3):
                while not self._stop.is_set():
                    if not (self._hold() and rondes.turn()):
                        self._stop.wait(_EVERY)
        finally:
            self._held_until = 0.0
            self._platform.registry.leases.release(LEASE, houder=self._name)

    def _hold(self) -> bool:
        """Whether this worker does the rounds: it holds the lease, or takes it from one that is gone."""
        leases, now = self._platform.registry.leases, self._platform.now()
        if time.monotonic() < self._held_until:
            return True
        holder = leases.holder(LEASE, now=now)
        if holder is not None and holder != self._name and is_dead(holder):
            leases.release(LEASE, houder=holder)
        self._note(held=leases.acquire(LEASE, houder=self._name, now=now, duration=self._lease))
        return time.monotonic() < self._held_until

    def _beat(self) -> None:
        if time.monotonic() < self._held_until:
            leases, now = self._platform.registry.leases, self._platform.now()
            self._note(held=leases.renew(LEASE, houder=self._name, now=now, duration=self._lease))

    def _note(self, *, held: bool) -> None:
        """Without a renewal the lease runs out here as it does in the registry."""
        self._held_until = time.monotonic() + self._lease.total_seconds() if held else 0.0


def round_once(platform: Platform, settings: Settings) -> None:
    """Do everything that is due now, in this thread, unless another worker does the rounds."""
    Volgdienst(platform, settings).once()


@contextmanager
def following(platform: Platform, settings: Settings) -> Iterator[None]:
    """Do the rounds beside what the block does."""
    dienst = Volgdienst(platform, settings)
    dienst.start()
    try:
        yield
    finally:
        dienst.end()
