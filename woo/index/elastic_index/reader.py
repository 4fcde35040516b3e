"""Answers questions from an Elasticsearch index; what the public side may do."""

import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from typing import Any

from elasticsearch import Elasticsearch

from woo.analysis import DutchAnalysis
from woo.domain.errors import InvalidValue, Unavailable
from woo.index.compiler import order_of
from woo.index.cursor import Cursor, question_digest, read_cursor, write_cursor
from woo.index.elastic_index.connection import Answer, Connection, Missing, pause, refusal
from woo.index.elastic_index.entries import Key, unpack
from woo.index.elastic_index.near import near_body, read_near
from woo.index.elastic_index.page_hits import (
    NO_PAGES,
    DocumentPages,
    best_pages,
    holding_all,
    read_keys,
    read_pages,
    within,
)
from woo.index.elastic_index.question import (
    MAX_FACET_VALUES,
    Question,
    check_filter,
    facet_queries,
    filter_queries,
)
from woo.index.elastic_index.schema import MAX_PAGES_SHOWN
from woo.index.elastic_index.translate import Query
from woo.index.fields import DESCENDING, SORT_KEYS
from woo.index.match import Match
from woo.index.nearby import looked_for
from woo.index.pages import page_parts, whole_page
from woo.index.port import NOTHING_EXCLUDED, Excluded, FacetCount, Hit, SearchResults
from woo.index.query import Filters, Node, SearchQuery, Soort, Sortering

MAX_HITS = 1_000
_CHUNK = 10_000
_SWAPS = 4
"""Times that a question is asked again because the index it went to was taken away at that moment."""


