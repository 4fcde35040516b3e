"""The archive in an S3 store: each file as received under its SHA-256 digest, written once."""

import hashlib
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, BinaryIO

from woo.domain.errors import NotFound, Unavailable
from woo.storage.durable import unavailable
from woo.storage.paths import is_digest
from woo.storage.port import Stored
from woo.storage.s3.local_copy import local_copy
from woo.storage.s3.objects import PART, Info, Objects
from woo.storage.s3.remote_file import open_remote
from woo.storage.source import checked_size, plain_file

_CHUNK = 2**20


class S3Archive:
    """An Archive as `{prefix}/{digest}`.

    A file is first copied to a temporary one on this machine, because its digest is its name. Up to 8 MiB it is written
    in one conditional request; beyond in parts, which become visible together. Two writers of one digest write the
    same bytes, so whoever is last changes nothing.

    Raises:
        Unavailable: from every method, when the store cannot be reached or refuses.
    """

    def __init__(self, objects: Objects) -> None:
        objects.check()
        self.objects = objects

    def put(self, source: Path) -> Stored:
        """Copy a file in; raises InvalidValue when the source is no plain file or cannot be read."""
        with plain_file(source) as read:
            return self._put(read, limit=None)

    def put_stream(self, source: BinaryIO, *, limit: int | None = None) -> Stored:
        """Copy a stream in; what the stream raises passes through, and nothing stays."""
        return self._put(source.read, limit=limit)

    def has(self, digest: str) -> bool:
        return self._found(digest) is not None

    def open(self, digest: str) -> BinaryIO:
        return open_remote(self.objects, self._checked(digest))

    @contextmanager
    def local(self, digest: str) -> Iterator[Path]:
        """A temporary copy, compared with its digest."""
        info = self._checked(digest)
        with local_copy(self.objects.parts(info), digest=digest, part=self.objects.place.part) as path:
            yield path

    def digests(self) -> Iterator[str]:
        """Every digest, sorted."""
        yield from (info.key for info in self.objects.list("") if is_digest(info.key))

    def remove(self, digest: str) -> bool:
        """Take a file out; False in a bucket that keeps versions of what is removed."""
        return not is_digest(digest) or self.objects.remove(digest)

    def _found(self, digest: str) -> Info | None:
        return self.objects.head(digest) if is_digest(digest) else None

    def _checked(self, digest: str) -> Info:
        info = self._found(digest)
        if info is None:
            raise NotFound("file in the archive", digest)
        return info

    def _put(self, read: Callable[[int], bytes], *, limit: int | None) -> Stored:
        hashed = hashlib.sha256()
        size = 0
        with tempfile.SpooledTemporaryFile(max_size=PART) as spool:
            while chunk := read(_CHUNK):
                size += len(chunk)
                checked_size(size, limit)
                hashed.update(chunk)
                with unavailable("temporary folder"):
                    spool.write(chunk)
            spool.seek(0)
            self._keep(spool, hashed.hexdigest(), size)
        return Stored(hashed.hexdigest(), size)

    def _keep(self, spool: IO[bytes], digest: str, size: int) -> None:
        """Write it unless it is there; an object of another size there is damaged, and replaced."""
        there = self.objects.head(digest)
        if there is not None and there.size == size:
            return
        if size > PART:
            self.objects.upload(digest, iter(lambda: spool.read(_CHUNK), b""))
        elif there is not None:
            self.objects.put(digest, spool.read())
        elif self.objects.create(digest, spool.read()):
            return
        stored = self.objects.head(digest)
        if stored is None or stored.size != size:
            raise Unavailable(self.objects.place.part, f"file {digest} did not arrive whole; put it again")
