"""Reads a file that is to be stored: only a plain file, with what is wrong with it in words."""

import os
import stat
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from woo.domain.errors import InvalidValue


@contextmanager
def plain_file(source: Path) -> Iterator[Callable[[int], bytes]]:
    """Give the function that reads it; raises InvalidValue, there too, when it is no plain file or cannot be read."""
    try:
        file = open(source, "rb", buffering=0, opener=_without_waiting)  # noqa: SIM115 - Path.open knows no opener
    except (OSError, ValueError) as error:
        raise _unreadable(source, error) from error
    with file:
        if not stat.S_ISREG(os.fstat(file.fileno()).st_mode):
            raise _unreadable(source, "it is no plain file")

        def read(size: int) -> bytes:
            try:
                return file.read(size)
            except OSError as error:
                raise _unreadable(source, error) from error

        yield read


def checked_size(size: int, limit: int | None) -> None:
    """Refuse what is larger than the limit."""
    if limit is not None and size > limit:
        raise InvalidValue("bestand", f"more than {limit} bytes", f"a file may have at most {limit} bytes")


def _without_waiting(path: str, flags: int) -> int:
    """Open a pipe without writer at once, where it would keep us waiting."""
    return os.open(path, flags | os.O_NONBLOCK)


def _unreadable(source: Path, why: Exception | str) -> InvalidValue:
    said = why.strerror if isinstance(why, OSError) else str(why)
    return InvalidValue("bestand", source.name, f"it cannot be read: {said}")
