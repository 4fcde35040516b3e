"""Gives out the style sheets, scripts and icon of the desk: those of the shared look and its own."""

from typing import Annotated

from fastapi import APIRouter, Query
from starlette.requests import Request
from starlette.responses import Response

from publisher.balie.pages import pages_of
from publisher.inputs import QueryInput
from woo.domain.errors import NotFound
from woo.views import look

router = APIRouter(include_in_schema=False)


class Versie(QueryInput):
    """The digest in the address of a sheet, by which a browser tells an old one from a new one."""

    v: str | None = None


@router.get("/static/{naam}")
def get_static(naam: str, request: Request, _: Annotated[Versie, Query()]) -> Response:
    sheet = pages_of(request).sheets.get(naam)
    if sheet is None:
        raise NotFound("bestand", naam)
    return Response(sheet.content, media_type=sheet.media_type, headers=look.FOR_EVER)
