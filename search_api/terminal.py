"""Searching from a terminal: asked as the API asks, told as lines or as the JSON of the API."""

import json
from collections.abc import Iterator

from search_api import answers, params
from search_api.helping import helped
from search_api.opening import opened_parts
from search_api.parts import Parts
from search_api.problems import ProblemError
from search_api.searching import Answer, search
from woo.cli.exits import ExitCode, fail
from woo.index.query import Soort
from woo.settings import Settings
from woo.views import inventaris


def searched(settings: Settings, query: str, *, aantal: int, as_json: bool) -> str:
    """What the public would find in the installation that the settings name."""
    with opened_parts(settings) as parts:
        answer = _answered(parts, query, aantal)
    if as_json:
        return json.dumps(answers.documenten(answer, parts.site), ensure_ascii=False)
    return "\n".join(_lines(answer))


def _answered(parts: Parts, query: str, aantal: int) -> Answer:
    """Answer a query as the API does; where that says 400 the command ends with its words and code 1."""
    values = {"zoek": [query], "aantal": [str(aantal)]} if query.strip() else {"aantal": [str(aantal)]}
    try:
        return helped(parts, search(parts, params.question(values, Soort.DOCUMENT, parts.lijsten)))
    except ProblemError as error:
        fail(ExitCode.REFUSED, error.problem.detail)


def _lines(answer: Answer) -> Iterator[str]:
    """The answer for a reader: the total, and per document its title, id and pages."""
    yield "1 document" if answer.totaal == 1 else f"{answer.totaal} documents"
    yield from (hint.tekst for hint in answer.hulp.hints)
    yield from (f"Bedoelde u: {meant.zoek} ({meant.aantal})" for meant in answer.hulp.bedoeld)
    for found in answer.found:
        said = inventaris.tag(found.kaart)
        yield f"\n{found.kaart['officieleTitel']}{f' [{said}]' if said else ''}"
        yield f"  {found.kaart['publisher']['naam']}  {found.kaart['id']}"
        yield from (f"  p. {treffer.pagina}: {treffer.fragment.text}" for treffer in found.treffers)
