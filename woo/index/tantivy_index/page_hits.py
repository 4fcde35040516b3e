"""Finds the pages of documents that hold (a part of) what was asked."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

import tantivy
from tantivy import DocAddress, Occur, Query, Searcher

from woo.index.match import Match
from woo.index.port import PageHit
from woo.index.query import Soort
from woo.index.ranking import MOST_PAGES
from woo.index.tantivy_index.entries import group_of, key_of, unpack
from woo.index.tantivy_index.schema import total_of
from woo.index.tantivy_index.translate import Translation, either, must, one_of, silent

PART = 1_000.0
"""What each distinct part on a page adds to its score, so that pages with more parts come first."""

TOGETHER = 5_000
"""Page hits of all documents of an answer that are looked at in one go; beyond it each document is asked by itself."""

ALL = 1_000_000


@dataclass(slots=True)
class DocumentPages:
    """The best pages of one document, best first, and how many pages have a hit."""

    best: list[PageHit] = field(default_factory=list)
    aantal: int = 0


class PageQuery:
    """The parts of one question, asked of the pages of some documents.

    One query for all documents of an answer costs 2 to 10 ms, one query for each of twenty 3 to 35 ms (measured on
    20,000 pages); so that is kept for answers with thousands of page hits.
    """

    def __init__(self, schema: tantivy.Schema, parts: Sequence[Match]) -> None:
        self._schema = schema
        self._parts = parts

    def best(self, searcher: Searcher, ids: Sequence[str], count: int) -> Mapping[str, DocumentPages]:
        """Return for each document its best pages, at most `count`, and how many pages have a hit."""
        found: dict[str, DocumentPages] = defaultdict(DocumentPages)
        if not self._parts or not ids:
            return found
        result = searcher.search(self._within(ids, scored=True), limit=TOGETHER)
        if total_of(result) > len(result.hits):
            for id in ids:
                own = searcher.search(self._within([id], scored=True), limit=max(count, 1))
                hits = [address for _, address in own.hits[:count]]
                found[id] = DocumentPages([_page(searcher, address) for address in hits], total_of(own))
            return found
        addresses = [address for _, address in result.hits]
        owners = {group_of(key_of(Soort.DOCUMENT, id)): id for id in ids}
        for address, group in zip(addresses, searcher.fast_field_values("groep", addresses), strict=True):
            pages = found[owners[int(group or 0)]]
            pages.aantal += 1
            if len(pages.best) < count:
                pages.best.append(_page(searcher, address))
        return found

    def numbers(self, searcher: Searcher, document_id: str) -> tuple[int, ...]:
        """Return the numbers of all pages of a document that have a hit, ascending."""
        if not self._parts:
            return ()
        result = searcher.search(silent(self._within([document_id], scored=False)), limit=ALL)
        numbers = searcher.fast_field_values("nummer", [address for _, address in result.hits])
        return tuple(sorted(int(number) for number in numbers if number is not None))

    def _within(self, ids: Iterable[str], *, scored: bool) -> Query:
        own = one_of(self._schema, "sleutel", [key_of(Soort.DOCUMENT, id) for id in ids])
        translation = Translation(self._schema, within=own)
        parts = [translation.query(part) for part in self._parts]
        if scored and len(parts) > 1:
            parts += [Query.const_score_query(part, PART) for part in parts]
        return Query.boolean_query([(Occur.Must, own), (Occur.Must, either(parts))])


def documents_with(searcher: Searcher, schema: tantivy.Schema, every: Sequence[Match]) -> frozenset[int]:
    """Return the groups of the documents of which one page holds all of these: those of the best pages, at most so many."""
    if not every:
        return frozenset()
    translation = Translation(schema)
    found = searcher.search(must(*(translation.query(part) for part in every)), limit=MOST_PAGES, count=False)
    groups = searcher.fast_field_values("groep", [address for _, address in found.hits])
    return frozenset(int(group) for group in groups if group is not None)


def _page(searcher: Searcher, address: DocAddress) -> PageHit:
    return PageHit(*unpack(searcher.doc(address)))
