"""The value lists in use: what a filter accepts, with names and URIs."""

import difflib

from fastapi import FastAPI
from starlette.requests import Request
from starlette.responses import Response

from search_api import answers, queries, schemas
from search_api.describe import described, offer
from search_api.parts import parts_of
from search_api.problems import ProblemError
from woo.views.problems import Problem


def add_to(app: FastAPI) -> None:
    """Add this route to the application."""
    offer(
        app,
        "/v1/waardelijsten/{lijst}",
        get_waardelijst,
        described(
            "Eén waardelijst",
            schemas.Waardelijst,
            uitleg="De waarden waarop u kunt filteren, met naam en URI, in de volgorde van de officiële lijst.",
        ),
    )


def get_waardelijst(request: Request) -> Response:
    parts = parts_of(request)
    queries.read(request.scope["query_string"], ())
    naam = request.path_params["lijst"]
    namen = parts.lijsten.namen()
    if naam not in namen:
        near = difflib.get_close_matches(naam[:60], namen, n=1)
        way_out = f"Bedoelt u '{near[0]}'?" if near else f"Deze bestaan wel: {', '.join(namen)}."
        raise ProblemError(Problem(404, "Deze waardelijst bestaat niet", way_out))
    return answers.json_response(answers.waardelijst(parts.lijsten.lijst(naam)))
