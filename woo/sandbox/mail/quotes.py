"""Tell in the text of a message what its writer quotes from an earlier one: it stays, and is shown in grey."""

import re
from collections.abc import Iterator, Sequence

from woo.sandbox.rendition.letter_pages import Line

_SEPARATOR = re.compile(
    r"\s*(?:[-_*=]{3,}\s*)?"
    r"(?:oorspronkelijk(?:e)? bericht|doorgestuurd bericht|original message|forwarded message|begin forwarded message:?"
    r"|begin doorgestuurd bericht:?)\s*(?:[-_*=]{2,})?\s*",
    re.IGNORECASE,
)
_RULE = re.compile(r"\s*_{10,}\s*")
_FROM = re.compile(r"\s*\*?(?:Van|From|Von|De)\*?\s*:\*?\s*\S", re.IGNORECASE)
_HEADER = re.compile(
    r"\s*\*?(?:Verzonden|Sent|Datum|Date|Aan|To|Onderwerp|Subject|Gesendet|Envoyé)\*?\s*:", re.IGNORECASE
)
_WROTE = re.compile(r"\s*(?:op|on|am|le)\s.{4,}(?:schreef|wrote|schrieb|écrit)\b.{0,200}:\s*", re.IGNORECASE)
_BEGINS = re.compile(r"\s*(?:op|on|am|le)\s.*\d", re.IGNORECASE)
_LOOK_AHEAD = 6
_LONGEST = 500
"""A line that is longer than this says no more than its words."""


def marked(lines: Sequence[str]) -> Iterator[Line]:
    """Give the lines, those that are quoted marked as such.

    A line that begins with `>` is. After a separator ("-----Oorspronkelijk bericht-----", a block that begins with "Van:",
    "Op ... schreef ...:") everything is, unless the quote itself is written with `>`.
    """
    rest = False
    for at, line in enumerate(lines):
        if not rest and _begins_quote(lines, at):
            rest = not _uses_marks(lines, at + 1)
        yield Line(line, quoted=rest or line.lstrip().startswith(">"))


def _begins_quote(lines: Sequence[str], at: int) -> bool:
    line = lines[at][:_LONGEST]
    if _SEPARATOR.fullmatch(line):
        return True
    if _WROTE.fullmatch(line):
        return True
    if _BEGINS.fullmatch(line) and at + 1 < len(lines):  # the sentence was broken over two lines
        return _WROTE.fullmatch(f"{line} {lines[at + 1][:_LONGEST]}") is not None
    if _FROM.match(line) or (_RULE.fullmatch(line) and any(map(_FROM.match, lines[at + 1 : at + 3]))):
        following = lines[at + 1 : at + _LOOK_AHEAD]
        return sum(_HEADER.match(other[:_LONGEST]) is not None for other in following) >= 2
    return False


def _uses_marks(lines: Sequence[str], start: int) -> bool:
    """Whether the first line with text, after the end of a broken sentence, begins with a mark."""
    told = [line.lstrip() for line in lines[start : start + _LOOK_AHEAD] if line.strip()]
    return any(line.startswith(">") for line in told[:2])
