"""Turns the tree of a query into what has to hold of an entry, of a page, of a title, and what is to be marked."""

import re
from collections.abc import Iterator
from dataclasses import replace
from itertools import groupby
from math import comb, factorial

from woo.analysis import DutchAnalysis, Sequence, Token, Wanted
from woo.domain.errors import InvalidValue
from woo.index.limits import MAX_ARRANGEMENTS, MAX_BETWEEN, MAX_EXPANDING, MIN_PREFIX
from woo.index.match import (
    EVERYTHING,
    All,
    Any,
    DateBetween,
    Match,
    Near,
    Not,
    Similar,
    StartsWith,
    Term,
    Words,
)
from woo.index.query import And, DateRange, Fuzzy, Node, Or, Phrase, Prefix, SearchQuery, Sortering, Word
from woo.index.query import Not as NotNode

Leaf = Word | Phrase | Prefix | Fuzzy

_HYPHENS = re.compile(r"[-\u2010\u2011]")

_PLACES = {None: "tekst", "grond": "tekst", "titel": "titel", "publisher": "publisher", "soort": "soort"}


def compile_query(node: Node | None, analysis: DutchAnalysis) -> Match:
    """Return what has to hold of a document or publicatie; None, and words without letters, ask nothing.

    Raises:
        InvalidValue: a prefix under three letters, too many words or too great a distance in a proximity, or more of
            these together than an engine should be asked.
    """
    if node is None:
        return EVERYTHING
    match = _compile(with_codes(node, analysis), analysis)
    _check_cost(node, analysis)
    return match or EVERYTHING


def leaves(node: Node | None) -> Iterator[Leaf]:
    """Yield what is asked for positively: the words, phrases, prefixes and similar words outside every `NIET`."""
    match node:
        case And(delen) | Or(delen):
            for deel in delen:
                yield from leaves(deel)
        case Word() | Phrase() | Prefix() | Fuzzy():
            yield node
        case None | DateRange() | NotNode():
            return


def every_leaf(node: Node | None) -> Iterator[Leaf]:
    """Yield every word, phrase, prefix and similar word, also what is denied."""
    match node:
        case And(delen) | Or(delen):
            for deel in delen:
                yield from every_leaf(deel)
        case NotNode(deel):
            yield from every_leaf(deel)
        case Word() | Phrase() | Prefix() | Fuzzy():
            yield node
        case None | DateRange():
            return


def compile_leaf(leaf: Leaf, analysis: DutchAnalysis, *, place: str | None = None) -> Match | None:
    """Return what has to hold for one word or phrase, in another place than its own if asked; None if it asks nothing."""
    tokens = analysis.tokens(leaf.tekst)
    if not tokens:
        return None
    where = place or _PLACES[leaf.veld]
    if leaf.veld == "grond" and place is None:
        return _of_ground(leaf, tokens, analysis)
    match leaf:
        case Word(veld="grond"):
            return _next_to_each_other(f"{where}_exact", [token.exact for token in tokens])
        case Word():
            return _word(where, tokens, _closed_up(leaf.tekst, analysis))
        case Phrase(afstand=None):
            return _next_to_each_other(f"{where}_exact", [token.exact for token in tokens])
        case Phrase():
            return _near(f"{where}_exact", [token.exact for token in tokens], leaf)
        case Prefix():
            return _prefix(where, tokens, leaf)
        case Fuzzy():
            return _all([_similar(where, token.exact) for token in tokens])


def _of_ground(leaf: Leaf, tokens: list[Token], analysis: DutchAnalysis) -> Match | None:
    """What the text names or the inventory applies; of the latter an article also finds what stands in it: `5.1.2`."""
    named = compile_leaf(leaf, analysis, place="tekst")
    ways = [named, compile_leaf(leaf, analysis, place="grond")]
    if isinstance(leaf, Word) and len(tokens) == 1:
        ways.append(Term("grond_delen", tokens[0].exact))
    return named and Any(tuple(way for way in ways if way))


