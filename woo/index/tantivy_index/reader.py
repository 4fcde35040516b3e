"""Answers questions from a tantivy index; what the public side may do."""

import time
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from threading import Lock

import tantivy
from tantivy import Order, Query, Searcher

from woo.analysis import DutchAnalysis
from woo.domain.errors import InvalidValue
from woo.index.compiler import order_of
from woo.index.cursor import MAX_OFFSET, Cursor, read_cursor, write_cursor
from woo.index.fields import DESCENDING, SORT_KEYS
from woo.index.pages import page_parts
from woo.index.port import NOTHING_EXCLUDED, Excluded, FacetCount, Hit, SearchResults
from woo.index.query import Filters, Node, SearchQuery, Soort, Sortering
from woo.index.tantivy_index.entries import unpack
from woo.index.tantivy_index.names import check_version
from woo.index.tantivy_index.page_hits import PageQuery
from woo.index.tantivy_index.question import Question, check_filter, filter_queries
from woo.index.tantivy_index.schema import engine_errors, open_engine, total_of
from woo.index.tantivy_index.translate import silent
from woo.index.version import current_version

MAX_FACET_VALUES = 65_000
MAX_HITS = 1_000

_Found = tuple[float | None, str | None, tantivy.DocAddress]
"""Score, where the order goes by one; sort key, where it goes by that; and where it is stored."""

_META = "meta.json"
_RELOADS = 5


