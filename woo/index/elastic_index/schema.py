"""The fields of the Elasticsearch index, from the same lists as the embedded engine's."""

from dataclasses import asdict
from typing import Any

from woo.index.fields import PLACES, SORT_KEYS, STREAMS
from woo.index.query import FILTERS
from woo.index.version import Version

WITHOUT_PLACES = frozenset({"delen"})
"""Streams in which no phrase is ever looked for, so that positions need not be kept."""

PAGE = "pagina"
"""The kind of the entries that hold one page of a document."""

MAX_PAGES_SHOWN = 1_000
LONGEST_WHOLE = 8_191
"""Characters of a title or kenmerk that is indexed as a whole; the engine takes terms of at most 32,766 bytes."""

KEPT = ("bewaard", "hoogste")
"""What is kept to be given back; the streams are indexed and not kept."""


def text_fields() -> list[str]:
    """Return the names of all fields that hold streams of tokens."""
    places = [f"{place}_{stream}" for place in (*PLACES, PAGE) for stream in STREAMS]
    return [*places, "grens_exact", "grens_stam"]


def settings(*, shards: int, replicas: int) -> dict[str, Any]:
    """Return the settings of an index; only a commit of ours makes the engine show what was written."""
    return {
        "number_of_shards": shards,
        "number_of_replicas": replicas,
        "refresh_interval": "-1",
        "max_inner_result_window": MAX_PAGES_SHOWN,
    }


def mapping(version: Version) -> dict[str, Any]:
    """Return the fields, and the version that they belong to.

    `sleutel` is shared by an entry and its pages; `bewaard` is text of JSON, given back as it is; `hoogste` is the highest
    page number that this document may have entries of.
    """
    keyword = {"type": "keyword", "doc_values": False}
    return {
        "dynamic": "strict",
        "_meta": asdict(version),
        "_source": {"includes": list(KEPT)},
        "properties": {
            **{name: _stream(name) for name in text_fields()},
            "entry": {"type": "keyword"},
            "sleutel": {"type": "keyword"},
            "geheel": {**keyword, "ignore_above": LONGEST_WHOLE},
            **{name: {"type": "keyword"} for name in ("id", *FILTERS)},
            **{name: {"type": "keyword", "index": False} for name in sorted(set(SORT_KEYS.values()))},
            **{name: {"type": "integer"} for name in ("creatiedag", "publicatiedag", "nummer")},
            "onleesbaar": {"type": "boolean"},
            "bewaard": {"type": "object", "enabled": False},
            "hoogste": {"type": "integer", "index": False, "doc_values": False},
        },
    }


def _stream(name: str) -> dict[str, Any]:
    option = "freqs" if name.rpartition("_")[2] in WITHOUT_PLACES else "positions"
    return {"type": "text", "analyzer": "whitespace", "index_options": option}
