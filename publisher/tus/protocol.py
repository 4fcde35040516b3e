"""What the headers of tus say: version, offset, length, metadata, checksum; and how each is refused (tus.io, protocol 1.0.0)."""

import base64
import binascii
import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from email.utils import format_datetime
from typing import Any

from starlette.datastructures import Headers

from publisher.problems import ProblemError
from woo.views.problems import InputFault, Problem, quoted

VERSION = "1.0.0"
EXTENSIONS = "creation,expiration,checksum,termination"
ALGORITHMS = ("sha1", "sha256")
CHUNK_TYPE = "application/offset+octet-stream"
_MOST_METADATA = 8 * 1024
_MISMATCH = 460
"""The status that the extension checksum gives to bytes that are not those of their digest."""


def always(**more: str) -> dict[str, str]:
    """The headers of every answer, and these."""
    return {"Tus-Resumable": VERSION, **more}


def require_version(headers: Headers) -> None:
    """Raise the 412 unless the request speaks this version."""
    if headers.get("tus-resumable") != VERSION:
        detail = f"Stuur de header 'Tus-Resumable: {VERSION}' mee."
        raise refused(412, "Deze versie van tus kennen wij niet", detail, **{"Tus-Version": VERSION})


def number(headers: Headers, name: str, most: int) -> int:
    """A whole number of bytes in a header; raises the 400, and the 413 above `most`."""
    text = headers.get(name, "")
    if not (text.isascii() and text.isdigit() and len(text) < 19):
        raise refused(
            400, "Een deel van uw vraag klopt niet", f"De header '{name}' moet een aantal bytes zijn.", name
        )
    if int(text) > most:
        raise refused(413, "Dit is te groot", f"Een bestand mag hoogstens {most} bytes zijn.", name)
    return int(text)


def metadata(headers: Headers) -> dict[str, str]:
    """The pairs of `Upload-Metadata`: names, and values in base64 of UTF-8; raises the 400."""
    given = headers.get("upload-metadata", "")
    if len(given) > _MOST_METADATA:
        raise refused(
            400,
            "Een deel van uw vraag klopt niet",
            "De header 'Upload-Metadata' is te lang.",
            "Upload-Metadata",
        )
    found: dict[str, str] = {}
    for pair in filter(None, (part.strip() for part in given.split(","))):
        name, _, value = pair.partition(" ")
        try:
            text = base64.b64decode(value.strip(), validate=True).decode()
        except (binascii.Error, UnicodeError):
            detail = f"De waarde van {quoted(name)} in 'Upload-Metadata' is geen base64 van UTF-8."
            raise refused(400, "Een deel van uw vraag klopt niet", detail, "Upload-Metadata") from None
        if name in found:
            detail = f"De naam {quoted(name)} staat twee keer in 'Upload-Metadata'."
            raise refused(400, "Een deel van uw vraag klopt niet", detail, "Upload-Metadata")
        found[name] = text
    return found


def written(given: Mapping[str, str]) -> str:
    """Metadata as the header has it."""
    return ",".join(f"{name} {base64.b64encode(value.encode()).decode()}" for name, value in given.items())


@dataclass(slots=True)
class Checksum:
    """The digest that a part must have, and that of what came so far."""

    wanted: bytes
    digest: Any

    def check(self) -> None:
        """Raise the 460 unless they are the same."""
        if self.digest.digest() != self.wanted:
            detail = "Dit deel is onderweg veranderd: de controlesom klopt niet. Stuur het opnieuw."
            raise refused(_MISMATCH, "De controlesom klopt niet", detail)


def checksum(headers: Headers) -> Checksum | None:
    """The checksum of `Upload-Checksum`; None without one; raises the 400."""
    given = headers.get("upload-checksum")
    if given is None:
        return None
    name, _, value = given.partition(" ")
    try:
        wanted = base64.b64decode(value.strip(), validate=True)
    except binascii.Error:
        wanted = b""
    if name not in ALGORITHMS or len(wanted) != hashlib.new(name, usedforsecurity=False).digest_size:
        detail = f"De header 'Upload-Checksum' noemt {' of '.join(ALGORITHMS)} en de som in base64."
        raise refused(400, "Een deel van uw vraag klopt niet", detail, "Upload-Checksum")
    return Checksum(wanted, hashlib.new(name, usedforsecurity=False))


def moment(value: datetime) -> str:
    """A moment as a header writes it (RFC 9110, section 5.6.7)."""
    return format_datetime(value.replace(microsecond=0), usegmt=True)


def refused(status: int, title: str, detail: str, header: str = "", **headers: str) -> ProblemError:
    """The error of a request, with the version in its headers."""
    faults = [InputFault("header", header, "ongeldige-waarde", detail)] if header else []
    return ProblemError(Problem(status, title, detail, faults, headers=always(**headers)))
