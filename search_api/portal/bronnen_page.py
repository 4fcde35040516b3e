"""The page with the public reports about what other publishers show."""

from fastapi import FastAPI
from starlette.requests import Request
from starlette.responses import Response

from search_api import queries
from search_api.bronverslagen import bronverslagen
from search_api.describe import offer
from search_api.parts import parts_of
from search_api.portal.pages import pages_of
from woo.views.bronverslag import OORDELEN, groups


def add_to(app: FastAPI) -> None:
    """Add this page to the application."""
    offer(app, "/bronnen", get_bronnen_page)


def get_bronnen_page(request: Request) -> Response:
    queries.read(request.scope["query_string"], (), strict=False)
    found = bronverslagen(parts_of(request))
    return pages_of(request).render(
        "bronnen.html",
        verslagen=[(each, OORDELEN[each["oordeel"]], groups(each)) for each in found["verslagen"]],
    )
