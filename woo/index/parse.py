"""Turns what a visitor types into the tree of a query, and says in plain words how it was understood."""

import re
from dataclasses import dataclass, replace

from woo.domain.errors import InvalidValue
from woo.index.datum import read_range, write_range
from woo.index.lex import OPERATORS, Cut, Kind, Piece, clean, cut, solid, straighten
from woo.index.query import And, DateRange, Fuzzy, Node, Not, Or, Phrase, Prefix, Word
from woo.taal import gettext

MAX_CHARACTERS = 2_000
MAX_TERMS = 200
MAX_DEPTH = 20
"""Elasticsearch refuses queries that nest more than 30 deep, and each bracket may be a level of those."""

_SIGNS = re.compile(r"[:*~]+")
_APART = re.compile(r'[\s:*~()"]+')
_SIMILAR = re.compile(r"~\d{0,2}$", re.ASCII)


@dataclass(frozen=True, slots=True)
class Parsed:
    """A query as understood: the tree (None: nothing asked), its normal form, and hints for the visitor, in the present language.

    Parsing `opgevat_als` again gives the same tree.
    """

    node: Node | None
    opgevat_als: str
    hints: tuple[str, ...] = ()


def parse(text: str) -> Parsed:
    """Read a query in the language of the search field; what cannot be parsed is searched as plain words.

    Raises:
        InvalidValue: more than 2,000 characters, 200 terms or 20 brackets deep.
    """
    if len(text) > MAX_CHARACTERS:
        raise _too_big(text, f"it has more than {MAX_CHARACTERS} characters")
    pieces = cut(straighten(text))
    parser = _Parser(text, pieces)
    node = parser.whole()
    return Parsed(node, render(node) if node else "", tuple(dict.fromkeys(pieces.hints)))


def render(node: Node) -> str:
    """Return the normal form of a query: words side by side mean and, `OF`, `NIET`, `veld:`."""
    match node:
        case And(delen):
            return " ".join(f"({render(deel)})" if isinstance(deel, Or) else render(deel) for deel in delen)
        case Or(delen):
            return " OF ".join(render(deel) for deel in delen)
        case Not(deel):
            return f"NIET ({render(deel)})" if isinstance(deel, And | Or) else f"NIET {render(deel)}"
        case DateRange():
            return f"datum:{write_range(node)}"
    field = f"{node.veld}:" if node.veld else ""
    match node:
        case Phrase(tekst, afstand):
            return f'{field}"{tekst}"' + ("" if afstand is None else f"~{afstand}")
        case Prefix(tekst):
            return f"{field}{tekst}*"
        case Fuzzy(tekst):
            return f"{field}{tekst}~"
        case Word(tekst):
            return f"{field}{tekst}"


def _too_big(text: str, why: str) -> InvalidValue:
    return InvalidValue(
        "zoek", text if len(text) <= 60 else text[:60] + "…", f"{why}; ask a shorter question"
    )


