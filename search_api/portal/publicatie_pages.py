"""Publications: the list of them, and the page of one with its request, decisions, inventory, documents and history."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any

from fastapi import FastAPI
from starlette.requests import Request
from starlette.responses import Response

from search_api import addresses, dossier, inventaris, parameters, params, queries
from search_api.answers import timing
from search_api.describe import offer
from search_api.helping import helped
from search_api.inventaris import Bladzijde, Keuze
from search_api.params import Question
from search_api.parts import Parts, parts_of
from search_api.portal import taking_away
from search_api.portal.help_links import help_links
from search_api.portal.pages import pages_of
from search_api.portal.search_page import SORTERINGEN, filter_views, first_number, next_url
from search_api.queries import Parameter, Values
from search_api.related import Group, Relations
from search_api.routes.dossier import get_inventaris_pdf
from search_api.searching import Answer, search, sought_words
from woo.index.port import Kaart
from woo.index.query import Filters, SearchQuery, Soort, Sortering
from woo.storage.port import PublicPublicatie
from woo.taal import NEDERLANDS, gettext, gettext_noop, present, spoken
from woo.views import dossier as words
from woo.views.facts import publicatie_facts
from woo.views.structured import open_graph, publicatie_data

_PER_PAGE = 50
_HISTORY_SHOWN = 8
_HISTORY_ALL = 1000
_SORTERINGEN = {
    key: SORTERINGEN[key] for key in ("relevantie", "-publicatiedatum", "publicatiedatum", "titel")
}
_VANAF = Parameter("vanaf", "Het nummer van het eerste resultaat op deze pagina, om te tonen.")
_NA = Parameter("na", "Waar de vorige pagina ophield.")
_GESCHIEDENIS = Parameter("geschiedenis", "alles: de hele geschiedenis.")
_COLUMNS = (
    (gettext_noop("Nr."), "nummer", None, False),
    (gettext_noop("Document"), "naam", "-naam", False),
    (gettext_noop("Datum"), "datum", "-datum", True),
    (gettext_noop("Beoordeling"), "beoordeling", None, False),
    (gettext_noop("Waarom"), "grond", None, True),
)
_CHOICE = (*inventaris.FILTERS, inventaris.VANAF, inventaris.REGEL)


@dataclass(frozen=True, slots=True)
class Heading:
    """The heading of a column: the address that orders by it, and how it orders now (`ascending`, `descending` or not)."""

    naam: str
    weg: str
    volgorde: str | None
    breed: bool


@dataclass(frozen=True, slots=True)
class InventoryView:
    """The inventory as the page shows it: the choice, its page of rows with their public documents, and what can be chosen."""

    keuze: Keuze
    bladzijde: Bladzijde
    totaal: int
    documenten: dict[str, Kaart]
    gronden: tuple[tuple[str, int], ...]
    koppen: tuple[Heading, ...]
    volgende: str | None
    eerste: str | None


def add_to(app: FastAPI) -> None:
    """Add these pages to the application."""
    offer(app, "/publicaties", get_publicaties_page)
    offer(app, "/publicaties/{id}", get_publicatie_page)
    offer(app, "/publicaties/{id}/inventaris.pdf", get_inventaris_pdf)


def get_publicaties_page(request: Request) -> Response:
    parts = parts_of(request)
    values = queries.read(request.scope["query_string"], (*parameters.PUBLICATIES, _VANAF), strict=False)
    question = params.question(values, Soort.PUBLICATIE, parts.lijsten)
    question = replace(question, query=replace(question.query, facetten=parameters.FACETTEN_PUBLICATIE))
    answer = helped(parts, search(parts, question))
    response = pages_of(request).render(
        "publicaties.html",
        answer=answer,
        values=values,
        filters=filter_views(answer, values, parts),
        sorteringen=_SORTERINGEN,
        sought=sought_words(parts, answer.question.query.zoek),
        title_marks=parts.highlighter.marks,
        feeds=taking_away.search_feeds(values),
        help_links=help_links("/publicaties", answer, values),
        vanaf=first_number(values),
        next_url=next_url("/publicaties", answer, values),
    )
    response.headers.update(timing(answer))
    return response


def get_publicatie_page(request: Request) -> Response:
    parts = parts_of(request)
    publicatie = parts.gate.publicatie(request.path_params["id"])
    values = queries.read(request.scope["query_string"], (_NA, _VANAF, _GESCHIEDENIS, *_CHOICE), strict=False)
    query = SearchQuery(
        filters=Filters({"publicatie": (publicatie.id,), "beschikbaar": ("ja",)}),
        sortering=Sortering.VOLGNUMMER,
        aantal=_PER_PAGE,
        na=values.get("na", [None])[0],
    )
    answer = search(parts, Question("", None, query))
    path = addresses.publicatie(publicatie.id)
    most = _HISTORY_ALL if "geschiedenis" in values else _HISTORY_SHOWN
    past = dossier.history(parts.gate, publicatie, most=most + 1)
    response = pages_of(request).render(
        "publicatie.html",
        publicatie=publicatie,
        kaart=publicatie.kaart,
        facts=publicatie_facts(publicatie.kaart),
        answer=answer,
        vanaf=first_number(values),
        next_url=next_url(path, answer, {k: v for k, v in values.items() if k in ("na", "vanaf")}),
        first_url=path if "na" in values else None,
        verzoeken=dossier.requests(parts.gate, publicatie),
        inventaris=_inventory(parts, publicatie.id, values),
        beoordelingen=(publicatie.dossier.get("inventaris") or {}).get("beoordelingen", {}),
        sorteringen=inventaris.SORTERINGEN,
        pdf_rijen=parts.settings.inventaris.pdf_rijen,
        uitleg=parts.uitleg.told_in(present().code),
        contact=publicatie.dossier.get("contact"),
        gegevens=publicatie.dossier.get("gegevens", []),
        mededeling=publicatie.dossier.get("mededeling"),
        history=past[:most],
        history_goes_on=len(past) > most,
        history_complete=dossier.is_complete(publicatie),
        tombstones=parts.gate.tombstones(publicatie.id),
        words=words,
        relations=_relations(parts, answer),
        feeds=taking_away.publicatie_feeds(publicatie.id),
        **_for_machines(parts, publicatie),
    )
    response.headers.update(timing(answer))
    return response


def _relations(parts: Parts, answer: Answer) -> dict[str, tuple[Group, ...]]:
    """The relations of the documents on this page, by their id; together they look up no more than one document does."""
    seen: dict[str, Kaart | None] = {}
    found: dict[str, tuple[Group, ...]] = {}
    for hit in answer.found:
        document = parts.gate.find(hit.kaart["id"])
        if document is not None:
            found[document.id] = Relations(parts.gate, document.kaart, seen=seen).groups()
    return found


def _inventory(parts: Parts, id: str, values: Values) -> InventoryView | None:
    regels = parts.gate.inventaris(id)
    if not regels:
        return None
    keuze = inventaris.read_keuze(values)
    page = inventaris.page_of(inventaris.chosen(regels, keuze, parts.uitleg.told_in(present().code)), keuze)
    kept = [(naam, value) for p in inventaris.FILTERS for naam in (p.naam,) for value in values.get(naam, ())]
    return InventoryView(
        keuze,
        page,
        len(regels),
        dossier.documents_of(parts.gate, page.regels),
        tuple(inventaris.gronden_in(regels)),
        tuple(_heading(id, kept, keuze.sorteer, *column) for column in _COLUMNS),
        _address(id, kept, page.volgende),
        _address(id, kept, 1) if page.vanaf > 1 else None,
    )


def _heading(
    id: str,
    kept: Iterable[tuple[str, str]],
    sorteer: str,
    naam: str,
    veld: str,
    terug: str | None,
    breed: bool,
) -> Heading:
    """A heading orders by its column, and the second time the other way round, where that is offered."""
    up = sorteer == veld or (veld == "nummer" and sorteer == "volgorde")
    wanted = terug if up and terug else veld
    volgorde = "ascending" if up else "descending" if sorteer == terug else None
    others = [pair for pair in kept if pair[0] != "sorteer"]
    path = addresses.with_query(addresses.publicatie(id), [*others, ("sorteer", wanted)])
    return Heading(gettext(naam), f"{path}#inventaris", volgorde, breed)


def _address(id: str, kept: Iterable[tuple[str, str]], vanaf: int | None) -> str | None:
    if vanaf is None:
        return None
    pairs = [*kept, ("vanafRij", str(vanaf))] if vanaf > 1 else list(kept)
    return addresses.with_query(addresses.publicatie(id), pairs) + "#inventaris"


def _for_machines(parts: Parts, publicatie: PublicPublicatie) -> dict[str, Any]:
    """What search engines and sites that share a link are told of a publicatie."""
    kaart = publicatie.kaart
    url = parts.site + addresses.publicatie(publicatie.id)
    documents = parts.site + addresses.with_query("/v1/documenten", [("publicatie", publicatie.id)])
    with spoken(NEDERLANDS):
        id = parts.site + addresses.publicatie(publicatie.id)
    return {
        "open_graph": open_graph(kaart, url=url, site=parts.settings.site.naam),
        "linked_data": publicatie_data(kaart, id=id, url=url, documents_url=documents),
    }
