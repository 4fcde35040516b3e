"""Says of one word or code, wherever it stands, what it is compared by."""

from typing import NamedTuple

from woo.analysis.codes import read_code
from woo.analysis.compounds import Compounds
from woo.analysis.folding import fold
from woo.analysis.patterns import LINE_BREAK, SUFFIX
from woo.analysis.stemming import Stems

_LONGEST_TOKEN = 128
_READ_OF_A_WORD = 512  # characters of an endless "word" that are looked at


class Word(NamedTuple):
    """The analysis of a word wherever it stands; see `Token` for what the fields mean."""

    exact: str
    stam: str
    delen: tuple[str, ...]
    groepen: tuple[str, ...]


class WordAnalysis:
    """The analysis of one match of the pattern, without memory."""

    def __init__(self, stems: Stems, compounds: Compounds) -> None:
        self._stems = stems
        self._compounds = compounds

    def word(self, raw: str) -> Word:
        """Analyse what `patterns.TOKEN` matched."""
        read = raw[:_READ_OF_A_WORD]
        if read.isalpha():  # as most are: no code, no broken line, no suffix
            exact = (fold(read) or read[0])[:_LONGEST_TOKEN]
            return self._plain(exact, exact)
        code = read_code(read)
        if code is not None:
            exact = code.exact[:_LONGEST_TOKEN]
            parts = tuple(self._part(part) for part in code.delen)
            return Word(exact, exact, parts, tuple(self._part(part) for part in code.groepen))
        exact = (fold(LINE_BREAK.sub("", read)) or read[0])[:_LONGEST_TOKEN]
        suffix = SUFFIX.search(read)
        word = fold(LINE_BREAK.sub("", read[: suffix.start()])) if suffix and suffix[0][1:] == "s" else exact
        return self._plain(exact, word)

    def _plain(self, exact: str, word: str) -> Word:
        stem = self._stems.stem(word)
        compound = self._compounds.split(word, stem)
        if compound is None:
            return Word(exact, stem, (), ())
        return Word(exact, compound.stam, compound.delen, compound.groepen)

    def _part(self, part: str) -> str:
        return self._stems.stem(part) if part.isalpha() else part
