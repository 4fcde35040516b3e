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

_KEY = re.compile(r"(?:[0-9a-f]{2}){1,4000}", re.ASCII)


@dataclass(frozen=True, slots=True)
class Cursor:
    """Where a page ended: the sort key of its last hit, or for relevance how many hits came before."""

    key: str | None = None
    offset: int = 0


def write_cursor(cursor: Cursor, query: SearchQuery) -> str:
    """Return the cursor as text for an address; it is valid for the same question only, whatever the page size."""
    place = cursor.offset if cursor.key is None else cursor.key
    packed = json.dumps([_question(query), place], separators=(",", ":")).encode()
    return base64.urlsafe_b64encode(packed).decode().rstrip("=")


def read_cursor(query: SearchQuery) -> Cursor:
    """Return where this query goes on; the start when it has no cursor.

    Raises:
        InvalidValue: the cursor is not one of ours, or belongs to another question or order.
    """
    if query.na is None:
        return Cursor()
    question, place = _unpacked(query.na)
    if question != _question(query):
        raise InvalidValue(
            "na", _short(query.na), "this cursor belongs to another question; start again without it"
        )
    if query.sortering is Sortering.RELEVANTIE:
        if type(place) is int and 0 < place <= MAX_OFFSET:
            return Cursor(offset=place)
    elif isinstance(place, str) and _KEY.fullmatch(place):
        return Cursor(key=place)
    raise _unknown(query.na)


def _unpacked(text: str) -> tuple[object, object]:
    try:
        packed = base64.b64decode(text + "=" * (-len(text) % 4), altchars=b"-_", validate=True)
        question, place = json.loads(packed)
    except (binascii.Error, ValueError, TypeError, RecursionError):
        raise _unknown(text) from None
    return question, place


def _question(query: SearchQuery) -> str:
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
