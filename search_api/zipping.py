"""The files that a search finds, as one ZIP: first a list of everything found, then each file past the exit gate."""

import io
import json
import tempfile
from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import IO, Any, BinaryIO

from search_api.exporting import json_export
from search_api.parts import Parts
from search_api.walking import Walk
from woo.exports.names import safe_name
from woo.exports.zip_stream import CHUNK, Member, Omitted, zip_stream

LIST = "lijst.jsonl"
FOLDER = "bestanden"
_IN_MEMORY = 1024 * 1024


def zip_export(parts: Parts, walk: Walk) -> Iterator[bytes]:
    """Yield a ZIP of the walk: `lijst.jsonl`, the files under `bestanden/`, `manifest.jsonl` and `SHA256SUMS`.

    The list stands in front, so that who loses the connection knows of every file its address, digest and cursor. Each
    file is asked of the gate when it is written: of what was withdrawn since the list was made, the manifest tells only that
    it is left out. Raises Unavailable as gate and store do; the ZIP then has no end.
    """
    with tempfile.SpooledTemporaryFile(_IN_MEMORY) as kept:
        yield from zip_stream(_members(parts, walk, kept))


def total_bytes(walk: Walk) -> int | None:
    """How many bytes the files of this walk are together; None when that is not known before it is walked."""
    found = walk.known()
    return None if found is None else sum((kaart["bestand"] or {}).get("grootte", 0) for kaart in found)


def _members(parts: Parts, walk: Walk, kept: IO[bytes]) -> Iterator[Member | Omitted]:
    yield Member(LIST, _listed(parts, walk, kept), "application/json", gegevens={"soort": "lijst"})
    kept.seek(0)
    for number, line in enumerate(kept, start=1):
        document = json.loads(line)
        if document["bestand"]:
            yield from _file(parts, document, number)


def _listed(parts: Parts, walk: Walk, kept: IO[bytes]) -> Iterator[bytes]:
    for piece in json_export(walk, parts.site):
        kept.write(piece)
        yield piece


def _file(parts: Parts, told: Mapping[str, Any], number: int) -> Iterator[Member | Omitted]:
    """The file of a document under its place in the list and its own name; that it is left out when it is public no more."""
    document = parts.gate.find(told["id"])
    file = None if document is None else parts.store.open_file(document.id)
    if document is None or file is None:
        yield Omitted({"id": told["id"], "reden": "Niet meer openbaar."})
        return
    with file:
        size = file.seek(0, io.SEEK_END)
        file.seek(0)
        bestand = document.bestand
        yield Member(
            f"{FOLDER}/{number:06}-{safe_name(told['bestand']['naam'] if bestand is None else bestand.naam)}",
            _chunks(file),
            "application/octet-stream" if bestand is None else bestand.mime,
            size,
            datetime.fromisoformat(document.kaart["gewijzigdOp"]),
            {
                "id": told["id"],
                "officieleTitel": document.kaart["officieleTitel"],
                "url": told["url"],
                "bestandUrl": told["bestandUrl"],
            },
        )


def _chunks(file: BinaryIO) -> Iterator[bytes]:
    while chunk := file.read(CHUNK):
        yield chunk
