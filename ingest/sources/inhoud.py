"""Reads the body of a page of a site into memory, as far as a limit, unpacked where the site packed it unasked."""

import gzip
import json
import zlib
from pathlib import Path
from typing import Any, BinaryIO

_GZIP = b"\x1f\x8b"
MOST = 10 * 1024 * 1024
"""The most bytes of one page that are read into memory."""


class Onleesbaar(ValueError):
    """A page that cannot be read; `code` says why in a word."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


def open_inhoud(pad: Path) -> BinaryIO:
    """The file, unpacked while it is read where it is gzip (who reads it stops at a limit)."""
    with pad.open("rb") as file:
        zipped = file.read(2) == _GZIP
    return gzip.open(pad) if zipped else pad.open("rb")  # type: ignore[return-value]


def lees(pad: Path, limiet: int) -> bytes:
    """The whole body.

    Raises:
        Onleesbaar: it is larger than the limit (`too_large`), or its compression cannot be undone (`gzip`).
    """
    try:
        with open_inhoud(pad) as file:
            found = file.read(limiet + 1)
    except (OSError, EOFError, zlib.error) as error:
        raise Onleesbaar("gzip") from error
    if len(found) > limiet:
        raise Onleesbaar("too_large")
    return found


def lees_json(pad: Path, limiet: int) -> dict[str, Any]:
    """The object of a JSON body; raises Onleesbaar (`json`) where it is anything else."""
    try:
        found = json.loads(lees(pad, limiet))
    except (UnicodeDecodeError, json.JSONDecodeError, RecursionError) as error:
        raise Onleesbaar("json") from error
    if not isinstance(found, dict):
        raise Onleesbaar("json")
    return found
