"""Marks in a text the words that made it a hit, by the same analysis that found it."""

from collections.abc import Iterable

from woo.analysis.distance import within_edits
from woo.analysis.dutch import DutchAnalysis, Word
from woo.analysis.fragments import Fragment, cut_fragments
from woo.analysis.wanted import Wanted, places_of


class Highlighter:
    """Marks words and cuts fragments; may be shared by threads."""

    def __init__(self, analysis: DutchAnalysis) -> None:
        self._analysis = analysis

    def marks(self, text: str, wanted: Wanted, *, following: str = "") -> tuple[tuple[int, int], ...]:
        """Find the spans of `text` to mark: one per word, in reading order, never overlapping.

        A word of a sequence is marked by it only where the whole sequence stands. `following` is the start of the
        next page (see `DutchAnalysis.first_words`): a sequence that runs on there is marked up to the end of `text`.
        """
        found = self._analysis.words(f"{text}\n{following}" if following else text)
        words = [word for _, _, word in found]
        marked = _places_by_word(words, wanted)
        for sequence in wanted.sequences:
            by_exact = sequence.field == "exact"
            marked |= places_of(sequence, [word.exact if by_exact else word.stam for word in words])
        spans = ((found[place][0], min(found[place][1], len(text))) for place in sorted(marked))
        return tuple((start, end) for start, end in spans if start < end)

    def fragments(
        self, text: str, marks: Iterable[tuple[int, int]], *, length: int = 240, count: int = 2
    ) -> tuple[Fragment, ...]:
        """Cut the `count` best pieces of about `length` characters around the marks, in reading order.

        The pieces with the most different marked words come first in the choice. Without marks: the start of the
        text, as one piece. See `Fragment`.
        """
        return cut_fragments(self._analysis, text, tuple(marks), length=length, count=count)


def _places_by_word(words: list[Word], wanted: Wanted) -> set[int]:
    """Find the places of the words that are wanted by themselves; each different word is judged once."""
    judged: dict[int, bool] = {}  # by identity: `words` keeps them alive, and hashing a word costs more
    places = set()
    for place, word in enumerate(words):
        hit = judged.get(id(word))
        if hit is None:
            hit = judged[id(word)] = _is_wanted(word, wanted)
        if hit:
            places.add(place)
    return places


def _is_wanted(word: Word, wanted: Wanted) -> bool:
    if word.stam in wanted.stam or word.exact in wanted.exact:
        return True
    if not wanted.delen.isdisjoint(word.delen) or not wanted.delen.isdisjoint(word.groepen):
        return True
    return word.exact.startswith(wanted.prefixes) or any(
        within_edits(like, word.exact, most) for like, most in wanted.similar
    )
