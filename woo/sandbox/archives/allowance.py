"""What a container may cost: give its members out until a limit is passed, and say of each what was wrong with it."""

import lzma
import tarfile
import zipfile
import zlib
from collections.abc import Callable, Iterable, Iterator

from woo.sandbox.task import Answer, Request

CHUNK = 2**20
"""Most bytes in one part of an answer."""

_MOST_NAME = 8_192
_MAY_GROW = 2**20
"""A member that unpacks to no more than this may grow as it likes: a small form compresses well."""

DAMAGED = (
    zipfile.BadZipFile,
    tarfile.TarError,
    zlib.error,
    lzma.LZMAError,
    EOFError,
    OSError,
    ValueError,
    IndexError,
    KeyError,
    RuntimeError,
)
"""What the libraries raise on bytes that are not what they should be."""


class OverLimit(Exception):
    """A member passes a limit; the code says which."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


class Allowance:
    """Counts members and bytes of one container, sent ones of failed members too."""

    def __init__(self, request: Request) -> None:
        self._members = request.number("members")
        self._bytes = request.number("bytes")
        self._ratio = request.number("ratio")
        self._file_bytes = request.number("file_bytes")
        self._given = 0
        self._sent = 0

    @property
    def is_spent(self) -> bool:
        """Whether no further member may be given."""
        return self._given >= self._members

    def give(
        self,
        name: str,
        chunks: Iterable[bytes],
        *,
        size: int | None = None,
        packed: Callable[[], int] | None = None,
    ) -> Iterator[Answer]:
        """Give one member, as far as it may.

        Args:
            name: As the container has it.
            chunks: Its content; opened only after its size was looked at.
            size: Bytes that it says to have.
            packed: Tells how many bytes of the container were taken for what has been given of this member.
        """
        self._given += 1
        number = self._given
        yield {"member": number, "name": name[:_MOST_NAME], "size": size}, b""
        try:
            self._check_promise(size)
            yield from self._data(number, chunks, packed)
        except OverLimit as error:
            yield {"problem": number, "code": error.code}, b""
        except NotImplementedError:
            yield {"problem": number, "code": "unsupported_member"}, b""
        except MemoryError:
            yield {"problem": number, "code": "member_memory"}, b""
        except DAMAGED:
            yield {"problem": number, "code": "damaged_member"}, b""
        else:
            yield {"done": number}, b""

    def refuse(self, name: str, code: str, *, size: int | None = None) -> Iterator[Answer]:
        """Name a member that is not given, with the reason."""
        self._given += 1
        yield {"member": self._given, "name": name[:_MOST_NAME], "size": size}, b""
        yield {"problem": self._given, "code": code}, b""

    def _check_promise(self, size: int | None) -> None:
        if size is not None and (size > self._file_bytes or size > self._bytes - self._sent):
            raise OverLimit("too_large")

    def _data(
        self, number: int, chunks: Iterable[bytes], packed: Callable[[], int] | None
    ) -> Iterator[Answer]:
        written = 0
        for chunk in chunks:
            for at in range(0, len(chunk), CHUNK):
                piece = chunk[at : at + CHUNK]
                written += len(piece)
                if written > self._file_bytes or self._sent + len(piece) > self._bytes:
                    raise OverLimit("too_large")
                if packed is not None and written > max(_MAY_GROW, self._ratio * packed()):
                    raise OverLimit("ratio")
                self._sent += len(piece)
                yield {"data": number}, piece
