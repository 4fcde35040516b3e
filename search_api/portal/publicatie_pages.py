"""Publications: the list of them, and the page of one with its documents."""

from dataclasses import replace
from typing import Any

from fastapi import FastAPI
from starlette.requests import Request
from starlette.responses import Response

from search_api import addresses, params, queries
from search_api.answers import timing
from search_api.describe import offer
from search_api.params import Question
from search_api.parts import Parts, parts_of
from search_api.portal.pages import pages_of
from search_api.portal.search_page import SORTERINGEN, filter_views, first_number, next_url
from search_api.queries import Parameter
from search_api.searching import search, sought_words
from woo.index.query import Filters, SearchQuery, Soort, Sortering
from woo.storage.port import PublicPublicatie
from woo.views.facts import publicatie_facts
from woo.views.structured import open_graph, publicatie_data

_PER_PAGE = 50
_SORTERINGEN = {
    key: SORTERINGEN[key] for key in ("relevantie", "-publicatiedatum", "publicatiedatum", "titel")
}
_VANAF = Parameter("vanaf", "Het nummer van het eerste resultaat op deze pagina, om te tonen.")
_NA = Parameter("na", "Waar de vorige pagina ophield.")


def add_to(app: FastAPI) -> None:
    """Add these pages to the application."""
    offer(app, "/publicaties", get_publicaties_page)
    offer(app, "/publicaties/{id}", get_publicatie_page)


def get_publicaties_page(request: Request) -> Response:
    parts = parts_of(request)
    values = queries.read(request.scope["query_string"], (*params.PUBLICATIES, _VANAF), strict=False)
    question = params.question(values, Soort.PUBLICATIE, parts.lijsten)
    question = replace(question, query=replace(question.query, facetten=params.FACETTEN_PUBLICATIE))
    answer = search(parts, question)
    response = pages_of(request).render(
        "publicaties.html",
        answer=answer,
        values=values,
        filters=filter_views(answer, values, parts),
        sorteringen=_SORTERINGEN,
        sought=sought_words(parts, question.query.zoek),
        title_marks=parts.highlighter.marks,
        vanaf=first_number(values),
        next_url=next_url("/publicaties", answer, values),
    )
    response.headers.update(timing(answer))
    return response


def get_publicatie_page(request: Request) -> Response:
    parts = parts_of(request)
    publicatie = parts.gate.publicatie(request.path_params["id"])
    values = queries.read(request.scope["query_string"], (_NA, _VANAF), strict=False)
    query = SearchQuery(
        filters=Filters({"publicatie": (publicatie.id,)}),
        sortering=Sortering.VOLGNUMMER,
        aantal=_PER_PAGE,
        na=values.get("na", [None])[0],
    )
    answer = search(parts, Question("", None, query))
    path = addresses.publicatie(publicatie.id)
    response = pages_of(request).render(
        "publicatie.html",
        publicatie=publicatie,
        kaart=publicatie.kaart,
        facts=publicatie_facts(publicatie.kaart),
        answer=answer,
        vanaf=first_number(values),
        next_url=next_url(path, answer, values),
        first_url=path if "na" in values else None,
        **_for_machines(parts, publicatie),
    )
    response.headers.update(timing(answer))
    return response


def _for_machines(parts: Parts, publicatie: PublicPublicatie) -> dict[str, Any]:
    """What search engines and sites that share a link are told of a publicatie."""
    kaart = publicatie.kaart
    url = parts.site + addresses.publicatie(publicatie.id)
    documents = parts.site + addresses.with_query("/v1/documenten", [("publicatie", publicatie.id)])
    return {
        "open_graph": open_graph(kaart, url=url, site=parts.settings.site.naam),
        "linked_data": publicatie_data(kaart, url=url, documents_url=documents),
    }
