"""Pages about the site itself: accessibility, and how programs read it."""

from fastapi import FastAPI
from starlette.requests import Request
from starlette.responses import Response

from search_api import parameters
from search_api.describe import offer
from search_api.openapi import API_VERSION
from search_api.parts import parts_of
from search_api.portal.pages import pages_of


def add_to(app: FastAPI) -> None:
    """Add these pages to the application."""
    offer(app, "/toegankelijkheid", get_toegankelijkheid)
    offer(app, "/api", get_api)


def get_toegankelijkheid(request: Request) -> Response:
    return pages_of(request).render("toegankelijkheid.html")


def get_api(request: Request) -> Response:
    return pages_of(request).render(
        "api.html",
        version=API_VERSION,
        parameters=parameters.DOCUMENTEN,
        waardelijsten=parts_of(request).lijsten.namen(),
    )
