"""Publicaties: search and list, also those without documents, and one publicatie."""

from fastapi import FastAPI
from starlette.requests import Request
from starlette.responses import Response

from search_api import answers, dossier, dossier_schemas, parameters, params, queries, schemas
from search_api.describe import described, offer
from search_api.helping import helped
from search_api.parts import parts_of
from search_api.searching import search
from woo.index.query import Soort


def add_to(app: FastAPI) -> None:
    """Add these routes to the application."""
    offer(
        app,
        "/v1/publicaties",
        search_publicaties,
        described(
            "Zoek publicaties",
            schemas.Publicatieresultaat,
            parameters.PUBLICATIES,
            uitleg="Zoekt in titel, beschrijving en kenmerk van publicaties, ook van die zonder documenten.",
        ),
    )
    offer(
        app,
        "/v1/publicaties/{id}",
        get_publicatie,
        described(
            "Eén publicatie",
            dossier_schemas.PublicatieMetDossier,
            gone=True,
            uitleg="De gegevens van een publicatie met haar dossier: verzoek, besluiten, termijn, procedures en geschiedenis.",
        ),
    )


def search_publicaties(request: Request) -> Response:
    parts = parts_of(request)
    values = queries.read(request.scope["query_string"], parameters.PUBLICATIES)
    answer = helped(parts, search(parts, params.question(values, Soort.PUBLICATIE, parts.lijsten)))
    return answers.json_response(answers.publicaties(answer, parts.site), headers=answers.timing(answer))


def get_publicatie(request: Request) -> Response:
    parts = parts_of(request)
    queries.read(request.scope["query_string"], ())
    publicatie = parts.gate.publicatie(request.path_params["id"])
    body = answers.publicatie(publicatie.kaart, parts.site)
    return answers.json_response({**body, **dossier.answer(parts.gate, publicatie, parts.site)})
