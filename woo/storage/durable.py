"""Writes files that are there as a whole or not at all, and survive a power cut where that is asked."""

import os
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from woo.domain.errors import Unavailable

TEMPORARY = ".tmp-"
_STALE_SECONDS = 24 * 3600


@contextmanager
def unavailable(part: str) -> Iterator[None]:
    """Turn what the operating system refuses (disk full, no rights, no folder) into Unavailable naming `part`."""
    try:
        yield
    except OSError as error:
        raise Unavailable(part, error.strerror or str(error)) from error


@contextmanager
def temporary_file(folder: Path) -> Iterator[tuple[int, Path]]:
    """Give a new file to write, as descriptor and path; what the block did not move away is removed."""
    handle, name = tempfile.mkstemp(dir=folder, prefix=TEMPORARY)
    path = Path(name)
    try:
        yield handle, path
    finally:
        os.close(handle)
        path.unlink(missing_ok=True)


def write_all(handle: int, content: bytes) -> None:
    view = memoryview(content)
    while view:
        view = view[os.write(handle, view) :]


def replace_file(path: Path, content: bytes, *, durable: bool, new: Path | None = None) -> None:
    """Put `content` at `path`: a reader sees the old or the new file; `durable` means on the disk before it returns.

    It is first written in the folder `new` of the same file system (by default the folder of `path`).
    """
    with temporary_file(new or path.parent) as (handle, temporary):
        write_all(handle, content)
        os.fchmod(handle, 0o644)
        if durable:
            os.fsync(handle)
        temporary.replace(path)
    if durable:
        sync_folder(path.parent)


def sync_folder(folder: Path) -> None:
    """Make the names in this folder survive a power cut."""
    handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def sweep(folder: Path) -> None:
    """Remove the temporary files that a killed process left in this folder more than a day ago."""
    oldest = time.time() - _STALE_SECONDS
    for path in folder.glob(f"{TEMPORARY}*"):
        try:
            if path.stat().st_mtime < oldest:
                path.unlink()
        except FileNotFoundError:
            continue  # another process sweeps, or has just finished with it
