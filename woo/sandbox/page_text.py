"""The text of a page as the whole platform sees it: cleaned, and with the way back to what the PDF reader gave."""

import re
from collections.abc import Container, Iterator
from dataclasses import dataclass
from itertools import pairwise

HYPHEN = "\ufffe"
"""What pdfium gives for a hyphen at the end of a line, and for a glyph without a meaning."""

_TO_EDIT = re.compile(
    "\r\n?|[\x0b\x0c\x85\u2028\u2029]|[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\u00ad\ufeff\ufffe\uffff\ud800-\udfff]"
)
_LINE_ENDS = frozenset("\r\x0b\x0c\x85\u2028\u2029")
_ABBREVIATION = re.compile(r"\b(?:Avg|Awb|Wbp|Wlz|Wmo|Wob|Woo)\Z")
"""Names of Dutch laws that keep their hyphen though they end in a lower-case letter: `Woo-/verzoek`."""
_WORD = re.compile(r"\S+")


@dataclass(frozen=True, slots=True)
class Piece:
    """A word, or the part of it that stands on one line: offsets in the cleaned text, and where each character was."""

    start: int
    end: int
    origins: tuple[int, ...]


def clean(raw: str, *, hyphens: Container[int] = ()) -> str:
    r"""Give the text with `\n` line ends and without control characters, noncharacters and lone surrogates.

    A word that was broken at a line end is joined again: without its hyphen between two lower-case letters
    (`voor-/geschreven`), with it elsewhere (`EU-/Lidstaat`, `Woo-/verzoek`). Soft hyphens go.

    Args:
        raw: What the reader gave.
        hyphens: Offsets in `raw` of those U+FFFE that are hyphens at a line end; other ones are removed.
    """
    if _TO_EDIT.search(joined := raw.replace("\r\n", "\n")) is None:
        return joined
    kept: list[str] = []
    at = 0
    for start, end, replacement in _edits(raw, hyphens):
        kept += (raw[at:start], replacement)
        at = end
    kept.append(raw[at:])
    return "".join(kept)


def pieces(raw: str, *, hyphens: Container[int] = ()) -> Iterator[Piece]:
    """Give the words of `clean(raw, hyphens=hyphens)`, a word that runs over a line end as two pieces."""
    origins: list[int] = []
    breaks: set[int] = set()
    at = 0
    for start, end, replacement in _edits(raw, hyphens):
        origins += (*range(at, start), *[start] * len(replacement))
        if start in hyphens:
            breaks.add(len(origins))
        at = end
    origins += range(at, len(raw))
    for word in _WORD.finditer(clean(raw, hyphens=hyphens)):
        cuts = [word.start(), *(cut for cut in sorted(breaks) if word.start() < cut < word.end()), word.end()]
        for start, end in pairwise(cuts):
            yield Piece(start, end, tuple(origins[start:end]))


def _edits(raw: str, hyphens: Container[int]) -> Iterator[tuple[int, int, str]]:
    for found in _TO_EDIT.finditer(raw):
        start, end = found.span()
        if raw[start] in _LINE_ENDS:
            yield start, end, "\n"
        elif start in hyphens and not _is_one_word(raw, start, end):
            yield start, end, "-"
        else:
            yield start, end, ""


def _is_one_word(raw: str, start: int, end: int) -> bool:
    between_letters = raw[start - 1 : start].islower() and raw[end : end + 1].islower()
    return between_letters and not _ABBREVIATION.search(raw, max(0, start - 8), start)
