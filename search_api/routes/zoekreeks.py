"""Many searches in one request, each with an outcome of its own."""

from typing import Any

from fastapi import FastAPI
from starlette.requests import Request
from starlette.responses import Response

from search_api import addresses, answers, batch, queries
from search_api.batch import Asked, Outcome
from search_api.charging import charge
from search_api.describe import described
from search_api.parts import parts_of
from search_api.problems import invalid
from search_api.queries import Parameter
from search_api.receiving import accept_body
from search_api.reeks_schemas import Reeksuitkomst
from woo.views.problems import InputFault, quoted

PATH = "/v1/_zoek-reeks"
_EERSTE = Parameter(
    "eerste",
    "Hoeveel resultaten van elke zoekvraag u erbij wilt; zonder: alleen de aantallen.",
    {"type": "integer", "minimum": 0, "maximum": batch.MAX_HITS, "default": 0},
)
_TEXT = {"schema": {"type": "string"}, "example": "stikstof\ngeluid schiphol\n"}
_CONTENT = {
    "application/json": {
        "schema": {"type": "array", "items": {}, "minItems": 1, "maxItems": batch.MOST},
        "example": ["stikstof", {"zoek": "geluid", "publisher": ["gm0153"], "jaar": ["2023"]}],
    },
    "text/plain": _TEXT,
    "text/csv": {**_TEXT, "example": "zoek,publisher,jaar\nstikstof,gm0153,2022|2023\n"},
}


def add_to(app: FastAPI) -> None:
    """Add this route to the application."""
    accept_body(
        app,
        PATH,
        post_zoek_reeks,
        described(
            "Een reeks zoekvragen in één keer",
            Reeksuitkomst,
            (_EERSTE,),
            uitleg=f"Hoogstens {batch.MOST} zoekvragen en {batch.MAX_BYTES} bytes: een lijst als JSON (elk een tekst of een object met "
            "zoekparameters), CSV met de namen van parameters boven de kolommen, of een zoekvraag per regel. Een zoekvraag die "
            "niet klopt, krijgt `fout` en bederft de andere niet.",
        ),
        limit=batch.MAX_BYTES,
        content=_CONTENT,
    )


def post_zoek_reeks(request: Request, body: bytes) -> Response:
    parts = parts_of(request)
    hits = _hits(request.scope["query_string"])
    media = request.headers.get("content-type", "").partition(";")[0].strip().casefold()
    asked = batch.read_text(body) if media in ("text/plain", "text/csv") else batch.read_json(body)
    charge(request, len(asked))
    outcomes = [_told(one, parts.site, hits) for one in batch.run(parts, asked, hits=hits)]
    failed = sum("fout" in one for one in outcomes)
    return answers.json_response(
        {
            "aantal": len(outcomes),
            "gelukt": len(outcomes) - failed,
            "mislukt": failed,
            "resultaten": outcomes,
        }
    )


def site_url(asked: Asked, site: str) -> str:
    """The results of this search on the site."""
    return site + addresses.with_query("/", asked.pairs)


def _hits(raw: bytes) -> int:
    given = queries.read(raw, (_EERSTE,)).get("eerste", ["0"])[0]
    if not (given.isascii() and given.isdigit() and len(given) < 4 and int(given) <= batch.MAX_HITS):
        detail = f"'eerste' is een heel getal van 0 tot en met {batch.MAX_HITS}, niet {quoted(given)}."
        raise invalid(InputFault("query", "eerste", "ongeldig-getal", detail))
    return int(given)


def _told(outcome: Outcome, site: str, hits: int) -> dict[str, Any]:
    """One outcome; `fout` is the problem that this search would have given by itself."""
    asked: dict[str, list[str]] = {}
    for naam, value in outcome.asked.pairs:
        asked.setdefault(naam, []).append(value)
    told: dict[str, Any] = {"nummer": outcome.nummer, "vraag": asked}
    if outcome.answer is None:
        problem = outcome.problem
        return told if problem is None else {**told, "fout": problem.as_json(PATH)}
    body = answers.documenten(outcome.answer, site)
    parsed = outcome.answer.question.parsed
    return {
        **told,
        "totaal": body["totaal"],
        "opgevatAls": body["opgevatAls"],
        "hints": [] if parsed is None else list(parsed.hints),
        "url": site_url(outcome.asked, site),
        **({"resultaten": body["resultaten"]} if hits else {}),
    }