class ElasticReader:
    """A reader of what an alias or index name stands for; may be shared by threads.

    A commit is seen by the next search. Every order goes on by the last key, relevance by score and id, without a frozen
    view: what was withdrawn is gone from the next page too.
    """

    def __init__(self, connection: Connection, target: str, analysis: DutchAnalysis) -> None:
        self._connection = connection
        self._target = target
        self._analysis = analysis

    def search(self, query: SearchQuery, *, excluded: Excluded = NOTHING_EXCLUDED) -> SearchResults:
        """Answer a question in two requests, three when it asks several things by relevance; see the port."""
        _check(query)
        query = replace(query, sortering=order_of(query))
        cursor = read_cursor(query, by_score=True)
        parts = page_parts(query.zoek, self._analysis) if query.soort is Soort.DOCUMENT else ()
        started = time.perf_counter()
        body = self._body(query, cursor, excluded)
        answer = self._ask(body, preference=question_digest(query))
        found = answer["hits"]["hits"][: query.aantal]
        stored = [unpack(hit["_source"]) for hit in found]
        pages = self._pages([values[0] for values in stored], parts, query.paginas)
        spent = (time.perf_counter() - started) * 1000
        hits = tuple(
            Hit(
                id,
                publicatie_id,
                kaart,
                hit["_score"],
                pages.get(id, NO_PAGES).best,
                pages.get(id, NO_PAGES).aantal,
                None if query.sortering is Sortering.RELEVANTIE else hit["sort"][0],
            )
            for hit, (id, publicatie_id, kaart) in zip(found, stored, strict=True)
        )
        facetten = {name: _counts(name, answer["aggregations"][name]["waarden"]) for name in query.facetten}
        totaal = answer["hits"]["total"]["value"]
        last = _last(query, found) if len(answer["hits"]["hits"]) > len(found) else None
        return SearchResults(totaal, hits, facetten, write_cursor(last, query) if last else None, spent)

    def count(self, filters: Filters, *, excluded: Excluded = NOTHING_EXCLUDED) -> int:
        """Count documents; see the port."""
        question = Question(self._analysis, None, Soort.DOCUMENT)
        query = question.matching(filter_queries(filters).values(), excluded)
        total: int = self._ask({"query": query, "size": 0, "track_total_hits": True})["hits"]["total"][
            "value"
        ]
        return total

    def totals(
        self, queries: Sequence[SearchQuery], *, excluded: Excluded = NOTHING_EXCLUDED
    ) -> tuple[int, ...]:
        """Count what each question finds, in one request; see the port."""
        if not queries:
            return ()
        answers = self._ask_many([self._counting(query, excluded) for query in queries])
        return tuple(answer["hits"]["total"]["value"] for answer in answers)

    def _counting(self, query: SearchQuery, excluded: Excluded) -> Query:
        question = Question(self._analysis, query.zoek, query.soort)
        matching = question.matching(filter_queries(query.filters).values(), excluded)
        return {"query": {"constant_score": {"filter": matching}}, "size": 0, "track_total_hits": True}

    def near_words(self, word: str) -> tuple[str, ...]:
        """Return words near a mistyped one; see the port."""
        if not looked_for(word):
            return ()
        return read_near(word, self._ask(near_body(word))["suggest"])

    def pages_with_hits(self, document_id: str, zoek: Node) -> tuple[int, ...]:
        """Return page numbers; see the port."""
        parts = page_parts(zoek, self._analysis)
        if not parts:
            return ()
        query = within([document_id], parts, scored=False)
        routing = Key(Soort.DOCUMENT, document_id).text
        return tuple(number for (number,) in self._walk(query, ["nummer"], routing=routing))

    def ids(self) -> Excluded:
        """Return what the last commit holds."""
        return Excluded(self._ids(Soort.DOCUMENT), self._ids(Soort.PUBLICATIE))

    def _ids(self, soort: Soort) -> frozenset[str]:
        return frozenset(id for (id,) in self._walk({"term": {"entry": soort.value}}, ["id"]))

    def refresh(self) -> None:
        """Nothing to do: a commit is seen by the next search, and what is not committed by none."""

    def close(self) -> None:
        """Close the connections to the engine."""
        self._connection.close()

    def _body(self, query: SearchQuery, cursor: Cursor, excluded: Excluded) -> Query:
        question = Question(self._analysis, query.zoek, query.soort)
        filters = filter_queries(query.filters)
        apart = {name: filters.pop(name) for name in query.facetten if name in filters}
        matching = question.matching(filters.values(), excluded)
        relevance = query.sortering is Sortering.RELEVANTIE
        body: Query = {
            "query": question.ranked(matching, self._with_all(query))
            if relevance
            else {"constant_score": {"filter": matching}},
            "size": query.aantal + 1,  # one more tells whether there is a next page
            "sort": _order(query.sortering),
            "track_total_hits": True,
            "_source": ["bewaard"],
        }
        if apart:
            body["post_filter"] = {"bool": {"filter": list(apart.values())}}
        if query.facetten:
            body["aggs"] = facet_queries(query.facetten, apart)
        if cursor.key is not None:
            body["search_after"] = _place(cursor)
        return body

    def _with_all(self, query: SearchQuery) -> frozenset[str]:
        """Return the keys of documents of which one page holds all that is asked, where several things are."""
        every = whole_page(query.zoek, self._analysis) if query.soort is Soort.DOCUMENT else ()
        return read_keys(self._ask(holding_all(every))["hits"]["hits"]) if every else frozenset()

    def _pages(self, ids: Sequence[str], parts: Sequence[Match], count: int) -> dict[str, DocumentPages]:
        if not ids or not parts:
            return {}
        body = {"query": within(ids, parts, scored=count > 0), "size": 0, "aggs": best_pages(ids, count)}
        return read_pages(ids, self._ask(body)["aggregations"])

    def _walk(self, query: Query, sort: list[str], *, routing: str | None = None) -> Iterator[list[Any]]:
        """Yield the sort values of every hit, in order, chunk by chunk."""
        after: list[Any] | None = None
        while True:
            body: Query = {
                "query": {"bool": {"filter": [query]}},
                "size": _CHUNK,
                "sort": sort,
                "_source": False,
            }
            if after is not None:
                body["search_after"] = after
            hits = self._ask(body, routing=routing)["hits"]["hits"]
            yield from (hit["sort"] for hit in hits)
            if len(hits) < _CHUNK:
                return
            after = hits[-1]["sort"]

    def _ask_many(self, bodies: Sequence[Query]) -> list[Answer]:
        """Ask several questions in one request; each has to be answered by every shard and in time."""
        head = {"allow_partial_search_results": False}
        searches = [part for body in bodies for part in (head, self._bounded(body))]

        def asked(client: Elasticsearch) -> Any:
            answer = client.msearch(index=self._target, searches=searches)
            for one in answer["responses"]:
                if "error" in one:
                    raise refusal(one["status"], one)
            return answer

        answers: list[Answer] = self._again(lambda: self._connection.ask(asked))["responses"]
        for answer in answers:
            _check_whole(answer)
        return answers

    def _bounded(self, body: Query) -> Query:
        return {**body, "timeout": self._connection.engine_time}

    def _ask(self, body: Query, *, preference: str | None = None, routing: str | None = None) -> Answer:
        """Ask one question; an answer of some shards only is no answer."""
        answer = self._again(
            lambda: self._connection.ask(
                lambda client: client.search(
                    index=self._target,
                    body=self._bounded(body),
                    allow_partial_search_results=False,
                    preference=preference,
                    routing=routing,
                )
            )
        )
        _check_whole(answer)
        return answer

    def _again(self, ask: Callable[[], Answer]) -> Answer:
        """Ask, and ask again when the index was swapped away at that moment."""
        for attempt in range(_SWAPS):
            try:
                return ask()
            except Missing:
                if not self._moved() or attempt == _SWAPS - 1:
                    raise
                pause(attempt)
        raise AssertionError("unreachable")

    def _moved(self) -> bool:
        """Whether what is asked is there after all; raises Unavailable with the reason when that can be told."""
        return False


