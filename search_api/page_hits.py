"""Counts the marked places on pages of a document, a bounded number of pages at a time, and remembers them."""

from bisect import bisect_left
from collections import OrderedDict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from threading import Lock
from time import monotonic

from woo.analysis import DutchAnalysis, Highlighter, Wanted
from woo.index.pages import OVERLAP
from woo.storage.port import PublicDocument, PublicPage, PublicReader
from woo.views.marking import joined

READ_AT_ONCE = 50
"""Pages read for one answer: each is one read of the public store, which may be far away."""

_REMEMBERED = 500
_SECONDS = 600.0


@dataclass(frozen=True, slots=True)
class PageHits:
    """A page with hits: how many places are marked on it, and the name of a part that has no page number."""

    nummer: int
    aantal: int
    label: str | None = None


_Key = tuple[str, str, Wanted]
_Pages = dict[int, PageHits]


class PageHitCounter:
    """How many places are marked on the pages of a document; may be shared by threads.

    What was counted is kept for ten minutes, of the last five hundred pairs of document and question, so that who goes
    from hit to hit counts once. A document that changes is another one.
    """

    def __init__(
        self,
        store: PublicReader,
        analysis: DutchAnalysis,
        highlighter: Highlighter,
        *,
        clock: Callable[[], float] = monotonic,
    ) -> None:
        self._store = store
        self._analysis = analysis
        self._highlighter = highlighter
        self._clock = clock
        self._lock = Lock()
        self._kept: OrderedDict[_Key, tuple[float, _Pages]] = OrderedDict()

    def marks(
        self, document: PublicDocument, page: PublicPage, sought: Wanted
    ) -> tuple[tuple[int, int], ...]:
        """The spans of the text of this page to mark; a phrase that runs on over its end is marked up to there."""
        after = self._store.page(document.id, page.nummer + 1)
        following = "" if after is None else self._analysis.first_words(after.tekst, OVERLAP)
        return self._highlighter.marks(page.tekst, sought, following=following)

    def count(
        self, document: PublicDocument, numbers: Sequence[int], sought: Wanted, *, nearest: int
    ) -> Mapping[int, PageHits]:
        """Count on these pages (ascending), those nearest to page `nearest` first.

        At most fifty that are not remembered are read; the others are absent from the answer. Raises Unavailable.
        """
        known = self._known((document.id, str(document.kaart.get("gewijzigdOp")), sought))
        missing = [nummer for nummer in _nearest_first(numbers, nearest) if nummer not in known]
        for nummer in missing[:READ_AT_ONCE]:
            page = self._store.page(document.id, nummer)
            if page is not None:
                aantal = len(joined(page.tekst, self.marks(document, page, sought)))
                known[nummer] = PageHits(nummer, aantal, page.label)
        return {nummer: known[nummer] for nummer in numbers if nummer in known}

    def _known(self, key: _Key) -> _Pages:
        now = self._clock()
        with self._lock:
            since, pages = self._kept.pop(key, (now, {}))
            if now - since > _SECONDS:
                since, pages = now, {}
            self._kept[key] = (since, pages)
            while len(self._kept) > _REMEMBERED:
                self._kept.popitem(last=False)
            return pages


def _nearest_first(numbers: Sequence[int], nearest: int) -> list[int]:
    """The numbers, the page itself first and then those around it by turns."""
    at = bisect_left(numbers, nearest)
    return [numbers[place] for place in sorted(range(len(numbers)), key=lambda place: abs(place - at))]
