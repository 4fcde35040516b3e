"""The pages on which a publicatie gets the data of its category, becomes an announcement, and a document is made to wait."""

from collections.abc import Mapping
from datetime import date
from functools import partial
from typing import Any

from fastapi import APIRouter
from pydantic import Field, create_model
from pydantic.alias_generators import to_camel
from starlette.requests import Request
from starlette.responses import Response

from publisher.balie import flash
from publisher.balie.deel import Deel, Verwijzing
from publisher.balie.forms import SentForm
from publisher.balie.handling import Invulling, handled
from publisher.balie.pages import pages_of
from publisher.balie.publiceren_pages import Niets
from publisher.desk import AtDesk, Desk, Id
from publisher.inputs import BodyInput, Code, Dag, Omschrijving
from woo.diwoo.categorieen import Categorieveld
from woo.domain.actor import Recht
from woo.domain.document import Bestemming, Document
from woo.domain.openbaarheid import is_public
from woo.domain.publicatie import Publicatie, Publicatiestatus
from woo.usecases.categorievelden import drop_announcement, fields_of, fill_fields, make_announcement
from woo.usecases.inzage import read_document, read_publicatie
from woo.usecases.opschorting import loopt_voorziening, release_document, suspend_document
from woo.usecases.rechten import Handeling

router = APIRouter(include_in_schema=False)


class Mededeling(BodyInput):
    """Why a document is withheld as a whole."""

    gronden: list[Code] = Field(default_factory=list, title="Waarom")
    toelichting: Omschrijving = Field(title="Toelichting")


class Opschorting(BodyInput):
    """The first day on which a document may be shown."""

    tot: Dag = Field(title="Niet openbaar voor")


@router.get("/publicaties/{id}/gegevens")
def get_gegevens(id: Id, request: Request, desk: AtDesk) -> Response:
    velden, waarden, publicatie = _fields(desk, id)
    given: Mapping[str, str | date] = {to_camel(naam): waarde for naam, waarde in waarden.items()}
    return _fields_page(request, publicatie, velden, Invulling.of(given))


@router.post("/publicaties/{id}/gegevens")
def post_gegevens(id: Id, request: Request, desk: AtDesk, form: SentForm) -> Response:
    velden, _, publicatie = _fields(desk, id)

    def do(invoer: BodyInput) -> Response:
        fill_fields(desk.platform, desk.actor, id, {veld.naam: getattr(invoer, veld.naam) for veld in velden})
        return flash.after(f"/publicaties/{id}", "De gegevens zijn bewaard.")

    return handled(form, _model(velden), do, partial(_fields_page, request, publicatie, velden))


def _model(velden: tuple[Categorieveld, ...]) -> type[BodyInput]:
    fields: dict[str, Any] = {
        veld.naam: (Omschrijving | None, Field(default=None, title=veld.label)) for veld in velden
    }
    return create_model("Categorievelden", __base__=BodyInput, **fields)


def _fields(desk: Desk, id: str) -> tuple[tuple[Categorieveld, ...], dict[str, str], Publicatie]:
    publicatie = read_publicatie(desk.platform, desk.actor, id)
    with desk.platform.registry.read() as reading:
        velden, waarden = fields_of(desk.platform, reading, publicatie)
    return velden, waarden, publicatie


def _fields_page(
    request: Request,
    publicatie: Publicatie,
    velden: tuple[Categorieveld, ...],
    form: Invulling,
    status: int = 200,
) -> Response:
    named = [(to_camel(veld.naam), veld) for veld in velden]
    return pages_of(request).render(
        request, "publiceren_gegevens.html", status=status, publicatie=publicatie, named=named, form=form
    )


@router.get("/publicaties/{id}/mededeling")
def get_mededeling(id: Id, request: Request, desk: AtDesk) -> Response:
    with desk.platform.registry.read() as reading:
        found = reading.publiceren.mededeling(id)
    given = {} if found is None else {"gronden": found.gronden, "toelichting": found.toelichting}
    return _announcement_page(request, desk, id, Invulling.of(given))


