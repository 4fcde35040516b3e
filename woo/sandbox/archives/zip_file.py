"""Take a zip apart. Runs in the child only."""

import io
import stat
import struct
import zipfile
from collections.abc import Iterator
from typing import BinaryIO

from woo.sandbox.archives.allowance import CHUNK, DAMAGED, Allowance
from woo.sandbox.archives.zip_directory import SMALLEST_ENTRY, Directory, entries, find_directory
from woo.sandbox.task import Answer, Refusal, Request

_ENCRYPTED = 0x1 | 0x40
_PER_MEMBER = 4
"""Entries looked at for each member that may be given: folders are entries too."""
_AT_LEAST = 4096
_MOST_ENTRIES = 0xFFFF
_MOST_OFFSET = 0xFFFFFFFF


def members(request: Request) -> Iterator[Answer]:
    """Give the members in the order of the directory; folders are none.

    Raises:
        Refusal: damaged_archive.
    """
    allowance = Allowance(request)
    archive, left_out = _opened(request.files[0], request.number("members"))
    with archive:
        for info in archive.infolist():
            if info.is_dir() and not info.file_size:
                continue
            if allowance.is_spent:
                left_out += 1
                continue
            yield from _member(archive, info, allowance)
    if left_out:
        yield {"more": left_out}, b""


def _member(archive: zipfile.ZipFile, info: zipfile.ZipInfo, allowance: Allowance) -> Iterator[Answer]:
    if info.flag_bits & _ENCRYPTED:
        return allowance.refuse(info.filename, "encrypted", size=info.file_size)
    if stat.S_ISLNK(info.external_attr >> 16):
        return allowance.refuse(info.filename, "link", size=info.file_size)
    return allowance.give(
        info.filename, _content(archive, info), size=info.file_size, packed=lambda: info.compress_size
    )


def _content(archive: zipfile.ZipFile, info: zipfile.ZipInfo) -> Iterator[bytes]:
    with archive.open(info) as member:
        while chunk := member.read(CHUNK):
            yield chunk


def _opened(file: BinaryIO, most: int) -> tuple[zipfile.ZipFile, int]:
    """Open the archive, or as much of it as may be given; tells how many entries were left out."""
    left_out = 0
    try:
        directory = find_directory(file)
        wanted = max(_PER_MEMBER * most, _AT_LEAST)
        if directory is not None and directory.entries > wanted and directory.start < _MOST_OFFSET:
            file, left_out = _cut(file, directory, wanted)
        file.seek(0)
        return zipfile.ZipFile(file), left_out
    except (NotImplementedError, struct.error, *DAMAGED) as error:
        raise Refusal("damaged_archive") from error


def _cut(file: BinaryIO, directory: Directory, wanted: int) -> tuple[BinaryIO, int]:
    """Make a view of the archive in which the directory ends early: millions of entries would take all memory."""
    count, end = 0, directory.start
    for entry in entries(file, directory, most=wanted):
        count, end = count + 1, entry.end
    size = end - directory.start
    told = min(count, _MOST_ENTRIES)
    tail = struct.pack(
        "<4s4H2LH", b"PK\x05\x06", 0, 0, told, told, size, directory.start - directory.shift, 0
    )
    possible = min(directory.entries, directory.size // SMALLEST_ENTRY)
    left_out = possible - count if count == wanted else 0  # else the directory is not what it says
    return io.BufferedReader(_View(file, end, tail)), left_out


class _View(io.RawIOBase):
    """The first bytes of a file, followed by a tail of our own."""

    def __init__(self, file: BinaryIO, end: int, tail: bytes) -> None:
        self._file = file
        self._end = end
        self._tail = tail
        self._at = 0

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        base = {io.SEEK_SET: 0, io.SEEK_CUR: self._at, io.SEEK_END: self._end + len(self._tail)}[whence]
        if base + offset < 0:
            raise OSError("before the beginning")
        self._at = base + offset
        return self._at

    def readinto(self, buffer: "memoryview") -> int:  # type: ignore[override]
        if self._at < self._end:
            self._file.seek(self._at)
            read = self._file.read(min(len(buffer), self._end - self._at))
        else:
            start = self._at - self._end
            read = self._tail[start : start + len(buffer)]
        buffer[: len(read)] = read
        self._at += len(read)
        return len(read)
