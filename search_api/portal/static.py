"""Gives out the style sheets, scripts and icon of the public site: those of the shared look and its own scripts."""

from pathlib import Path
from typing import cast

from fastapi import FastAPI
from starlette.requests import Request
from starlette.responses import Response

from search_api.describe import offer
from woo.domain.errors import NotFound
from woo.views import look

OWN = Path(__file__).parent / "static"
"""The scripts that only the public site has."""


def add_to(app: FastAPI) -> None:
    """Add this route to the application."""
    offer(app, "/static/{naam}", get_static)


def get_static(request: Request) -> Response:
    sheet = cast(dict[str, look.Sheet], request.app.state.pages.sheets).get(request.path_params["naam"])
    if sheet is None:
        raise NotFound("bestand", request.path_params["naam"])
    return Response(sheet.content, media_type=sheet.media_type, headers=look.FOR_EVER)
