"""Marked words: text cut into plain and marked pieces, and the places of marked words on a page picture."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from woo.sandbox import WordBox

Marks = Sequence[tuple[int, int]]
_SAME_LINE = 0.4  # part of its height by which a word may lie higher or lower than its neighbour
_FULL_LINE = 0.72  # part of the length of the longest lines from which a line is full
_FEW_LINES = 4
_NARROW = 30  # characters; narrower columns are tables more often than text
_WORD_SPACE = 1.5  # gap between two marked words, in heights of a line, that one box may bridge


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of text that is marked, or is not; `treffer` counts the marked ones from 1."""

    tekst: str
    marked: bool
    treffer: int = 0


@dataclass(frozen=True, slots=True)
class Box:
    """A marked place on a page picture, in thousandths of its width and height, origin top left.

    `treffer` is the number, from 1, of the marked piece of text that stands there; a piece may have several boxes.
    """

    x: float
    y: float
    width: float
    height: float
    treffer: int = 0


def pieces(text: str, marks: Marks) -> tuple[Piece, ...]:
    """Cut text at its marks; the pieces joined give the text back. Marks are ordered and do not overlap.

    Marks with only a space or line break between them become one piece: the words of a phrase.
    """
    found: list[Piece] = []
    at = 0
    for treffer, (start, end) in enumerate(joined(text, marks), 1):
        if start > at:
            found.append(Piece(text[at:start], marked=False))
        if end > max(start, at):
            found.append(Piece(text[max(start, at) : end], marked=True, treffer=treffer))
        at = max(at, end)
    if at < len(text):
        found.append(Piece(text[at:], marked=False))
    return tuple(found)


def joined(text: str, marks: Marks) -> tuple[tuple[int, int], ...]:
    """Join marks that only white space keeps apart."""
    found: list[tuple[int, int]] = []
    for start, end in marks:
        if found and (start <= found[-1][1] or text[found[-1][1] : start].isspace()):
            found[-1] = (found[-1][0], max(end, found[-1][1]))
        else:
            found.append((start, end))
    return tuple(found)


def reflowed(text: str) -> str:
    """Return text of the same length in which the ends of full lines are spaces, so that paragraphs flow again.

    A line is full when it is nearly as long as the longest lines; short lines (lists, tables, headings) stay lines.
    """
    lines = text.split("\n")
    lengths = sorted(len(line) for line in lines if line.strip())
    if len(lengths) < _FEW_LINES:
        return text
    full = _FULL_LINE * lengths[int(0.9 * (len(lengths) - 1))]
    if full < _NARROW:
        return text
    out = [lines[0]]
    for before, line in pairwise(lines):
        flows = len(before) >= full and line.strip() and not before.rstrip().endswith("-")
        out += [" " if flows else "\n", line]
    return "".join(out)


def boxes(words: Iterable[WordBox], text: str, marks: Marks) -> tuple[Box, ...]:
    """Return where the marked words of a page stand on its picture.

    `words` carry offsets in the text they were read from. A word whose offsets do not give its own text in `text` is left out:
    a box in the wrong place is worse than none.
    """
    found: list[tuple[WordBox, int, bool]] = []
    at = 0
    marks = joined(text, marks)
    for word in sorted(words, key=lambda word: word.start):
        while at < len(marks) and marks[at][1] <= word.start:
            at += 1
        if at == len(marks):
            break
        start, end = marks[at]
        if start < word.end and word.start < end and text[word.start : word.end] == word.text:
            found.append((word, at + 1, start < word.start))
    return tuple(_boxes_of(found))


def turned(box: Box, degrees: int) -> Box:
    """Return the same place on a picture that is turned clockwise by 0, 90, 180 or 270 degrees."""
    right, under = round(1000 - box.x - box.width, 1), round(1000 - box.y - box.height, 1)
    match degrees:
        case 90:
            return Box(under, box.x, box.height, box.width, box.treffer)
        case 180:
            return Box(right, under, box.width, box.height, box.treffer)
        case 270:
            return Box(box.y, right, box.height, box.width, box.treffer)
    return box


def _boxes_of(words: Sequence[tuple[WordBox, int, bool]]) -> Iterable[Box]:
    """Yield one box for words of one mark that stand beside each other on a line, else one per word."""
    current: WordBox | None = None
    treffer = 0
    x0 = x1 = y0 = y1 = 0.0
    for word, of, continues in words:
        if current is not None and continues and _beside(current, word):
            x1, y0, y1 = max(x1, word.x1), min(y0, word.y0), max(y1, word.y1)
        else:
            if current is not None:
                yield _box(x0, y0, x1, y1, treffer)
            treffer, x0, y0, x1, y1 = of, word.x0, word.y0, word.x1, word.y1
        current = word
    if current is not None:
        yield _box(x0, y0, x1, y1, treffer)


def _beside(left: WordBox, right: WordBox) -> bool:
    height = max(left.y1 - left.y0, right.y1 - right.y0)
    return abs(left.y0 - right.y0) <= _SAME_LINE * height and 0 <= right.x0 - left.x1 <= _WORD_SPACE * height


def _box(x0: float, y0: float, x1: float, y1: float, treffer: int) -> Box:
    return Box(
        x=round(1000 * x0, 1),
        y=round(1000 * y0, 1),
        width=round(1000 * (x1 - x0), 1),
        height=round(1000 * (y1 - y0), 1),
        treffer=treffer,
    )
