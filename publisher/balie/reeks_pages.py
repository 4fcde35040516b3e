"""The page on which many concepts are published at once, and the report of what went and what did not."""

from functools import partial
from typing import Annotated
from urllib.parse import urlencode

from fastapi import APIRouter, Query
from pydantic import Field
from starlette.requests import Request
from starlette.responses import Response

from publisher.balie.deel import Deel
from publisher.balie.forms import SentForm
from publisher.balie.handling import Invulling, handled
from publisher.balie.pages import pages_of
from publisher.desk import AtDesk, Desk
from publisher.inputs import BodyInput, Code, PaginaVraag
from publisher.paging import cut, place_of
from woo.domain.actor import Recht
from woo.domain.publicatie import Publicatiestatus
from woo.registry import finding
from woo.usecases.inzage import list_publicaties
from woo.usecases.rechten import Handeling
from woo.usecases.reeks import publish_many

router = APIRouter(include_in_schema=False)
_LIJST = "balie reeks"
_PER_PAGE = 100


class Reeks(BodyInput):
    """Which concepts become public."""

    ids: list[Code] = Field(default_factory=list, title="Publicaties", max_length=_PER_PAGE)


class Bladvraag(PaginaVraag):
    """Which concepts the page shows."""

    na: str | None = Field(default=None, max_length=500)


@router.get("/publicaties-reeks")
def get_reeks(request: Request, desk: AtDesk, deel: Annotated[Bladvraag, Query()]) -> Response:
    return _page(request, desk, Invulling(), na=deel.na)


@router.post("/publicaties-reeks")
def post_reeks(request: Request, desk: AtDesk, form: SentForm) -> Response:
    def do(invoer: Reeks) -> Response:
        if not invoer.ids:
            empty = Invulling(algemeen=["Kies minstens één publicatie."])
            return _page(request, desk, empty, 400)
        uitslagen = publish_many(desk.platform, desk.actor, invoer.ids)
        with desk.platform.registry.read() as reading:
            titels = {
                each.id: reading.publicatie(each.id).officiele_titel
                for each in uitslagen
                if each.reden != "bestaat_niet"
            }
        gelukt = sum(each.gelukt for each in uitslagen)
        return pages_of(request).render(
            request, "publiceren_verslag.html", uitslagen=uitslagen, titels=titels, gelukt=gelukt
        )

    return handled(form, Reeks, do, partial(_page, request, desk))


def _page(
    request: Request, desk: Desk, form: Invulling, status: int = 200, na: str | None = None
) -> Response:
    desk.require(Handeling.REEKS_PUBLICEREN, "publicatie")
    vraag = finding.Zoekvraag(status=Publicatiestatus.CONCEPT)
    found = list_publicaties(
        desk.platform, desk.actor, vraag, after=place_of(_LIJST, na), limit=_PER_PAGE + 1
    )
    page, volgende = cut(found, _PER_PAGE, lijst=_LIJST, place=lambda row: row.id)
    rows = [each for each in page if desk.actor.may_for(Recht.PUBLISH, each.publisher)]
    return pages_of(request).render(
        request,
        "publiceren_reeks.html",
        status=status,
        rows=rows,
        form=form,
        further="/publicaties-reeks?" + urlencode({"na": volgende}) if volgende else "",
        start="/publicaties-reeks" if na else "",
    )


DEEL = Deel(router)