def wanted(node: Node | None, analysis: DutchAnalysis) -> Wanted:
    """Return what is to be marked in the text of a page: every positive word and phrase that is asked of the text."""
    exact: set[str] = set()
    stam: set[str] = set()
    delen: set[str] = set()
    prefixes: dict[str, None] = {}
    similar: dict[tuple[str, int], None] = {}
    sequences: dict[Sequence, None] = {}
    todo = [
        part for leaf in text_leaves(node, analysis) if (part := compile_leaf(leaf, analysis, place="tekst"))
    ]
    while todo:
        match todo.pop():
            case All(parts) | Any(parts):
                todo.extend(parts)
            case Term(field, token):
                {"exact": exact, "stam": stam, "delen": delen}[_stream(field)].add(token)
            case Words(field, tokens):
                sequences[Sequence(_stream(field), tokens)] = None
            case Near(field, tokens, between):
                sequences[Sequence(_stream(field), tokens, between, ordered=False)] = None
            case StartsWith(_, start):
                prefixes[start] = None
            case Similar(_, token, edits):
                similar[token, edits] = None
    return Wanted(
        frozenset(exact), frozenset(stam), frozenset(delen), tuple(prefixes), tuple(similar), tuple(sequences)
    )


def text_leaves(node: Node | None, analysis: DutchAnalysis) -> list[Leaf]:
    """Return the positive leaves that are asked of the text, each once."""
    whole = with_codes(node, analysis) if node else None
    return list(dict.fromkeys(leaf for leaf in leaves(whole) if leaf.veld in (None, "grond")))


def with_codes(node: Node, analysis: DutchAnalysis) -> Node:
    """Return the query with words that are one code to the analysis as one word: `5.1.2 e`, `1234 AB`."""
    match node:
        case And(delen):
            parts = [with_codes(deel, analysis) for deel in delen]
            runs = [
                list(run)
                for _, run in groupby(parts, key=lambda part: isinstance(part, Word) and (part.veld,))
            ]
            joined = [part for run in runs for part in _coded(run, analysis)]
            return joined[0] if len(joined) == 1 else And(tuple(joined))
        case Or(delen):
            return Or(tuple(with_codes(deel, analysis) for deel in delen))
        case NotNode(deel):
            return NotNode(with_codes(deel, analysis))
    return node


def _coded(run: list[Node], analysis: DutchAnalysis) -> list[Node]:
    """Join the words of a run (all words of one field, or none a word) over which a token stretches."""
    words = [part for part in run if isinstance(part, Word)]
    if len(words) < 2:
        return run
    tokens = analysis.tokens(" ".join(word.tekst for word in words))
    joined, end = [words[0]], len(words[0].tekst)
    for word in words[1:]:
        if any(token.start < end + 1 < token.end for token in tokens):
            joined[-1] = replace(word, tekst=f"{joined[-1].tekst} {word.tekst}")
        else:
            joined.append(word)
        end += 1 + len(word.tekst)
    return list(joined)


def order_of(query: SearchQuery) -> Sortering:
    """Return the order of an answer; relevance without a word to be relevant to is newest first."""
    if query.sortering is Sortering.RELEVANTIE and not any(leaves(query.zoek)):
        return Sortering.PUBLICATIEDATUM_AF
    return query.sortering


def whole_title(node: Node | None, analysis: DutchAnalysis) -> str | None:
    """Return the exact tokens of the query as one string when it can be a title as a whole: words and phrases only."""
    parts = node.delen if isinstance(node, And) else (node,)
    tokens: list[str] = []
    for part in parts:
        if not isinstance(part, Word | Phrase) or part.veld not in (None, "titel") or _is_near(part):
            return None
        tokens.extend(token.exact for token in analysis.tokens(part.tekst))
    return " ".join(tokens) or None


def near_cost(leaf: Phrase, analysis: DutchAnalysis) -> int:
    """Return how many phrases an engine has to try for a proximity; 0 for a plain phrase."""
    if leaf.afstand is None:
        return 0
    return arrangements([token.exact for token in analysis.tokens(leaf.tekst)], leaf.afstand)


def expansions(leaf: Prefix | Fuzzy, analysis: DutchAnalysis) -> int:
    """Return for how many of its words an engine has to look which words of the index are meant."""
    return 1 if isinstance(leaf, Prefix) else len(analysis.tokens(leaf.tekst))


def _check_cost(node: Node, analysis: DutchAnalysis) -> None:
    """Refuse what asks little by leaf and too much as a whole."""
    expanding = near = 0
    for leaf in every_leaf(node):
        if isinstance(leaf, Prefix | Fuzzy):
            expanding += expansions(leaf, analysis)
        elif isinstance(leaf, Phrase):
            near += near_cost(leaf, analysis)
    if expanding > MAX_EXPANDING:
        raise InvalidValue("zoek", "…", f"at most {MAX_EXPANDING} words may have a * or ~")
    if near > MAX_ARRANGEMENTS:
        raise InvalidValue("zoek", "…", "so many words near each other cannot be looked for in one question")


