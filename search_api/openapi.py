"""The API description (OpenAPI 3), made from the routes, with what every answer and every error has in common."""

import json
from typing import Any

from fastapi import FastAPI
from fastapi.openapi.utils import get_openapi
from pydantic.json_schema import models_json_schema
from starlette.requests import Request
from starlette.responses import Response

from search_api import schemas
from search_api.addresses import API_PREFIX
from search_api.describe import described, offer
from search_api.parts import Parts, parts_of
from woo.views.openapi30 import VERSION, downgraded
from woo.views.problems import MEDIA_TYPE

API_VERSION = "1.4.0"
"""Semantic version of the API: raise it with every change of an answer or parameter."""

PATH = f"{API_PREFIX}/openapi.json"
_DESCRIPTION = """Lees en doorzoek de documenten die openbaar zijn gemaakt op grond van de Wet open overheid (Woo).

Zonder aanmelden, alleen lezen. Tijden zijn in UTC; datums zijn dagen. Fouten komen als `application/problem+json`
met een uitleg in gewoon Nederlands. Wat is ingetrokken geeft 410, met datum en reden.

Grenzen: hoogstens 100 resultaten per antwoord (verder lezen kan zonder einde met `volgende`), een zoekvraag van
hoogstens 2.000 tekens en een adres van hoogstens 32.768 bytes. Bij drukte volgt 503 met `Retry-After`."""
_CORS = {
    "description": "Elke site mag deze antwoorden lezen.",
    "schema": {"type": "string"},
    "example": "*",
}
_ERRORS = {
    "400": "Er klopt iets niet aan de vraag; `errors` noemt alles wat niet klopt.",
    "404": "Dit bestaat niet.",
    "410": "Dit is ingetrokken; `ingetrokken` zegt wanneer en waarom.",
    "429": "Er kwamen te veel vragen van dit adres; probeer het later opnieuw, zie `Retry-After`.",
    "503": "Een onderdeel is even niet bereikbaar; probeer het later opnieuw.",
}


def add_to(app: FastAPI) -> None:
    """Add the route of the description."""
    offer(
        app,
        PATH,
        get_openapi_json,
        described(
            "Deze beschrijving", "application/json", uitleg="De beschrijving van de API, als OpenAPI 3.0."
        ),
    )


def get_openapi_json(request: Request) -> Response:
    state = request.app.state
    if state.openapi is None:  # two requests at once build the same twice; that harms nobody
        state.openapi = document_of(request.app, parts_of(request))
    return Response(state.openapi, media_type="application/json")


def document_of(app: FastAPI, parts: Parts) -> bytes:
    """Build the description of the routes under /v1, as JSON."""
    contact = parts.settings.site.contact
    site = parts.settings.site
    description = get_openapi(
        title=f"Woo-documenten van {site.naam}",
        version=API_VERSION,
        openapi_version=VERSION,
        description=_DESCRIPTION,
        routes=app.routes,
        servers=[{"url": f"{parts.site}{API_PREFIX}"}],
        license_info={"name": "EUPL-1.2", "url": "https://eupl.eu/1.2/nl/"},
        tags=[{"name": "openbaar", "description": "Openbare documenten en publicaties."}],
    )
    description["info"]["contact"] = {
        "name": site.naam,
        "url": f"{parts.site}/api",
        **({"email": contact} if contact else {}),
    }
    description["paths"] = {
        path.removeprefix(API_PREFIX): _completed(item)
        for path, item in description["paths"].items()
        if path.startswith(API_PREFIX)
    }
    _, problem = models_json_schema(
        [(schemas.Probleem, "serialization")], ref_template="#/components/schemas/{model}"
    )
    description.setdefault("components", {}).setdefault("schemas", {}).update(problem["$defs"])
    return json.dumps(downgraded(description), ensure_ascii=False, separators=(",", ":")).encode()


def _completed(item: dict[str, Any]) -> dict[str, Any]:
    for operation in item.values():
        gone = operation.pop("x-kan-ingetrokken-zijn")
        operation["tags"] = ["openbaar"]
        for answer in operation["responses"].values():
            answer["headers"] = {"API-Version": _version_header(), "access-control-allow-origin": _CORS}
        operation["responses"] |= {
            status: _problem(gone if status == "410" and isinstance(gone, str) else text)
            for status, text in _ERRORS.items()
            if gone or status != "410"
        }
    return item


def _version_header() -> dict[str, Any]:
    return {
        "description": "De volledige versie van deze API.",
        "schema": {"type": "string"},
        "example": API_VERSION,
    }


def _problem(text: str) -> dict[str, Any]:
    return {
        "description": text,
        "headers": {"API-Version": _version_header()},
        "content": {MEDIA_TYPE: {"schema": {"$ref": "#/components/schemas/Probleem"}}},
    }
