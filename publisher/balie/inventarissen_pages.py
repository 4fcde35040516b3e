"""The page of all inventories: how far each is, what has errors or is left over, and when a list was taken over last."""

from typing import Annotated
from urllib.parse import urlencode

from fastapi import APIRouter, Query
from pydantic import Field
from starlette.requests import Request
from starlette.responses import Response

from publisher.balie import keuzes
from publisher.balie.deel import Deel
from publisher.balie.pages import pages_of
from publisher.desk import AtDesk
from publisher.inputs import PaginaVraag
from publisher.inventarissen_schemas import page_of

router = APIRouter(include_in_schema=False)
_PER_PAGE = 50


class Bladvraag(PaginaVraag):
    """Which inventories the page shows."""

    na: str | None = Field(default=None, max_length=500)


@router.get("/inventaris")
def get_inventarissen(request: Request, desk: AtDesk, deel: Annotated[Bladvraag, Query()]) -> Response:
    page, volgende = page_of(desk, "balie inventarissen", deel.na, _PER_PAGE)
    lijst = desk.platform.lijsten.organisaties
    return pages_of(request).render(
        request,
        "inventarissen.html",
        rows=[
            {
                "stand": stand,
                "status": keuzes.STATUS[stand.publicatie.status],
                "organisatie": keuzes.naam(lijst, stand.publicatie.publisher),
                "base": f"/publicaties/{stand.publicatie.id}/inventaris",
            }
            for stand in page
        ],
        further="/inventaris?" + urlencode({"na": volgende}) if volgende else "",
        start="/inventaris" if deel.na else "",
    )


DEEL = Deel(router)
