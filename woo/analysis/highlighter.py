"""Marks in a text the words that made it a hit, by the same analysis that found it."""

from collections.abc import Iterable
from functools import lru_cache, partial

from woo.analysis.dutch import DutchAnalysis
from woo.analysis.fragments import Fragment, cut_fragments
from woo.analysis.matching import Matcher
from woo.analysis.wanted import Wanted

_MATCHERS = 32


class Highlighter:
    """Marks words and cuts fragments; may be shared by threads."""

    def __init__(self, analysis: DutchAnalysis) -> None:
        self._analysis = analysis
        self._matcher = lru_cache(_MATCHERS)(partial(Matcher, analysis))

    def marks(self, text: str, wanted: Wanted, *, following: str = "") -> tuple[tuple[int, int], ...]:
        """Find the spans of `text` to mark: one per word, in reading order, never overlapping.

        A word of a sequence is marked by it only where the whole sequence stands. `following` is the start of the
        next page (see `DutchAnalysis.first_words`): a sequence that runs on there is marked up to the end of `text`.
        """
        return self._matcher(wanted).marks(text, following=following)

    def fragments(
        self, text: str, marks: Iterable[tuple[int, int]], *, length: int = 240, count: int = 2
    ) -> tuple[Fragment, ...]:
        """Cut the `count` best pieces of about `length` characters around the marks, in reading order.

        The pieces with the most different marked words come first in the choice. Without marks: the start of the
        text, as one piece. See `Fragment`.
        """
        return cut_fragments(self._analysis, text, tuple(marks), length=length, count=count)
