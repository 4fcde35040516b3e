"""Page pictures and word boxes made in the sandbox, kept in a bounded cache."""

from collections import OrderedDict
from collections.abc import Callable
from contextlib import AbstractContextManager, ExitStack
from dataclasses import dataclass
from pathlib import Path
from threading import BoundedSemaphore, Lock
from time import monotonic
from typing import Final

from woo.domain.errors import Unavailable, WooError
from woo.sandbox import Sandbox, SandboxError, TimeLimit, WordBox, page_words, render_page

Source = Callable[[], AbstractContextManager[Path | None]]
"""Opens a path to the file for as long as it is being read; None where the file is gone."""

SMALL = 200
"""Pictures up to this many pixels wide are small: of those there are many on one page."""

_LOCKS = 64
_WORD_BYTES = 160  # what one WordBox takes in memory, measured roughly
_FAILURE_BYTES = 400
_FAILURE_SECONDS = 600.0


class NoPictureError(WooError):
    """No picture can be made of this page; `reason` is for the log, not for citizens."""

    def __init__(self, reason: str) -> None:
        super().__init__(f"The page cannot be shown: {reason}.")
        self.reason = reason


@dataclass(frozen=True, slots=True)
class PageKey:
    """One page of one file: digest of the file and page number from 1."""

    digest: str
    page: int


@dataclass(frozen=True, slots=True)
class _Failure:
    reason: str
    slow: bool
    until: float


_Made = bytes | tuple[WordBox, ...] | _Failure
_Key = tuple[str, int, int, int]


class PagePictures:
    """Renders pages on demand, one time for everybody who asks at the same moment.

    At most `cache_bytes` are kept (the least recently used go first); at most `waiting` callers wait for a picture, each
    `wait_seconds` long, so that a rush of pictures cannot take all threads from the searches; half of those places are
    closed to small pictures, so that a strip of them never keeps a reader from a page. A page that failed is not tried again
    for ten minutes.
    """

    def __init__(
        self, sandbox: Sandbox, *, cache_bytes: int, wait_seconds: float = 10.0, waiting: int = 16
    ) -> None:
        self._sandbox: Final = sandbox
        self._limit: Final = cache_bytes
        self._wait: Final = wait_seconds
        self._slots: Final = BoundedSemaphore(waiting)
        self._small_slots: Final = BoundedSemaphore(max(1, waiting // 2))
        self._locks: Final = tuple(Lock() for _ in range(_LOCKS))
        self._guard: Final = Lock()
        self._kept: Final[OrderedDict[_Key, _Made]] = OrderedDict()
        self._bytes = 0

    def picture(self, page: PageKey, *, width: int, turn: int = 0, source: Source) -> bytes:
        """Return the page as WebP of this width in pixels, turned clockwise by 0, 90, 180 or 270 degrees.

        Raises NoPictureError when the file or page cannot be drawn, Unavailable when it takes too long or too many wait.
        """
        made = self._get(
            (page.digest, page.page, width, turn),
            source,
            lambda path: render_page(self._sandbox, path, page.page, width=width, turn=turn),
        )
        if not isinstance(made, bytes):
            raise TypeError("a picture was expected")
        return made

    def words(self, page: PageKey, *, source: Source) -> tuple[WordBox, ...]:
        """Return the words of the page with their boxes; raises as `picture` does."""
        made = self._get(
            (page.digest, page.page, 0, 0),
            source,
            lambda path: tuple(page_words(self._sandbox, path, page.page)),
        )
        if not isinstance(made, tuple):
            raise TypeError("words were expected")
        return made

    def _get(self, key: _Key, source: Source, make: Callable[[Path], _Made]) -> _Made:
        made = self._cached(key)
        if made is None:
            made = self._made_once(key, source, make)
        if isinstance(made, _Failure):
            if made.slow:
                raise Unavailable("page pictures", made.reason)
            raise NoPictureError(made.reason)
        return made

    def _made_once(self, key: _Key, source: Source, make: Callable[[Path], _Made]) -> _Made:
        with ExitStack() as held:
            for slots in (self._small_slots, self._slots) if 0 < key[2] <= SMALL else (self._slots,):
                if not slots.acquire(blocking=False):
                    raise Unavailable("page pictures", "too many are being made at this moment")
                held.callback(slots.release)
            lock = self._locks[hash(key) % _LOCKS]
            if not lock.acquire(timeout=self._wait):
                raise Unavailable("page pictures", "it takes too long")
            held.callback(lock.release)
            made = self._cached(key)
            if made is None:
                made = self._try(source, make)
                self._keep(key, made)
            return made

    @staticmethod
    def _try(source: Source, make: Callable[[Path], _Made]) -> _Made:
        with source() as path:
            if path is None:
                raise NoPictureError("the file is not there")
            try:
                return make(path)
            except SandboxError as error:
                return _Failure(error.code, isinstance(error, TimeLimit), monotonic() + _FAILURE_SECONDS)

    def _cached(self, key: _Key) -> _Made | None:
        with self._guard:
            made = self._kept.get(key)
            if made is None:
                return None
            if isinstance(made, _Failure) and made.until < monotonic():
                self._bytes -= _weight(self._kept.pop(key))
                return None
            self._kept.move_to_end(key)
            return made

    def _keep(self, key: _Key, made: _Made) -> None:
        with self._guard:
            self._kept[key] = made
            self._bytes += _weight(made)
            while self._bytes > self._limit and self._kept:
                self._bytes -= _weight(self._kept.popitem(last=False)[1])


def _weight(made: _Made) -> int:
    if isinstance(made, bytes):
        return len(made)
    return _FAILURE_BYTES if isinstance(made, _Failure) else _WORD_BYTES * (len(made) + 1)
