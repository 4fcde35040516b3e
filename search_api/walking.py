"""Walks through every document of a search, in an order that can go on behind any of them, past the exit gate to the end."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from search_api.params import Question
from search_api.parts import Parts
from search_api.searching import asked
from woo.index.cursor import after
from woo.index.port import Hit, Kaart, SearchResults
from woo.index.query import SearchQuery, Sortering

PER_QUESTION = 500
"""Documents that the index is asked for at once."""

PER_STEP = 100
"""Documents between two looks at the withdrawn list: a slow reader does not get what was withdrawn while it waited."""


@dataclass(frozen=True, slots=True)
class Step:
    """One document; `cursor` goes on behind it, and is None where nothing follows."""

    kaart: Kaart
    aantal_paginas: int
    cursor: str | None


class Walk:
    """Every document that a question finds, of which `totaal` tells how many there were at the start.

    Relevance is no order to walk in: it has no place behind which to go on while documents come and go; it becomes newest
    first. Every document that stays is met once; what is published meanwhile may be met, what is withdrawn is not. `most`
    ends the walk after so many documents; the last one then has a cursor when more follow.
    """

    def __init__(self, parts: Parts, question: Question, *, most: int | None = None) -> None:
        """Ask the first question; raises Unavailable and InvalidValue as the index does."""
        self._parts = parts
        self._left = most
        question = asked(parts, question)
        sortering = question.query.sortering
        self._query = replace(
            question.query,
            sortering=Sortering.PUBLICATIEDATUM_AF if sortering is Sortering.RELEVANTIE else sortering,
            aantal=self._next_size(),
            facetten=(),
            paginas=0,
        )
        self._first: SearchResults | None = self._asked(self._query)
        self.totaal = self._first.totaal

    def known(self) -> tuple[Kaart, ...] | None:
        """All documents of the walk before it began, when one question found them all."""
        first = self._first
        return None if first is None or first.volgende is not None else tuple(hit.kaart for hit in first.hits)

    def steps(self) -> Iterator[tuple[Step, ...]]:
        """Yield the documents in groups, each looked at by the gate at that moment; to be walked once.

        Raises:
            Unavailable: index or withdrawn list cannot be reached any more.
        """
        results, query = self._first, self._query
        self._first = None
        while results is not None:
            yield from self._admitted(results, query)
            if self._left is not None:
                self._left -= len(results.hits)
            if results.volgende is None or self._left == 0:
                return
            query = replace(query, na=results.volgende, aantal=self._next_size())
            results = self._asked(query)

    def _next_size(self) -> int:
        return PER_QUESTION if self._left is None else min(PER_QUESTION, self._left)

    def _asked(self, query: SearchQuery) -> SearchResults:
        return self._parts.index.search(query, excluded=self._parts.gate.excluded())

    def _admitted(self, results: SearchResults, query: SearchQuery) -> Iterator[tuple[Step, ...]]:
        hits = results.hits
        for at in range(0, len(hits), PER_STEP):
            admitted = self._parts.gate.admitted(hits[at : at + PER_STEP])
            ends = results.volgende is None and at + PER_STEP >= len(hits)
            last = admitted[-1] if ends and admitted else None
            yield tuple(self._step(hit, query, ends=hit is last) for hit in admitted)

    @staticmethod
    def _step(hit: Hit, query: SearchQuery, *, ends: bool) -> Step:
        assert hit.sleutel is not None  # noqa: S101  (the order is never relevance)
        return Step(hit.kaart, hit.aantal_paginas, None if ends else after(hit.sleutel, query))
