"""The links that a page offers to a visitor who finds little: the question with other words, or without a part of it."""

from dataclasses import dataclass

from search_api import addresses
from search_api.queries import Values
from search_api.searching import Answer


@dataclass(frozen=True, slots=True)
class Link:
    """A way to more results: what the link says, with `aantal` (what it finds) or `waarom` beside it."""

    tekst: str
    url: str
    aantal: int
    waarom: str = ""


@dataclass(frozen=True, slots=True)
class HelpLinks:
    """What a page offers: questions that were perhaps meant, and ones that ask less."""

    bedoeld: tuple[Link, ...]
    hints: tuple[Link, ...]


def help_links(path: str, answer: Answer, values: Values) -> HelpLinks:
    """Return the links of an answer; other words and fewer words keep the filters that are on."""
    hulp = answer.hulp
    return HelpLinks(
        tuple(Link(meant.zoek, _address(path, meant.zoek, values), meant.aantal) for meant in hulp.bedoeld),
        tuple(
            Link(
                hint.anders,
                _address(path, hint.zoek, {} if hint.zonder is None else values),
                hint.aantal,
                hint.waarom,
            )
            for hint in hulp.hints
        ),
    )


def _address(path: str, zoek: str, values: Values) -> str:
    kept = [
        (naam, value)
        for naam, given in values.items()
        if naam not in ("zoek", "na", "vanaf")
        for value in given
    ]
    return addresses.with_query(path, [*([("zoek", zoek)] if zoek else []), *dict.fromkeys(kept)])
