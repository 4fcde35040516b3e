"""Turns Dutch text into tokens with offsets and into the three streams that the engines index."""

import hashlib
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

import Stemmer

from woo.analysis.compounds import Compounds
from woo.analysis.memo import Memo
from woo.analysis.patterns import TOKEN
from woo.analysis.pieces import Piece, Pieces
from woo.analysis.stemming import Stems
from woo.analysis.wordlists import FILES, read_word_lists
from woo.analysis.words import WordAnalysis

ANALYSIS_VERSION = 1  # raise it when the rules in this package change what a text turns into

_LONGEST_KEPT = 48
_KEPT_WORDS = 30_000


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


class DutchAnalysis:
    """The Dutch analysis: the same for what is indexed, what is asked, and what is marked.

    May be shared by threads. Any string is accepted; the time is in proportion to its length.
    """

    def __init__(self, stems: Stems, compounds: Compounds, version: str) -> None:
        self._words = Memo(WordAnalysis(stems, compounds).word, most=_KEPT_WORDS, longest=_LONGEST_KEPT)
        self._pieces = Pieces(self._words)
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
        starts, pieces = self._pieces.cut(text)
        return [
            Token(start + begin, start + end, *word)
            for start, piece in zip(starts, pieces, strict=False)
            for begin, end, word in piece.words
        ]

    def pieces(self, text: str) -> tuple[list[int], list[Piece]]:
        """Cut the text as `tokens` does, into pieces of words; quicker, for those who look at every word.

        Returns where each piece starts, and the pieces in reading order.
        """
        return self._pieces.cut(text)

    def streams(self, text: str) -> Streams:
        """Turn the text into the three streams, the same as those of `tokens` but quicker."""
        _, pieces = self._pieces.cut(text)
        return Streams(
            " ".join([piece.exact for piece in pieces if piece.exact]),
            " ".join([piece.stam for piece in pieces if piece.stam]),
            " ".join([piece.delen for piece in pieces if piece.delen]),
        )

    def first_words(self, text: str, count: int) -> str:
        """Cut off the start of the text that holds its first `count` tokens; the whole start where there are fewer."""
        end = 0
        for match in islice(TOKEN.finditer(text), max(count, 0)):
            end = match.end()
        return text[:end]
