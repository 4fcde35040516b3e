"""Suggestions for what somebody is typing."""

from fastapi import FastAPI
from starlette.requests import Request
from starlette.responses import Response

from search_api import answers, queries, schemas
from search_api.completing import LONGEST
from search_api.describe import described, offer
from search_api.parts import parts_of
from search_api.problems import invalid
from search_api.queries import Parameter
from search_api.suggesting import MOST, Suggestion, suggestions
from woo.views.problems import InputFault

_ZOEK = Parameter(
    "zoek",
    f"Wat er tot nu toe is getypt, hoogstens {LONGEST} tekens.",
    {"type": "string", "maxLength": LONGEST},
    voorbeeld="stiks",
)


def add_to(app: FastAPI) -> None:
    """Add this route to the application."""
    offer(
        app,
        "/v1/suggesties",
        get_suggesties,
        described(
            "Aanvullingen bij het typen",
            schemas.Suggesties,
            (_ZOEK,),
            uitleg=f"Hoogstens {MOST} aanvullingen uit wat openbaar is: woorden die in twee of meer documenten staan, organisaties, "
            "kenmerken en titels.",
        ),
    )


def get_suggesties(request: Request) -> Response:
    parts = parts_of(request)
    zoek = queries.read(request.scope["query_string"], (_ZOEK,)).get("zoek", [""])[0]
    if len(zoek) > LONGEST:
        detail = f"Wij vullen hoogstens {LONGEST} tekens aan; dit zijn er {len(zoek)}."
        raise invalid(InputFault("query", "zoek", "te-lang", detail))
    return answers.json_response({"suggesties": [_told(one, parts.site) for one in suggestions(parts, zoek)]})


def _told(one: Suggestion, site: str) -> dict[str, object]:
    return {
        "soort": one.soort,
        "tekst": one.tekst,
        "zoek": one.zoek,
        "aantal": one.aantal,
        "url": site + one.url,
    }
