"""Sends a file out of the archive to who works at the desk, always as a download: nothing of it is shown by the browser."""

from collections.abc import Iterator
from typing import BinaryIO
from urllib.parse import quote

from starlette.responses import Response, StreamingResponse

from publisher.desk import Desk
from woo.exports.names import safe_name
from woo.usecases.afhalen import find_bestand

_CHUNK = 256 * 1024


def download(desk: Desk, id: str, versie: int | None = None) -> Response:
    """The file of this version of a document, the last one by default; raises NotFound, NotAllowed and Unavailable."""
    bestand = find_bestand(desk.platform, desk.actor, id, versie)
    opened = desk.platform.archive.open(bestand.digest)
    naam = safe_name(bestand.naam)
    plain = "".join(c if c.isascii() and c.isprintable() and c not in '"\\%' else "_" for c in naam)
    headers = {
        "Content-Disposition": f"attachment; filename=\"{plain}\"; filename*=UTF-8''{quote(naam, safe='')}",
        "Content-Length": str(bestand.grootte),
    }
    media = bestand.mime or "application/octet-stream"
    return StreamingResponse(_pieces(opened), media_type=media, headers=headers)


def _pieces(opened: BinaryIO) -> Iterator[bytes]:
    with opened:
        while piece := opened.read(_CHUNK):
            yield piece
