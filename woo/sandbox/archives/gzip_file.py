"""Take a gzip apart: the one file in it, or the members of the tar that it holds. Runs in the child only."""

import gzip
import io
from collections.abc import Iterator
from pathlib import PurePosixPath
from typing import BinaryIO

from woo.sandbox.archives.allowance import CHUNK, DAMAGED, Allowance
from woo.sandbox.archives.tar_file import members_of
from woo.sandbox.task import Answer, Refusal, Request

_NAME, _EXTRA = 0x08, 0x04
_TAR_BLOCK = 512
_MOST_NAME = 4096


def members(request: Request) -> Iterator[Answer]:
    """Give what is in the file (RFC 1952); several gzips after each other are one, and what follows them is passed over.

    Raises:
        Refusal: damaged_archive.
    """
    file, allowance = request.files[0], Allowance(request)
    name = _name(file) or _without_ending(str(request.params.get("name", "")))
    file.seek(0)
    unpacked = io.BufferedReader(_Whole(file), CHUNK)
    try:
        first = unpacked.peek(_TAR_BLOCK)
    except DAMAGED as error:
        raise Refusal("damaged_archive") from error
    if first[257:262] == b"ustar":
        yield from members_of(unpacked, allowance, packed=file.tell)
    elif not allowance.is_spent:
        yield from allowance.give(name, iter(lambda: unpacked.read(CHUNK), b""), packed=file.tell)
    else:
        yield {"more": 1}, b""


class _Whole(io.RawIOBase):
    """The unpacked bytes; garbage after the last gzip ends them, damage inside raises."""

    def __init__(self, file: BinaryIO) -> None:
        self._gzip = gzip.GzipFile(fileobj=file, mode="rb")
        self._begun = False

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: "memoryview") -> int:  # type: ignore[override]
        try:
            read = self._gzip.read1(min(len(buffer), CHUNK))
        except gzip.BadGzipFile as error:
            if self._begun and "Not a gzipped file" in str(error):
                return 0
            raise
        self._begun = True
        buffer[: len(read)] = read
        return len(read)


def _name(file: BinaryIO) -> str:
    """The name that stands in the header, which RFC 1952 wants in Latin-1; programs write UTF-8 as well."""
    head = file.read(_MOST_NAME)
    flags = head[3] if len(head) > 3 else 0
    at = 10
    if flags & _EXTRA:
        at += 2 + int.from_bytes(head[10:12], "little")
    if not flags & _NAME:
        return ""
    raw = head[at:].split(b"\0", 1)[0]
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError:
        return raw.decode("latin-1")


def _without_ending(name: str) -> str:
    path = PurePosixPath(name)
    if path.suffix.lower() == ".tgz":
        return f"{path.stem}.tar"
    return path.stem if path.suffix.lower() == ".gz" and path.stem else name or "inhoud"
