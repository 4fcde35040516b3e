"""Says which words of an index a mistyped word may have been meant as; the same rule for every engine."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from woo.analysis.distance import within_edits

SHORTEST = 4
"""Letters of a word that others are looked for: of shorter ones nearly every word is near."""

LONGEST = 32
MOST = 5
"""Words given for one word."""

_ALPHABET = "abcdefghijklmnopqrstuvwxyz"


@dataclass(frozen=True, slots=True, order=True)
class _Near:
    """A candidate, in the order in which candidates are better: nearer, in more entries, earlier in the alphabet."""

    edits: int
    less: int
    word: str


def looked_for(word: str) -> bool:
    """Whether other words are looked for near this one: letters only, four to 32 of them."""
    return SHORTEST <= len(word) <= LONGEST and word.isalpha()


def two_edits(word: str) -> bool:
    """Whether words two edits away are looked for as well."""
    return len(word) > 5


def nearest(word: str, counts: Iterable[tuple[str, int]]) -> tuple[str, ...]:
    """Return the best of these words with the number of entries they stand in, at most `MOST`, best first.

    What is one edit away may be that in any letter; what is two edits away starts with the same letter, and only words
    from six letters are looked for that far.
    """
    most = dict(sorted(counts, key=lambda one: one[1]))
    found = [
        _Near(edits, -count, other)
        for other, count in most.items()
        if count and other != word and looked_for(other) and (edits := _edits(word, other))
    ]
    return tuple(near.word for near in sorted(found)[:MOST])


def _edits(word: str, other: str) -> int:
    """Return 1 or 2 for what is near enough, else 0."""
    if within_edits(word, other, 1):
        return 1
    return 2 if two_edits(word) and word[0] == other[0] and within_edits(word, other, 2) else 0


def one_edit(word: str) -> Iterator[str]:
    """Yield every word of plain letters that is one edit away, some more than once."""
    for at in range(len(word) + 1):
        start, end = word[:at], word[at:]
        yield from (start + letter + end for letter in _ALPHABET)
        if end:
            yield start + end[1:]
            yield from (start + letter + end[1:] for letter in _ALPHABET)
        if len(end) > 1:
            yield start + end[1] + end[0] + end[2:]
