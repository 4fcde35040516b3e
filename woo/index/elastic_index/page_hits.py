"""Finds the pages of documents that hold (a part of) what was asked."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from woo.index.elastic_index.entries import Key, unpack
from woo.index.elastic_index.schema import PAGE
from woo.index.elastic_index.translate import Query, constant, either, must, one_of, translate
from woo.index.match import Match
from woo.index.port import PageHit
from woo.index.query import Soort
from woo.index.ranking import MOST_PAGES

PART = 1_000.0
"""What each distinct part on a page adds to its score, so that pages with more parts come first."""


@dataclass(frozen=True, slots=True)
class DocumentPages:
    """The best pages of one document, best first, and how many pages have a hit."""

    best: tuple[PageHit, ...] = ()
    aantal: int = 0


NO_PAGES = DocumentPages()


def within(ids: Iterable[str], parts: Sequence[Match], *, scored: bool) -> Query:
    """Return the query of the pages of these documents that hold one of the parts."""
    found = [translate(part) for part in parts]
    if scored and len(parts) > 1:
        found += [constant(part, PART) for part in found]
    own = one_of("sleutel", [Key(Soort.DOCUMENT, id).text for id in ids])
    filters: list[Query] = [{"term": {"entry": PAGE}}, own]
    if scored:
        return {"bool": {"filter": filters, "must": [either(found)]}}
    return {"bool": {"filter": [*filters, must(either(found))]}}


def holding_all(every: Sequence[Match]) -> Query:
    """Return the body of a search for the keys of documents of which one page holds all of these, best pages first."""
    return {
        "query": {"bool": {"filter": [{"term": {"entry": PAGE}}], "must": [translate(one) for one in every]}},
        "size": MOST_PAGES,
        "track_total_hits": False,
        "_source": False,
        "docvalue_fields": ["sleutel"],
    }


def read_keys(hits: Iterable[Mapping[str, Any]]) -> frozenset[str]:
    """Return the keys that were found."""
    return frozenset(hit["fields"]["sleutel"][0] for hit in hits)


def best_pages(ids: Sequence[str], count: int) -> Query:
    """Return the aggregation that gives each document its best pages, at most `count`, and counts all of them."""
    per: Query = {"terms": {"field": "sleutel", "size": max(len(ids), 1)}}
    if count:
        order = [{"_score": {"order": "desc"}}, {"nummer": {"order": "asc"}}]
        best = {"top_hits": {"size": count, "sort": order, "_source": ["bewaard"]}}
        per["aggs"] = {"beste": best}
    return {"documenten": per}


def read_pages(ids: Sequence[str], aggregations: Mapping[str, Any]) -> dict[str, DocumentPages]:
    """Return what was found per document; a document without page hits is absent."""
    keys = {Key(Soort.DOCUMENT, id).text: id for id in ids}
    return {
        keys[bucket["key"]]: DocumentPages(
            tuple(PageHit(*unpack(hit["_source"])) for hit in bucket["beste"]["hits"]["hits"])
            if "beste" in bucket
            else (),
            bucket["doc_count"],
        )
        for bucket in aggregations["documenten"]["buckets"]
    }