class _Parser:
    """Recursive descent over the pieces: or binds loosest, then and, then not."""

    def __init__(self, text: str, pieces: Cut) -> None:
        self._text = text
        self._pieces = pieces.pieces
        self._hints = pieces.hints
        self._at = 0
        self._terms = 0

    def whole(self) -> Node | None:
        """Read everything; a bracket that closes nothing is passed over."""
        parts = []
        while self._at < len(self._pieces):
            parts.append(self._either(0, None))
            if self._at < len(self._pieces):
                self._hints.append(gettext("Er staat een haakje te veel. Dat haakje telt niet mee."))
                self._at += 1
        return joined(And, parts)

    def _peek(self) -> Piece | None:
        return self._pieces[self._at] if self._at < len(self._pieces) else None

    def _is_operator(self, name: str) -> bool:
        piece = self._peek()
        return piece is not None and piece.kind is Kind.OPERATOR and piece.tekst == name

    def _either(self, depth: int, veld: str | None) -> Node | None:
        sides = [self._both(depth, veld)]
        while self._is_operator("OF"):
            self._at += 1
            sides.append(self._both(depth, veld))
        return joined(Or, sides)

    def _both(self, depth: int, veld: str | None) -> Node | None:
        parts: list[Node | None] = []
        while (piece := self._peek()) is not None and piece.kind is not Kind.CLOSE:
            if piece.kind is Kind.OPERATOR and piece.tekst != "NIET" and self._joins(parts):
                if piece.tekst == "OF":
                    break
                self._at += 1
                continue
            parts.append(self._one(depth, veld))
        return joined(And, parts)

    def _joins(self, before: list[Node | None]) -> bool:
        """Whether the operator here has something on both sides; else it is a plain word."""
        after = self._pieces[self._at + 1] if self._at + 1 < len(self._pieces) else None
        return (
            bool(before) and after is not None and (after.kind is not Kind.CLOSE) and not _joins_only(after)
        )

    def _one(self, depth: int, veld: str | None) -> Node | None:
        piece = self._pieces[self._at]
        self._at += 1
        match piece.kind:
            case Kind.OPEN:
                return self._group(depth + 1, piece.veld or veld)
            case Kind.OPERATOR if piece.tekst == "NIET":
                return self._negated(depth, veld)
            case Kind.OPERATOR:
                return self._leaf(replace(piece, kind=Kind.WORD, tekst=piece.tekst.lower()), veld)
        return self._leaf(piece, veld)

    def _group(self, depth: int, veld: str | None) -> Node | None:
        if depth > MAX_DEPTH:
            raise _too_big(self._text, f"its brackets go more than {MAX_DEPTH} deep")
        inside = self._either(depth, veld)
        if self._peek() is None:
            self._hints.append(gettext("Er mist een haakje. De groep loopt tot het einde van de zoekvraag."))
        else:
            self._at += 1
        return inside

    def _negated(self, depth: int, veld: str | None) -> Node | None:
        while self._is_operator("NIET"):
            self._at += 1
        after = self._peek()
        if after is None or after.kind is Kind.CLOSE or after.kind is Kind.OPERATOR:
            return self._leaf(Piece(Kind.WORD, "niet"), veld)
        part = self._one(depth, veld)
        if part is None:
            return None
        return part.deel if isinstance(part, Not) else Not(part)

    def _leaf(self, piece: Piece, veld: str | None) -> Node | None:
        self._terms += 1
        if self._terms > MAX_TERMS:
            raise _too_big(self._text, f"it has more than {MAX_TERMS} terms")
        field = piece.veld or veld
        if not clean(piece.tekst):
            self._hints.append(gettext("Leestekens zonder letters of cijfers tellen niet mee."))
            return None
        if field == "datum":
            return self._date(piece)
        if piece.kind is Kind.PHRASE:
            return Phrase(piece.tekst, piece.afstand, field)
        return _word(piece.tekst, field)

    def _date(self, piece: Piece) -> Node | None:
        days = read_range(piece.tekst) if piece.kind is Kind.WORD else None
        if days:
            return days
        self._hints.append(gettext("De datum is niet herkend. Schrijf bijvoorbeeld datum:2023-01..2023-06."))
        if piece.kind is Kind.PHRASE:
            return And((Word("datum"), Phrase(piece.tekst, piece.afstand)))
        words = [Word(_plain(part)) for part in ["datum", *_SIGNS.split(piece.tekst)] if clean(part)]
        return joined(And, list(words))


def plain_words(text: str) -> list[Word]:
    """Return the words of a text as words that mean nothing but themselves, whatever signs stand in it."""
    return [Word(_plain(part)) for part in _APART.split(text) if clean(part)]


def _joins_only(piece: Piece) -> bool:
    return piece.kind is Kind.OPERATOR and piece.tekst != "NIET"


def _plain(text: str) -> str:
    """Return the word without punctuation around it; what would read as an operator in lower case."""
    word = clean(text)
    return word.lower() if word in OPERATORS else word


def _word(text: str, veld: str | None) -> Node:
    """Return the node of one word, with `*` or `~` at its end read as such."""
    end = len(text)
    while not (text[end - 1] in "*~" or solid(text[end - 1])):
        end -= 1
    text = text[:end]
    if text.endswith("*"):
        return Prefix(clean(text), veld)
    similar = _SIMILAR.search(text)
    if similar and clean(text[: similar.start()]):
        return Fuzzy(clean(text[: similar.start()]), veld)
    return Word(_plain(text) if veld is None else clean(text), veld)


def joined(kind: type[And] | type[Or], parts: list[Node | None]) -> Node | None:
    """Return the parts as one node, those of the same kind taken up in it, or None when there are none."""
    flat: list[Node] = []
    for part in parts:
        if isinstance(part, And | Or) and isinstance(part, kind):
            flat.extend(part.delen)
        elif part is not None:
            flat.append(part)
    if not flat:
        return None
    return flat[0] if len(flat) == 1 else kind(tuple(flat))
