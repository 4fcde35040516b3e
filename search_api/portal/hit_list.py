"""The hits of one document as the viewer lists them: pages with their numbers of hits, and the hit before and after."""

from bisect import bisect_left, bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from search_api.page_hits import READ_AT_ONCE, PageHits

MOST_LISTED = 200


@dataclass(frozen=True, slots=True)
class ListedPage:
    """A page with hits; how many is None where they were not counted yet."""

    nummer: int
    aantal: int | None
    label: str | None


@dataclass(frozen=True, slots=True)
class Place:
    """A hit: its page, and the how-manieth it is there (0 where that page has no marked place of its own)."""

    nummer: int
    treffer: int


@dataclass(frozen=True, slots=True)
class HitList:
    """The pages with a hit around the present one, how many pages and hits there are, and the hits before and after.

    `totaal` and `eerste` (the number, over the whole document, of the first hit of this page) are None as long as not
    every page with a hit was counted; `eerste` also where this page has none.
    """

    shown: tuple[ListedPage, ...]
    paginas: int
    plaats: int | None
    totaal: int | None
    eerste: int | None
    vorige: Place | None
    volgende: Place | None
    vorige_pagina: Place | None
    volgende_pagina: Place | None


def listed(hits: Sequence[int], nummer: int, *, labelled: bool) -> tuple[int, ...]:
    """The pages to list, around the present one; fewer where each has to be read for its name."""
    most = READ_AT_ONCE if labelled else MOST_LISTED
    at = bisect_left(hits, nummer)
    first = max(0, min(at - most // 2, len(hits) - most))
    return tuple(hits[first : first + most])


def hit_list(
    hits: Sequence[int],
    counted: Mapping[int, PageHits],
    shown: Sequence[int],
    *,
    nummer: int,
    treffer: int,
    marked: int,
) -> HitList:
    """Put together the list, for a reader at this hit of a page with so many `marked`; `hits` are all pages, ascending."""
    at, after = bisect_left(hits, nummer), bisect_right(hits, nummer)
    before_page = _last_of(hits[at - 1], counted) if at else None
    after_page = _first_of(hits[after], counted) if after < len(hits) else None
    complete = all(page in counted for page in hits)
    earlier = sum(counted[page].aantal for page in hits[:at]) if complete else None
    return HitList(
        shown=tuple(_listed_page(page, counted) for page in shown),
        paginas=len(hits),
        plaats=at + 1 if after > at else None,
        totaal=sum(counted[page].aantal for page in hits) if complete else None,
        eerste=earlier + 1 if earlier is not None and marked and after > at else None,
        vorige=Place(nummer, treffer - 1) if treffer > 1 else before_page,
        volgende=Place(nummer, treffer + 1) if treffer < marked else after_page,
        vorige_pagina=before_page,
        volgende_pagina=after_page,
    )


def _listed_page(nummer: int, counted: Mapping[int, PageHits]) -> ListedPage:
    page = counted.get(nummer)
    return ListedPage(nummer, page.aantal if page else None, page.label if page else None)


def _last_of(nummer: int, counted: Mapping[int, PageHits]) -> Place:
    return Place(nummer, counted[nummer].aantal if nummer in counted else 1)


def _first_of(nummer: int, counted: Mapping[int, PageHits]) -> Place:
    return Place(nummer, min(1, counted[nummer].aantal) if nummer in counted else 1)
