"""The routes of uploads in parts (tus 1.0.0): begin one, ask how far it is, add to it, end it; whole, it becomes a document."""

from asyncio import CancelledError
from collections.abc import AsyncIterator, Mapping
from dataclasses import replace
from typing import Annotated, BinaryIO

from fastapi import APIRouter, Path
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import UploadFile
from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response

from publisher import aannemen
from publisher.desk import AtDesk, Desk
from publisher.middleware import allow_body
from publisher.problems import ProblemError, of, refused_input
from publisher.publicatie_inputs import LosBestand, NieuwDocument
from publisher.tus import protocol
from publisher.tus.opslag import Aanvoer, Aanvoeropslag
from publisher.tus.protocol import always, refused
from publisher.tus.schemas import Stand
from publisher.uploads import Upload, safe_name, validated
from woo.domain.actor import Actor
from woo.domain.errors import Refused, Unavailable, WooError
from woo.views.problems import InputFault, invalid, unknown_name

router = APIRouter(tags=["uploads"])
UploadId = Annotated[str, Path(pattern="^[0-9a-f]{32}$", description="Het id van de upload.")]
_BLOCK = 1024 * 1024
_SLACK = 64 * 1024
_ABOUT = ("filename", "publicatie", "document")


@router.options("/uploads", status_code=204, summary="Wat deze server van tus kan")
def options(desk: AtDesk) -> Response:
    """Versie, uitbreidingen en het grootste bestand, in de headers."""
    return Response(
        status_code=204,
        headers=always(
            **{
                "Tus-Version": protocol.VERSION,
                "Tus-Extension": protocol.EXTENSIONS,
                "Tus-Max-Size": str(desk.settings.limits.file_bytes),
                "Tus-Checksum-Algorithm": ",".join(protocol.ALGORITHMS),
            }
        ),
    )


@router.post("/uploads", status_code=201, summary="Begin een upload in delen")
def begin(request: Request, desk: AtDesk) -> Response:
    """`Upload-Length` zegt hoe groot het bestand wordt; `Upload-Metadata` noemt `filename` en `publicatie` of `document`."""
    protocol.require_version(request.headers)
    if "upload-defer-length" in request.headers:
        detail = "Zeg vooraf hoe groot het bestand wordt, met 'Upload-Length'."
        raise refused(400, "Een deel van uw vraag klopt niet", detail, "Upload-Defer-Length")
    length = protocol.number(request.headers, "Upload-Length", desk.settings.limits.file_bytes)
    given = protocol.metadata(request.headers)
    _check(desk, given)
    if length == 0:
        raise refused_input("header", "Upload-Length", "leeg-bestand", "Het bestand is leeg.")
    try:
        made = _opslag(desk).make(_owner(desk.actor), length, given)
    except Refused:
        detail = "U heeft te veel uploads die niet af zijn. Maak er eerst een paar af of haal ze weg."
        raise refused(429, "Te veel uploads tegelijk", detail) from None
    location = {"Location": f"/v1/uploads/{made.id}", "Upload-Expires": protocol.moment(made.vervalt_op)}
    return Response(status_code=201, headers=always(**location))


@router.head("/uploads/{id}", summary="Hoe ver een upload is")
def progress(id: UploadId, request: Request, desk: AtDesk) -> Response:
    """`Upload-Offset` zegt hoeveel bytes er zijn; ga daar verder."""
    protocol.require_version(request.headers)
    found = _opslag(desk).get(id, _owner(desk.actor))
    told = _told(desk, found) | {
        "Upload-Length": str(found.lengte),
        "Upload-Metadata": protocol.written(found.metadata),
    }
    return Response(status_code=200, headers=told)


@router.get("/uploads/{id}", summary="De stand van een upload")
def get_upload(id: UploadId, desk: AtDesk) -> Stand:
    """Hoeveel er is, en als de upload af is welk document het werd, of waarom niet."""
    opslag = _opslag(desk)
    found = opslag.get(id, _owner(desk.actor))
    return Stand.of(found, opslag.received(found))


