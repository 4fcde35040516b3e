"""Reads a text that is still being typed: which word is not finished, and which questions follow from it."""

import re
from dataclasses import dataclass, replace

from woo.analysis import DutchAnalysis
from woo.analysis.folding import fold
from woo.domain.errors import InvalidValue
from woo.index.askable import askable
from woo.index.lex import OPERATORS, clean, straighten
from woo.index.limits import MIN_PREFIX
from woo.index.parse import parse, plain_words
from woo.index.query import And, Node, Prefix, Word

LONGEST = 200
"""Characters of a text that is completed."""

_FEWEST = 2
_MOST_WORDS = 12
_LAST = re.compile(r'[^\s"():*~]+$')
_REFERENCE = 4
"""Letters and digits from which a text with a digit may be the start of a kenmerk."""


@dataclass(frozen=True, slots=True)
class Typed:
    """A text being typed, its words, what stands before the word that is not finished, and that word as the index spells it.

    `start` is None when the last word is finished, too short, or no word of letters.
    """

    text: str
    words: tuple[str, ...]
    before: str
    start: str | None
    analysis: DutchAnalysis

    @property
    def is_reference(self) -> bool:
        """Whether this may be the start of a kenmerk."""
        return len(fold(self.text)) >= _REFERENCE and any(char.isdigit() for char in self.text)

    def beginning(self) -> Node | None:
        """The whole question with every word that starts as the last one."""
        return self._question(f"{self.before}{self.start}*")

    def completed(self, word: str) -> Node | None:
        """The whole question with this word at its end."""
        return self._question(self.before + word)

    def everywhere(self) -> Node | None:
        """Every word anywhere, the last one as a start."""
        return self._joined(None)

    def in_title(self) -> Node | None:
        """Every word in the title, the last one as a start."""
        return self._joined("titel")

    def _joined(self, veld: str | None) -> Node | None:
        words: list[Node] = [Word(word, veld) for word in self.words]
        last = self.words[-1]
        if not self.text[-1].isspace() and len(fold(last)) >= MIN_PREFIX:
            words[-1] = self._bounded(Prefix(last, veld), Word(last, veld))
        return words[0] if len(words) == 1 else And(tuple(words))

    def _bounded(self, prefix: Prefix, word: Word) -> Node:
        """The start of a word, or the word itself where the analysis finds too little before the `*`."""
        tokens = self.analysis.tokens(prefix.tekst)
        return prefix if tokens and len(tokens[-1].exact) >= MIN_PREFIX else word

    def _question(self, text: str) -> Node | None:
        try:
            return askable(parse(text), self.analysis).node
        except InvalidValue:
            return None


def read_typed(text: str, analysis: DutchAnalysis) -> Typed | None:
    """Return how the text can go on; None for one that is too short or too long to be completed."""
    text = straighten(text).lstrip()
    words = tuple(word.tekst for word in plain_words(text))
    if len(text) > LONGEST or not 0 < len(words) <= _MOST_WORDS or len(fold(text)) < _FEWEST:
        return None
    typed = Typed(text, words, "", None, analysis)
    last = _LAST.search(text)
    if last is None or text.count('"') % 2 or last.group().startswith("-") or last.group() in OPERATORS:
        return typed
    tokens = analysis.tokens(clean(last.group()))
    start = tokens[0].exact if len(tokens) == 1 else ""
    if len(start) < MIN_PREFIX or not start.isalpha():
        return typed
    return replace(typed, before=text[: last.start()], start=start)
