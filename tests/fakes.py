"""Straightforward stand-ins for the engines, in memory; the reference for what an index has to answer."""

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import replace
from datetime import date

from woo.analysis import DutchAnalysis
from woo.domain.errors import InvalidValue
from woo.index.compiler import compile_query, order_of, text_leaves
from woo.index.cursor import Cursor, read_cursor, write_cursor
from woo.index.fields import DESCENDING, SORT_KEYS, Flat, FlatPage, flatten
from woo.index.match import All, Any, DateBetween, Match, Near, Not, Similar, StartsWith, Term, Words
from woo.index.nearby import looked_for, nearest
from woo.index.pages import page_parts, whole_page
from woo.index.port import (
    NOTHING_EXCLUDED,
    DocumentEntry,
    Excluded,
    FacetCount,
    Hit,
    PageHit,
    PublicatieEntry,
    Rejected,
    SearchResults,
)
from woo.index.query import FILTERS, DateRange, Filters, Node, SearchQuery, Soort, Sortering
from woo.index.ranking import SAMEN, Value, bonuses


def edits(one: str, other: str) -> int:
    """Count adding, dropping, replacing, and swapping neighbours (optimal string alignment), by the whole table."""
    table = [[row + column for column in range(len(other) + 1)] for row in range(len(one) + 1)]
    for row in range(1, len(one) + 1):
        for column in range(1, len(other) + 1):
            ways = [
                table[row - 1][column] + 1,
                table[row][column - 1] + 1,
                table[row - 1][column - 1] + (one[row - 1] != other[column - 1]),
            ]
            if row > 1 and column > 1 and one[row - 2 : row] == other[column - 2 : column][::-1]:
                ways.append(table[row - 2][column - 2] + 1)
            table[row][column] = min(ways)
    return table[-1][-1]


def holds(match: Match, tokens: Callable[[str], list[str]], creatiedag: int | None = None) -> bool:
    """Say whether this holds of an entry whose fields have these tokens, by trying every place."""
    match match:
        case Term(field, token):
            return token in tokens(field)
        case Words(field, wanted):
            there, long = tokens(field), len(wanted)
            return any(tuple(there[at : at + long]) == wanted for at in range(len(there)))
        case Near(field, wanted, between):
            there, long = tokens(field), len(wanted) + between
            return any(not Counter(wanted) - Counter(there[at : at + long]) for at in range(len(there)))
        case StartsWith(field, start):
            return any(token.startswith(start) for token in tokens(field))
        case Similar(field, token, most):
            return any(edits(token, other) <= most for other in tokens(field))
        case DateBetween(van, tot):
            return _within(creatiedag, van, tot)
        case All(parts):
            return all(holds(part, tokens, creatiedag) for part in parts)
        case Any(parts):
            return any(holds(part, tokens, creatiedag) for part in parts)
        case Not(part):
            return not holds(part, tokens, creatiedag)


def _within(day: int | None, van: date | None, tot: date | None) -> bool:
    return day is not None and (not van or van.toordinal() <= day) and (not tot or day <= tot.toordinal())


