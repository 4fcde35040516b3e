"""The page on which words are looked for in the text of concepts."""

from typing import Annotated

from fastapi import APIRouter, Query
from pydantic import Field
from starlette.requests import Request
from starlette.responses import Response

from publisher.balie.deel import Deel
from publisher.balie.handling import Invulling
from publisher.balie.pages import pages_of
from publisher.desk import AtDesk
from publisher.inputs import PaginaVraag
from publisher.tekst_schemas import Tekstvondsten
from woo.domain.errors import InvalidValue
from woo.usecases.rechten import Handeling
from woo.usecases.tekstzoeken import search_concepts

router = APIRouter(include_in_schema=False)
_TOO_SHORT = "Typ minstens één woord van drie tekens of meer."


class Zoekvraag(PaginaVraag):
    """The words."""

    zoek: str | None = Field(default=None, max_length=200)


@router.get("/publicaties-teksten")
def get_teksten(request: Request, desk: AtDesk, vraag: Annotated[Zoekvraag, Query()]) -> Response:
    desk.require(Handeling.PUBLICATIES_LEZEN, "document")
    found, fout = None, ""
    if vraag.zoek is not None:
        try:
            found = Tekstvondsten.of(search_concepts(desk.platform, desk.actor, vraag.zoek), vraag.zoek)
        except InvalidValue:
            fout = _TOO_SHORT
    return pages_of(request).render(
        request,
        "teksten.html",
        status=400 if fout else 200,
        form=Invulling.of({"zoek": vraag.zoek}),
        found=found,
        fout=fout,
    )


DEEL = Deel(router)
