"""Puts a whole question together for tantivy: words, kind, filters, what is excluded, and what makes a hit good."""

from collections.abc import Collection, Iterable

import tantivy
from tantivy import Occur, Query

from woo.analysis import DutchAnalysis
from woo.domain.errors import InvalidValue
from woo.index.compiler import compile_query
from woo.index.match import EVERYTHING
from woo.index.port import Excluded
from woo.index.query import FILTERS, Filters, Node, Soort
from woo.index.ranking import SAMEN, Bonus, Value, bonuses
from woo.index.tantivy_index.entries import key_of
from woo.index.tantivy_index.translate import Translation, between, must, one_of, silent


class Question:
    """One question to a schema; what is built is reused for the answer, the total and the facets."""

    def __init__(
        self, schema: tantivy.Schema, analysis: DutchAnalysis, zoek: Node | None, soort: Soort
    ) -> None:
        self._schema = schema
        self._analysis = analysis
        self._zoek = zoek
        self._translation = Translation(schema)
        match = compile_query(zoek, analysis)
        self._match = None if match == EVERYTHING else self._translation.query(match)
        self._soort = Query.term_query(schema, "entry", soort.value, "basic")

    def matching(self, filters: Iterable[Query], excluded: Excluded) -> Query:
        """Return the query of all that match; its score is that of the words alone."""
        parts = [(Occur.Must, silent(self._soort)), *((Occur.Must, one) for one in filters)]
        if self._match is not None:
            parts.append((Occur.Must, self._match))
        documenten = {key_of(Soort.DOCUMENT, id) for id in excluded.documenten}
        for field, values in (("sleutel", documenten), ("publicatie", excluded.publicaties)):
            if values:
                parts.append((Occur.MustNot, Query.term_set_query(self._schema, field, sorted(values))))
        return Query.boolean_query(parts)

    def ranked(self, matching: Query, samen: Collection[int] = ()) -> Query:
        """Return the same with the score that relevance goes by; `samen` are the groups with a page that holds all."""
        liked = [self._liked(bonus) for bonus in bonuses(self._zoek, self._analysis)]
        if samen:
            liked.append(
                Query.const_score_query(Query.term_set_query(self._schema, "groep", list(samen)), SAMEN)
            )
        if not liked:
            return matching
        return Query.boolean_query([(Occur.Must, matching), *((Occur.Should, one) for one in liked)])

    def _liked(self, bonus: Bonus) -> Query:
        parts = [
            one_of(self._schema, part.field, part.values)
            if isinstance(part, Value)
            else self._translation.query(part)
            for part in bonus.parts
        ]
        every = parts[0] if len(parts) == 1 else must(*parts)
        if bonus.times is None:
            return Query.const_score_query(every, bonus.score)
        return Query.boost_query(every, bonus.times)


def filter_queries(schema: tantivy.Schema, filters: Filters) -> dict[str, Query]:
    """Return a query for each filter that is set, by name; raises InvalidValue for a name that is no filter."""
    queries = {
        check_filter(name): one_of(schema, name, values) for name, values in filters.waarden.items() if values
    }
    for name, days, field in (
        ("creatiedatum", filters.creatiedatum, "creatiedag"),
        ("publicatiedatum", filters.publicatiedatum, "publicatiedag"),
    ):
        if days and (days.van or days.tot):
            queries[name] = between(schema, field, days.van, days.tot)
    if filters.onleesbaar:
        queries["onleesbaar"] = silent(Query.term_query(schema, "onleesbaar", True, "basic"))
    return queries


def check_filter(name: str) -> str:
    """Return the name of a filter or facet as it is, or raise InvalidValue."""
    if name not in FILTERS:
        raise InvalidValue("filter", name, "there is no such filter", accepted=FILTERS)
    return name
