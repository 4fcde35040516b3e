"""Take a tar apart, as a stream: it has no directory. Runs in the child only."""

import tarfile
from collections.abc import Callable, Iterator
from typing import BinaryIO, Protocol

from woo.sandbox.archives.allowance import CHUNK, DAMAGED, Allowance
from woo.sandbox.task import Answer, Refusal, Request


class Readable(Protocol):
    """What gives bytes in order."""

    def read(self, size: int, /) -> bytes: ...


def members(request: Request) -> Iterator[Answer]:
    """Give the members of a tar.

    Raises:
        Refusal: damaged_archive.
    """
    return members_of(request.files[0], Allowance(request))


def members_of(
    file: "Readable | BinaryIO", allowance: Allowance, *, packed: Callable[[], int] | None = None
) -> Iterator[Answer]:
    """Give the members of a tar that comes as a stream; folders are none, links and devices are refused.

    Args:
        file: The tar.
        allowance: What it may cost.
        packed: Tells how many bytes of the file on disk were taken so far, where that is compressed.

    Raises:
        Refusal: damaged_archive, when not even the first member can be read.
    """
    left_out = 0
    archive = _opened(file)
    for info in _infos(archive):
        archive.members = []  # type: ignore[attr-defined]  # else it keeps them all
        if info.isdir():
            continue
        if allowance.is_spent:
            left_out += 1
        elif info.isfile():
            yield from allowance.give(info.name, _content(archive, info), size=info.size, packed=packed)
        else:
            yield from allowance.refuse(info.name, "link" if info.issym() or info.islnk() else "device")
    if left_out:
        yield {"more": left_out}, b""


def _opened(file: "Readable | BinaryIO") -> tarfile.TarFile:
    try:
        return tarfile.open(fileobj=file, mode="r|", errors="surrogateescape")  # type: ignore[call-overload, no-any-return]
    except DAMAGED as error:
        raise Refusal("damaged_archive") from error


def _infos(archive: tarfile.TarFile) -> Iterator[tarfile.TarInfo]:
    """Give the headers in order; a damaged one ends the archive with that reason, since the next cannot be found."""
    found = False
    try:
        while (info := archive.next()) is not None:
            found = True
            yield info
    except DAMAGED as error:
        raise Refusal("archive_cut" if found else "damaged_archive") from error


def _content(archive: tarfile.TarFile, info: tarfile.TarInfo) -> Iterator[bytes]:
    member = archive.extractfile(info)
    if member is None:
        return
    left = info.size
    while left > 0 and (chunk := member.read(min(CHUNK, left))):
        left -= len(chunk)
        yield chunk
    if left > 0:
        raise EOFError("the archive ends in the middle of a member")
