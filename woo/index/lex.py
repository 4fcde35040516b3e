"""Cuts the text of a query into words, phrases, brackets and operators, and says what it could not use."""

import re
import unicodedata
from dataclasses import dataclass, field
from enum import Enum, auto

from woo.taal import gettext

VELDEN = ("titel", "publisher", "soort", "grond", "datum")
"""Names that may stand before a colon."""

OPERATORS = {"OR": "OF", "OF": "OF", "AND": "EN", "EN": "EN", "NOT": "NIET", "NIET": "NIET"}
"""Words in capitals that mean something, and how we write them ourselves."""

_QUOTES = str.maketrans(dict.fromkeys("“”„‟«»″＂", '"') | dict.fromkeys("‘’‚‛′", "'"))
_FIELD = re.compile(rf"({'|'.join(VELDEN)}):(?=[^\s)])", re.IGNORECASE)
_WORD = re.compile(r'[^\s"()]+')
_DISTANCE = re.compile(r"~(\d{0,9})")


class Kind(Enum):
    """What a piece of the query is."""

    WORD = auto()
    PHRASE = auto()
    OPEN = auto()
    CLOSE = auto()
    OPERATOR = auto()


@dataclass(frozen=True, slots=True)
class Piece:
    """One piece of a query; `afstand` only of a phrase, `veld` of what stands directly behind `veld:`."""

    kind: Kind
    tekst: str = ""
    veld: str | None = None
    afstand: int | None = None


@dataclass(slots=True)
class Cut:
    """The pieces of a query in order, and hints about what was passed over, in the present language."""

    pieces: list[Piece] = field(default_factory=list)
    hints: list[str] = field(default_factory=list)


def solid(char: str) -> bool:
    """Whether this character can be part of a word: a letter, a digit, or a mark on one."""
    return char.isalnum() or unicodedata.category(char).startswith("M")


def clean(text: str) -> str:
    """Return the text without punctuation at both ends; empty when it has no letter or digit."""
    if not any(char.isalnum() for char in text):
        return ""
    start = next(i for i, char in enumerate(text) if solid(char))
    end = next(i for i in range(len(text), 0, -1) if solid(text[i - 1]))
    return text[start:end]


def straighten(text: str) -> str:
    """Return the text in one normal form: composed characters, straight quotes, no lone surrogates."""
    whole = text.encode("utf-8", "ignore").decode("utf-8")
    return unicodedata.normalize("NFC", whole).translate(_QUOTES)


def cut(text: str) -> Cut:
    """Cut a straightened text into pieces; never raises."""
    found = Cut()
    at = 0
    while at < len(text):
        at = _next_piece(text, at, found)
    return found


def _next_piece(text: str, at: int, found: Cut) -> int:
    """Add the piece that starts at `at`, if any, and return where the next one starts."""
    char = text[at]
    if char in "()":
        found.pieces.append(Piece(Kind.OPEN if char == "(" else Kind.CLOSE))
        return at + 1
    if char == '"':
        return _phrase(text, at, found, None)
    if char == "-":
        return _minus(text, at, found)
    if not solid(char):
        return at + 1
    named = _FIELD.match(text, at)
    if named:
        return _valued(text, named, found)
    word = _WORD.match(text, at)
    assert word is not None  # noqa: S101  (a solid character always starts a word)
    operator = OPERATORS.get(word.group())
    found.pieces.append(Piece(Kind.OPERATOR, operator) if operator else Piece(Kind.WORD, word.group()))
    return word.end()


def _minus(text: str, at: int, found: Cut) -> int:
    """Read `-word` as NOT; a dash that stands alone is passed over."""
    end = at
    while end < len(text) and text[end] == "-":
        end += 1
    if end < len(text) and not text[end].isspace() and text[end] != ")":
        found.pieces.append(Piece(Kind.OPERATOR, "NIET"))
    return end


def _phrase(text: str, at: int, found: Cut, veld: str | None) -> int:
    """Read a phrase between quotes with its distance; without a second quote the words count on their own."""
    end = text.find('"', at + 1)
    if end < 0:
        found.hints.append(gettext("Er mist een aanhalingsteken. De woorden erna zijn los gezocht."))
        if veld:
            found.pieces.append(Piece(Kind.WORD, veld))
        return at + 1
    distance = _DISTANCE.match(text, end + 1)
    afstand = int(distance.group(1)) if distance and distance.group(1) else None
    found.pieces.append(Piece(Kind.PHRASE, " ".join(text[at + 1 : end].split()), veld, afstand))
    return distance.end() if distance else end + 1


def _valued(text: str, named: re.Match[str], found: Cut) -> int:
    """Read what stands behind `veld:`; a bracket makes the field count for the whole group."""
    veld, at = named.group(1).lower(), named.end()
    if text[at] == '"':
        return _phrase(text, at, found, veld)
    if text[at] == "(":
        found.pieces.append(Piece(Kind.OPEN, veld=veld))
        return at + 1
    word = _WORD.match(text, at)
    assert word is not None  # noqa: S101  (the field pattern looked ahead)
    found.pieces.append(Piece(Kind.WORD, word.group(), veld))
    return word.end()
