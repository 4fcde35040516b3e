"""The key file that seals the event log."""

import os
import secrets
import stat
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from woo.domain.errors import InvalidValue, Unavailable

_BYTES = 32


def load_or_create_key(path: Path) -> bytes:
    """Return the 32 bytes of the key file, making the file (mode 0600, durable) when it is not there.

    Two processes that start at the same moment get the same key: the file is put in place whole, and only once.

    Raises:
        InvalidValue: the file holds something else, or others may read it or the group may write it.
        Unavailable: the file cannot be read or made.
    """
    try:
        if not path.exists():
            _create(path)
        return _checked(path)
    except OSError as error:
        raise Unavailable(f"key file {path}", error.strerror or str(error)) from error


def place_key(path: Path, key: bytes) -> None:
    """Put this key in the key file, in the place of what was there (as when a backup is put back); raises Unavailable."""
    try:
        with _written(path, key) as new:
            new.replace(path)
            _sync_folder(path.parent)
    except OSError as error:
        raise Unavailable(f"key file {path}", error.strerror or str(error)) from error


def _create(path: Path) -> None:
    with _written(path, secrets.token_bytes(_BYTES)) as new:
        try:
            os.link(new, path)
        except FileExistsError:
            return  # another process was first; its key counts
        _sync_folder(path.parent)


@contextmanager
def _written(path: Path, key: bytes) -> Iterator[Path]:
    """A file beside the key file (mode 0600, durable) that holds this key; what the block leaves of it is removed."""
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")  # made with mode 0600
    try:
        with os.fdopen(handle, "w") as file:
            file.write(key.hex() + "\n")
            file.flush()
            os.fsync(file.fileno())
        yield Path(name)
    finally:
        Path(name).unlink(missing_ok=True)


def _sync_folder(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _checked(path: Path) -> bytes:
    mode = stat.S_IMODE(path.stat().st_mode)
    if mode & (stat.S_IWGRP | stat.S_IRWXO):
        raise InvalidValue(
            "key file", str(path), f"its mode is {mode:04o}, so others can use it; run: chmod 600 {path}"
        )
    try:
        key = bytes.fromhex(path.read_text("ascii").strip())
    except ValueError:
        key = b""
    if len(key) != _BYTES:
        raise InvalidValue(
            "key file", str(path), f"it must hold {2 * _BYTES} hexadecimal digits; put the right file back"
        )
    return key
