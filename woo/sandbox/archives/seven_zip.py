"""Take a 7z apart, member after member as py7zr's own worker goes, but without its threads and files. Runs in the child only."""

import struct
import zlib
from collections.abc import Iterator
from typing import Any, BinaryIO

import py7zr
from py7zr.exceptions import ArchiveError, PasswordRequired, UnsupportedCompressionMethodError

from woo.sandbox.archives.allowance import CHUNK, DAMAGED, Allowance
from woo.sandbox.task import Answer, Refusal, Request

_BAD = (ArchiveError, AssertionError, AttributeError, TypeError, struct.error, *DAMAGED)


def members(request: Request) -> Iterator[Answer]:
    """Give the members in the order in which they are packed, empty ones first; folders are none.

    Raises:
        Refusal: damaged_archive, encrypted_archive.
    """
    file, allowance = request.files[0], Allowance(request)
    archive = _opened(file)
    left_out = 0
    for packed in (*_empty(archive), *_packed(archive, file, request.number("bytes"))):
        if allowance.is_spent:
            left_out += 1
        else:
            yield from packed.give(allowance)
    if left_out:
        yield {"more": left_out}, b""


class _Packed:
    """A member, and the folder that it is in (what 7z calls a run of members that were compressed together), if any."""

    def __init__(self, info: Any, run: "_Run | None") -> None:
        self._info = info
        self._run = run

    def give(self, allowance: Allowance) -> Iterator[Answer]:
        info, run = self._info, self._run
        if run is None:
            yield from allowance.give(info.filename, (), size=0)
            return
        code = run.begin(info)
        if code is None and info.is_symlink:
            code = "link"
        if code is not None:
            yield from allowance.refuse(info.filename, code, size=info.uncompressed)
        else:
            chunks = run.content(info)
            yield from allowance.give(info.filename, chunks, size=info.uncompressed, packed=run.taken)
        run.finish()


class _Run:
    """One folder while it is unpacked: where it is in the file and in its members."""

    def __init__(self, file: BinaryIO, start: int, most: int) -> None:
        self._file = file
        self._start = self._at = start
        self._left = 0
        self._most = most
        self._decompressor: Any = None
        self._broken: str | None = None

    def begin(self, info: Any) -> str | None:
        """Go to the next member; the code of what stops it from being read."""
        self._left = info.uncompressed
        if self._broken is None and self._decompressor is None:
            try:
                self._decompressor = info.folder.get_decompressor(info.compressed)
            except PasswordRequired:
                self._broken = "encrypted"
            except UnsupportedCompressionMethodError:
                self._broken = "unsupported_member"
            except _BAD:
                self._broken = "damaged_member"
        return self._broken

    def content(self, info: Any) -> Iterator[bytes]:
        """Give the bytes of the member; raises ValueError for what is damaged."""
        checksum = 0
        while self._left > 0:
            chunk = self._chunk()
            checksum = zlib.crc32(chunk, checksum)
            yield chunk
        if info.crc32 is not None and checksum != info.crc32:
            raise ValueError("the checksum is another one")

    def finish(self) -> None:
        """Unpack what was not taken of the member, since the next one stands behind it."""
        try:
            while self._broken is None and self._left > 0:
                self._most -= len(self._chunk())
                if self._most < 0:
                    self._broken = "too_large"
        except ValueError:
            pass

    def taken(self) -> int:
        """How many bytes of the file were read for this folder."""
        return self._at - self._start

    def _chunk(self) -> bytes:
        self._file.seek(self._at)
        try:
            for _ in range(1000):
                chunk: bytes = bytes(self._decompressor.decompress(self._file, min(self._left, CHUNK)))
                if chunk:
                    break
                if self._decompressor.consumed >= self._decompressor.input_size:
                    raise EOFError
        except _BAD as error:
            self._broken = "damaged_member"
            raise ValueError("damaged") from error
        self._at = self._file.tell()
        if not chunk:
            self._broken = "damaged_member"
            raise ValueError("it gives no bytes")
        self._left -= len(chunk)
        return chunk


def _opened(file: BinaryIO) -> py7zr.SevenZipFile:
    try:
        return py7zr.SevenZipFile(file, "r")
    except PasswordRequired as error:
        raise Refusal("encrypted_archive") from error
    except _BAD as error:
        raise Refusal("damaged_archive") from error


def _empty(archive: py7zr.SevenZipFile) -> Iterator[_Packed]:
    return (_Packed(info, None) for info in archive.files if info.emptystream and not info.is_directory)


def _packed(archive: py7zr.SevenZipFile, file: BinaryIO, most: int) -> Iterator[_Packed]:
    streams = getattr(archive.header, "main_streams", None)
    if streams is None:
        return
    for position, folder in zip(streams.packinfo.packpositions, streams.unpackinfo.folders, strict=False):
        run = _Run(file, archive.afterheader + position, most)
        for info in folder.files or ():
            yield _Packed(info, run)