def _check(query: SearchQuery) -> None:
    """Refuse what no engine should be asked for."""
    for name, number, low, high in (
        ("aantal", query.aantal, 1, MAX_HITS),
        ("paginas", query.paginas, 0, MAX_PAGES_SHOWN),
    ):
        if not low <= number <= high:
            raise InvalidValue(name, number, f"it has to be a number from {low} to {high}")
    for name in query.facetten:
        check_filter(name)


def _order(sortering: Sortering) -> list[Query]:
    if sortering is Sortering.RELEVANTIE:
        return [{"_score": {"order": "desc"}}, {"id": {"order": "asc"}}]
    return [{SORT_KEYS[sortering]: {"order": "desc" if sortering in DESCENDING else "asc"}}]


def _place(cursor: Cursor) -> list[Any]:
    if cursor.score is None:
        return [cursor.key]
    return [cursor.score, bytes.fromhex(cursor.key or "").decode("utf-8", "replace")]


def _last(query: SearchQuery, found: Sequence[dict[str, Any]]) -> Cursor:
    if query.sortering is Sortering.RELEVANTIE:
        score, id = found[-1]["sort"]
        return Cursor(key=id.encode("utf-8", "replace").hex(), score=score)
    return Cursor(key=found[-1]["sort"][0])


def _counts(name: str, answer: dict[str, Any]) -> tuple[FacetCount, ...]:
    """Return the values of a field, most frequent first; complete, or refused."""
    if answer["sum_other_doc_count"] or answer["doc_count_error_upper_bound"]:
        raise InvalidValue(
            "facetten", name, f"it has more than {MAX_FACET_VALUES} values; narrow the search first"
        )
    counts = (FacetCount(bucket["key"], bucket["doc_count"]) for bucket in answer["buckets"])
    return tuple(sorted(counts, key=lambda one: (-one.aantal, one.waarde)))


def _check_whole(answer: Answer) -> None:
    shards = answer["_shards"]
    if answer["timed_out"] or shards["failed"] or shards["successful"] < shards["total"]:
        raise Unavailable(
            "index", f"only {shards['successful']} of {shards['total']} shards answered, or not in time"
        )