@router.patch("/uploads/{id}", status_code=204, summary="Stuur een deel")
async def add_part(id: UploadId, request: Request, desk: AtDesk) -> Response:
    """Het deel begint bij `Upload-Offset`. Met het laatste deel wordt het bestand gescand en een document."""
    return await _patch(id, request, desk)


@router.delete("/uploads/{id}", status_code=204, summary="Haal een upload weg")
def terminate(id: UploadId, request: Request, desk: AtDesk) -> Response:
    """Wat er van het bestand was, wordt verwijderd. Een document dat het al werd, blijft."""
    protocol.require_version(request.headers)
    opslag = _opslag(desk)
    opslag.drop(opslag.get(id, _owner(desk.actor)))
    return Response(status_code=204, headers=always())


@router.post("/uploads/{id}", status_code=204, summary="Stuur een deel met POST")
async def overridden(id: UploadId, request: Request, desk: AtDesk) -> Response:
    """Voor wie geen PATCH of DELETE kan sturen: noem de methode in `X-HTTP-Method-Override`."""
    method = request.headers.get("x-http-method-override", "").upper()
    if method == "PATCH":
        return await _patch(id, request, desk)
    if method == "DELETE":
        return await run_in_threadpool(terminate, id, request, desk)
    detail = "Noem PATCH of DELETE in de header 'X-HTTP-Method-Override'."
    raise refused(400, "Een deel van uw vraag klopt niet", detail, "X-HTTP-Method-Override")


async def _patch(id: str, request: Request, desk: Desk) -> Response:
    protocol.require_version(request.headers)
    if request.headers.get("content-type") != protocol.CHUNK_TYPE:
        detail = f"Stuur een deel als '{protocol.CHUNK_TYPE}'."
        raise refused(415, "Deze soort inhoud kan hier niet", detail, "Content-Type")
    opslag = _opslag(desk)
    found = await run_in_threadpool(opslag.get, id, _owner(desk.actor))
    offset = protocol.number(request.headers, "Upload-Offset", found.lengte)
    check = protocol.checksum(request.headers)
    if found.af:
        if offset != found.lengte:
            raise refused(409, "Dit deel past niet", "De upload is al af.")
        return _answered(desk, found)
    allow_body(request.scope, found.lengte - offset + _SLACK)
    await _receive(request, opslag, found, offset, check)
    if await run_in_threadpool(opslag.received, found) < found.lengte:
        return Response(status_code=204, headers=await run_in_threadpool(_told, desk, found))
    return await run_in_threadpool(_finish, desk, opslag, found)


async def _receive(
    request: Request, opslag: Aanvoeropslag, found: Aanvoer, offset: int, check: protocol.Checksum | None
) -> None:
    """Add what is sent; what came before the line broke stays, unless a checksum had to tell whether it is right."""
    try:
        with opslag.writing(found) as end:
            if end.tell() != offset:
                detail = f"Er zijn {end.tell()} bytes. Ga daar verder."
                raise refused(409, "Dit deel past niet", detail, "Upload-Offset")
            try:
                async for block in _blocks(request):
                    if end.tell() + len(block) > found.lengte:
                        detail = f"U stuurt meer dan de {found.lengte} bytes die u noemde."
                        raise refused(413, "Dit is te groot", detail)
                    if check is not None:
                        check.digest.update(block)
                    await run_in_threadpool(end.write, block)
                if check is not None:
                    check.check()
            except BaseException as error:
                if check is not None or not isinstance(error, ClientDisconnect | CancelledError):
                    end.truncate(offset)
                raise
    except Refused:
        raise _busy() from None


