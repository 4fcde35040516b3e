"""The published versions of a document: their numbers, digests and dates."""

from fastapi import FastAPI
from starlette.requests import Request
from starlette.responses import Response

from search_api import answers, dossier_schemas, queries, versies
from search_api.describe import described, offer
from search_api.parts import parts_of


def add_to(app: FastAPI) -> None:
    """Add these routes to the application."""
    offer(
        app,
        "/v1/documenten/{id}/versies",
        get_versies,
        described(
            "De versies van een document",
            dossier_schemas.Versies,
            gone=True,
            uitleg="Elke versie van het bestand die openbaar was, de oudste eerst. Alleen de huidige is op te halen.",
        ),
    )
    offer(
        app,
        "/v1/documenten/{id}/versies/{versie}",
        get_versie,
        described(
            "Eén versie van een document",
            dossier_schemas.Versie,
            gone=True,
            uitleg="Wanneer deze versie openbaar werd, haar SHA-256, en of en waardoor zij is vervangen.",
        ),
    )


def get_versies(request: Request) -> Response:
    parts = parts_of(request)
    queries.read(request.scope["query_string"], ())
    document = parts.gate.document(request.path_params["id"])
    told = [versies.answer(document, each, parts.site) for each in versies.versions(document)]
    return answers.json_response({"versies": told})


def get_versie(request: Request) -> Response:
    parts = parts_of(request)
    queries.read(request.scope["query_string"], ())
    document = parts.gate.document(request.path_params["id"])
    versie = versies.version(document, request.path_params["versie"])
    return answers.json_response(versies.answer(document, versie, parts.site))
