"""The description of the API (OpenAPI 3.0), made from the routes, with what every answer and every error has in common."""

from typing import Any

from fastapi import FastAPI
from fastapi.openapi.utils import get_openapi
from pydantic import Field
from pydantic.json_schema import models_json_schema

from publisher.bestandssoorten import IN_WORDS
from publisher.cookies import Cookies
from publisher.inputs import MAX_PAGE
from publisher.schemas import Answer
from woo.settings import Settings
from woo.views.dutch import size
from woo.views.openapi30 import VERSION, downgraded
from woo.views.problems import MEDIA_TYPE

API_VERSION = "1.2.0"
"""Semantic version of the API: raise it with every change of an answer or parameter."""

PREFIX = "/v1"
_REF = "#/components/schemas/{model}"
_ERRORS = {
    "400": "Er klopt iets niet aan de vraag; `errors` noemt alles wat niet klopt.",
    "401": "Er is geen geldige API-sleutel meegestuurd, en geen cookie van een aanmelding.",
    "403": "Uw rol mag dit niet, of een vraag met een cookie heeft de header X-CSRF-Token niet.",
    "404": "Dit bestaat niet.",
    "409": "Dit kan nu niet, door de toestand waarin het is.",
    "413": "Er is meer gestuurd dan mag.",
    "429": "Vanaf dit adres is te vaak een verkeerde sleutel gebruikt.",
    "503": "Een onderdeel is even niet bereikbaar; er is niets uitgevoerd.",
}
_DESCRIPTION = """Maak, vul, publiceer en wijzig publicaties onder de Wet open overheid (Woo), en trek ze in.

Elke vraag heeft een API-sleutel nodig: `Authorization: Bearer woo_…`. Een sleutel heeft een rol: `lezer` leest,
`redacteur` maakt en wijzigt ook, `publiceerder` publiceert, vervangt en trekt ook in, `beheerder` ziet ook het logboek
en beheert de sleutels. Tijden zijn in UTC; datums zijn dagen. Fouten komen als `application/problem+json` met een
uitleg in gewoon Nederlands. Velden en parameters die niet bestaan worden geweigerd.

Grenzen: hoogstens {page} regels per antwoord (verder lezen kan zonder einde met `volgende`), 256 KiB aan gegevens per
vraag, en {file} per bestand. De soort van een bestand
blijkt uit de inhoud en moet die van de naam zijn: {soorten}."""


_TAGS = {
    "publicaties": "Maken, wijzigen, publiceren en intrekken.",
    "documenten": "Documenten van een publicatie en hun bestanden.",
    "webhooks": "Bericht aan zaaksystemen van wat openbaar werd, veranderde of verdween.",
    "publiceren": "Controleren, plannen, in een reeks publiceren, en links voor de verzoeker.",
    "verzoeken": "Woo-verzoeken, hun termijn en wat ermee gebeurt.",
    "besluiten": "Besluiten op verzoeken, bezwaar en beroep.",
    "betrokkenen": "Wie een verzoek deed en wie het aangaat. Wat u opvraagt, staat in het logboek.",
    "uploads": "Grote bestanden in delen, met tus 1.0.0: een lijn die breekt verliest niets.",
    "geschiedenis": "Wat er is gebeurd, en wie het deed.",
    "logboek": "Wie wat deed of wilde doen, en of daar iets aan is veranderd.",
    "werk": "Wat de verwerking nog moet doen, en wat is blijven liggen.",
    "bronnen": "Websites van anderen nakijken: waar de landelijke index over struikelt.",
    "oogst": "Bronnen waarvan documenten worden overgenomen, en hoe dat ging.",
    "sleutels": "Sleutels voor mensen en systemen.",
    "termijnen": "Wettelijke termijnen, hun feiten en de agenda ervan.",
    "statistieken": "Cijfers voor de openbaarheidsparagraaf.",
    "gebruikers": "Accounts van mensen, hun rollen en een weg terug naar binnen.",
    "mijn": "Het eigen account van wie met een browser is aangemeld.",
    "beschrijving": "De beschrijving van de API zelf.",
}


class Invoerfout(Answer):
    """Eén ding dat niet klopt aan een vraag."""

    in_: str = Field(alias="in", description="query of body.")
    location: str = Field(description="De naam van het veld.")
    code: str
    detail: str


