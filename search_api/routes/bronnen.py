"""The public reports about what other publishers show, for programs."""

from fastapi import FastAPI
from starlette.requests import Request
from starlette.responses import Response

from search_api import answers, queries
from search_api.bron_schemas import Bronverslagen
from search_api.bronverslagen import bronverslagen
from search_api.describe import described, offer
from search_api.parts import parts_of


def add_to(app: FastAPI) -> None:
    """Add this route to the application."""
    offer(
        app,
        "/v1/bronnen",
        get_bronnen,
        described(
            "Nagekeken websites",
            Bronverslagen,
            uitleg="Verslagen over websites die Woo-documenten publiceren: waar de landelijke index over struikelt. Een "
            "coördinator laat een website nakijken en maakt het verslag openbaar; van elke website is er hoogstens één.",
        ),
    )


def get_bronnen(request: Request) -> Response:
    queries.read(request.scope["query_string"], ())
    found = bronverslagen(parts_of(request))
    return answers.json_response(
        {"bijgewerktOp": found["bijgewerktOp"], "resultaten": list(found["verslagen"])}
    )
