"""The search page: form, filters, chips, results with fragments, and what could not be searched."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import partial

from fastapi import FastAPI
from starlette.requests import Request
from starlette.responses import Response

from search_api import addresses, params, queries
from search_api.answers import timing
from search_api.describe import offer
from search_api.parts import Parts, parts_of
from search_api.portal import taking_away
from search_api.portal.dossiers import dossiers
from search_api.portal.pages import pages_of
from search_api.problems import WithdrawnError
from search_api.queries import Parameter, Values
from search_api.searching import Answer, Facet, count_unreadable, search, sought_words, value_name
from woo.domain.errors import NotFound
from woo.index.query import Soort
from woo.views.dutch import day

SHOWN = 8
"""Values of a filter that are shown at once; the others are behind "Toon alle"."""

PAGES_SHOWN = 2
"""Pages with a fragment per document; the others are one click away."""

_OWN = (
    Parameter("onleesbaar", "Als moeilijkLeesbaar=true (ja)."),
    Parameter("vanaf", "Het nummer van het eerste resultaat op deze pagina, om te tonen."),
)
PARAMETERS = (*params.DOCUMENTEN, *_OWN)
_CHIP_BEGINS = {"grond": "grond", "grondGenoemd": "in de tekst", "beoordeling": "beoordeling"}
_NO_CHIP = frozenset({"zoek", "sorteer", "aantal", "na", "facetten", "vanaf"})
TITLES = {
    "beschikbaar": "Te lezen",
    "beoordeling": "Beoordeling",
    "grond": "Uitzonderingsgrond (in de inventaris)",
    "grondGenoemd": "Grond genoemd in de tekst",
    "informatiecategorie": "Soort informatie",
    "documentsoort": "Soort document",
    "jaar": "Jaar",
    "publisher": "Organisatie",
    "formaat": "Soort bestand",
}
_WORTH_ALONE = frozenset({"beoordeling", "grond", "grondGenoemd"})
"""Filters that are a choice with one value too: many documents have none."""

SORTERINGEN = {
    "relevantie": "Beste treffers eerst",
    "-publicatiedatum": "Laatst gepubliceerd eerst",
    "publicatiedatum": "Eerst gepubliceerd eerst",
    "-creatiedatum": "Nieuwste documenten eerst",
    "creatiedatum": "Oudste documenten eerst",
    "titel": "Op titel, van A tot Z",
}


@dataclass(frozen=True, slots=True)
class Option:
    """A value of a filter: `gekozen` when the visitor has it on."""

    waarde: str
    naam: str
    aantal: int
    gekozen: bool


@dataclass(frozen=True, slots=True)
class FilterView:
    """One filter as shown: the first values, and the rest."""

    veld: str
    titel: str
    eerste: tuple[Option, ...]
    rest: tuple[Option, ...]


@dataclass(frozen=True, slots=True)
class Bar:
    """One year in the small chart, in hundredths of its height."""

    jaar: str
    x: int
    hoogte: int


@dataclass(frozen=True, slots=True)
class Chip:
    """A filter that is on, and the address without it."""

    tekst: str
    weg: str


def add_to(app: FastAPI) -> None:
    """Add this page to the application."""
    offer(app, "/", get_search_page)


def get_search_page(request: Request) -> Response:
    parts = parts_of(request)
    values = queries.read(request.scope["query_string"], PARAMETERS, strict=False)
    question = params.question(values, Soort.DOCUMENT, parts.lijsten, onleesbaar="onleesbaar" in values)
    question = replace(question, query=replace(question.query, facetten=params.FACETTEN, paginas=PAGES_SHOWN))
    answer = search(parts, question)
    response = pages_of(request).render(
        "zoeken.html",
        answer=answer,
        values=values,
        filters=filter_views(answer, values, parts),
        bars=_bars(answer.facetten.get("jaar", ())),
        chips=_chips(values, parts),
        dossiers=dossiers(answer, parts),
        within=_within(values, parts),
        within_url=partial(_within_url, values),
        share_url=parts.site + _url("/", _pairs(values, without={"na", "vanaf"})),
        sorteringen=SORTERINGEN,
        sought=sought_words(parts, question.query.zoek),
        title_marks=parts.highlighter.marks,
        unreadable=0 if question.query.filters.onleesbaar else count_unreadable(parts, question),
        unreadable_url=_url(
            "/", [*_pairs(values, without={"zoek", "na", "vanaf", "sorteer"}), ("onleesbaar", "ja")]
        ),
        take_away=taking_away.links(values),
        feeds=taking_away.search_feeds(values),
        vanaf=first_number(values),
        next_url=next_url("/", answer, values),
        first_url=_url("/", _pairs(values, without={"na", "vanaf"})) if "na" in values else None,
        without_filters=addresses.with_query("/", [("zoek", question.zoek)] if question.zoek else []),
    )
    response.headers.update(timing(answer))
    return response


def filter_views(answer: Answer, values: Values, parts: Parts) -> tuple[FilterView, ...]:
    """The filters worth showing: those with a choice, or with a value that is on."""
    shown = []
    for veld, titel in TITLES.items():
        if veld not in answer.facetten:
            continue
        options = _options(veld, answer.facetten[veld], values.get(veld, ()), parts)
        alone = veld in _WORTH_ALONE and any(option.aantal < answer.totaal for option in options)
        if len(options) > 1 or alone or any(option.gekozen for option in options):
            shown.append(FilterView(veld, titel, options[:SHOWN], options[SHOWN:]))
    return tuple(shown)


def _options(veld: str, facets: Sequence[Facet], chosen: Sequence[str], parts: Parts) -> tuple[Option, ...]:
    codes = {params.code_of(veld, value, parts.lijsten) for value in chosen}
    options = [Option(f.waarde, f.naam, f.aantal, f.waarde in codes) for f in facets]
    counted = {option.waarde for option in options}
    options += [
        Option(code, value_name(veld, code, parts.lijsten), 0, gekozen=True)
        for code in sorted(codes - counted)
    ]
    if veld == "jaar":
        return tuple(sorted(options, key=lambda option: option.waarde, reverse=True))
    return tuple(sorted(options, key=lambda option: (not option.gekozen, -option.aantal, option.naam)))


def _bars(facets: Sequence[Facet]) -> tuple[Bar, ...]:
    """The number of documents per year, for years that follow each other; at most the last twenty."""
    counts = {int(f.waarde): f.aantal for f in facets if f.waarde.isdigit()}
    if len(counts) < 3:
        return ()
    last = max(counts)
    years = range(max(min(counts), last - 19), last + 1)
    most = max(counts.values())
    return tuple(
        Bar(str(year), place, max(3, round(100 * counts[year] / most)) if counts.get(year) else 0)
        for place, year in enumerate(years)
    )


def _chips(values: Values, parts: Parts) -> tuple[Chip, ...]:
    pairs = _pairs(values, without={"na", "vanaf"})
    return tuple(
        Chip(_chip_text(naam, value, parts), _url("/", [pair for pair in pairs if pair != (naam, value)]))
        for naam, value in pairs
        if naam not in _NO_CHIP and (naam, value) != ("moeilijkLeesbaar", "false")
    )


def _chip_text(naam: str, value: str, parts: Parts) -> str:
    periods = {
        "creatiedatumVan": "datum vanaf",
        "creatiedatumTot": "datum tot en met",
        "publicatiedatumVan": "gepubliceerd vanaf",
        "publicatiedatumTot": "gepubliceerd tot en met",
    }
    if naam in periods:
        return f"{periods[naam]} {day(value)}"
    if naam in ("onleesbaar", "moeilijkLeesbaar"):
        return "met pagina's die niet goed leesbaar zijn"
    if naam == "publicatie":
        return f"publicatie: {_publicatie_titel(value, parts)}"
    named = value_name(naam, params.code_of(naam, value, parts.lijsten), parts.lijsten)
    return f"{_CHIP_BEGINS[naam]}: {named}" if naam in _CHIP_BEGINS else named


def _within(values: Values, parts: Parts) -> tuple[tuple[str, str], ...]:
    """The publications that the search is kept to, with their titles."""
    return tuple((id, _publicatie_titel(id, parts)) for id in values.get("publicatie", ()))


def _within_url(values: Values, publicatie_id: str) -> str:
    """The same search within one publication."""
    kept = _pairs(values, without={"na", "vanaf", "publicatie"})
    return _url("/", [*kept, ("publicatie", publicatie_id)])


def _publicatie_titel(id: str, parts: Parts) -> str:
    try:
        titel: str = parts.gate.publicatie(id).kaart["officieleTitel"]
    except (NotFound, WithdrawnError):
        return "niet (meer) openbaar"
    return titel


def first_number(values: Values) -> int:
    """The number of the first result on a page; from the address, so only to be shown."""
    given = values.get("vanaf", ["1"])[0]
    return int(given) if given.isascii() and given.isdigit() and 0 < len(given) < 10 and int(given) else 1


def next_url(path: str, answer: Answer, values: Values) -> str | None:
    """The address of the next page of results, or None at the end."""
    if answer.volgende is None:
        return None
    vanaf = first_number(values) + len(answer.found)
    kept = _pairs(values, without={"na", "vanaf"})
    return _url(path, [*kept, ("vanaf", str(vanaf)), ("na", answer.volgende)])


def _pairs(values: Values, *, without: set[str]) -> list[tuple[str, str]]:
    return [(naam, value) for naam, given in values.items() if naam not in without for value in given]


def _url(path: str, pairs: Iterable[tuple[str, str]]) -> str:
    return addresses.with_query(path, dict.fromkeys(pairs))
