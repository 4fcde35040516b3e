"""What has to hold of an entry for it to be found, in tokens of named fields; every engine translates this tree.

Fields of tokens are named `{place}_{stream}`: places `tekst` (text, title, kenmerk and omschrijving as one stream),
`titel`, `publisher`, `soort`, `grond` (those that the inventory applies), and of page entries `pagina` and `grens` (where one page runs over into the next);
streams `exact`, `stam`, `delen`.
"""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Term:
    """The field holds this token."""

    field: str
    token: str


@dataclass(frozen=True, slots=True)
class Words:
    """The field holds these two or more tokens next to each other, in this order."""

    field: str
    tokens: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Near:
    """The field holds these two or more tokens, in any order, with at most `between` other tokens among them in total.

    A token that is asked twice has to stand there twice.
    """

    field: str
    tokens: tuple[str, ...]
    between: int


@dataclass(frozen=True, slots=True)
class StartsWith:
    """The field holds a token that starts with this; however many different ones there are."""

    field: str
    start: str


@dataclass(frozen=True, slots=True)
class Similar:
    """The field holds a token at most `edits` edits away; two neighbouring letters swapped is one edit."""

    field: str
    token: str
    edits: int


@dataclass(frozen=True, slots=True)
class DateBetween:
    """The creatiedatum is known and lies between these days, both included; None is open."""

    van: date | None
    tot: date | None


@dataclass(frozen=True, slots=True)
class All:
    """Every part holds; without parts, that is so."""

    parts: tuple["Match", ...]


@dataclass(frozen=True, slots=True)
class Any:
    """At least one part holds; without parts, that is not so."""

    parts: tuple["Match", ...]


@dataclass(frozen=True, slots=True)
class Not:
    part: "Match"


EVERYTHING = All(())
NOTHING = Any(())

Match = Term | Words | Near | StartsWith | Similar | DateBetween | All | Any | Not
