"""A file in an S3 store as Python's file: seekable, read in pieces that grow while it is read on and on."""

import io
from typing import BinaryIO, cast

from woo.domain.errors import Unavailable
from woo.storage.s3.objects import PART, ChangedError, Info, Objects

_FIRST = 256 * 1024


def open_remote(objects: Objects, info: Info) -> BinaryIO:
    """Open the object that was looked at; once it is replaced or gone, reading raises Unavailable."""
    return cast(BinaryIO, io.BufferedReader(_RemoteFile(objects, info), _FIRST))


class _RemoteFile(io.RawIOBase):
    """Asks 256 KiB first and twice as much each time that reading goes on where it was, up to PART."""

    def __init__(self, objects: Objects, info: Info) -> None:
        self._objects = objects
        self._info = info
        self._at = 0
        self._held = b""
        self._held_from = 0
        self._size = _FIRST

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def tell(self) -> int:
        return self._at

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        start = {io.SEEK_SET: 0, io.SEEK_CUR: self._at, io.SEEK_END: self._info.size}[whence]
        if start + offset < 0:
            raise ValueError(f"a file has no place {start + offset}")
        self._at = start + offset
        return self._at

    def readinto(self, buffer: "memoryview | bytearray") -> int:  # type: ignore[override]
        if self._at >= self._info.size or not len(buffer):
            return 0
        within = self._at - self._held_from
        if not 0 <= within < len(self._held):
            self._fetch()
            within = 0
        piece = self._held[within : within + len(buffer)]
        buffer[: len(piece)] = piece
        self._at += len(piece)
        return len(piece)

    def _fetch(self) -> None:
        goes_on = bool(self._held) and self._at == self._held_from + len(self._held)
        self._size = min(self._size * 2, PART) if goes_on else _FIRST
        end = min(self._at + self._size, self._info.size)
        try:
            found = self._objects.part(self._info.key, self._at, end, tag=self._info.tag)
        except ChangedError:
            found = None
        if found is None or len(found[0]) != end - self._at:
            raise Unavailable(self._objects.place.part, "a file was replaced or taken away while it was read")
        self._held, self._held_from = found[0], self._at