def _compile(node: Node, analysis: DutchAnalysis) -> Match | None:
    match node:
        case And(delen):
            return _all([part for deel in delen if (part := _compile(deel, analysis))])
        case Or(delen):
            parts = [part for deel in delen if (part := _compile(deel, analysis))]
            return Any(tuple(parts)) if len(parts) > 1 else parts[0] if parts else None
        case NotNode(deel):
            part = _compile(deel, analysis)
            return Not(part) if part else None
        case DateRange(van, tot):
            return DateBetween(van, tot) if van or tot else None
        case Word() | Phrase() | Prefix() | Fuzzy():
            return compile_leaf(node, analysis)


def _all(parts: list[Match]) -> Match | None:
    if not parts:
        return None
    return parts[0] if len(parts) == 1 else All(tuple(parts))


def _closed_up(text: str, analysis: DutchAnalysis) -> Token | None:
    """Return what is written with hyphens as one word (*woo-verzoek* as *wooverzoek*), if that is one."""
    closed = _HYPHENS.sub("", text)
    tokens = analysis.tokens(closed) if closed != text and closed.isalnum() else []
    return tokens[0] if len(tokens) == 1 else None


def _word(where: str, tokens: list[Token], closed: Token | None = None) -> Match:
    """A word: its stem, its spelling, a part of a compound, or its own parts next to each other.

    What is one word to the visitor and several to the analysis (*woo-verzoek*) stands next to each other, or is
    written as one word.
    """
    if len(tokens) > 1:
        apart = Words(f"{where}_stam", tuple(token.stam for token in tokens))
        return Any((apart, _word(where, [closed]))) if closed else apart
    token = tokens[0]
    ways: list[Match] = [
        Term(f"{where}_stam", token.stam),
        Term(f"{where}_exact", token.exact),
        Term(f"{where}_delen", token.stam),
    ]
    if len(token.delen) > 1:
        ways.append(Words(f"{where}_stam", token.delen))
    return Any(tuple(ways))


def _next_to_each_other(field: str, tokens: list[str]) -> Match:
    return Term(field, tokens[0]) if len(tokens) == 1 else Words(field, tuple(tokens))


def _prefix(where: str, tokens: list[Token], leaf: Prefix) -> Match | None:
    """The last token is the start of a word; what stands before it in the same word are words of their own."""
    start = tokens[-1].exact
    if len(start) < MIN_PREFIX:
        raise InvalidValue(
            "zoek", f"{leaf.tekst}*", f"at least {MIN_PREFIX} letters have to stand before the *"
        )
    before: list[Match] = [_word(where, [token]) for token in tokens[:-1]]
    return _all([*before, StartsWith(f"{where}_exact", start)])


def _similar(where: str, token: str) -> Match:
    """Typing errors: one edit up to five letters, two from six; a single letter is only itself."""
    if len(token) == 1:
        return Term(f"{where}_exact", token)
    return Similar(f"{where}_exact", token, 1 if len(token) <= 5 else 2)


def _is_near(leaf: Leaf) -> bool:
    return isinstance(leaf, Phrase) and leaf.afstand is not None


def _near(field: str, tokens: list[str], leaf: Phrase) -> Match:
    between = leaf.afstand or 0
    if len(tokens) == 1:
        return Term(field, tokens[0])
    asked = f'"{leaf.tekst}"~{between}'
    if between > MAX_BETWEEN:
        raise InvalidValue("zoek", asked, f"at most {MAX_BETWEEN} other words may stand between")
    if arrangements(tokens, between) > MAX_ARRANGEMENTS:
        raise InvalidValue(
            "zoek",
            asked,
            "so many words cannot be looked for so far apart; use fewer words or a smaller number",
        )
    return Near(field, tuple(tokens), between)


def arrangements(tokens: list[str], between: int) -> int:
    """Return in how many ways these can stand with at most `between` others among them; two different words as one way."""
    words = len(tokens)
    if words < 2 or (words == 2 and tokens[0] != tokens[1]):
        return 1
    if words > 12:
        return MAX_ARRANGEMENTS + 1
    return factorial(words) * comb(between + words - 1, words - 1)


def _stream(field: str) -> str:
    return field.rpartition("_")[2]
