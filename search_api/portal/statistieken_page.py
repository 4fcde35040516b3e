"""The page with the figures of openness: each chart with the table that says the same."""

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from fastapi import FastAPI
from pydantic.alias_generators import to_camel
from starlette.requests import Request
from starlette.responses import Response

from search_api import queries
from search_api.describe import offer
from search_api.parts import parts_of
from search_api.portal.pages import pages_of
from search_api.statistieken import PUBLISHER, statistieken
from woo.taal import gettext, gettext_noop
from woo.views.charts import bars, first_of, months, parts
from woo.views.dossier import UITKOMSTEN
from woo.views.dutch import month

_MONTHS = 24
_OP_TIJD = ("opTijd", "teLaat", "onbekend")
_TELLINGEN = (
    ("metOpschorting", gettext_noop("Dagen dat de termijn stilstond, tellen niet mee")),
    ("zonderOpschorting", gettext_noop("Elke dag telt mee")),
)


def add_to(app: FastAPI) -> None:
    """Add this page to the application."""
    offer(app, "/statistieken", get_statistieken_page)


def get_statistieken_page(request: Request) -> Response:
    values = queries.read(request.scope["query_string"], (PUBLISHER,), strict=False)
    figures = statistieken(parts_of(request), values)
    verzoeken = figures["verzoeken"]
    return pages_of(request).render(
        "statistieken.html",
        cijfers=figures,
        gekozen=figures["publisher"]["code"] if figures["publisher"] else "",
        maanden=bars(_per_month(figures)),
        soorten=bars(_per_category(figures)),
        uitkomsten=bars(
            {gettext(naam): verzoeken["uitkomsten"].get(to_camel(key), 0) for key, naam in UITKOMSTEN.items()}
        ),
        termijnen=[
            (gettext(naam), verzoeken[key], parts([(soort, verzoeken[key][soort]) for soort in _OP_TIJD]))
            for key, naam in _TELLINGEN
        ],
    )


def _per_month(figures: Mapping[str, Any]) -> dict[str, int]:
    """Publications per month, for the two years up to now."""
    counts = dict.fromkeys(months(datetime.now(UTC).strftime("%Y-%m"), _MONTHS), 0)
    counts |= {each["maand"]: each["aantal"] for each in figures["maanden"] if each["maand"] in counts}
    named = ((first_of(maand), aantal) for maand, aantal in counts.items())
    return {month(day): aantal for day, aantal in named}


def _per_category(figures: Mapping[str, Any]) -> dict[str, int]:
    counts: dict[str, int] = {}
    for each in figures["publicaties"]:
        naam = each["informatiecategorie"]["naam"]
        counts[naam] = counts.get(naam, 0) + each["aantal"]
    return dict(sorted(counts.items(), key=lambda one: (-one[1], one[0])))
