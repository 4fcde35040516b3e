"""The application of the public side, from the parts it may have."""

from fastapi import FastAPI
from starlette.exceptions import HTTPException

from search_api import openapi
from search_api.errors import respond
from search_api.limiting import Limited
from search_api.middleware import Headers
from search_api.parts import Parts
from search_api.portal import (
    bronnen_page,
    document_page,
    dossier_feeds,
    feeds,
    information,
    melding_page,
    organisatie_pages,
    publicatie_pages,
    query_help,
    search_page,
    static,
    statistieken_page,
    versie_page,
    volgen_page,
    zoekreeks_page,
)
from search_api.portal.pages import Pages
from search_api.routes import (
    bestanden,
    bronnen,
    documenten,
    dossier,
    export,
    machinery,
    organisaties,
    publicaties,
    sitemaps,
    statistieken,
    suggesties,
    versies,
    waardelijsten,
    wijzigingen,
    zoekreeks,
)
from search_api.talen import Languages, load_talen
from search_api.visitors import Visitors
from woo.domain.errors import WooError

_ROUTES = (
    openapi,
    documenten,
    bestanden,
    versies,
    export,
    publicaties,
    dossier,
    suggesties,
    waardelijsten,
    statistieken,
    organisaties,
    bronnen,
    wijzigingen,
    zoekreeks,
    machinery,
    sitemaps,
    search_page,
    document_page,
    versie_page,
    melding_page,
    publicatie_pages,
    statistieken_page,
    organisatie_pages,
    bronnen_page,
    feeds,
    dossier_feeds,
    zoekreeks_page,
    information,
    query_help,
    volgen_page,
    static,
)


def create_app(parts: Parts) -> FastAPI:
    """Make the application over exactly what the public side may have; it opens nothing itself."""
    app = FastAPI(redirect_slashes=False, openapi_url=None, docs_url=None, redoc_url=None)
    app.state.parts = parts
    app.state.pages = Pages(parts.settings, parts.lijsten)
    app.state.openapi = None
    for module in _ROUTES:
        module.add_to(app)
    app.add_exception_handler(HTTPException, respond)
    app.add_exception_handler(WooError, respond)
    serve = parts.settings.serve
    app.add_middleware(
        Limited,
        visitors=Visitors(points=serve.points_per_minute, at_once=serve.at_once, unlimited=serve.unlimited),
        behind_proxy=bool(serve.trusted_proxies),
    )
    app.add_middleware(Headers, https=parts.site.startswith("https://"))
    app.add_middleware(Languages, talen=load_talen())
    return app


def warm(app: FastAPI) -> None:
    """Do what the first visitor would wait for: templates, value lists, API description."""
    parts: Parts = app.state.parts
    app.state.pages.compile()
    for naam in parts.lijsten.namen():
        parts.lijsten.lijst(naam)
    _ = parts.lijsten.organisatieregister
    app.state.openapi = openapi.document_of(app, parts)
