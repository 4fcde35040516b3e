"""Says what has to hold of one page, and which pages of a document are shown first."""

from woo.analysis import DutchAnalysis
from woo.index.compiler import compile_leaf, text_leaves, with_codes
from woo.index.match import All, Any, Match, Near, Similar, StartsWith, Term, Words
from woo.index.query import And, Node

OVERLAP = 12
"""Words of the next page that a page entry carries, and of its own end that may stand before them."""

NEXT = "›"
"""Stands before each token of the next page in the `grens` fields, so that what is found there runs over the edge."""


def page_parts(node: Node | None, analysis: DutchAnalysis) -> tuple[Match, ...]:
    """Return the parts of a query that make a page a hit: each positive word or phrase asked of the text.

    A page is a hit when one part holds; the more parts hold, the better it is. Whether the document as a whole was
    found is not asked again, so that `a AND b` on different pages shows both.
    """
    parts = (compile_leaf(leaf, analysis, place="tekst") for leaf in text_leaves(node, analysis))
    return tuple(dict.fromkeys(_on_page(part) for part in parts if part))


def whole_page(node: Node | None, analysis: DutchAnalysis) -> tuple[Match, ...]:
    """Return what a page has to hold to hold all that is asked; empty where no more than one thing is."""
    whole = with_codes(node, analysis) if node else None
    found = [page_parts(deel, analysis) for deel in (whole.delen if isinstance(whole, And) else ())]
    lean = [tuple(_lean(part) for part in parts) for parts in found if parts]
    groups = dict.fromkeys(parts[0] if len(parts) == 1 else Any(parts) for parts in lean)
    return tuple(groups) if len(groups) > 1 else ()


def _lean(part: Match) -> Match:
    """A word without what holds only where something else of it holds: its spelling beside its stem."""
    if not isinstance(part, Any) or not any(_is_term(way, "pagina_stam") for way in part.parts):
        return part
    return Any(tuple(way for way in part.parts if not _is_term(way, "pagina_exact")))


def _is_term(match: Match, field: str) -> bool:
    return isinstance(match, Term) and match.field == field


def border_stream(tokens: str, following: str) -> str:
    """Return the last words of a page and the first of the next, those marked; empty when one of the two is."""
    before, after = tokens.rsplit(" ", OVERLAP)[-OVERLAP:], following.split(" ", OVERLAP)[:OVERLAP]
    if not tokens or not following:
        return ""
    return " ".join([*before, *(NEXT + token for token in after)])


def _on_page(part: Match) -> Match:
    """Return the same of a page; what is several words may also run over into the next page.

    Proximity over the edge is looked for between two words; three or more have to stand on one page.
    """
    match part:
        case Term(field, token):
            return Term(_of_page(field), token)
        case StartsWith(field, start):
            return StartsWith(_of_page(field), start)
        case Similar(field, token, edits):
            return Similar(_of_page(field), token, edits)
        case All(parts):
            return All(tuple(_on_page(one) for one in parts))
        case Any(parts):
            return Any(tuple(_on_page(one) for one in parts))
        case Words(field, tokens):
            border = _of_border(field)
            return Any(
                (
                    Words(_of_page(field), tokens),
                    *(Words(border, _split(tokens, at)) for at in range(1, len(tokens))),
                )
            )
        case Near(field, tokens, between):
            near: Match = Near(_of_page(field), tokens, between)
            if len(tokens) > 2:
                return near
            one, other = tokens
            border, apart = _of_border(field), (Near(_of_border(field), (one, NEXT + other), between),)
            return Any((near, *apart, Near(border, (other, NEXT + one), between)))
    raise TypeError(f"a page is never asked for {part!r}")


def _split(tokens: tuple[str, ...], at: int) -> tuple[str, ...]:
    return (*tokens[:at], *(NEXT + token for token in tokens[at:]))


def _of_page(field: str) -> str:
    return f"pagina_{field.rpartition('_')[2]}"


def _of_border(field: str) -> str:
    return f"grens_{field.rpartition('_')[2]}"
