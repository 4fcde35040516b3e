"""Translates what has to hold of an entry into a query of Elasticsearch."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any as Anything

from woo.index.match import All, Any, DateBetween, Match, Near, Not, Similar, StartsWith, Term, Words

Query = dict[str, Anything]

WEIGHTS = {"stam": 1.0, "exact": 0.5, "delen": 0.3}
"""How much a match in a stream counts, as in the embedded engine."""

NOTHING: Query = {"match_none": {}}

_TERMS = 60_000
"""Values of one terms query; the engine takes 65,536."""


def must(*parts: Query) -> Query:
    """Return the query that all of these hold."""
    return {"bool": {"must": list(parts)}}


def either(parts: Sequence[Query]) -> Query:
    """Return the query that one of these holds, scores added up."""
    if len(parts) == 1:
        return parts[0]
    return {"bool": {"should": list(parts), "minimum_should_match": 1}} if parts else NOTHING


def constant(query: Query, score: float) -> Query:
    """Return the query with this score for every hit."""
    return {"constant_score": {"filter": query, "boost": score}}


def between(field: str, van: date | None, tot: date | None) -> Query:
    """Return the query that this day field is filled and lies between the days, both included."""
    sides = {side: day.toordinal() for side, day in (("gte", van), ("lte", tot)) if day}
    return {"range": {field: sides}} if sides else {"exists": {"field": field}}


def one_of(field: str, values: Iterable[str]) -> Query:
    """Return the query that the field holds one of these values, however many there are."""
    ordered = sorted(values)
    chunks = [ordered[at : at + _TERMS] for at in range(0, len(ordered), _TERMS)]
    return either([{"terms": {field: chunk}} for chunk in chunks])


def translate(match: Match) -> Query:
    """Return the query that finds exactly the entries for which `match` holds."""
    match match:
        case Term(field, token):
            return {"term": {field: {"value": token, "boost": WEIGHTS[field.rpartition("_")[2]]}}}
        case Words(field, tokens):
            return {"match_phrase": {field: {"query": " ".join(tokens)}}}
        case Near(field, tokens, distance):
            near = {"query": " ".join(tokens), "max_gaps": distance, "ordered": False}
            return {"intervals": {field: {"match": near}}}
        case StartsWith(field, start):
            return {"prefix": {field: {"value": start, "rewrite": "constant_score"}}}
        case Similar(field, token, edits):
            return {"fuzzy": {field: _similar(token, edits)}}
        case DateBetween(van, tot):
            return constant(between("creatiedag", van, tot), 0.0)
        case Not(part):
            return _not(part)
        case Any(parts):
            return either([translate(part) for part in parts])
        case All(parts):
            return _all(parts)


def _similar(token: str, edits: int) -> Query:
    """Every token within reach counts: the usual rewrite would keep the fifty nearest."""
    return {
        "value": token,
        "fuzziness": edits,
        "prefix_length": 0,
        "transpositions": True,
        "rewrite": "constant_score",
    }


def _not(part: Match) -> Query:
    """Bring what is denied down to single parts: the engine refuses queries that nest too deep."""
    match part:
        case Not(inner):
            return translate(inner)
        case All(parts) if parts:
            return either([_not(one) for one in parts])
        case Any(parts) if parts:
            return _all(tuple(Not(one) for one in parts))
    return _all((Not(part),))


def _all(parts: Sequence[Match]) -> Query:
    """All of these; what is denied of single parts stands beside what is asked, in one query."""
    flat = list(_flattened(parts))
    if not flat:
        return constant({"match_all": {}}, 0.0)
    denied = [translate(part.part) for part in flat if isinstance(part, Not)]
    wanted = [translate(part) for part in flat if not isinstance(part, Not)]
    found: Query = {"must": wanted} if wanted else {"filter": [{"match_all": {}}]}
    return {"bool": {**found, **({"must_not": denied} if denied else {})}}


def _flattened(parts: Iterable[Match]) -> Iterable[Match]:
    """Yield the parts with groups of the same kind taken up, and denied groups as groups of what is denied."""
    for part in parts:
        match part:
            case All(inner) | Not(Not(All(inner))):
                yield from _flattened(inner)
            case Not(Not(inner)):
                yield from _flattened((inner,))
            case Not(Any(inner)):
                yield from _flattened(tuple(Not(one) for one in inner))
            case Not(All(inner)) if inner:
                yield Any(tuple(one.part if isinstance(one, Not) else Not(one) for one in inner))
            case _:
                yield part
