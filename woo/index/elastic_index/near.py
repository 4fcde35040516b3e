"""Asks Elasticsearch for words near a mistyped one."""

from typing import Any

from woo.index.elastic_index.translate import Query
from woo.index.fields import WORDS_FIELD
from woo.index.nearby import SHORTEST, nearest, two_edits

_ONE, _TWO = "een", "twee"
_CANDIDATES = 100
"""Words asked for of each shard; the rule of `nearby` picks from them."""


def near_body(word: str) -> Query:
    """Return the request: what is one edit away in any letter, and two edits away with the same first letter."""
    suggest: Query = {"text": word, _ONE: _term(edits=1, same=0)}
    if two_edits(word):
        suggest[_TWO] = _term(edits=2, same=1)
    return {"size": 0, "suggest": suggest}


def _term(*, edits: int, same: int) -> Query:
    return {
        "term": {
            "field": WORDS_FIELD,
            "analyzer": "whitespace",
            "suggest_mode": "always",
            "sort": "score",
            "max_edits": edits,
            "prefix_length": same,
            "min_word_length": SHORTEST,
            "size": _CANDIDATES,
            "shard_size": _CANDIDATES,
        }
    }


def read_near(word: str, suggest: dict[str, Any]) -> tuple[str, ...]:
    """Return the words of the answer by the rule of `nearby`."""
    return nearest(
        word,
        (
            (option["text"], option["freq"])
            for asked in suggest.values()
            for entry in asked
            for option in entry["options"]
        ),
    )
