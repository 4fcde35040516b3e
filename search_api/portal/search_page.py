"""The search page: form, filters, chips, results with fragments, and what could not be searched."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import partial

from fastapi import FastAPI
from starlette.requests import Request
from starlette.responses import Response

from search_api import addresses, parameters, params, queries
from search_api.answers import timing
from search_api.describe import offer
from search_api.helping import helped
from search_api.parts import Parts, parts_of
from search_api.portal import taking_away
from search_api.portal.dossiers import dossiers
from search_api.portal.help_links import help_links
from search_api.portal.pages import pages_of
from search_api.problems import WithdrawnError
from search_api.queries import Parameter, Values
from search_api.searching import Answer, Facet, count_unreadable, search, sought_words, value_name
from woo.domain.errors import NotFound
from woo.index.query import Soort
from woo.taal import gettext, gettext_noop
from woo.views.dutch import day

SHOWN = 8
"""Values of a filter that are shown at once; the others are behind "Toon alle"."""

PAGES_SHOWN = 2
"""Pages with a fragment per document; the others are one click away."""

_OWN = (
    Parameter("onleesbaar", "Als moeilijkLeesbaar=true (ja)."),
    Parameter("vanaf", "Het nummer van het eerste resultaat op deze pagina, om te tonen."),
)
PARAMETERS = (*parameters.DOCUMENTEN, *_OWN)
_CHIP_BEGINS = {
    "grond": gettext_noop("grond"),
    "grondGenoemd": gettext_noop("in de tekst"),
    "beoordeling": gettext_noop("beoordeling"),
    "provincie": gettext_noop("provincie"),
    "soortOrganisatie": gettext_noop("soort organisatie"),
}
_NO_CHIP = frozenset({"zoek", "sorteer", "aantal", "na", "facetten", "vanaf"})
TITLES = {
    "beschikbaar": gettext_noop("Te lezen"),
    "beoordeling": gettext_noop("Beoordeling"),
    "grond": gettext_noop("Uitzonderingsgrond (in de inventaris)"),
    "grondGenoemd": gettext_noop("Grond genoemd in de tekst"),
    "informatiecategorie": gettext_noop("Soort informatie"),
    "thema": gettext_noop("Thema"),
    "documentsoort": gettext_noop("Soort document"),
    "jaar": gettext_noop("Jaar"),
    "publisher": gettext_noop("Organisatie"),
    "soortOrganisatie": gettext_noop("Soort organisatie"),
    "provincie": gettext_noop("Provincie"),
    "formaat": gettext_noop("Soort bestand"),
}
_WORTH_ALONE = frozenset({"beoordeling", "grond", "grondGenoemd"})
"""Filters that are a choice with one value too: many documents have none."""

_OFFICIAL = frozenset({"grond", "grondGenoemd", "informatiecategorie", "documentsoort", "publisher", "thema"})
_PERIODS = {
    "creatiedatumVan": gettext_noop("datum vanaf %(dag)s"),
    "creatiedatumTot": gettext_noop("datum tot en met %(dag)s"),
    "publicatiedatumVan": gettext_noop("gepubliceerd vanaf %(dag)s"),
    "publicatiedatumTot": gettext_noop("gepubliceerd tot en met %(dag)s"),
}
SORTERINGEN = {
    "relevantie": gettext_noop("Beste treffers eerst"),
    "-publicatiedatum": gettext_noop("Laatst gepubliceerd eerst"),
    "publicatiedatum": gettext_noop("Eerst gepubliceerd eerst"),
    "-creatiedatum": gettext_noop("Nieuwste documenten eerst"),
    "creatiedatum": gettext_noop("Oudste documenten eerst"),
    "titel": gettext_noop("Op titel, van A tot Z"),
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

    @property
    def official(self) -> bool:
        return is_official(self.veld)


@dataclass(frozen=True, slots=True)
class Bar:
    """One year in the small chart, in hundredths of its height."""

    jaar: str
    x: int
    hoogte: int


@dataclass(frozen=True, slots=True)
class Chip:
    """A filter that is on, and the address without it.

    `begin` says what it is of, where the name alone does not; `official` when that name is Dutch in any language.
    """

    begin: str
    naam: str
    official: bool
    weg: str


def add_to(app: FastAPI) -> None:
    """Add this page to the application."""
    offer(app, "/", get_search_page)


def get_search_page(request: Request) -> Response:
    parts = parts_of(request)
    values = queries.read(request.scope["query_string"], PARAMETERS, strict=False)
    question = params.question(values, Soort.DOCUMENT, parts.lijsten, onleesbaar="onleesbaar" in values)
    question = replace(
        question, query=replace(question.query, facetten=parameters.FACETTEN, paginas=PAGES_SHOWN)
    )
    answer = helped(parts, search(parts, question))
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
        sought=sought_words(parts, answer.question.query.zoek),
        title_marks=parts.highlighter.marks,
        unreadable=0 if question.query.filters.onleesbaar else count_unreadable(parts, question),
        unreadable_url=_url(
            "/", [*_pairs(values, without={"zoek", "na", "vanaf", "sorteer"}), ("onleesbaar", "ja")]
        ),
        take_away=taking_away.links(values),
        feeds=taking_away.search_feeds(values),
        help_links=help_links("/", answer, values),
        vanaf=first_number(values),
        next_url=next_url("/", answer, values),
        first_url=_url("/", _pairs(values, without={"na", "vanaf"})) if "na" in values else None,
        without_filters=addresses.with_query("/", [("zoek", question.zoek)] if question.zoek else []),
    )
    response.headers.update(timing(answer))
    return response


def is_official(veld: str) -> bool:
    """Whether the values of a filter are named by a value list: those names are Dutch, in any language of the site."""
    return veld in _OFFICIAL


def filter_views(answer: Answer, values: Values, parts: Parts) -> tuple[FilterView, ...]:
    """The filters worth showing: those with a choice, or with a value that is on."""
    shown = []
    for veld, titel in TITLES.items():
        if veld not in answer.facetten:
            continue
        options = _options(veld, answer.facetten[veld], values.get(veld, ()), parts)
        alone = veld in _WORTH_ALONE and any(option.aantal < answer.totaal for option in options)
        if len(options) > 1 or alone or any(option.gekozen for option in options):
            shown.append(FilterView(veld, gettext(titel), options[:SHOWN], options[SHOWN:]))
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
        Chip(*_chip_text(naam, value, parts), _url("/", [pair for pair in pairs if pair != (naam, value)]))
        for naam, value in pairs
        if naam not in _NO_CHIP and (naam, value) != ("moeilijkLeesbaar", "false")
    )


def _chip_text(naam: str, value: str, parts: Parts) -> tuple[str, str, bool]:
    """What a filter is of, its value, and whether that has an official name."""
    if naam in _PERIODS:
        return "", gettext(_PERIODS[naam], dag=day(value)), False
    if naam in ("onleesbaar", "moeilijkLeesbaar"):
        return "", gettext("met pagina's die niet goed leesbaar zijn"), False
    if naam == "publicatie":
        return gettext("publicatie"), _publicatie_titel(value, parts), True
    named = value_name(naam, params.code_of(naam, value, parts.lijsten), parts.lijsten)
    return gettext(_CHIP_BEGINS.get(naam, "")), named, is_official(naam)


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
        return gettext("niet (meer) openbaar")
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
