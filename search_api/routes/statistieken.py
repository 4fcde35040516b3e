"""The figures of openness, for programs."""

from fastapi import FastAPI
from starlette.requests import Request
from starlette.responses import Response

from search_api import answers, queries
from search_api.describe import described, offer
from search_api.parts import parts_of
from search_api.statistiek_schemas import Statistieken
from search_api.statistieken import PUBLISHER, statistieken


def add_to(app: FastAPI) -> None:
    """Add this route to the application."""
    offer(
        app,
        "/v1/statistieken",
        get_statistieken,
        described(
            "Cijfers over openbaarheid",
            Statistieken,
            (PUBLISHER,),
            uitleg="Wat er hier openbaar is, per maand en soort, en hoe Woo-verzoeken zijn afgehandeld. Alleen wat openbaar "
            "is, telt mee: een verzoek als er een besluit op openbaar is. De cijfers zijn hoogstens een minuut oud.",
        ),
    )


def get_statistieken(request: Request) -> Response:
    values = queries.read(request.scope["query_string"], (PUBLISHER,))
    return answers.json_response(statistieken(parts_of(request), values))
