"""The pages of one document: see it, change its data, take over suggestions, give it another file, move it."""

from collections.abc import Mapping
from functools import partial
from typing import Any, Literal

from fastapi import APIRouter
from pydantic import Field
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response

from publisher import aannemen
from publisher.afhalen import download
from publisher.balie import flash, keuzes
from publisher.balie.deel import Blok, Deel, Verwijzing
from publisher.balie.forms import Form, SentForm, reading
from publisher.balie.handling import Invulling, Waarde, handled
from publisher.balie.pages import in_order, pages_of
from publisher.balie.verwant import family_of, told
from publisher.balie.verzonden_pages import ROLLEN
from publisher.desk import AtDesk, Desk, Id
from publisher.documentbeheer_schemas import Overnemen
from publisher.inputs import BodyInput, Titel
from publisher.publicatie_inputs import DocumentWijziging, LosBestand
from publisher.routes.documentbeheer import Versienummer
from publisher.uploads import chosen_files, taken
from woo.domain.actor import Recht
from woo.domain.document import Document
from woo.domain.openbaarheid import is_public
from woo.domain.publicatie import Publicatie
from woo.usecases.document import CHANGEABLE
from woo.usecases.document_gegevens import accept_voorstel, change_seen
from woo.usecases.rechten import Handeling
from woo.usecases.volgorde import move

router = APIRouter(include_in_schema=False)
_VELDEN = {
    "officiele_titel": "Titel",
    "creatiedatum": "Datum",
    "kenmerk": "Kenmerk",
    "documentsoort": "Documentsoort",
    "taal": "Taal",
    "omschrijving": "Omschrijving",
    "grond": "Weigeringsgrond",
    "wet": "Wet",
    "onderwerp": "Onderwerp",
}


class Gegevens(DocumentWijziging):
    """All the data of a document, as its form sends them: an empty field is emptied."""

    officiele_titel: Titel = Field(title="Titel")

    def changes(self) -> dict[str, Any]:
        return {name: getattr(self, name) for name in CHANGEABLE}


class Reden(LosBestand):
    """Why a file was replaced, and the field of the file itself, so that what is wrong with it stands there."""

    bestand: None = Field(default=None, title="Nieuw bestand")


class Verplaatsing(BodyInput):
    """Where a document goes."""

    volgnummer: int = Field(ge=1, le=1_000_000, title="Volgnummer")
    terug: Literal["volgorde"] | None = Field(default=None, description="The page that it was sent from.")


@router.get("/documenten/{id}")
def get_document(id: Id, request: Request, desk: AtDesk) -> Response:
    return _shown(request, desk, id)


@router.get("/documenten/{id}/wijzig")
def get_wijzig(id: Id, request: Request, desk: AtDesk) -> Response:
    document, publicatie = desk.document_for(Handeling.DOCUMENT_WIJZIGEN, id)
    return _form(request, desk, document, publicatie, Invulling.of(_stored(document)))


@router.post("/documenten/{id}/wijzig")
def post_wijzig(id: Id, request: Request, desk: AtDesk, form: SentForm) -> Response:
    document, publicatie = desk.document_for(Handeling.DOCUMENT_WIJZIGEN, id)

    def do(invoer: Gegevens) -> Response:
        change_seen(desk.platform, desk.actor, id, invoer.changes(), gezien=invoer.gewijzigd_op)
        return flash.after(f"/documenten/{id}", "De wijziging is bewaard.")

    return handled(
        form,
        Gegevens,
        do,
        partial(_form, request, desk, document, publicatie),
        stored=lambda: _stored(desk.document_for(Handeling.DOCUMENT_WIJZIGEN, id)[0]),
    )


@router.post("/documenten/{id}/voorstel")
def post_voorstel(id: Id, request: Request, desk: AtDesk, form: SentForm) -> Response:
    def do(invoer: Overnemen) -> Response:
        accept_voorstel(desk.platform, desk.actor, id, invoer.veld, invoer.waarde)
        return flash.after(f"/documenten/{id}", f"{_VELDEN[invoer.veld]} is overgenomen.")

    return handled(form, Overnemen, do, partial(_shown, request, desk, id))


@router.post("/documenten/{id}/volgnummer")
def post_volgnummer(id: Id, request: Request, desk: AtDesk, form: SentForm) -> Response:
    def do(invoer: Verplaatsing) -> Response:
        number = move(desk.platform, desk.actor, id, invoer.volgnummer)
        document, _ = desk.document_for(Handeling.DOCUMENT_LEZEN, id)
        order = f"/publicaties/{document.publicatie_id}/volgorde"
        there = order if invoer.terug else f"/documenten/{id}"
        return flash.after(there, f"Het document staat nu op plaats {number}.")

    return handled(form, Verplaatsing, do, partial(_shown, request, desk, id))


@router.get("/documenten/{id}/versies/{versie}/bestand")
def get_versiebestand(id: Id, versie: Versienummer, desk: AtDesk) -> Response:
    return download(desk, id, versie)


@router.get("/documenten/{id}/bestand")
def get_bestand(id: Id, request: Request, desk: AtDesk) -> Response:
    return _replacing(request, desk, id, Invulling())


