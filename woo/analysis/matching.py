"""Finds in a text the words that are wanted; what it learns of a word it keeps for the next text."""

from itertools import accumulate

from woo.analysis.distance import within_edits
from woo.analysis.dutch import DutchAnalysis
from woo.analysis.memo import Memo
from woo.analysis.pieces import Piece
from woo.analysis.wanted import Wanted, places_of
from woo.analysis.words import Word

_KEPT = 5_000
_LONGEST_KEPT = 48

Spans = tuple[tuple[int, int], ...]


class Matcher:
    """Marks the same words in many texts; may be shared by threads.

    Most pieces of a text hold nothing wanted. They are passed over by their keys, which say too much rather than too
    little, and only the others are looked at word by word.
    """

    def __init__(self, analysis: DutchAnalysis, wanted: Wanted) -> None:
        self._analysis = analysis
        self._wanted = wanted
        self._in_sequence = frozenset(token for sequence in wanted.sequences for token in sequence.tokens)
        self._keys = wanted.exact | wanted.stam | wanted.delen | self._in_sequence
        self._by_likeness = bool(wanted.prefixes or wanted.similar)
        self._like = Memo(self._is_like, most=_KEPT, longest=_LONGEST_KEPT)

    def marks(self, text: str, *, following: str = "") -> Spans:
        """See `Highlighter.marks`."""
        starts, pieces = self._analysis.pieces(f"{text}\n{following}" if following else text)
        places = self._candidates(pieces)
        if not places:
            return ()
        marked = {
            (place, at)
            for place in places
            for at, (_, _, word) in enumerate(pieces[place].words)
            if self._is_wanted(word)
        }
        if self._in_sequence:
            marked |= self._in_sequences(pieces, places)
        spans = []
        for place, at in sorted(marked):
            start, end, _ = pieces[place].words[at]
            spans.append((starts[place] + start, min(starts[place] + end, len(text))))
        return tuple((start, end) for start, end in spans if start < end)

    def _candidates(self, pieces: list[Piece]) -> list[int]:
        """List the pieces that may hold a wanted word."""
        apart = self._keys.isdisjoint
        if not self._by_likeness:
            return [place for place, piece in enumerate(pieces) if not apart(piece.keys)]
        like = self._like
        return [place for place, piece in enumerate(pieces) if not apart(piece.keys) or like[piece.exact]]

    def _is_like(self, exact: str) -> bool:
        """Tell whether one of these words begins, or is nearly spelled, as is wanted."""
        return any(
            word.startswith(self._wanted.prefixes)
            or any(within_edits(like, word, most) for like, most in self._wanted.similar)
            for word in exact.split()
        )

    def _is_wanted(self, word: Word) -> bool:
        wanted = self._wanted
        if word.stam in wanted.stam or word.exact in wanted.exact:
            return True
        if not wanted.delen.isdisjoint(word.delen) or not wanted.delen.isdisjoint(word.groepen):
            return True
        return self._by_likeness and self._like[word.exact]

    def _in_sequences(self, pieces: list[Piece], candidates: list[int]) -> set[tuple[int, int]]:
        """Find the words of the sequences that stand whole; only candidates can be words of one."""
        before = list(accumulate([len(piece.words) for piece in pieces], initial=0))
        words = {
            before[place] + at: (place, at, word)
            for place in candidates
            for at, (_, _, word) in enumerate(pieces[place].words)
        }
        found: set[int] = set()
        for sequence in self._wanted.sequences:
            by_exact = sequence.field == "exact"
            places: dict[str, list[int]] = {token: [] for token in sequence.tokens}
            for count, (_, _, word) in words.items():
                token = word.exact if by_exact else word.stam
                if token in places:
                    places[token].append(count)
            found |= places_of(sequence, places)
        return {words[count][:2] for count in found}
