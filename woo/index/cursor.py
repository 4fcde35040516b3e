"""The opaque cursor that says where the next page of an answer starts."""

import base64
import binascii
import hashlib
import json
import re
from dataclasses import dataclass

from woo.domain.errors import InvalidValue
from woo.index.query import SearchQuery, Sortering

MAX_OFFSET = 10_000_000

_MAX_SCORE = 1e30
_KEY = re.compile(r"(?:[0-9a-f]{2}){1,4000}", re.ASCII)


@dataclass(frozen=True, slots=True)
class Cursor:
    """Where a page ended: the sort key of its last hit; for relevance how many hits came before, or score and id.

    Which of the two relevance goes on by is the engine's: `offset`, or `score` with the id in hexadecimal as `key`.
    """

    key: str | None = None
    offset: int = 0
    score: float | None = None


def write_cursor(cursor: Cursor, query: SearchQuery) -> str:
    """Return the cursor as text for an address; it is valid for the same question only, whatever the page size."""
    place: object = cursor.offset if cursor.key is None else cursor.key
    if cursor.score is not None:
        place = [cursor.score, cursor.key]
    packed = json.dumps([question_digest(query), place], separators=(",", ":")).encode()
    return base64.urlsafe_b64encode(packed).decode().rstrip("=")


def after(sleutel: str, query: SearchQuery) -> str:
    """Return the cursor that goes on right behind the hit with this key, in any order but relevance."""
    return write_cursor(Cursor(key=sleutel), query)


def read_cursor(query: SearchQuery, *, by_score: bool = False) -> Cursor:
    """Return where this query goes on; the start when it has no cursor. With `by_score` relevance goes on by score and id.

    Raises:
        InvalidValue: the cursor is not one of ours, or belongs to another question, order or engine.
    """
    if query.na is None:
        return Cursor()
    question, place = _unpacked(query.na)
    if question != question_digest(query):
        raise InvalidValue(
            "na", _short(query.na), "this cursor belongs to another question; start again without it"
        )
    if query.sortering is Sortering.RELEVANTIE:
        if by_score and isinstance(place, list):
            return _of_score(place, query.na)
        if not by_score and type(place) is int and 0 < place <= MAX_OFFSET:
            return Cursor(offset=place)
    elif isinstance(place, str) and _KEY.fullmatch(place):
        return Cursor(key=place)
    raise _unknown(query.na)


def _of_score(place: list[object], text: str) -> Cursor:
    match place:
        case [int() | float() as score, str() as key] if _is_score(score) and _KEY.fullmatch(key):
            return Cursor(key=key, score=score)
    raise _unknown(text)


def _is_score(score: float) -> bool:
    return not isinstance(score, bool) and 0 <= score <= _MAX_SCORE


def _unpacked(text: str) -> tuple[object, object]:
    try:
        packed = base64.b64decode(text + "=" * (-len(text) % 4), altchars=b"-_", validate=True)
        question, place = json.loads(packed)
    except (binascii.Error, ValueError, TypeError, RecursionError):
        raise _unknown(text) from None
    return question, place


def question_digest(query: SearchQuery) -> str:
    """Return a short digest of what is asked and in what order."""
    filters = query.filters
    waarden = sorted((name, sorted(values)) for name, values in filters.waarden.items() if values)
    rest = (filters.creatiedatum, filters.publicatiedatum, filters.onleesbaar)
    asked = repr((query.zoek, query.soort.value, query.sortering.value, waarden, rest))
    return hashlib.sha256(asked.encode("utf-8", "backslashreplace")).hexdigest()[:12]


def _unknown(text: str) -> InvalidValue:
    return InvalidValue(
        "na", _short(text), "this is no cursor of ours; take it from `volgende`, or start without it"
    )


def _short(text: str) -> str:
    return text if len(text) <= 40 else text[:40] + "…"
