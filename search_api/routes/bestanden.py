"""The file of a document itself: whole or in part, with the headers that harvesters and caches ask for."""

from datetime import datetime
from email.utils import format_datetime
from urllib.parse import quote

from fastapi import FastAPI
from starlette.requests import Request
from starlette.responses import Response, StreamingResponse

from search_api import addresses
from search_api.describe import described, offer
from search_api.parts import parts_of
from search_api.problems import ProblemError
from search_api.ranges import UnsatisfiableError, matches, stream, wanted_range
from woo.domain.document import lasting_name
from woo.domain.errors import NotFound
from woo.storage.port import PublicDocument, PublicFile
from woo.views.problems import Problem

_SAFE_INLINE = frozenset(
    {"application/pdf", "image/png", "image/jpeg", "image/webp", "image/gif", "text/plain"}
)
_POLICY = "default-src 'none'; sandbox; frame-ancestors 'none'; base-uri 'none'; form-action 'none'"


def add_to(app: FastAPI) -> None:
    """Add this route to the application."""
    offer(
        app,
        "/v1/documenten/{id}/bestand/{bestandsnaam:path}",
        get_bestand,
        described(
            "Het bestand zelf",
            "application/octet-stream",
            gone=True,
            uitleg="Het bestand onder zijn eigen naam en soort, ook op het blijvende adres `document.pdf`; ook in delen (Range). De ETag is de SHA-256.",
        ),
    )


def get_bestand(request: Request) -> Response:
    parts = parts_of(request)
    document = parts.gate.document(request.path_params["id"])
    file = _named_file(document, request.path_params["bestandsnaam"], parts.site)
    headers = _headers(document, file)
    if matches(request.headers.get("if-none-match"), headers["ETag"]):
        return Response(status_code=304, headers=headers)
    part = _part(request, file, headers["ETag"])
    start, end = part or (0, file.grootte)
    headers["Content-Length"] = str(end - start)
    if part is not None:
        headers["Content-Range"] = f"bytes {start}-{end - 1}/{file.grootte}"
    status = 200 if part is None else 206
    if request.method == "HEAD":
        return Response(status_code=status, headers=headers)
    opened = parts.store.open_file(document.id)
    if opened is None:
        raise NotFound("bestand", document.id)
    if start == 0:
        parts.teller.count(document.id, "download")
    return StreamingResponse(stream(opened, start, end), status_code=status, headers=headers)


def _named_file(document: PublicDocument, naam: str, site: str) -> PublicFile:
    file = document.bestand
    if file is None:
        raise NotFound("bestand", document.id)
    if naam not in (file.naam, lasting_name(file.naam)):
        path = addresses.file(document.kaart)
        raise ProblemError(
            Problem(
                404,
                "Dit bestand heet nu anders",
                f"Het bestand van dit document staat op {site}{path}.",
                extra={"bestandUrl": f"{site}{path}"},
            )
        )
    return file


def _part(request: Request, file: PublicFile, etag: str) -> tuple[int, int] | None:
    condition = request.headers.get("if-range")
    if condition is not None and condition.strip() != etag:
        return None
    try:
        return wanted_range(request.headers.get("range"), file.grootte)
    except UnsatisfiableError:
        raise ProblemError(
            Problem(
                416,
                "Dat deel van het bestand bestaat niet",
                f"Het bestand is {file.grootte} bytes lang. Vraag een deel daarbinnen.",
                headers={"Content-Range": f"bytes */{file.grootte}"},
            )
        ) from None


def _headers(document: PublicDocument, file: PublicFile) -> dict[str, str]:
    shown = "inline" if file.mime in _SAFE_INLINE else "attachment"
    plain = "".join(c if c.isascii() and c.isprintable() and c not in '"\\%' else "_" for c in file.naam)
    changed = datetime.fromisoformat(document.kaart["gewijzigdOp"])
    return {
        "Content-Type": file.mime or "application/octet-stream",
        "ETag": f'"{file.digest}"',
        "Last-Modified": format_datetime(changed, usegmt=True),
        "Accept-Ranges": "bytes",
        "Cache-Control": "no-cache",
        "Content-Disposition": f"{shown}; filename=\"{plain}\"; filename*=UTF-8''{quote(file.naam, safe='')}",
        "Content-Security-Policy": _POLICY,
    }
