"""Turns Dutch text into tokens with offsets and into the three streams that the engines index."""

import hashlib
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import NamedTuple

import Stemmer

from woo.analysis.codes import read_code
from woo.analysis.compounds import Compounds
from woo.analysis.folding import fold
from woo.analysis.patterns import LINE_BREAK, SUFFIX, TOKEN
from woo.analysis.stemming import Stems
from woo.analysis.wordlists import FILES, read_word_lists

ANALYSIS_VERSION = 1  # raise it when the rules in this package change what a text turns into

_LONGEST_TOKEN = 128
_READ_OF_A_WORD = 512  # characters of an endless "word" that are looked at
_KEPT_WORD = 48  # longer matches are rare and are not remembered
_CACHED_WORDS = 30_000


@dataclass(frozen=True, slots=True)
class Token:
    """One word or code: where it stands and what it is compared by.

    `text[start:end]` is the word as written. `delen` are the stems of the parts of a compound, or the words a code may
    also be written as: two or more, in the order they stand when written apart, or none. `groepen` are further pieces
    it is found by (smaller compounds inside it, `5.1.2` inside `5.1.2.e`), in no order that matters.
    """

    start: int
    end: int
    exact: str
    stam: str
    delen: tuple[str, ...] = ()
    groepen: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Streams:
    """Tokens joined by single spaces, for fields that split on white space; `delen` holds parts and groups."""

    exact: str
    stam: str
    delen: str


class Word(NamedTuple):
    """The analysis of a word wherever it stands; `pieces` are `delen` and `groepen`, joined by spaces."""

    exact: str
    stam: str
    delen: tuple[str, ...]
    groepen: tuple[str, ...]
    pieces: str


class _Words(dict[str, Word]):
    """Remembers the analysis of words, in two halves: when the young one is full, the old one is dropped."""

    def __init__(self, analyse: "_WordAnalysis") -> None:
        super().__init__()
        self._analyse = analyse
        self._old: dict[str, Word] = {}

    def __missing__(self, raw: str) -> Word:
        entry = self._old.get(raw)
        if entry is None:
            entry = self._analyse.entry(raw)
            if len(raw) > _KEPT_WORD:
                return entry
        if len(self) >= _CACHED_WORDS:
            self._old = dict(self)
            self.clear()
        self[raw] = entry
        return entry


class _WordAnalysis:
    """The analysis of one match of the pattern, without memory."""

    def __init__(self, stems: Stems, compounds: Compounds) -> None:
        self._stems = stems
        self._compounds = compounds

    def entry(self, raw: str) -> Word:
        read = raw[:_READ_OF_A_WORD]
        code = read_code(read)
        if code is not None:
            exact = code.exact[:_LONGEST_TOKEN]
            parts = tuple(self._part(part) for part in code.delen)
            return _word(exact, exact, parts, tuple(self._part(part) for part in code.groepen))
        exact = (fold(LINE_BREAK.sub("", read)) or read[0])[:_LONGEST_TOKEN]
        suffix = SUFFIX.search(read)
        word = fold(LINE_BREAK.sub("", read[: suffix.start()])) if suffix and suffix[0][1:] == "s" else exact
        compound = self._compounds.split(word)
        if compound is None:
            return _word(exact, self._stems.stem(word), (), ())
        return _word(exact, compound.stam, compound.delen, compound.groepen)

    def _part(self, part: str) -> str:
        return self._stems.stem(part) if part.isalpha() else part


def _word(exact: str, stam: str, delen: tuple[str, ...], groepen: tuple[str, ...]) -> Word:
    return Word(exact, stam, delen, groepen, " ".join((*delen, *groepen)))


class DutchAnalysis:
    """The Dutch analysis: the same for what is indexed, what is asked, and what is marked.

    May be shared by threads. Any string is accepted; the time is in proportion to its length.
    """

    def __init__(self, stems: Stems, compounds: Compounds, version: str) -> None:
        self._words = _Words(_WordAnalysis(stems, compounds))
        self.version = version

    @classmethod
    def load(cls, folder: Path) -> "DutchAnalysis":
        """Read the word lists of `config/zoeken`.

        Raises:
            InvalidValue: a list is missing, or a line of it is wrong; the message names file and line.
        """
        lists = read_word_lists(folder)
        stems = Stems(lists.families, lists.endings)
        digest = hashlib.sha256(f"{ANALYSIS_VERSION} {Stemmer.version()}".encode())
        for name in FILES:
            digest.update((folder / name).read_bytes().replace(b"\r\n", b"\n"))
        return cls(stems, Compounds(lists, stems), digest.hexdigest()[:12])

    def tokens(self, text: str) -> list[Token]:
        """Cut the text into tokens, in reading order and without overlap."""
        return [Token(start, end, *word[:4]) for start, end, word in self.words(text)]

    def words(self, text: str) -> list[tuple[int, int, Word]]:
        """Cut the text as `tokens` does, into (start, end, word); quicker, for those who look at every word."""
        words = self._words
        return [(*match.span(), words[match[0]]) for match in TOKEN.finditer(text)]

    def streams(self, text: str) -> Streams:
        """Turn the text into the three streams, the same as those of `tokens` but quicker."""
        words = self._words
        found = [words[raw] for raw in TOKEN.findall(text)]
        if not found:
            return Streams("", "", "")
        exact, stam, _, _, pieces = zip(*found, strict=True)
        return Streams(" ".join(exact), " ".join(stam), " ".join(filter(None, pieces)))

    def first_words(self, text: str, count: int) -> str:
        """Cut off the start of the text that holds its first `count` tokens; the whole start where there are fewer."""
        end = 0
        for match in islice(TOKEN.finditer(text), max(count, 0)):
            end = match.end()
        return text[:end]