class Probleem(Answer):
    """Een fout, naar RFC 9457."""

    type: str
    title: str
    status: int
    detail: str
    instance: str
    errors: list[Invoerfout] | None = None
    oorzaak: str | None = Field(
        default=None, description="Bij 409: de regel die het verbiedt, in het Engels."
    )
    gewijzigd_op: str | None = Field(default=None, description="Bij 409: wanneer een ander dit wijzigde.")
    door: str | None = Field(default=None, description="Bij 409: wie dit wijzigde, als dat bekend is.")
    rol: str | None = Field(default=None, description="Bij 403: de rol van uw sleutel.")
    nodig: str | None = Field(default=None, description="Bij 403: de rol die minstens nodig is.")
    grens: int | None = Field(default=None, description="Bij 413: de grens in bytes.")


def document_of(app: FastAPI, settings: Settings) -> dict[str, Any]:
    """Build the description of the routes under /v1."""
    described = get_openapi(
        title=f"Balie van {settings.site.naam}",
        version=API_VERSION,
        openapi_version=VERSION,
        description=_DESCRIPTION.format(
            page=MAX_PAGE, file=size(settings.limits.file_bytes), soorten=IN_WORDS
        ),
        routes=app.routes,
        servers=[{"url": PREFIX}],
        contact={"name": settings.site.naam, "url": settings.site.url}
        | ({"email": settings.site.contact} if settings.site.contact else {}),
        license_info={"name": "EUPL-1.2", "url": "https://eupl.eu/1.2/nl/"},
        tags=[{"name": naam, "description": uitleg} for naam, uitleg in _TAGS.items()],
    )
    described["paths"] = {
        path.removeprefix(PREFIX): _completed(item) for path, item in described["paths"].items()
    }
    described["paths"]["/openapi.json"]["get"]["responses"]["200"]["headers"] |= {
        "access-control-allow-origin": {
            "description": "Elke site mag dit lezen.",
            "schema": {"type": "string"},
        }
    }
    described["security"] = [{"sleutel": []}, {"aanmelding": []}]
    components = described.setdefault("components", {})
    components["securitySchemes"] = {
        "sleutel": {
            "type": "http",
            "scheme": "bearer",
            "description": "Een API-sleutel, die begint met `woo_`.",
        },
        "aanmelding": {
            "type": "apiKey",
            "in": "cookie",
            "name": Cookies.of(settings.aanmelden).sessie,
            "description": "De aanmelding van een browser. Wat iets wijzigt, heeft ook de header `X-CSRF-Token` nodig.",
        },
    }
    _, problem = models_json_schema([(Probleem, "serialization")], ref_template=_REF)
    shapes = components.setdefault("schemas", {})
    for framework in ("HTTPValidationError", "ValidationError"):
        shapes.pop(framework, None)
    shapes.update(problem["$defs"])
    told: dict[str, Any] = downgraded(described)
    return told


def multipart(schema: type[Answer] | Any) -> dict[str, Any]:
    """The request body of a route that takes a file: the fields of this model, and `bestand`."""
    shape = schema.model_json_schema(ref_template=_REF)
    fields = {
        **shape.get("properties", {}),
        "bestand": {
            "type": "string",
            "format": "binary",
            "description": "Het bestand; de naam eindigt op de soort die het is, zoals .pdf of .docx.",
        },
    }
    body = {"type": "object", "properties": fields, "required": [*shape.get("required", []), "bestand"]}
    return {"requestBody": {"required": True, "content": {"multipart/form-data": {"schema": body}}}}


def _completed(item: dict[str, Any]) -> dict[str, Any]:
    for operation in item.values():
        operation["responses"].pop("422", None)
        for response in operation["responses"].values():
            response["headers"] = _version_header()
        operation["responses"] |= {status: _problem(text) for status, text in _ERRORS.items()}
    return item


def _problem(text: str) -> dict[str, Any]:
    content = {MEDIA_TYPE: {"schema": {"$ref": _REF.format(model="Probleem")}}}
    return {"description": text, "headers": _version_header(), "content": content}


def _version_header() -> dict[str, Any]:
    described = {
        "description": "De volledige versie van deze API.",
        "schema": {"type": "string"},
        "example": API_VERSION,
    }
    return {"API-Version": described}
