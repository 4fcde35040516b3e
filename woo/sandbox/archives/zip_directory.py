"""Read the directory of a zip as far as it is wanted, however many entries it says to have (APPNOTE.TXT, 4.3.12-16)."""

import io
import struct
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import BinaryIO

_END = struct.Struct("<4s4H2LH")
_END64 = struct.Struct("<4sQ2H2L4Q")
_LOCATOR = struct.Struct("<4sLQL")
_ENTRY = struct.Struct("<4s6H3L5H2L")
SMALLEST_ENTRY = _ENTRY.size
"""Bytes of an entry without a name."""
_LOCAL = struct.Struct("<4s5H3L2H")
_MOST_COMMENT = 65_535
_STORED, _DEFLATED = 0, 8


@dataclass(frozen=True, slots=True)
class Directory:
    """Where the directory is, and how many entries it says to have; `shift` is what stands before the archive."""

    start: int
    size: int
    entries: int
    shift: int


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry; `end` is where in the file the next one begins."""

    naam: bytes
    method: int
    packed: int
    offset: int
    end: int


def find_directory(file: BinaryIO) -> Directory | None:
    """Find the directory from the end of the file; None where there is none."""
    length = file.seek(0, io.SEEK_END)
    tail_at = max(length - _END.size - _MOST_COMMENT, 0)
    file.seek(tail_at)
    tail = file.read()
    at = tail.rfind(b"PK\x05\x06")
    if at < 0 or at + _END.size > len(tail):
        return None
    end_at = tail_at + at
    _, _, _, _, entries, size, offset, _ = _END.unpack_from(tail, at)
    if at >= _LOCATOR.size and tail[at - _LOCATOR.size :].startswith(b"PK\x06\x07"):
        wide = _wide(file, end_at)
        if wide is not None:
            end_at, entries, size, offset = wide
    start = end_at - size
    return Directory(start, size, entries, start - offset) if start >= 0 else None


def _wide(file: BinaryIO, end_at: int) -> tuple[int, int, int, int] | None:
    """Read the ZIP64 end record that stands before the other one, and where it begins."""
    at = end_at - _LOCATOR.size - _END64.size
    if at < 0:
        return None
    file.seek(at)
    fields = _END64.unpack(file.read(_END64.size))
    return (at, fields[7], fields[8], fields[9]) if fields[0] == b"PK\x06\x06" else None


def entries(file: BinaryIO, directory: Directory, *, most: int) -> Iterator[Entry]:
    """Give the first `most` entries; stops where the directory is damaged."""
    file.seek(directory.start)
    buffered = io.BufferedReader(_Raw(file), 2**16)
    at = directory.start
    for _ in range(most):
        head = buffered.read(_ENTRY.size)
        if len(head) < _ENTRY.size or not head.startswith(b"PK\x01\x02"):
            return
        fields = _ENTRY.unpack(head)
        method, packed, offset = fields[4], fields[8], fields[16]
        name_length, extra, comment = fields[10:13]
        rest = buffered.read(name_length + extra + comment)
        at += _ENTRY.size + len(rest)
        yield Entry(rest[:name_length], method, packed, offset + directory.shift, at)


def beginning(file: BinaryIO, entry: Entry, *, most: int) -> bytes:
    """Give the first bytes of a member that is stored or deflated; b"" where that cannot be done."""
    file.seek(entry.offset)
    head = file.read(_LOCAL.size)
    if len(head) < _LOCAL.size or not head.startswith(b"PK\x03\x04"):
        return b""
    fields = _LOCAL.unpack(head)
    file.seek(fields[9] + fields[10], io.SEEK_CUR)
    packed = file.read(min(entry.packed, 4 * most))
    if entry.method == _STORED:
        return packed[:most]
    try:
        return zlib.decompressobj(-15).decompress(packed, most) if entry.method == _DEFLATED else b""
    except zlib.error:
        return b""


class _Raw(io.RawIOBase):
    """The file from where it stands, for a buffer of our own: closing that leaves the file open."""

    def __init__(self, file: BinaryIO) -> None:
        self._file = file

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: "memoryview") -> int:  # type: ignore[override]
        read = self._file.read(len(buffer))
        buffer[: len(read)] = read
        return len(read)