async def _blocks(request: Request) -> AsyncIterator[bytes]:
    """What is sent, in blocks of about a megabyte; what came before the line broke is given before that is told."""
    held = bytearray()
    broken: ClientDisconnect | None = None
    try:
        async for chunk in request.stream():
            held += chunk
            if len(held) >= _BLOCK:
                yield bytes(held)
                held.clear()
    except ClientDisconnect as error:
        broken = error
    if held:
        yield bytes(held)
    if broken is not None:
        raise broken


def _finish(desk: Desk, opslag: Aanvoeropslag, found: Aanvoer) -> Response:
    """Make the whole file a document; what is refused for good is written down, what may succeed later stays."""
    try:
        with opslag.writing(found) as held:
            found = opslag.get(found.id, found.eigenaar)
            if not found.af:
                held.seek(0)
                found = _ended(desk, opslag, found, held)
    except Refused:
        raise _busy() from None
    return _answered(desk, found)


def _ended(desk: Desk, opslag: Aanvoeropslag, found: Aanvoer, held: BinaryIO) -> Aanvoer:
    naam = safe_name(found.metadata["filename"])
    sent = UploadFile(held, size=found.lengte, filename=naam)
    upload = Upload(_fields(found.metadata), sent, naam, desk.settings.limits.file_bytes)
    try:
        if "document" in found.metadata:
            made = aannemen.replace(desk, found.metadata["document"], upload)
        else:
            made = aannemen.add(desk, found.metadata["publicatie"], upload)
    except Unavailable:
        raise
    except WooError as error:
        return opslag.end(found, fout=of(error).detail)
    return opslag.end(found, document_id=made.id)


def _fields(given: Mapping[str, str]) -> dict[str, str]:
    """The fields of the document, out of what came along with the file."""
    return {name: value for name, value in given.items() if name not in _ABOUT}


def _busy() -> ProblemError:
    detail = "Een andere vraag is met deze upload bezig. Wacht even en vraag hoe ver hij is."
    return refused(423, "Deze upload is bezet", detail)


def _answered(desk: Desk, found: Aanvoer) -> Response:
    if found.fout is not None:
        raise refused(409, "Dit bestand is niet aangenomen", found.fout)
    return Response(status_code=204, headers=_told(desk, found))


def _check(desk: Desk, given: dict[str, str]) -> None:
    """Refuse at the begin what would be refused at the end: names, fields, and the right to add."""
    replaces = "document" in given
    model = LosBestand if replaces else NieuwDocument
    known = {"filename", "publicatie", "document", *model.names()}
    faults = [unknown_name("header", name, known) for name in given if name not in known]
    if ("publicatie" in given) == replaces:
        detail = "Noem in 'Upload-Metadata' de publicatie, of het document waarvan u het bestand vervangt."
        faults.append(InputFault("header", "Upload-Metadata", "ontbreekt", detail))
    if not given.get("filename", "").strip():
        detail = "Noem in 'Upload-Metadata' de naam van het bestand als 'filename'."
        faults.append(InputFault("header", "Upload-Metadata", "ontbreekt", detail))
    if faults:
        raise ProblemError(replace(invalid(*faults), headers=always()))
    title = {} if replaces or given.get("officieleTitel", "").strip() else {"officieleTitel": "-"}
    validated(_fields(given) | title, model)
    safe_name(given["filename"])
    if replaces:
        aannemen.require_replaceable(desk, given["document"])
    else:
        aannemen.require_room(desk, given["publicatie"])


def _told(desk: Desk, found: Aanvoer) -> dict[str, str]:
    received = _opslag(desk).received(found)
    told = always(**{"Upload-Offset": str(received), "Upload-Expires": protocol.moment(found.vervalt_op)})
    return (
        told
        if found.document_id is None
        else told | {"Content-Location": f"/v1/documenten/{found.document_id}"}
    )


def _opslag(desk: Desk) -> Aanvoeropslag:
    return Aanvoeropslag(desk.settings.uploads, desk.platform.now)


def _owner(actor: Actor) -> str:
    return actor.account or f"naam {actor.naam}"
