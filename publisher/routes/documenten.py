"""Documents: add with a file, show, change, give a new file, withdraw."""

from fastapi import APIRouter
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response

from publisher import aannemen, schemas
from publisher.desk import AtDesk, Desk, Id
from publisher.intrekken_inputs import NieuweIntrekking
from publisher.openapi import multipart
from publisher.publicatie_inputs import DocumentWijziging, LosBestand, NieuwDocument
from publisher.uploads import Upload, received, validated
from woo.usecases import intrekking, inzage
from woo.usecases.document_gegevens import change_seen

router = APIRouter(tags=["documenten"])


@router.post(
    "/publicaties/{id}/documenten",
    status_code=201,
    summary="Voeg een document toe",
    openapi_extra=multipart(NieuwDocument),
)
async def add_document(id: Id, desk: AtDesk, request: Request, response: Response) -> schemas.Document:
    """De inhoud van het bestand moet zijn wat de naam zegt. Het document is openbaar als de publicatie dat is en het bestand is gelezen."""
    await run_in_threadpool(aannemen.require_room, desk, id)
    async with received(request, NieuwDocument, limit=desk.settings.limits.file_bytes) as upload:
        added = await run_in_threadpool(_add, desk, id, upload)
    response.headers["Location"] = f"/v1/documenten/{added.id}"
    return added


@router.get("/documenten/{id}", summary="Eén document")
def get_document(id: Id, desk: AtDesk) -> schemas.Document:
    """De gegevens van het document, ook als het nog niet openbaar is of is ingetrokken."""
    found, publicatie = inzage.read_document(desk.platform, desk.actor, id)
    return schemas.Document.of(found, publicatie, desk.platform.lijsten)


@router.patch("/documenten/{id}", summary="Wijzig een document")
def change_document(id: Id, desk: AtDesk, wijziging: DocumentWijziging) -> schemas.Document:
    """Alleen de velden die u noemt veranderen; met `null` maakt u een veld leeg. Wat is ingetrokken, verandert niet meer."""
    change_seen(
        desk.platform,
        desk.actor,
        id,
        wijziging.velden(),
        gezien=wijziging.gewijzigd_op,
        toelichting=wijziging.uitleg(),
    )
    return _shown(desk, id)


@router.put("/documenten/{id}/bestand", summary="Vervang het bestand", openapi_extra=multipart(LosBestand))
async def replace_bestand(id: Id, desk: AtDesk, request: Request) -> schemas.Document:
    """Geeft het document een nieuw bestand. Het is pas weer openbaar als het nieuwe bestand is gelezen. Iedereen ziet de reden."""
    await run_in_threadpool(aannemen.require_replaceable, desk, id)
    async with received(request, LosBestand, limit=desk.settings.limits.file_bytes) as upload:
        return await run_in_threadpool(_replace, desk, id, upload)


@router.post("/documenten/{id}/intrekken", summary="Trek een document in")
def withdraw_document(id: Id, desk: AtDesk, verzoek: NieuweIntrekking) -> schemas.Document:
    """Haalt het document meteen overal weg waar het openbaar is."""
    intrekking.withdraw_document(
        desk.platform, desk.actor, id, reden=verzoek.reden, code=verzoek.code, intern=verzoek.intern
    )
    return _shown(desk, id)


def _add(desk: Desk, publicatie_id: str, upload: Upload) -> schemas.Document:
    validated(upload.velden, NieuwDocument)  # here a title is asked for
    return _shown(desk, aannemen.add(desk, publicatie_id, upload).id)


def _replace(desk: Desk, id: str, upload: Upload) -> schemas.Document:
    aannemen.replace(desk, id, upload)
    return _shown(desk, id)


def _shown(desk: Desk, id: str) -> schemas.Document:
    with desk.platform.registry.read() as reading:
        found, publicatie = reading.document_with_publicatie(id)
    return schemas.Document.of(found, publicatie, desk.platform.lijsten)
