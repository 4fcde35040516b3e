"""Pages of a list and the opaque cursor to the next one, which fits only the list that gave it."""

import base64
import binascii
from collections.abc import Callable, Sequence
from typing import TypeVar

from publisher.problems import refused_input

_Row = TypeVar("_Row")


def cursor(lijst: str, place: str) -> str:
    """Make the cursor that goes on after this place of this list."""
    return base64.urlsafe_b64encode(f"{lijst}\n{place}".encode()).decode().rstrip("=")


def place_of(lijst: str, na: str | None) -> str | None:
    """The place that a cursor of this list names; None without a cursor. Raises the 400 for another one."""
    if na is None:
        return None
    try:
        padded = na.encode("ascii") + b"=" * (-len(na) % 4)
        named, _, place = base64.b64decode(padded, altchars=b"-_", validate=True).decode().partition("\n")
    except (UnicodeError, binascii.Error):
        named, place = "", ""
    if named != lijst or not place:
        detail = "De waarde van 'na' hoort niet bij deze lijst. Begin zonder 'na' en gebruik dan 'volgende' uit het antwoord."
        raise refused_input("query", "na", "onbekende-cursor", detail)
    return place


def number_of(lijst: str, na: str | None) -> int:
    """As `place_of`, for lists that go by number; 0 without a cursor."""
    place = place_of(lijst, na)
    if place is None:
        return 0
    if not (place.isascii() and place.isdigit() and len(place) <= 18):
        return number_of(lijst, "")
    return int(place)


def cut(
    rows: Sequence[_Row], aantal: int, *, lijst: str, place: Callable[[_Row], str]
) -> tuple[Sequence[_Row], str | None]:
    """Cut a list that was read one row too far to its page, with the cursor of the next."""
    page = rows[:aantal]
    return page, cursor(lijst, place(page[-1])) if len(rows) > aantal else None
