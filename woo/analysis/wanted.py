"""Says what is to be marked in a text, and finds where words stand together."""

from bisect import bisect_right
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

FIELDS = ("exact", "stam")


@dataclass(frozen=True, slots=True)
class Sequence:
    """Words that belong together.

    With `ordered`, the words stand in this order with at most `slop` other words between the first and the last, in
    total. Without it, they stand in any order within a stretch that has at most `slop` words more than are wanted.
    """

    field: str
    tokens: tuple[str, ...]
    slop: int = 0
    ordered: bool = True

    def __post_init__(self) -> None:
        if self.field not in FIELDS or self.slop < 0:
            raise ValueError(
                f"A sequence needs a field of {FIELDS} and a slop of 0 or more, not {self.field!r}, {self.slop}."
            )


@dataclass(frozen=True, slots=True)
class Wanted:
    """What to mark: words by each stream, prefixes and similar spellings of `exact`, and sequences.

    `similar` pairs a word with the number of edits allowed; two neighbouring letters swapped count as one edit.
    """

    exact: frozenset[str] = frozenset()
    stam: frozenset[str] = frozenset()
    delen: frozenset[str] = frozenset()
    prefixes: tuple[str, ...] = ()
    similar: tuple[tuple[str, int], ...] = ()
    sequences: tuple[Sequence, ...] = ()


def places_of(sequence: Sequence, places: Mapping[str, list[int]]) -> set[int]:
    """Find the places of the words of every occurrence of the sequence.

    `places` says for each token of the sequence where it stands, counted in words, from low to high.
    """
    wanted = Counter(sequence.tokens)
    if not wanted or any(len(places[token]) < count for token, count in wanted.items()):
        return set()
    if sequence.ordered:
        return _in_order(sequence, places)
    return _in_any_order(sequence, wanted, places)


def _in_order(sequence: Sequence, places: Mapping[str, list[int]]) -> set[int]:
    """From each first word, take the next of each following word; that is the shortest stretch from there."""
    longest = len(sequence.tokens) + sequence.slop
    found: set[int] = set()
    for start in places[sequence.tokens[0]]:
        chain = [start]
        for token in sequence.tokens[1:]:
            of_token = places[token]
            at = bisect_right(of_token, chain[-1])
            if at == len(of_token) or of_token[at] - start >= longest:
                break
            chain.append(of_token[at])
        else:
            found.update(chain)
    return found


def _in_any_order(sequence: Sequence, wanted: Counter[str], places: Mapping[str, list[int]]) -> set[int]:
    """Slide a window over the wanted words and keep those of every window that is short enough."""
    standing = sorted((place, token) for token, of_token in places.items() for place in of_token)
    longest = len(sequence.tokens) + sequence.slop
    inside: Counter[str] = Counter()
    missing = len(sequence.tokens)
    left, done = 0, -1
    found: set[int] = set()
    for right, (place, token) in enumerate(standing):
        inside[token] += 1
        missing -= inside[token] <= wanted[token]
        while place - standing[left][0] >= longest:
            gone = standing[left][1]
            missing += inside[gone] <= wanted[gone]
            inside[gone] -= 1
            left += 1
        if missing == 0:
            found.update(spot for spot, _ in standing[max(left, done + 1) : right + 1])
            done = right
    return found
