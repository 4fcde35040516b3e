"""Put text together that stands in paragraphs, in cells of tables, and in boxes that hang on a paragraph."""

from dataclasses import dataclass, field
from enum import Enum, auto

PAGE_BREAK = "\f"
"""Where a new page begins, inside the text of a paragraph."""
_SHORT = 300


class _Kind(Enum):
    LINES = auto()
    PARAGRAPH = auto()
    ROW = auto()


@dataclass(slots=True)
class _Level:
    kind: _Kind
    pieces: list[str] = field(default_factory=list)
    beside: list[str] = field(default_factory=list)
    """What hangs on a paragraph and comes after it."""


class Flow:
    """Text under construction; every `open_` needs its `close_`, in the order of brackets.

    A paragraph is a line. A row of a table is a line with its cells separated by tabs; a paragraph in a cell is part of
    that line. What hangs on a paragraph (a text box) comes after it.
    """

    def __init__(self) -> None:
        self._levels = [_Level(_Kind.LINES)]

    def add(self, text: str) -> None:
        """Add text to the paragraph that is open; outside a paragraph it is a line of its own."""
        level = self._levels[-1]
        if level.kind is _Kind.PARAGRAPH or text.strip():
            level.pieces.append(text)

    def add_break(self) -> None:
        """Say that a new page begins here."""
        self._levels[-1].pieces.append(PAGE_BREAK)

    def open_paragraph(self) -> None:
        self._levels.append(_Level(_Kind.PARAGRAPH))

    def close_paragraph(self) -> None:
        level = self._levels.pop()
        self._put("".join(level.pieces), *level.beside)

    def open_row(self) -> None:
        self._levels.append(_Level(_Kind.ROW))

    def close_row(self) -> None:
        self._put("\t".join(self._levels.pop().pieces).rstrip("\t"))

    def open_lines(self) -> None:
        """Begin a cell or a box: a place that has paragraphs of its own."""
        self._levels.append(_Level(_Kind.LINES))

    def close_lines(self) -> None:
        """End it: in a row it is a cell, on a paragraph it comes after it, elsewhere its lines are lines."""
        lines = [line for line in self._levels.pop().pieces if line.strip()]
        level = self._levels[-1]
        if level.kind is _Kind.ROW:
            level.pieces.append((" " if sum(map(len, lines)) < _SHORT else "\n").join(lines))
        else:
            self._put(*lines)

    def take(self) -> list[str]:
        """Give the lines that are complete, and forget them; nothing while something is open."""
        if len(self._levels) > 1:
            return []
        lines, self._levels[0].pieces = self._levels[0].pieces, []
        return lines

    def _put(self, *lines: str) -> None:
        level = self._levels[-1]
        (level.beside if level.kind is _Kind.PARAGRAPH else level.pieces).extend(lines)


def visible(lines: list[str]) -> str:
    """Give lines as one text without page breaks and empty lines."""
    return "\n".join(line.replace(PAGE_BREAK, "") for line in lines if line.strip())
