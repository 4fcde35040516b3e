"""Which grounds of the Woo and the Wob a text names, from the tokens that the analysis makes of it.

A code with a letter (`5.1.2.e`, however it was written) is a ground, unless it is named as an article of the Omgevingswet,
which has articles of the same numbers. A code without a letter (`5.2.1`) may be the number of any paragraph: it counts only
as an article, and with the name of its law soon after it.
"""

from collections.abc import Iterable, Sequence

from woo.diwoo.gronden import WOB_GRONDEN, WOO_GRONDEN

_WOB = frozenset(WOB_GRONDEN)
_CODES = tuple(code for code in (*WOO_GRONDEN, *WOB_GRONDEN) if code[0].isdigit())
_KNOWN = frozenset(_CODES)
_ARTICLE = frozenset(("artikel", "artikelen", "art"))
_REACH = 8
"""Tokens after a code in which its law is named, if it is."""


def mentioned(pages: Iterable[str]) -> tuple[str, ...]:
    """Return the codes of the grounds that these pages name, in the order of the law.

    A page is its tokens as written (stream `exact`), joined by spaces; each is gone through once.
    """
    found: set[str] = set()
    for page in pages:
        tokens = page.split(" ")
        if not _KNOWN.isdisjoint(tokens):
            found.update(code for at, code in enumerate(tokens) if code in _KNOWN and _is_ground(tokens, at))
    return tuple(code for code in _CODES if code in found)


def _is_ground(tokens: Sequence[str], at: int) -> bool:
    code = tokens[at]
    after = _until_next_article(tokens[at + 1 : at + 1 + _REACH])
    if code[-1].isalpha():
        return "omgevingswet" not in after
    return at > 0 and tokens[at - 1] in _ARTICLE and _names_law(after, wob=code in _WOB)


def _until_next_article(after: Sequence[str]) -> Sequence[str]:
    """What belongs to this article still: not beyond the word that begins another one."""
    ends = [place for place, token in enumerate(after) if token in _ARTICLE]
    return after[: ends[0]] if ends else after


def _names_law(after: Sequence[str], *, wob: bool) -> bool:
    short, long = ("wob", ("openbaarheid", "van", "bestuur")) if wob else ("woo", ("wet", "open", "overheid"))
    return short in after or any(tuple(after[at : at + 3]) == long for at in range(len(after)))