class FakeIndex:
    """A SearchIndex that looks at every entry for every question."""

    def __init__(self, analysis: DutchAnalysis) -> None:
        self._analysis = analysis
        self._committed: dict[tuple[Soort, str], Flat] = {}
        self._buffered: dict[tuple[Soort, str], Flat] = {}

    def upsert(self, entries: Iterable[DocumentEntry | PublicatieEntry]) -> None:
        for entry in entries:
            flat = flatten(entry, self._analysis)
            self._buffered[flat.soort, flat.id] = flat

    def delete(self, *, documenten: Collection[str] = (), publicaties: Collection[str] = ()) -> None:
        for soort, ids in ((Soort.DOCUMENT, documenten), (Soort.PUBLICATIE, publicaties)):
            for id in ids:
                self._buffered.pop((soort, id), None)

    def commit(self) -> tuple[Rejected, ...]:
        self._committed = dict(self._buffered)
        return ()

    def rollback(self) -> None:
        self._buffered = dict(self._committed)

    def ids(self) -> Excluded:
        def of(wanted: Soort) -> frozenset[str]:
            return frozenset(id for soort, id in self._committed if soort is wanted)

        return Excluded(of(Soort.DOCUMENT), of(Soort.PUBLICATIE))

    def refresh(self) -> None:
        """Nothing to do: a commit is seen at once."""

    def close(self) -> None:
        self._buffered = dict(self._committed)

    def search(self, query: SearchQuery, *, excluded: Excluded = NOTHING_EXCLUDED) -> SearchResults:
        for name, number, low in (("aantal", query.aantal, 1), ("paginas", query.paginas, 0)):
            if not low <= number <= 1_000:
                raise InvalidValue(name, number, "it has to be a number from 1 to 1000")
        query = replace(query, sortering=order_of(query))
        cursor = read_cursor(query)
        found = self._matching(query.zoek, query.soort, query.filters, excluded)
        ordered, key = self._ordered(found, query)
        begin = cursor.offset or sum(1 for flat in ordered if not _beyond(key(flat), cursor, query))
        page = ordered[begin : begin + query.aantal]
        last = None
        if page and begin + len(page) < len(ordered):
            relevance = query.sortering is Sortering.RELEVANTIE
            last = Cursor(offset=begin + len(page)) if relevance else Cursor(key=key(page[-1]))
        return SearchResults(
            len(found),
            tuple(self._hit(flat, query, key(flat) or None) for flat in page),
            {name: self._facet(name, query, excluded) for name in query.facetten},
            write_cursor(last, query) if last else None,
        )

    def count(self, filters: Filters, *, excluded: Excluded = NOTHING_EXCLUDED) -> int:
        return len(self._matching(None, Soort.DOCUMENT, filters, excluded))

    def totals(
        self, queries: Sequence[SearchQuery], *, excluded: Excluded = NOTHING_EXCLUDED
    ) -> tuple[int, ...]:
        return tuple(
            len(self._matching(query.zoek, query.soort, query.filters, excluded)) for query in queries
        )

    def near_words(self, word: str) -> tuple[str, ...]:
        if not looked_for(word):
            return ()
        return nearest(
            word,
            Counter(
                other for flat in self._committed.values() for other in set(_tokens_of(flat)("tekst_exact"))
            ).items(),
        )

    def pages_with_hits(self, document_id: str, zoek: Node) -> tuple[int, ...]:
        parts = page_parts(zoek, self._analysis)
        flat = self._committed.get((Soort.DOCUMENT, document_id))
        pages = flat.pages if flat else ()
        return tuple(sorted(page.nummer for page in pages if _parts_on(page, parts)))

    def _matching(self, zoek: Node | None, soort: Soort, filters: Filters, excluded: Excluded) -> list[Flat]:
        for name in filters.waarden:
            _known(name)
        match = compile_query(zoek, self._analysis)
        return [
            flat
            for flat in self._committed.values()
            if flat.soort is soort
            and flat.publicatie_id not in excluded.publicaties
            and not (soort is Soort.DOCUMENT and flat.id in excluded.documenten)
            and _passes(flat, filters)
            and holds(match, _tokens_of(flat), flat.creatiedag)
        ]

    def _ordered(self, found: list[Flat], query: SearchQuery) -> tuple[list[Flat], Callable[[Flat], str]]:
        if query.sortering is Sortering.RELEVANTIE:
            return sorted(found, key=lambda flat: (-self._score(flat, query.zoek), flat.id)), lambda flat: ""
        field = SORT_KEYS[query.sortering]
        descending = query.sortering in DESCENDING
        return sorted(
            found, key=lambda flat: flat.volgorde[field], reverse=descending
        ), lambda flat: flat.volgorde[field]

    def _score(self, flat: Flat, zoek: Node | None) -> float:
        """Add up what makes a hit good, with how often a token of a part stands in the text for the words themselves."""
        tokens = _tokens_of(flat)
        wanted = {
            token.stam
            for leaf in text_leaves(zoek, self._analysis)
            for token in self._analysis.tokens(leaf.tekst)
        }
        text = tokens("tekst_stam")
        score = sum(token in wanted for token in text) / (len(text) or 1)
        for bonus in bonuses(zoek, self._analysis):
            if all(_has(flat, part) for part in bonus.parts):
                score += bonus.score if bonus.times is None else bonus.times
        every = whole_page(zoek, self._analysis)
        if every and any(len(_parts_on(page, every)) == len(every) for page in flat.pages):
            score += SAMEN
        return score

    def _hit(self, flat: Flat, query: SearchQuery, sleutel: str | None) -> Hit:
        parts = page_parts(query.zoek, self._analysis)
        hits = [(len(here), page) for page in flat.pages if (here := _parts_on(page, parts))]
        best = sorted(hits, key=lambda hit: (-hit[0], hit[1].nummer))[: query.paginas]
        score = self._score(flat, query.zoek) if query.sortering is Sortering.RELEVANTIE else None
        pages = tuple(PageHit(page.nummer, page.tekst, page.vervolg, page.label) for _, page in best)
        return Hit(flat.id, flat.publicatie_id, flat.kaart, score, pages, len(hits), sleutel)

    def _facet(self, name: str, query: SearchQuery, excluded: Excluded) -> tuple[FacetCount, ...]:
        _known(name)
        others = {own: values for own, values in query.filters.waarden.items() if own != name}
        found = self._matching(query.zoek, query.soort, replace(query.filters, waarden=others), excluded)
        counts = Counter(value for flat in found for value in flat.waarden.get(name, ()))
        return tuple(
            FacetCount(value, count)
            for value, count in sorted(counts.items(), key=lambda one: (-one[1], one[0]))
        )


def _has(flat: Flat, part: Match | Value) -> bool:
    if not isinstance(part, Value):
        return holds(part, _tokens_of(flat))
    values = flat.geheel if part.field == "geheel" else flat.waarden.get(part.field, ())
    return not set(part.values).isdisjoint(values)


def _tokens_of(one: Flat | FlatPage) -> Callable[[str], list[str]]:
    return lambda field: one.streams.get(field, "").split()


def _parts_on(page: FlatPage, parts: Iterable[Match]) -> list[Match]:
    return [part for part in parts if holds(part, _tokens_of(page))]


def _known(name: str) -> None:
    if name not in FILTERS:
        raise InvalidValue("filter", name, "there is no such filter", accepted=FILTERS)


def _passes(flat: Flat, filters: Filters) -> bool:
    def day(asked: DateRange | None, day: int | None) -> bool:
        return not asked or not (asked.van or asked.tot) or _within(day, asked.van, asked.tot)

    return (
        all(
            set(values) & set(flat.waarden.get(name, ()))
            for name, values in filters.waarden.items()
            if values
        )
        and day(filters.creatiedatum, flat.creatiedag)
        and day(filters.publicatiedatum, flat.publicatiedag)
        and (flat.onleesbaar or not filters.onleesbaar)
    )


def _beyond(key: str, cursor: Cursor, query: SearchQuery) -> bool:
    if cursor.key is None:
        return True
    return key < cursor.key if query.sortering in DESCENDING else key > cursor.key
