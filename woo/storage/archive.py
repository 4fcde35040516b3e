"""The archive in a folder: each file as received under its SHA-256 digest, written once and durable."""

import hashlib
import os
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import BinaryIO

from woo.domain.errors import NotFound
from woo.storage.durable import sweep, sync_folder, temporary_file, unavailable, write_all
from woo.storage.paths import is_digest, names_in
from woo.storage.port import Stored
from woo.storage.source import checked_size, plain_file

_CHUNK = 1024 * 1024


class FilesystemArchive:
    """An Archive as `{root}/{aa}/{bb}/{digest}`, read-only files in a folder for its owner alone.

    A file is written beside, flushed, and linked to its digest; so a name that is a digest always holds the whole file.
    Any number of processes may put at the same time.

    Raises:
        Unavailable: from every method, when the folder cannot be read or written (disk full, no rights).
    """

    def __init__(self, root: Path) -> None:
        self._root = root
        self._new = root / "nieuw"
        self._part = f"archive {root}"
        with unavailable(self._part):
            root.mkdir(parents=True, exist_ok=True, mode=0o700)
            self._new.mkdir(exist_ok=True)
            sync_folder(root)
            sync_folder(root.parent)
            sweep(self._new)

    def put(self, source: Path) -> Stored:
        """Copy a file in; raises InvalidValue when the source is no plain file or cannot be read."""
        with plain_file(source) as read:
            return self._put(read, limit=None)

    def put_stream(self, source: BinaryIO, *, limit: int | None = None) -> Stored:
        """Copy a stream in; what the stream raises passes through, and nothing stays."""
        return self._put(source.read, limit=limit)

    def has(self, digest: str) -> bool:
        with unavailable(self._part):
            return is_digest(digest) and _exists(self._path(digest))

    def open(self, digest: str) -> BinaryIO:
        with unavailable(self._part):
            return self._checked(digest).open("rb")

    @contextmanager
    def local(self, digest: str) -> Iterator[Path]:
        with unavailable(self._part):
            path = self._checked(digest)
        yield path

    def digests(self) -> Iterator[str]:
        """Every digest, sorted."""
        for first in self._names(self._root):
            if len(first) == 2:
                for second in self._names(self._root / first):
                    names = self._names(self._root / first / second)
                    yield from (name for name in names if is_digest(name))

    def remove(self, digest: str) -> bool:
        """Take a file out, durable before it returns; the public store may hold a link to it of its own."""
        with unavailable(self._part):
            if is_digest(digest) and _exists(self._path(digest)):
                self._path(digest).unlink(missing_ok=True)
                sync_folder(self._path(digest).parent)
        return True

    def _names(self, folder: Path) -> list[str]:
        with unavailable(self._part):
            return names_in(folder)

    def _path(self, digest: str) -> Path:
        return self._root / digest[:2] / digest[2:4] / digest

    def _checked(self, digest: str) -> Path:
        if not is_digest(digest) or not _exists(self._path(digest)):
            raise NotFound("file in the archive", digest)
        return self._path(digest)

    def _put(self, read: Callable[[int], bytes], *, limit: int | None) -> Stored:
        hashed = hashlib.sha256()
        size = 0
        with ExitStack() as stack:
            with unavailable(self._part):
                handle, path = stack.enter_context(temporary_file(self._new))
            while chunk := read(_CHUNK):
                size += len(chunk)
                checked_size(size, limit)
                hashed.update(chunk)
                with unavailable(self._part):
                    write_all(handle, chunk)
            with unavailable(self._part):
                self._keep(handle, path, self._path(hashed.hexdigest()), size)
        return Stored(hashed.hexdigest(), size)

    def _keep(self, handle: int, path: Path, final: Path, size: int) -> None:
        """Give the written file its name, unless it is there; a file of another size there is damaged, and replaced."""
        if not _exists(final) or final.stat().st_size != size:
            os.fchmod(handle, 0o444)
            os.fsync(handle)
            if not final.parent.is_dir():
                final.parent.mkdir(parents=True, exist_ok=True)
                sync_folder(final.parent.parent)
                sync_folder(self._root)
            path.replace(final)
        sync_folder(final.parent)  # also when another process wrote it a moment ago and has yet to flush


def _exists(path: Path) -> bool:
    """Whether the file is there; unlike Path.exists, what cannot be known raises OSError."""
    try:
        path.stat()
    except FileNotFoundError:
        return False
    return True