class TantivyReader:
    """A reader of the index in one folder; may be shared by threads.

    A commit of another process is seen by the next search: each search looks whether the engine's list of segments
    changed (a few microseconds) and reloads only then.

    Order by relevance goes on by the number of hits before: complete and without doubles as long as nothing is
    committed in between; after a commit a hit may be seen twice or missed. All other orders go on by the last key and
    keep every hit that stays, whatever is committed.
    """

    def __init__(self, index: tantivy.Index, analysis: DutchAnalysis, folder: Path | None) -> None:
        self._index = index
        self._schema = index.schema
        self._analysis = analysis
        self._folder = folder
        self._lock = Lock()
        self._seen: tuple[int, int, int] | None = None

    @classmethod
    def open(cls, folder: Path, analysis: DutchAnalysis) -> "TantivyReader":
        """Open the index in this folder.

        Raises:
            Unavailable: there is none, or it was made by another version.
        """
        check_version(folder, current_version(analysis.version))
        reader = cls(open_engine(folder, make=False), analysis, folder)
        reader.refresh()
        return reader

    def search(self, query: SearchQuery, *, excluded: Excluded = NOTHING_EXCLUDED) -> SearchResults:
        """Answer a question; see the port."""
        _check(query)
        query = replace(query, sortering=order_of(query))
        cursor = read_cursor(query)
        question = Question(self._schema, self._analysis, query.zoek, query.soort)
        parts = page_parts(query.zoek, self._analysis) if query.soort is Soort.DOCUMENT else ()
        started = time.perf_counter()
        with engine_errors():
            filters = filter_queries(self._schema, query.filters)
            searcher = self._searcher()
            totaal, found, last = self._found(
                searcher, query, cursor, question, question.matching(filters.values(), excluded)
            )
            hits = self._hits(searcher, found, PageQuery(self._schema, parts), query.paginas)
            facetten = self._facets(searcher, query.facetten, question, filters, excluded)
        volgende = write_cursor(last, query) if last else None
        return SearchResults(totaal, hits, facetten, volgende, (time.perf_counter() - started) * 1000)

    def count(self, filters: Filters, *, excluded: Excluded = NOTHING_EXCLUDED) -> int:
        """Count documents; see the port."""
        question = Question(self._schema, self._analysis, None, Soort.DOCUMENT)
        with engine_errors():
            within = question.matching(filter_queries(self._schema, filters).values(), excluded)
            return _total(self._searcher(), within)

    def pages_with_hits(self, document_id: str, zoek: Node) -> tuple[int, ...]:
        """Return page numbers; see the port."""
        parts = page_parts(zoek, self._analysis)
        with engine_errors():
            return PageQuery(self._schema, parts).numbers(self._searcher(), document_id)

    def ids(self) -> Excluded:
        """Return what the last commit holds."""
        self.refresh()
        with engine_errors():
            return Excluded(self._ids(Soort.DOCUMENT), self._ids(Soort.PUBLICATIE))

    def _ids(self, soort: Soort) -> frozenset[str]:
        within = tantivy.Query.term_query(self._schema, "entry", soort.value, "basic")
        found = self._searcher().terms_with_prefix("id", "", filter_query=within)
        return frozenset(id for id, _ in found)

    def refresh(self) -> None:
        """See what was committed; a search does so by itself."""
        with engine_errors():
            self._reload(forced=True)

    def close(self) -> None:
        """Let go of the index; nothing is kept open by force."""

    def _searcher(self) -> Searcher:
        if self._folder is not None and self._state() != self._seen:
            self._reload()
        return self._index.searcher()

    def _state(self) -> tuple[int, int, int] | None:
        """Return what changes whenever the engine commits; as before when the index was dropped under us."""
        if self._folder is None:
            return None
        try:
            found = (self._folder / _META).stat()
        except FileNotFoundError:
            if self._seen is None:
                raise
            return self._seen
        return found.st_mtime_ns, found.st_ino, found.st_size

    def _reload(self, *, forced: bool = False) -> None:
        """Load the newest segments; tries again when the writer cleared some away at the same moment.

        An index that was dropped stays as it was loaded: its files are open.
        """
        with self._lock:
            for attempt in range(_RELOADS):
                state = self._state()
                if not forced and state == self._seen:
                    return
                try:
                    self._index.reload()
                except (ValueError, OSError):
                    if self._was_dropped():
                        return
                    if attempt == _RELOADS - 1:
                        raise
                    time.sleep(0.02)
                else:
                    self._seen = state
                    return

    def _was_dropped(self) -> bool:
        return self._seen is not None and self._folder is not None and not (self._folder / _META).exists()

    def _found(
        self, searcher: Searcher, query: SearchQuery, cursor: Cursor, question: Question, matching: Query
    ) -> tuple[int, list[_Found], Cursor | None]:
        """Return the total, the hits of this page with their scores, and the cursor of the next page."""
        if query.sortering is Sortering.RELEVANTIE:
            ranked = searcher.search(question.ranked(matching), limit=query.aantal, offset=cursor.offset)
            end = cursor.offset + len(ranked.hits)
            more = ranked.hits and end < min(total_of(ranked), MAX_OFFSET)
            found: list[_Found] = [(score, None, address) for score, address in ranked.hits]
            return total_of(ranked), found, Cursor(offset=end) if more else None
        field, down = SORT_KEYS[query.sortering], query.sortering in DESCENDING
        rest = matching
        if cursor.key:
            beyond = f"{field}:{{* TO {cursor.key}}}" if down else f"{field}:{{{cursor.key} TO *}}"
            rest = Query.boolean_query(
                [
                    (tantivy.Occur.Must, matching),
                    (tantivy.Occur.Must, self._index.parse_query(beyond, [field])),
                ]
            )
        order = Order.Desc if down else Order.Asc
        result = searcher.search(rest, limit=query.aantal, order_by_field=field, order=order)
        totaal = _total(searcher, matching) if cursor.key else total_of(result)
        last = Cursor(key=result.hits[-1][0]) if total_of(result) > len(result.hits) > 0 else None
        return totaal, [(None, key, address) for key, address in result.hits], last

    def _hits(
        self, searcher: Searcher, found: Sequence[_Found], pages: PageQuery, count: int
    ) -> tuple[Hit, ...]:
        stored = [(score, key, unpack(searcher.doc(address))) for score, key, address in found]
        on_pages = pages.best(searcher, [values[0] for _, _, values in stored], count)
        return tuple(
            Hit(id, publicatie_id, kaart, score, tuple(on_pages[id].best), on_pages[id].aantal, key)
            for score, key, (id, publicatie_id, kaart) in stored
        )

    def _facets(
        self,
        searcher: Searcher,
        names: Sequence[str],
        question: Question,
        filters: Mapping[str, Query],
        excluded: Excluded,
    ) -> dict[str, tuple[FacetCount, ...]]:
        """Count the values of each field without its own filter; those that are not filtered on go together."""
        groups = [[name] for name in names if name in filters]
        groups.append([name for name in names if name not in filters])
        counted: dict[str, tuple[FacetCount, ...]] = {}
        for group in filter(None, groups):
            others = [query for own, query in filters.items() if own not in group]
            counted |= _counts(searcher, question.matching(others, excluded), group)
        return {name: counted[name] for name in names}


def _counts(searcher: Searcher, within: Query, names: Sequence[str]) -> dict[str, tuple[FacetCount, ...]]:
    """Count the values of these fields, most frequent first; complete, or refused."""
    size = {"size": MAX_FACET_VALUES, "segment_size": MAX_FACET_VALUES}
    answer = searcher.aggregate(within, {name: {"terms": {"field": name, **size}} for name in names})
    for name in names:
        if answer[name].get("sum_other_doc_count"):
            raise InvalidValue(
                "facetten", name, f"it has more than {MAX_FACET_VALUES} values; narrow the search first"
            )
    return {
        name: tuple(
            sorted(
                (FacetCount(bucket["key"], bucket["doc_count"]) for bucket in answer[name]["buckets"]),
                key=lambda one: (-one.aantal, one.waarde),
            )
        )
        for name in names
    }


def _total(searcher: Searcher, query: Query) -> int:
    return total_of(searcher.search(silent(query), limit=1))


def _check(query: SearchQuery) -> None:
    """Refuse what no engine should be asked for."""
    for name, number, low in (("aantal", query.aantal, 1), ("paginas", query.paginas, 0)):
        if not low <= number <= MAX_HITS:
            raise InvalidValue(name, number, f"it has to be a number from {low} to {MAX_HITS}")
    for name in query.facetten:
        check_filter(name)
