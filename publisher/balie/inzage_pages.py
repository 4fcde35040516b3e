"""The page on which links for requesters are made, seen and ended."""

from functools import partial

from fastapi import APIRouter
from pydantic import Field
from starlette.requests import Request
from starlette.responses import Response

from publisher.balie import flash
from publisher.balie.deel import Deel, Verwijzing
from publisher.balie.forms import SentForm
from publisher.balie.handling import Invulling, handled
from publisher.balie.pages import pages_of
from publisher.balie.publiceren_pages import Niets
from publisher.desk import AtDesk, Desk, Id
from publisher.inputs import BodyInput, Code, Naam
from publisher.routes.publiceren import inzage_url
from woo.domain.actor import Recht
from woo.domain.document import Bestemming
from woo.domain.publicatie import Publicatie, Publicatiestatus
from woo.usecases.verzoekerslink import create_inzage, inzages_of, revoke_inzage

router = APIRouter(include_in_schema=False)
_MOST_CHOICES = 200
"""Documents that can be chosen one by one on the page; of more, all that may be seen are taken, or the API chooses."""

_FOR = {
    Bestemming.OPENBAAR: "",
    Bestemming.ALLEEN_VERZOEKER: " (alleen voor de verzoeker)",
    Bestemming.VERZONDEN: " (zoals verzonden)",
}


class NieuweInzage(BodyInput):
    """For whom a link is, how long it lasts and what it shows."""

    naam: Naam = Field(title="Voor wie")
    dagen: int = Field(ge=1, le=366, title="Aantal dagen")
    documenten: list[Code] = Field(default_factory=list, title="Documenten")


@router.get("/publicaties/{id}/inzage")
def get_inzage(id: Id, request: Request, desk: AtDesk) -> Response:
    return _page(request, desk, id, Invulling.of({"dagen": min(14, desk.settings.publiceren.inzage_dagen)}))


@router.post("/publicaties/{id}/inzage")
def post_inzage(id: Id, request: Request, desk: AtDesk, form: SentForm) -> Response:
    def do(invoer: NieuweInzage) -> Response:
        _, secret = create_inzage(
            desk.platform,
            desk.actor,
            id,
            naam=invoer.naam,
            dagen=invoer.dagen,
            most_days=desk.settings.publiceren.inzage_dagen,
            documenten=invoer.documenten or None,
        )
        return _page(request, desk, id, Invulling(), 201, made=inzage_url(desk, secret))

    return handled(form, NieuweInzage, do, partial(_page, request, desk, id))


@router.post("/publicaties/{id}/inzage/{inzage}/intrekken")
def post_intrekken(id: Id, inzage: Id, request: Request, desk: AtDesk, form: SentForm) -> Response:
    def do(_: Niets) -> Response:
        revoke_inzage(desk.platform, desk.actor, inzage)
        return flash.after(f"/publicaties/{id}/inzage", "De link is ingetrokken en werkt niet meer.")

    return handled(form, Niets, do, partial(_page, request, desk, id))


def _page(
    request: Request, desk: Desk, id: str, form: Invulling, status: int = 200, made: str = ""
) -> Response:
    links = inzages_of(desk.platform, desk.actor, id)
    with desk.platform.registry.read() as reading:
        publicatie = reading.publicatie(id)
        documenten = reading.documents_in_short(id)
    keuzes = [
        (each.id, f"{each.volgnummer}. {each.officiele_titel}{_FOR[each.bestemming]}") for each in documenten
    ]
    return pages_of(request).render(
        request,
        "publiceren_inzage.html",
        status=status,
        publicatie=publicatie,
        links=links,
        now=desk.platform.now(),
        keuzes=keuzes if len(keuzes) <= _MOST_CHOICES else [],
        aantal=len(documenten),
        most=desk.settings.publiceren.inzage_dagen,
        form=form,
        made=made,
    )


def _acties(_: Desk, found: Publicatie) -> list[Verwijzing]:
    if found.status is Publicatiestatus.INGETROKKEN:
        return []
    return [
        Verwijzing(
            f"/publicaties/{found.id}/inzage",
            "Link voor de verzoeker",
            "Laat de verzoeker documenten zien, met een einddatum.",
            Recht.PUBLISH,
        )
    ]


DEEL = Deel(router, publicatie_acties=_acties)
