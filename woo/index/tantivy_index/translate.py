"""Translates what has to hold of an entry into a query of tantivy."""

from collections.abc import Iterable, Sequence
from datetime import date
from itertools import combinations, permutations

import tantivy
from tantivy import FieldType, Occur, Query

from woo.index.match import All, Any, DateBetween, Match, Near, Not, Similar, StartsWith, Term, Words

WEIGHTS = {"stam": 1.0, "exact": 0.5, "delen": 0.3}
"""How much a match in a stream counts; found best on Dutch legal questions."""

_REGEX_SIGNS = frozenset("\\.+*?()|[]{}^$#&-~")


def must(*parts: Query) -> Query:
    """Return the query that all of these hold."""
    return Query.boolean_query([(Occur.Must, part) for part in parts])


def either(parts: Sequence[Query]) -> Query:
    """Return the query that one of these holds, scores added up."""
    if len(parts) == 1:
        return parts[0]
    return Query.boolean_query([(Occur.Should, part) for part in parts]) if parts else Query.empty_query()


def silent(query: Query) -> Query:
    """Return the query without a say in the score."""
    return Query.const_score_query(query, 0.0)


def between(schema: tantivy.Schema, field: str, van: date | None, tot: date | None) -> Query:
    """Return the query that this day field is filled and lies between the days, both included."""
    low, high = (day.toordinal() if day else None for day in (van, tot))
    return silent(Query.range_query(schema, field, FieldType.Integer, low, high))


def one_of(schema: tantivy.Schema, field: str, values: Iterable[str]) -> Query:
    """Return the query that the field holds one of these values."""
    return silent(Query.term_set_query(schema, field, sorted(values)))


class Translation:
    """Translates trees of `woo.index.match` for one schema.

    With `within`, words next to or near each other are only looked for in those entries: the engine would otherwise
    compare their positions in thousands of entries around each one that is asked for.
    """

    def __init__(self, schema: tantivy.Schema, *, within: Query | None = None) -> None:
        self._schema = schema
        self._within = within

    def query(self, match: Match) -> Query:
        """Return the tantivy query that finds exactly the entries for which `match` holds."""
        match match:
            case Term(field, token):
                return self._term(field, token)
            case Words(field, tokens):
                return self._inside(Query.phrase_query(self._schema, field, list(tokens)))
            case Near(field, tokens, distance):
                return self._inside(self._near(field, tokens, distance))
            case StartsWith(field, start):
                return Query.regex_query(self._schema, field, _escaped(start) + ".*")
            case Similar(field, token, edits):
                return Query.fuzzy_term_query(self._schema, field, token, edits, True, False)
            case DateBetween(van, tot):
                return between(self._schema, "creatiedag", van, tot)
            case Not(part):
                return self._all((), (part,))
            case Any(parts):
                return either([self.query(part) for part in parts])
            case All(parts):
                denied = [part.part for part in parts if isinstance(part, Not)]
                return self._all([part for part in parts if not isinstance(part, Not)], denied)

    def _inside(self, query: Query) -> Query:
        return query if self._within is None else must(self._within, query)

    def _term(self, field: str, token: str) -> Query:
        term = Query.term_query(self._schema, field, token, "freq")
        weight = WEIGHTS[field.rpartition("_")[2]]
        return term if weight == 1.0 else Query.boost_query(term, weight)

    def _all(self, wanted: Sequence[Match], denied: Sequence[Match]) -> Query:
        parts = [(Occur.Must, self.query(part)) for part in wanted] or [
            (Occur.Must, silent(Query.all_query()))
        ]
        return Query.boolean_query([*parts, *((Occur.MustNot, self.query(part)) for part in denied)])

    def _near(self, field: str, tokens: tuple[str, ...], distance: int) -> Query:
        """Return the query for words near each other in any order.

        tantivy's slop is exact for two different words placed at one spot (it then is the distance between them); for
        more words it is not. So for those each way to stand is a phrase of its own, and pairs narrow down where to try.
        """
        if len(tokens) == 2 and tokens[0] != tokens[1]:
            return self._pair(field, tokens[0], tokens[1], distance + 1)
        ways = {
            tuple(sorted(zip(places, order, strict=True)))
            for places in _placings(len(tokens), distance)
            for order in set(permutations(tokens))
        }
        exact = either([Query.phrase_query(self._schema, field, list(way)) for way in sorted(ways)])
        reach = distance + len(tokens) - 1
        pairs = [self._pair(field, one, other, reach) for one, other in combinations(sorted(set(tokens)), 2)]
        return must(*(silent(pair) for pair in pairs), exact)

    def _pair(self, field: str, one: str, other: str, reach: int) -> Query:
        return Query.phrase_query(self._schema, field, [(0, one), (0, other)], reach)


def _placings(words: int, distance: int) -> list[tuple[int, ...]]:
    """Return where each of the words can stand, the first at 0, with at most so many others among them."""
    last = words - 1 + distance
    return [(0, *rest) for rest in combinations(range(1, last + 1), words - 1)]


def _escaped(text: str) -> str:
    return "".join("\\" + sign if sign in _REGEX_SIGNS else sign for sign in text)
