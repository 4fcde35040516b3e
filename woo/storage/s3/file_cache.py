"""Keeps copies of files of the public store on this machine for a while: a viewer asks for one page after the other."""

import os
import shutil
import tempfile
import weakref
from collections import OrderedDict
from collections.abc import Callable, Collection, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from threading import Lock

from woo.storage.durable import unavailable
from woo.storage.s3.local_copy import local_copy, write_copy

_LOCKS = 64


@dataclass(slots=True)
class _Kept:
    path: Path
    size: int
    users: int = 0
    wanted: bool = True


class FileCache:
    """At most `limit` bytes of copies in a temporary folder, the least used going first; a larger file is not kept.

    Whoever asks decides first whether the document may still be seen; `forget` takes away what may not.
    """

    def __init__(self, limit: int) -> None:
        self._limit = limit
        self._folder: str | None = None
        self._kept: OrderedDict[tuple[str, str], _Kept] = OrderedDict()
        self._guard = Lock()
        self._locks = tuple(Lock() for _ in range(_LOCKS))

    @contextmanager
    def local(
        self, id: str, digest: str, size: int, chunks: Callable[[], Iterable[bytes]], *, part: str
    ) -> Iterator[Path]:
        """Give the path of a copy, fetched once for all who ask at the same time."""
        if size > self._limit:
            with local_copy(chunks(), digest=digest, part=part) as path:
                yield path
            return
        key = (id, digest)
        with self._locks[hash(key) % _LOCKS]:
            kept = self._taken(key)
            if kept is None:
                path = self._new()
                try:
                    write_copy(path, chunks(), digest=digest, part=part)
                except BaseException:
                    path.unlink(missing_ok=True)
                    raise
                kept = self._add(key, _Kept(path, size, users=1))
        try:
            yield kept.path
        finally:
            self._give_back(kept)

    def forget(self, ids: Collection[str]) -> None:
        """Remove the copies of these documents, those in use as soon as they are not."""
        with self._guard:
            for key in [key for key in self._kept if key[0] in ids]:
                self._drop(key)

    def _taken(self, key: tuple[str, str]) -> _Kept | None:
        with self._guard:
            kept = self._kept.get(key)
            if kept is not None:
                self._kept.move_to_end(key)
                kept.users += 1
            return kept

    def _new(self) -> Path:
        with unavailable("temporary folder"), self._guard:
            if self._folder is None:
                self._folder = tempfile.mkdtemp(prefix="woo-")
                weakref.finalize(self, shutil.rmtree, self._folder, ignore_errors=True)
            handle, name = tempfile.mkstemp(dir=self._folder)
            os.close(handle)
            return Path(name)

    def _add(self, key: tuple[str, str], kept: _Kept) -> _Kept:
        with self._guard:
            self._kept[key] = kept
            total = sum(other.size for other in self._kept.values())
            for other in list(self._kept):
                if total <= self._limit:
                    break
                total -= self._kept[other].size
                self._drop(other)
        return kept

    def _drop(self, key: tuple[str, str]) -> None:
        kept = self._kept.pop(key)
        kept.wanted = False
        if kept.users == 0:
            kept.path.unlink(missing_ok=True)

    def _give_back(self, kept: _Kept) -> None:
        with self._guard:
            kept.users -= 1
            if kept.users == 0 and not kept.wanted:
                kept.path.unlink(missing_ok=True)
