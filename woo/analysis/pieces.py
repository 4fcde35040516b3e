"""Cuts a text at its spaces, so that a piece that was seen before is not cut into words again.

To cut a text with `patterns.TOKEN` alone costs several times as much. What the words of a piece are depends seldom on what
stands around it: only a match that may run on over the space does, and most that may are stopped by the next piece.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import accumulate

from woo.analysis.memo import Memo
from woo.analysis.patterns import TOKEN
from woo.analysis.words import Word

_KEPT = 50_000
_LONGEST_KEPT = 128
_TAIL = 16  # characters at the end of a piece that tell whether it runs on

# A match of the pattern that runs on over a space runs on into one of these. A piece whose last match may run on into what
# the next piece starts with is read in its context; the rest are the same wherever they stand.
_WORDS, _SHORT, _NUMBERS, _BRACKETS, _CODES = 1, 2, 4, 8, 16
_ANYTHING = _WORDS | _SHORT | _NUMBERS | _BRACKETS | _CODES
_WORDS_RUN_ON = (
    (re.compile(r"(?:[^\W\d_]{2}[-\u2010\u2011]|[\u00ad\ufffe])\Z"), _WORDS | _SHORT),  # ver-⏎zoek
    (re.compile(r"[Ww][Oo][OoBb]\Z"), _NUMBERS),  # Woo 2023-114
)
_RUN_ON = (
    *_WORDS_RUN_ON,
    (re.compile(r"[0-9][^\W\d_]?,?\Z"), _CODES),  # 5.1, eerste lid; 5.1.2 e; (10)(2 e)
    (re.compile(r"[1-9][0-9]{3}\Z"), _SHORT),  # 1234 AB
    (re.compile(r"[23][0-9]\Z"), _NUMBERS),  # 35 112, nr. 9
    (re.compile(r"5[0-9.,\-]*\Z"), _NUMBERS | _CODES),  # 5.1. 2e
    (re.compile(r"\((?:5\.1|10|11)\)\Z"), _BRACKETS),  # (10) (2e)
)
_IBAN = re.compile(r"[Nn][Ll][0-9]{2}")
_CODE_SIGN = re.compile(r"[0-9(]")
_SPACE = re.compile(r"\s")  # that is no space or line feed
_STARTS = re.compile(
    r"(?P<words>(?!(?i:lid|eer|twe|der|vie|vij|zes|zev|ach|neg|tie|het))[^\W\d_]{3})"
    r"|(?P<short>[^\W\d_]{2}(?![^\W_]))"
    r"|(?P<number>[0-9]++(?!(?i:e|de|ste)))"
    r"|(?P<bracket>\()"
    r"|(?P<sign>[^\w\s).,\-])"
)
_KINDS = {"words": _WORDS, "short": _WORDS | _SHORT, "number": _NUMBERS, "bracket": _BRACKETS, "sign": 0}


@dataclass(slots=True, eq=False)  # not frozen: that triples the time to make one
class Piece:
    """The words of a stretch of text, each with its place in the stretch.

    `exact`, `stam` and `delen` are those of the words, joined by spaces. `keys` are all strings a word of it may be
    found by, of any stream. `runs_on` says into what its last match may run on, `start` what it starts with.
    """

    exact: str
    stam: str
    delen: str
    keys: tuple[str, ...]
    words: tuple[tuple[int, int, Word], ...]
    runs_on: int
    start: int


class Pieces:
    """Cuts texts into pieces and remembers them; may be shared by threads."""

    def __init__(self, words: Mapping[str, Word]) -> None:
        self._words = words
        self._pieces = Memo(self._piece, most=_KEPT, longest=_LONGEST_KEPT)
        self._tokens = Memo(self._token, most=_KEPT, longest=_LONGEST_KEPT)

    def cut(self, text: str) -> tuple[list[int], list[Piece]]:
        """Cut a text into pieces that hold all its words in order; the first list says where each piece starts.

        The first list is one longer than the second.
        """
        parts = text.replace("\n", " ").split(" ")
        found = list(map(self._pieces.__getitem__, parts))
        starts = list(accumulate([len(part) + 1 for part in parts], initial=0))
        last = len(found) - 1
        running = [
            place
            for place, piece in enumerate(found)
            if piece.runs_on and place < last and piece.runs_on & found[place + 1].start
        ]
        return self._read_on(text, starts, found, running) if running else (starts, found)

    def _read_on(
        self, text: str, starts: list[int], found: list[Piece], running: list[int]
    ) -> tuple[list[int], list[Piece]]:
        """Read the pieces that may run on with the pattern, each up to where the next other one starts."""
        all_starts: list[int] = []
        all_found: list[Piece] = []
        runs_on = set(running)
        done = 0
        for place in running:
            if place < done:
                continue
            all_starts += starts[done:place]
            all_found += found[done:place]
            done = len(found)
            at = place
            for match in TOKEN.finditer(text, starts[at]):
                start, end = match.span()
                if start >= starts[at + 1]:
                    while starts[at + 1] <= start:
                        at += 1
                    if at not in runs_on:
                        done = at
                        break
                all_starts.append(start)
                all_found.append(self._tokens[match[0]])
                while starts[at + 1] < end:
                    at += 1
        return all_starts + starts[done:], all_found + found[done:]

    def _piece(self, raw: str) -> Piece:
        bare = raw.rstrip(",.;:)")
        if bare.isalpha():
            runs_on = _NUMBERS if raw[-3:].lower() in ("woo", "wob") else 0
            return _single(self._words[bare], len(bare), runs_on, _start(raw))
        words = tuple((*match.span(), self._words[match[0]]) for match in TOKEN.finditer(raw))
        return _joined(words, _runs_on(raw), _start(raw))

    def _token(self, raw: str) -> Piece:
        return _joined(((0, len(raw), self._words[raw]),), 0, _ANYTHING)


def _runs_on(raw: str) -> int:
    """Tell into what the last match in this piece may run on."""
    has_code = _CODE_SIGN.search(raw)
    if has_code and (_SPACE.search(raw) or _IBAN.search(raw)):
        return _ANYTHING
    tail = raw.rstrip()[-_TAIL:]
    into = 0
    for ending, kinds in _RUN_ON if has_code else _WORDS_RUN_ON:
        if ending.search(tail):
            into |= kinds
    return into


def _start(raw: str) -> int:
    """Tell what this piece starts with; lid, tweede, a letter or a mark may be of any kind of code."""
    start = _STARTS.match(raw)
    return _KINDS[start.lastgroup or ""] if start else _ANYTHING


def _single(word: Word, length: int, runs_on: int, start: int) -> Piece:
    """Make the piece of one word; most pieces are."""
    exact, stam, delen, groepen = word
    keys = (exact,) if exact == stam else (exact, stam)
    words = ((0, length, word),)
    if not delen and not groepen:
        return Piece(exact, stam, "", keys, words, runs_on, start)
    parts = (*delen, *groepen)
    return Piece(exact, stam, " ".join(parts), (*keys, *parts), words, runs_on, start)


def _joined(words: tuple[tuple[int, int, Word], ...], runs_on: int, start: int) -> Piece:
    exact = [word.exact for _, _, word in words]
    stam = [word.stam for _, _, word in words]
    delen = [part for _, _, word in words for part in (*word.delen, *word.groepen)]
    keys = tuple({*exact, *stam, *delen})
    return Piece(" ".join(exact), " ".join(stam), " ".join(delen), keys, words, runs_on, start)
