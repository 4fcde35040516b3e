"""Lay recognised words out as the text of a page, with the place of each word. Runs in the child only."""

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import groupby, pairwise
from statistics import median_low

from woo.sandbox.page_text import HYPHEN, clean, pieces

_WORD_LEVEL = "5"
_SURE = 50.0
_SIGN_SURE = 60.0
_NEXT_LINE = 1.35
"""Times the usual distance between lines that a line may lie under another and belong to the same paragraph."""
_HYPHENS = ("-", "\u2010", "\u00ac")


@dataclass(frozen=True, slots=True)
class Recognised:
    """A word as Tesseract gives it: its box in pixels, how sure (0..100), and the line it stands in."""

    text: str
    box: tuple[int, int, int, int]
    confidence: float
    line: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Line:
    """Where a line stands: its edges, and about where its letters stand on."""

    left: int
    right: int
    base: float


@dataclass(slots=True)
class Layout:
    """The text of a page; `places` gives start and end in it, and the word whose box that is."""

    words: list[Recognised]
    text: str = ""
    places: list[tuple[int, int, Recognised]] = field(default_factory=list)

    @property
    def confidence(self) -> float:
        """How sure the words are (0..1), long ones counting for more."""
        letters = sum(len(word.text) for word in self.words)
        return (
            sum(len(word.text) * word.confidence for word in self.words) / (100 * letters) if letters else 0.0
        )

    @property
    def sure_letters(self) -> float:
        """How much was recognised well: the measure by which one attempt is better than another."""
        return sum(
            sum(map(str.isalnum, word.text)) * word.confidence / 100
            for word in self.words
            if word.confidence >= _SURE
        )


def words_of(tsv: str) -> list[Recognised]:
    """Read the words out of Tesseract's table (TSV); signs without letters that it is unsure of are specks."""
    found: list[Recognised] = []
    for line in tsv.split("\n"):
        row = line.split("\t")
        if len(row) < 12 or row[0] != _WORD_LEVEL:
            continue
        text = "".join(clean("\t".join(row[11:])).split())
        confidence = min(max(float(row[10]), 0.0), 100.0)
        if not text or (confidence < _SIGN_SURE and not any(map(str.isalnum, text))):
            continue
        left, top, width, height = (int(value) for value in row[6:10])
        box = (left, top, left + width, top + height)
        found.append(Recognised(text, box, confidence, tuple(row[1:5])))
    return found


def laid_out(words: list[Recognised]) -> Layout:
    r"""Build the text: words with spaces, lines with `\n`, paragraphs with an empty line between them.

    A word that was broken at a line end is joined again, as in the text of a PDF.
    """
    raw, starts, hyphens = _raw(words)
    layout = Layout(words, clean(raw, hyphens=hyphens))
    for piece in pieces(raw, hyphens=hyphens):
        word = words[bisect_right(starts, piece.origins[0]) - 1]
        layout.places.append((piece.start, piece.end, word))
    return layout


def _raw(words: Sequence[Recognised]) -> tuple[str, list[int], frozenset[int]]:
    """Give the text before cleaning, where in it each word begins, and where its hyphens at line ends are."""
    following = _following(words)
    parts: list[str] = []
    starts: list[int] = []
    hyphens: set[int] = set()
    at = 0
    before: Recognised | None = None
    for word in words:
        if before is not None:
            runs_on = word.line in following
            if runs_on and _is_broken(before, word):
                parts[-1] = parts[-1][:-1] + HYPHEN
                hyphens.add(at - 1)
            else:
                parts.append(" " if before.line == word.line else "\n" if runs_on else "\n\n")
                at += len(parts[-1])
        starts.append(at)
        parts.append(word.text)
        at += len(word.text)
        before = word
    return "".join(parts), starts, frozenset(hyphens)


def _following(words: Sequence[Recognised]) -> set[tuple[str, ...]]:
    """Tell which lines run on from the one before: right under it, as far as lines of this page usually lie apart.

    Tesseract's own paragraphs and blocks are of no use here: it often gives each line one of its own.
    """
    lines = {line: _line(list(group)) for line, group in groupby(words, key=lambda word: word.line)}
    apart = {
        line: lines[line].base - lines[before].base
        for before, line in pairwise(lines)
        if lines[line].left < lines[before].right and lines[before].left < lines[line].right
    }
    downward = [distance for distance in apart.values() if distance > 0]
    usual = median_low(downward) if downward else 0.0
    return {line for line, distance in apart.items() if 0 < distance <= _NEXT_LINE * usual}


def _line(words: Sequence[Recognised]) -> _Line:
    return _Line(
        min(word.box[0] for word in words),
        max(word.box[2] for word in words),
        median_low(word.box[3] for word in words),
    )


def _is_broken(before: Recognised, word: Recognised) -> bool:
    """Whether a word runs on at the next line."""
    return (
        before.line != word.line
        and before.text.endswith(_HYPHENS)
        and before.text[-2:-1].isalpha()
        and word.text[0].isalpha()
    )


def boxes_of(layout: Layout) -> Iterator[tuple[int, int, tuple[int, int, int, int]]]:
    """Give start and end of each word in the text, and its box in pixels."""
    for start, end, word in layout.places:
        yield start, end, word.box
