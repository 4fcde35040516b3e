"""The strip of small pictures beside a page: a bounded number of pages around one, and where the others are."""

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass

SHOWN = 8


@dataclass(frozen=True, slots=True)
class Thumbnail:
    """A small picture of a page, and whether there is a hit on it."""

    nummer: int
    treffer: bool


@dataclass(frozen=True, slots=True)
class Strip:
    """The small pictures in order; `eerder` and `later` are the pages around which the strips next to it lie."""

    pages: tuple[Thumbnail, ...]
    eerder: int | None
    later: int | None


def strip_around(nummer: int, paginas: int, hits: Sequence[int]) -> Strip | None:
    """The strip around a page of a document with so many pages and hits on these (ascending); None for a single page."""
    if paginas < 2:
        return None
    first = max(1, min(nummer - (SHOWN - 1) // 2, paginas - SHOWN + 1))
    last = min(paginas, first + SHOWN - 1)
    pages = tuple(Thumbnail(page, _holds(hits, page)) for page in range(first, last + 1))
    middle = first + (SHOWN - 1) // 2
    return Strip(
        pages,
        eerder=max(1, middle - SHOWN) if first > 1 else None,
        later=min(paginas, middle + SHOWN) if last < paginas else None,
    )


def _holds(numbers: Sequence[int], number: int) -> bool:
    at = bisect_left(numbers, number)
    return at < len(numbers) and numbers[at] == number
