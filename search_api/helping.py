"""Helps a visitor who finds little: which part of the question is in the way, and which word was perhaps meant."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import islice, product

from search_api.hints import Help, Hint, Meant
from search_api.parts import Parts
from search_api.searching import Answer
from woo.analysis import DutchAnalysis
from woo.index.compiler import every_leaf, leaves
from woo.index.nearby import looked_for
from woo.index.parse import render
from woo.index.query import And, Filters, Fuzzy, Node, Not, Or, Phrase, Prefix, SearchQuery, Soort, Word
from woo.taal import gettext
from woo.views.dutch import counted

FEW = 3
"""Results up to which help is offered."""

MAX_PARTS = 6
"""Parts of a question that are left out in turn, and words that are looked up."""

MAX_WORDS, MAX_COSTLY = 30, 3
"""Words of a question that is helped with, and how many of those may have `*`, `~` or a distance."""

_UNKNOWN = 3
_COMBINATIONS = 8
_MEANT = 3


@dataclass(frozen=True, slots=True)
class _Without:
    """The question without one part of it, or (`zonder` None) without its filters."""

    zonder: str | None
    query: SearchQuery


def helped(parts: Parts, answer: Answer) -> Answer:
    """Return the answer with what may help; as it is when it has many results, is not the first page or asks very much.

    Asks the index for totals twice at most, 13 and 8 of them. Raises Unavailable as the index does.
    """
    query = answer.question.query
    if answer.totaal > FEW or query.na is not None or not _is_light(query.zoek):
        return answer
    without = tuple(_without(query))
    words = tuple(islice(_words(query.zoek, parts.analysis), MAX_PARTS))
    looked_up = [SearchQuery(zoek=Word(word), soort=query.soort) for word in words]
    asked = [*(one.query for one in without), *looked_up]
    totals = parts.index.totals(asked, excluded=parts.gate.excluded())
    hints = [
        _hint(one, total, answer.totaal)
        for one, total in zip(without, totals, strict=False)
        if total > answer.totaal
    ]
    unknown = [word for word, total in zip(words, totals[len(without) :], strict=True) if not total]
    return replace(answer, hulp=Help(tuple(hints), _meant(parts, query, unknown[:_UNKNOWN])))


def _is_light(node: Node | None) -> bool:
    """Whether the question may be asked several times over: few words, and fewer that stand for many."""
    every = list(every_leaf(node))
    expanding = sum(isinstance(leaf, Prefix | Fuzzy) for leaf in every)
    near = sum(isinstance(leaf, Phrase) and leaf.afstand is not None for leaf in every)
    return len(every) <= MAX_WORDS and expanding + near <= MAX_COSTLY


def _without(query: SearchQuery) -> Iterator[_Without]:
    """Yield the question without each of its parts in turn, and without its filters."""
    if isinstance(query.zoek, And):
        delen = query.zoek.delen
        for at, deel in enumerate(delen[:MAX_PARTS]):
            rest = delen[:at] + delen[at + 1 :]
            if all(isinstance(other, Not) for other in rest):
                continue  # what is left would ask for nothing
            node = rest[0] if len(rest) == 1 else And(rest)
            name = f"({render(deel)})" if isinstance(deel, Or) else render(deel)
            yield _Without(name, replace(query, zoek=node))
    if query.filters != Filters():
        yield _Without(None, replace(query, filters=Filters()))


def _hint(one: _Without, total: int, now: int) -> Hint:
    if one.query.soort is Soort.DOCUMENT:
        found = counted(total, "document", "documenten")
    else:
        found = counted(total, "publicatie", "publicaties")
    if one.zonder is None:
        waarom = gettext("Met deze filters is er niets.")
        anders = gettext("Zonder filters: %(gevonden)s", gevonden=found)
    else:
        waarom = gettext("Geen treffers met %(deel)s erbij.", deel=one.zonder)
        anders = gettext("Zonder %(deel)s: %(gevonden)s", deel=one.zonder, gevonden=found)
    left = render(one.query.zoek) if one.query.zoek else ""
    return Hint("" if now else waarom, anders, one.zonder, left, total)


def _words(node: Node | None, analysis: DutchAnalysis) -> Iterator[str]:
    """Yield each word, as its spelling in the index, that is asked for by itself or in a phrase."""
    seen = set()
    for leaf in leaves(node):
        if isinstance(leaf, Word | Phrase) and leaf.veld in (None, "titel"):
            for token in analysis.tokens(leaf.tekst):
                if token.exact not in seen and looked_for(token.exact):
                    seen.add(token.exact)
                    yield token.exact


def _meant(parts: Parts, query: SearchQuery, unknown: Sequence[str]) -> tuple[Meant, ...]:
    """Return the question with the nearest words of the index in the place of unknown ones, if that finds something."""
    near = {word: found for word in unknown if (found := parts.index.near_words(word))}
    if not near or query.zoek is None:
        return ()
    ways = sorted(
        product(*(range(len(found)) for found in near.values())), key=lambda ranks: (sum(ranks), ranks)
    )
    nodes = []
    for ranks in ways[:_COMBINATIONS]:
        chosen = {word: found[rank] for (word, found), rank in zip(near.items(), ranks, strict=True)}
        nodes.append(_with(query.zoek, chosen, parts.analysis))
    totals = parts.index.totals([replace(query, zoek=node) for node in nodes], excluded=parts.gate.excluded())
    meant = [Meant(render(node), total) for node, total in zip(nodes, totals, strict=True) if total]
    return tuple(meant[:_MEANT])


def _with(node: Node, chosen: Mapping[str, str], analysis: DutchAnalysis) -> Node:
    """Return the question with other words in the place of some, outside what is denied."""
    match node:
        case And(delen):
            return And(tuple(_with(deel, chosen, analysis) for deel in delen))
        case Or(delen):
            return Or(tuple(_with(deel, chosen, analysis) for deel in delen))
        case Word() | Phrase() if node.veld in (None, "titel"):
            return replace(node, tekst=_rewritten(node.tekst, chosen, analysis))
    return node


def _rewritten(text: str, chosen: Mapping[str, str], analysis: DutchAnalysis) -> str:
    for token in reversed(analysis.tokens(text)):
        if token.exact in chosen:
            text = text[: token.start] + chosen[token.exact] + text[token.end :]
    return text