@router.post("/documenten/{id}/bestand")
async def post_bestand(id: Id, request: Request, desk: AtDesk) -> Response:
    await run_in_threadpool(aannemen.require_replaceable, desk, id)
    limit = desk.settings.limits.file_bytes
    async with reading(request, files=1, limit=limit + 2**20) as form:
        return await run_in_threadpool(_replace, id, request, desk, form)


def _replace(id: str, request: Request, desk: Desk, form: Form) -> Response:
    def do(invoer: Reden) -> Response:
        velden = {} if invoer.reden is None else {"reden": invoer.reden}
        file = chosen_files(form.bestanden)[0]
        upload = taken(file, velden, limit=desk.settings.limits.file_bytes)
        aannemen.replace(desk, id, upload)
        return flash.after(
            f"/documenten/{id}", "Het bestand is vervangen. Het is weer openbaar als het is gelezen."
        )

    return handled(form, Reden, do, partial(_replacing, request, desk, id))


def _replacing(request: Request, desk: Desk, id: str, form: Invulling, status: int = 200) -> Response:
    document, publicatie = desk.document_for(Handeling.DOCUMENT_VERVANGEN, id)
    return pages_of(request).render(
        request,
        "document_bestand.html",
        status=status,
        document=document,
        publicatie=publicatie,
        form=form,
        most=desk.settings.limits.file_bytes,
    )


def _shown(
    request: Request, desk: Desk, id: str, form: Invulling | None = None, status: int = 200
) -> Response:
    document, publicatie = desk.document_for(Handeling.DOCUMENT_LEZEN, id)
    with desk.platform.registry.read() as snapshot:
        versions = snapshot.versions(id)
        relations = told(snapshot, id)
        family = family_of(snapshot, document)
    pages, lijsten = pages_of(request), desk.platform.lijsten
    acties = [link for deel in pages.delen for link in deel.document_acties(desk, document, publicatie)]
    blokken: list[Blok] = [
        blok for deel in pages.delen for blok in deel.document_blokken(desk, document, publicatie)
    ]
    return pages.render(
        request,
        "document.html",
        status=status,
        form=form or Invulling(),
        document=document,
        publicatie=publicatie,
        openbaar=is_public(document, publicatie),
        soort=keuzes.naam(lijsten.documentsoorten, document.documentsoort),
        taal=keuzes.naam(lijsten.talen, document.taal),
        lezing=keuzes.LEESSTATUS[document.lezing.status],
        voorstellen=_suggestions(desk, document),
        relations=relations,
        family=family,
        versions=versions[::-1],
        acties=[link for link in acties if desk.actor.may_for(link.recht, publicatie.publisher)],
        blokken=in_order(blokken),
    )


def _suggestions(desk: Desk, document: Document) -> list[Mapping[str, Any]]:
    """What programs found: with the name of the value, and whether it is what the field says already."""
    lijsten = {
        "documentsoort": desk.platform.lijsten.documentsoorten,
        "taal": desk.platform.lijsten.talen,
    }
    told: list[Mapping[str, Any]] = []
    for each in document.voorstellen:
        present = getattr(document, each.veld, None)
        lijst = lijsten.get(each.veld)
        told.append(
            {
                "voorstel": each,
                "veld": _VELDEN.get(each.veld, each.veld),
                "naam": keuzes.naam(lijst, each.waarde) if lijst else each.waarde,
                "geldt": present is not None and str(present) == each.waarde,
                "over_te_nemen": each.veld in CHANGEABLE,
                "procent": round(each.zekerheid * 100),
            }
        )
    return told


def _form(
    request: Request,
    desk: Desk,
    document: Document,
    publicatie: Publicatie,
    form: Invulling,
    status: int = 200,
) -> Response:
    return pages_of(request).render(
        request,
        "document_formulier.html",
        status=status,
        document=document,
        publicatie=publicatie,
        form=form,
        soorten=keuzes.documentsoorten(desk),
        talen=keuzes.talen(desk),
        rollen=ROLLEN,
    )


def _stored(document: Document) -> Mapping[str, Waarde]:
    return {
        "officieleTitel": document.officiele_titel,
        "omschrijving": document.omschrijving,
        "kenmerk": document.kenmerk,
        "documentsoort": document.documentsoort,
        "creatiedatum": document.creatiedatum,
        "taal": document.taal,
        "rol": None if document.rol is None else document.rol.value,
        "gewijzigdOp": document.gewijzigd_op,
    }


def _acties(_: Desk, document: Document, publicatie: Publicatie) -> list[Verwijzing]:
    if document.intrekking is not None or publicatie.intrekking is not None:
        return []
    path = f"/documenten/{document.id}"
    return [
        Verwijzing(f"{path}/wijzig", "Gegevens wijzigen", "Titel, datum, soort, kenmerk.", Recht.EDIT),
        Verwijzing(f"{path}/relaties", "Relaties", "Waar dit document bij hoort.", Recht.EDIT),
        Verwijzing(f"{path}/bestand", "Bestand vervangen", "Het oude bestand blijft bewaard.", Recht.PUBLISH),
    ]


DEEL = Deel(router, document_acties=_acties)
