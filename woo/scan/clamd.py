"""Asks clamd, the daemon of ClamAV, over its socket: the command INSTREAM, which sends the bytes themselves (clamd(8))."""

import socket
import struct
from collections.abc import Iterator
from contextlib import contextmanager
from typing import BinaryIO

from woo.domain.errors import Unavailable

PART = "the virus scanner"
_CHUNK = 256 * 1024
_MOST_ANSWER = 4096
_LENGTH = struct.Struct("!L")
_FOUND = " FOUND"
_TOO_LARGE = "size limit exceeded"


class Clamd:
    """One clamd, at `unix:PATH` or `tcp:HOST:PORT`; each scan is a connection of its own, from any thread.

    `seconds` is the longest wait for it to take some bytes or to answer.
    """

    def __init__(self, address: str, *, seconds: float) -> None:
        self._address = address
        self._seconds = seconds

    def scan(self, source: BinaryIO) -> str | None:
        """As in the port; Unavailable also for a file larger than clamd takes (its setting StreamMaxLength)."""
        with self._connected() as connection:
            try:
                connection.sendall(b"zINSTREAM\0")
                while chunk := source.read(_CHUNK):
                    connection.sendall(_LENGTH.pack(len(chunk)) + chunk)
                connection.sendall(_LENGTH.pack(0))
            except (BrokenPipeError, ConnectionResetError):
                raise _unclear(self._answer(connection)) from None
            return self._verdict(self._answer(connection))

    def version(self) -> str:
        """What clamd says of itself, such as `ClamAV 1.4.6/27460/Mon Nov 23 …`."""
        with self._connected() as connection:
            connection.sendall(b"zVERSION\0")
            return self._answer(connection)

    def _verdict(self, answer: str) -> str | None:
        told = answer.partition(": ")[2]
        if told == "OK":
            return None
        if told.endswith(_FOUND):
            return told.removesuffix(_FOUND)
        raise _unclear(answer)

    @contextmanager
    def _connected(self) -> Iterator[socket.socket]:
        try:
            with self._connect() as connection:
                yield connection
        except OSError as error:
            raise Unavailable(PART, f"{self._address}: {error.strerror or error}") from error

    def _connect(self) -> socket.socket:
        kind, _, place = self._address.partition(":")
        if kind == "tcp":
            host, _, port = place.rpartition(":")
            return socket.create_connection((host.strip("[]"), int(port)), timeout=self._seconds)
        connection = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        try:
            connection.settimeout(self._seconds)
            connection.connect(place)
        except OSError:
            connection.close()
            raise
        return connection

    @staticmethod
    def _answer(connection: socket.socket) -> str:
        told = b""
        while b"\0" not in told and len(told) < _MOST_ANSWER:
            try:
                some = connection.recv(_MOST_ANSWER)
            except ConnectionResetError:
                break
            if not some:
                break
            told += some
        return told.partition(b"\0")[0].decode("utf-8", "replace").strip()


def _unclear(answer: str) -> Unavailable:
    if _TOO_LARGE in answer:
        why = "the file is larger than it takes; raise StreamMaxLength in clamd.conf to limits.file_bytes"
        return Unavailable(PART, why)
    return Unavailable(PART, f"it answered {answer[:200]!r}" if answer else "it ended without an answer")
