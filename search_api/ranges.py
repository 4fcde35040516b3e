"""Range requests on a file, after RFC 9110 section 14: one range; more than one is answered with the whole file."""

import re
from collections.abc import Iterator
from typing import BinaryIO

CHUNK = 256 * 1024
_SPEC = re.compile(r"bytes=\s*(\d*)-(\d*)\s*", re.IGNORECASE | re.ASCII)
_MAX_DIGITS = 18


class UnsatisfiableError(ValueError):
    """The range lies outside the file; to be answered with 416."""


def wanted_range(header: str | None, size: int) -> tuple[int, int] | None:
    """Return the first byte asked for and the byte after the last, or None for the whole file.

    A header that is not a single range of bytes is ignored, as the RFC allows. Raises UnsatisfiableError.
    """
    match = _SPEC.fullmatch(header) if header else None
    if match is None:
        return None
    first, last = match.groups()
    if not (first or last) or len(first) > _MAX_DIGITS or len(last) > _MAX_DIGITS:
        return None
    if not first:
        start, end = max(0, size - int(last)), size
    else:
        start, end = int(first), min(int(last) + 1, size) if last else size
        if last and int(last) < start:
            return None
    if start >= size or start >= end:
        raise UnsatisfiableError(header)
    return start, end


def matches(header: str | None, etag: str) -> bool:
    """Whether an If-None-Match or If-Match header names this entity tag (or `*`); weak tags count as equal."""
    if header is None:
        return False
    tags = [tag.strip().removeprefix("W/") for tag in header.split(",")]
    return "*" in tags or etag in tags


def stream(file: BinaryIO, start: int, end: int) -> Iterator[bytes]:
    """Yield the bytes of a file from start to end in chunks and close it, also when the reader goes away."""
    with file:
        file.seek(start)
        left = end - start
        while left > 0 and (chunk := file.read(min(CHUNK, left))):
            left -= len(chunk)
            yield chunk
