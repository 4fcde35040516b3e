"""Open the compound file that an older Office file is, and take bounded streams out of it."""

import io
from collections.abc import Iterator
from contextlib import contextmanager
from typing import BinaryIO

import olefile

from woo.sandbox.task import Refusal

_MOST_BYTES = 256 * 2**20


@contextmanager
def opened(file: BinaryIO) -> Iterator[olefile.OleFileIO]:
    """Open a compound file ([MS-CFB]).

    Raises:
        Refusal: damaged_file; password_needed when it holds a newer file that is locked.
    """
    file.seek(0)
    try:
        ole = olefile.OleFileIO(file)
    except MemoryError:
        raise
    except Exception as error:  # olefile raises whatever a hostile file makes it stumble on
        raise Refusal("damaged_file") from error
    if ole.exists("EncryptedPackage"):
        raise Refusal("password_needed")
    yield ole


def stream(ole: olefile.OleFileIO, name: str) -> bytes:
    """Give the bytes of a stream; nothing when there is none, as much as can be read when it is damaged.

    Raises:
        Refusal: part_too_large.
    """
    try:
        if not ole.exists(name):
            return b""
        if ole.get_size(name) > _MOST_BYTES:
            raise Refusal("part_too_large")
        with ole.openstream(name) as opened_stream:
            return bytes(opened_stream.read())
    except (MemoryError, Refusal):
        raise
    except Exception:
        return b""


def is_ole(file: BinaryIO) -> bool:
    """Whether a file is a compound file; it is left at its start."""
    file.seek(0)
    begins = file.read(8) == bytes(olefile.MAGIC)
    file.seek(0, io.SEEK_SET)
    return begins
