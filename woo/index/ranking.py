"""What makes a hit good, the same for every engine: what adds to the score of the words themselves, and how much.

Engines add the parts up; docs/adr/0016-ranking.md says why these and with what figures.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from woo.analysis import DutchAnalysis
from woo.index.compiler import Leaf, compile_leaf, text_leaves, whole_title, with_codes
from woo.index.match import Any, Match, Words
from woo.index.query import And, Fuzzy, Node, Or, Phrase, Prefix, Word

WHOLE = 10_000.0
"""For a title or kenmerk that is the query as a whole: it comes first, whatever its age."""

IN_TITLE = 1_000.0
"""For one whose title, kenmerk and kind of document hold all that is asked: those come before texts that hold it."""

BESLUIT_IN_TITLE = 100.0
"""For a decision among those: what was decided comes before what was added to it."""

SAMEN = 50.0
"""For a document of which one page holds all that is asked, over one in which it stands scattered."""

BESLUIT = 10.0
"""For a decision among the others, where all that is asked has to be there."""

TITLE_WORD = 1.0
"""How often a word in the title counts once more, beside the same word in the text; so too in the kenmerk."""

ZIN = 1.0
"""How often the words of the query count once more where they stand next to each other as they were typed."""

BESLUITEN = ("c_4f50ca9c", "c_465163c9", "c_93b0d113")
"""Kinds that decide: *beslissing op Wob-/Woo-verzoek*, *besluit*, *beschikking* (TOOI value list of document kinds)."""

LONGEST_ZIN = 8
"""Words of a query that are looked for next to each other."""

MOST_PAGES = 1_000
"""Pages with all that is asked that are looked for, best first: their documents get `SAMEN`."""


@dataclass(frozen=True, slots=True)
class Value:
    """Has one of these values in a field that is no text."""

    field: str
    values: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Bonus:
    """Adds to the score of an entry for which every part holds: `score`, or with `times` so many times their own score."""

    parts: tuple[Match | Value, ...]
    score: float = 0.0
    times: float | None = None


def bonuses(zoek: Node | None, analysis: DutchAnalysis) -> Iterator[Bonus]:
    """Yield what makes an entry better than another that matches as well; nothing for a query without words."""
    whole = whole_title(zoek, analysis)
    if whole:
        yield Bonus((Value("geheel", (whole,)),), WHOLE)
    leaves = text_leaves(zoek, analysis)
    titel, kenmerk, soort = ([_in(place, leaf, analysis) for leaf in leaves] for place in _NAMES)
    ways = [one for one in zip(titel, kenmerk, soort, strict=True) if any(one)]
    if not ways:
        return
    named = tuple(Any(tuple(part for part in one if part)) for one in ways)
    besluit = Value("documentsoort", BESLUITEN)
    yield Bonus(named, IN_TITLE)
    yield Bonus((*named, besluit), BESLUIT_IN_TITLE)
    yield Bonus((Any(tuple(part for one in ways for part in one[:2] if part)),), times=TITLE_WORD)
    if not isinstance(zoek, Or):
        yield Bonus((besluit,), BESLUIT)
    zin = _zin(zoek, analysis)
    if zin:
        yield Bonus((zin,), times=ZIN)


_NAMES = ("titel", "kenmerk", "soort")


def _in(place: str, leaf: Leaf, analysis: DutchAnalysis) -> Match | None:
    """What holds of a leaf in that place; starts of words and typing errors stand for many, and are looked for in titles."""
    if place != "titel" and isinstance(leaf, Prefix | Fuzzy):
        return None
    return compile_leaf(leaf, analysis, place=place)


def _zin(zoek: Node | None, analysis: DutchAnalysis) -> Match | None:
    """The words of a query of words and phrases alone, next to each other in the order in which they were typed."""
    whole = with_codes(zoek, analysis) if zoek else None
    parts = whole.delen if isinstance(whole, And) else ()
    stems: list[str] = []
    for part in parts:
        if (
            not isinstance(part, Word | Phrase)
            or part.veld
            or (isinstance(part, Phrase) and part.afstand is not None)
        ):
            return None
        stems.extend(token.stam for token in analysis.tokens(part.tekst))
    return Words("tekst_stam", tuple(stems)) if 1 < len(stems) <= LONGEST_ZIN else None
