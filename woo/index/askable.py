"""Makes of a query one that every engine can be asked: what would cost too much is searched as plain words, and said."""

from dataclasses import replace

from woo.analysis import DutchAnalysis
from woo.domain.errors import InvalidValue
from woo.index.compiler import compile_leaf, every_leaf, expansions, near_cost
from woo.index.limits import MAX_ARRANGEMENTS, MAX_BETWEEN, MAX_EXPANDING, MIN_PREFIX
from woo.index.parse import MAX_TERMS, Parsed, joined, plain_words, render
from woo.index.query import And, Fuzzy, Node, Not, Or, Phrase, Prefix
from woo.taal import gettext


def short_prefix() -> str:
    """Say that a `*` stood behind too few letters."""
    return gettext(
        "Voor een sterretje staan minstens %(letters)s letters. Het woord is zonder sterretje gezocht.",
        letters=MIN_PREFIX,
    )


def too_far() -> str:
    """Say that words near each other were asked for with too many others between them."""
    return gettext(
        "Tussen woorden dicht bij elkaar mogen hoogstens %(most)s andere staan, en minder bij meer woorden. "
        "Wat verder gaat, is als losse woorden of als vaste zin gezocht.",
        most=MAX_BETWEEN,
    )


def too_many() -> str:
    """Say that too many words had a `*` or `~`."""
    return gettext(
        "Hoogstens %(most)s woorden kunnen een * of ~ hebben. De andere zijn zonder gezocht.",
        most=MAX_EXPANDING,
    )


def askable(parsed: Parsed, analysis: DutchAnalysis) -> Parsed:
    """Return the query with what no engine should be asked turned into plain words, and a hint for each kind of it.

    A query that can be asked comes back as it is, and so does the answer of this function.
    """
    if parsed.node is None:
        return parsed
    bounds = _Bounds(analysis, sum(1 for _ in every_leaf(parsed.node)))
    node = bounds.node(parsed.node)
    if node == parsed.node:
        return parsed
    understood = render(node) if node else ""
    return Parsed(node, understood, tuple(dict.fromkeys((*parsed.hints, *bounds.hints))))


class _Bounds:
    """Goes through one query from left to right and keeps count of what its words cost."""

    def __init__(self, analysis: DutchAnalysis, leaves: int) -> None:
        self._analysis = analysis
        self._expanding = 0
        self._near = 0
        self._room = MAX_TERMS - leaves
        self.hints: list[str] = []

    def node(self, node: Node) -> Node | None:
        match node:
            case And(delen):
                return joined(And, [self.node(deel) for deel in delen])
            case Or(delen):
                return joined(Or, [self.node(deel) for deel in delen])
            case Not(deel):
                part = self.node(deel)
                return Not(part) if part else None
            case Prefix() | Fuzzy():
                return self._expands(node)
            case Phrase(afstand=int()):
                return self._near_each_other(node)
        return node

    def _expands(self, leaf: Prefix | Fuzzy) -> Node | None:
        cost = expansions(leaf, self._analysis)
        if self._expanding + cost > MAX_EXPANDING:
            return self._instead(leaf, too_many())
        self._expanding += cost
        try:
            compile_leaf(leaf, self._analysis)
        except InvalidValue:
            return self._instead(leaf, short_prefix())
        return leaf

    def _near_each_other(self, leaf: Phrase) -> Node | None:
        try:
            compile_leaf(leaf, self._analysis)
        except InvalidValue:
            return self._instead(leaf, too_far())
        cost = near_cost(leaf, self._analysis)
        if self._near + cost > MAX_ARRANGEMENTS:
            return self._instead(leaf, too_far())
        self._near += cost
        return leaf

    def _instead(self, leaf: Prefix | Fuzzy | Phrase, hint: str) -> Node | None:
        """Return the words of the leaf side by side; as one phrase where they would be more than a query may have."""
        self.hints.append(hint)
        words = [replace(word, veld=leaf.veld) for word in plain_words(leaf.tekst)]
        self._room -= len(words) - 1
        return joined(And, list(words)) if self._room >= 0 else Phrase(leaf.tekst, None, leaf.veld)
