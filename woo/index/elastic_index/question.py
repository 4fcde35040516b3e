"""Puts a whole question together for Elasticsearch: words, kind, filters, what is excluded, and what makes a hit good."""

from collections.abc import Collection, Iterable, Mapping

from woo.analysis import DutchAnalysis
from woo.domain.errors import InvalidValue
from woo.index.compiler import compile_query
from woo.index.elastic_index.entries import Key
from woo.index.elastic_index.translate import Query, between, constant, must, one_of, translate
from woo.index.match import EVERYTHING
from woo.index.port import Excluded
from woo.index.query import FILTERS, Filters, Node, Soort
from woo.index.ranking import SAMEN, Bonus, Value, bonuses

MAX_FACET_VALUES = 65_000


class Question:
    """One question; what is built is reused for the answer, the total and the facets."""

    def __init__(self, analysis: DutchAnalysis, zoek: Node | None, soort: Soort) -> None:
        self._analysis = analysis
        self._zoek = zoek
        match = compile_query(zoek, analysis)
        self._match = None if match == EVERYTHING else translate(match)
        self._soort: Query = {"term": {"entry": soort.value}}

    def matching(self, filters: Iterable[Query], excluded: Excluded) -> Query:
        """Return the query of all that match; its score is that of the words alone."""
        query: dict[str, list[Query]] = {"filter": [self._soort, *filters]}
        if self._match is not None:
            query["must"] = [self._match]
        documenten = {Key(Soort.DOCUMENT, id).text for id in excluded.documenten}
        denied = [
            one_of(field, values)
            for field, values in (("sleutel", documenten), ("publicatie", excluded.publicaties))
            if values
        ]
        return {"bool": {**query, **({"must_not": denied} if denied else {})}}

    def ranked(self, matching: Query, samen: Collection[str] = ()) -> Query:
        """Return the same with the score that relevance goes by; `samen` are the keys with a page that holds all."""
        liked = [_liked(bonus) for bonus in bonuses(self._zoek, self._analysis)]
        if samen:
            liked.append(constant(one_of("sleutel", samen), SAMEN))
        return {"bool": {"must": [matching], "should": liked}} if liked else matching


def _liked(bonus: Bonus) -> Query:
    parts = [
        one_of(part.field, part.values) if isinstance(part, Value) else translate(part)
        for part in bonus.parts
    ]
    if bonus.times is None:
        return constant(must(*parts), bonus.score)
    return {"bool": {"must": parts, "boost": bonus.times}}


def filter_queries(filters: Filters) -> dict[str, Query]:
    """Return a query for each filter that is set, by name; raises InvalidValue for a name that is no filter."""
    queries = {check_filter(name): one_of(name, values) for name, values in filters.waarden.items() if values}
    for name, days, field in (
        ("creatiedatum", filters.creatiedatum, "creatiedag"),
        ("publicatiedatum", filters.publicatiedatum, "publicatiedag"),
    ):
        if days and (days.van or days.tot):
            queries[name] = between(field, days.van, days.tot)
    if filters.onleesbaar:
        queries["onleesbaar"] = {"term": {"onleesbaar": True}}
    return queries


def facet_queries(names: Iterable[str], apart: Mapping[str, Query]) -> Query:
    """Return an aggregation for each facet: its values within the filters that stand apart, without its own."""
    return {
        name: {
            "filter": {"bool": {"filter": [query for own, query in apart.items() if own != name]}},
            "aggs": {
                "waarden": {
                    "terms": {"field": name, "size": MAX_FACET_VALUES, "shard_size": MAX_FACET_VALUES}
                }
            },
        }
        for name in names
    }


def check_filter(name: str) -> str:
    """Return the name of a filter or facet as it is, or raise InvalidValue."""
    if name not in FILTERS:
        raise InvalidValue("filter", name, "there is no such filter", accepted=FILTERS)
    return name