@router.post("/publicaties/{id}/mededeling")
def post_mededeling(id: Id, request: Request, desk: AtDesk, form: SentForm) -> Response:
    def do(invoer: Mededeling) -> Response:
        make_announcement(
            desk.platform, desk.actor, id, gronden=tuple(invoer.gronden), toelichting=invoer.toelichting
        )
        return flash.after(f"/publicaties/{id}", "Deze publicatie is nu een mededeling.")

    return handled(form, Mededeling, do, partial(_announcement_page, request, desk, id))


@router.post("/publicaties/{id}/mededeling-weg")
def post_mededeling_weg(id: Id, request: Request, desk: AtDesk, form: SentForm) -> Response:
    def do(_: Niets) -> Response:
        drop_announcement(desk.platform, desk.actor, id)
        return flash.after(f"/publicaties/{id}", "Dit is weer een gewone publicatie.")

    return handled(form, Niets, do, partial(_announcement_page, request, desk, id))


def _announcement_page(request: Request, desk: Desk, id: str, form: Invulling, status: int = 200) -> Response:
    publicatie = read_publicatie(desk.platform, desk.actor, id)
    with desk.platform.registry.read() as reading:
        is_one = reading.publiceren.mededeling(id) is not None
    gronden = [
        (waarde.code, f"{waarde.code} {waarde.naam}") for waarde in desk.platform.lijsten.weigeringsgronden
    ]
    return pages_of(request).render(
        request,
        "publiceren_mededeling.html",
        status=status,
        publicatie=publicatie,
        form=form,
        gronden=gronden,
        is_one=is_one,
    )


@router.get("/documenten/{id}/opschorting")
def get_opschorting(id: Id, request: Request, desk: AtDesk) -> Response:
    document, _ = desk.document_for(Handeling.DOCUMENT_OPSCHORTEN, id)
    return _waiting_page(request, desk, id, Invulling.of({"tot": document.opgeschort_tot}))


@router.post("/documenten/{id}/opschorting")
def post_opschorting(id: Id, request: Request, desk: AtDesk, form: SentForm) -> Response:
    def do(invoer: Opschorting) -> Response:
        suspend_document(desk.platform, desk.actor, id, tot=invoer.tot)
        return flash.after(f"/documenten/{id}", "Het document wacht. Op die dag wordt het vanzelf openbaar.")

    return handled(form, Opschorting, do, partial(_waiting_page, request, desk, id))


@router.post("/documenten/{id}/vrijgeven")
def post_vrijgeven(id: Id, request: Request, desk: AtDesk, form: SentForm) -> Response:
    def do(_: Niets) -> Response:
        release_document(desk.platform, desk.actor, id)
        return flash.after(f"/documenten/{id}", "Het document wacht niet langer.")

    return handled(form, Niets, do, partial(_waiting_page, request, desk, id))


def _waiting_page(request: Request, desk: Desk, id: str, form: Invulling, status: int = 200) -> Response:
    document, publicatie = read_document(desk.platform, desk.actor, id)
    with desk.platform.registry.read() as reading:
        court = loopt_voorziening(reading, publicatie.id)
    return pages_of(request).render(
        request, "publiceren_opschorting.html", status=status, document=document, form=form, court=court
    )


def _publicatie_acties(_: Desk, found: Publicatie) -> list[Verwijzing]:
    if found.status is Publicatiestatus.INGETROKKEN:
        return []
    fields = Verwijzing(
        f"/publicaties/{found.id}/gegevens",
        "Gegevens van de categorie",
        "Wat bij deze soort informatie hoort, zoals partijen of een datum.",
        Recht.EDIT,
    )
    announcement = Verwijzing(
        f"/publicaties/{found.id}/mededeling",
        "Mededeling",
        "Als het hele document geheim blijft (artikel 3.3, lid 8, Woo).",
        Recht.EDIT,
    )
    return [fields, announcement] if found.status is Publicatiestatus.CONCEPT else [fields]


def _document_acties(_: Desk, document: Document, publicatie: Publicatie) -> list[Verwijzing]:
    possible = document.intrekking is None and document.bestemming is Bestemming.OPENBAAR
    if not possible or is_public(document, publicatie):
        return []
    return [
        Verwijzing(
            f"/documenten/{document.id}/opschorting",
            "Later openbaar maken",
            "Als een ander bezwaar heeft (artikel 4.4, lid 5, Woo).",
            Recht.EDIT,
        )
    ]


DEEL = Deel(router, publicatie_acties=_publicatie_acties, document_acties=_document_acties)
