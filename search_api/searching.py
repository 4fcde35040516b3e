"""From a question to what is shown of its answer: gate, search, fragments, names of facets; for API and site alike."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from search_api import gronden, organisatiefilters
from search_api.fragments import Fragments
from search_api.hints import NO_HELP, Help
from search_api.params import Question, list_of
from search_api.parts import Parts
from woo.analysis import Fragment, Wanted
from woo.diwoo.waardelijsten import Waardelijsten
from woo.index.askable import askable
from woo.index.compiler import wanted
from woo.index.port import FacetCount, Hit, Kaart
from woo.index.query import Node


@dataclass(frozen=True, slots=True)
class Treffer:
    """A page with what was asked, and a fragment of it with the words marked; `label` names a part without a page number."""

    pagina: int
    fragment: Fragment
    label: str | None = None


@dataclass(frozen=True, slots=True)
class Found:
    """One document or publicatie found; `aantal_paginas` counts all pages with a hit."""

    kaart: Kaart
    treffers: tuple[Treffer, ...]
    aantal_paginas: int


@dataclass(frozen=True, slots=True)
class Facet:
    """A value to filter on, its name for people, and how many there are."""

    waarde: str
    naam: str
    aantal: int


@dataclass(frozen=True, slots=True)
class Answer:
    """An answered question; `volgende` is the cursor for more, `hulp` what is offered when little was found."""

    question: Question
    totaal: int
    found: tuple[Found, ...]
    facetten: Mapping[str, tuple[Facet, ...]]
    volgende: str | None
    motor_ms: float
    hulp: Help = NO_HELP


def asked(parts: Parts, question: Question) -> Question:
    """The question as an index may be asked it: what would cost too much is in plain words, with a hint that says so."""
    if question.parsed is None:
        return question
    parsed = askable(question.parsed, parts.analysis)
    return replace(question, parsed=parsed, query=replace(question.query, zoek=parsed.node))


def search(parts: Parts, question: Question) -> Answer:
    """Ask the index, through the gate, and cut fragments; raises Unavailable and InvalidValue as the index does."""
    question = asked(parts, question)
    results = parts.index.search(question.query, excluded=parts.gate.excluded())
    sought = sought_words(parts, question.query.zoek)
    return Answer(
        question,
        results.totaal,
        tuple(_found(hit, parts.fragments, sought) for hit in parts.gate.admitted(results.hits)),
        {veld: _named(veld, counts, parts.lijsten) for veld, counts in results.facetten.items()},
        results.volgende,
        results.motor_ms,
    )


def sought_words(parts: Parts, node: Node | None) -> Wanted | None:
    """What is to be marked for this question; None when it has no words."""
    return None if node is None else wanted(node, parts.analysis)


def count_unreadable(parts: Parts, question: Question) -> int:
    """How many documents within the filters of this question have pages that could not be read, or not well."""
    return parts.index.count(replace(question.query.filters, onleesbaar=True), excluded=parts.gate.excluded())


def _found(hit: Hit, fragments: Fragments, sought: Wanted | None) -> Found:
    treffers: list[Treffer] = []
    if sought is not None:
        for page in hit.paginas:
            fragment = fragments.best(page, sought)
            if fragment is not None:
                treffers.append(Treffer(page.nummer, fragment, page.label))
    return Found(hit.kaart, tuple(treffers), hit.aantal_paginas)


def _named(veld: str, counts: tuple[FacetCount, ...], lijsten: Waardelijsten) -> tuple[Facet, ...]:
    return tuple(Facet(c.waarde, value_name(veld, c.waarde, lijsten), c.aantal) for c in counts)


def value_name(veld: str, waarde: str, lijsten: Waardelijsten) -> str:
    """The name for people of a filter value; a value that is on no list names itself."""
    if veld in gronden.VELDEN or veld in gronden.NAMEN:
        return gronden.value_name(veld, waarde, lijsten)
    if veld in organisatiefilters.VELDEN:
        return organisatiefilters.value_name(veld, waarde, lijsten)
    lijst = list_of(veld, lijsten)
    if lijst is not None and waarde in lijst:
        return lijst.get(waarde).naam
    return waarde.upper() if veld == "formaat" else waarde
