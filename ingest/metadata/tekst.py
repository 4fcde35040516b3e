"""The text that suggestions are found in: its pages, its name, and where a letter begins; and quick looks in it."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property

_HEAD_PAGES = 5
_MOST_HEAD = 8_000
_COLUMNS = re.compile(
    r"\b(nr|nummer|doc(?:ument)?|documentnaam|datum|beoordeling|weigeringsgronden?|wob|woo|omschrijving|afzender|ontvanger)\b",
    re.I,
)
_INVENTARIS = re.compile(
    r"^\W{0,3}(?:bijlage\s*\w{0,3}\W{0,3})?(?:deel)?(?:inventaris(?:atie)?(?:lijst)?|documentenlijst|lijst van documenten)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Tekst:
    """The pages of one document, cleaned, in order; `naam` is the name of its file, `vandaag` the last possible day."""

    pages: Sequence[str]
    naam: str
    vandaag: date
    is_tabel: bool = False

    @cached_property
    def head(self) -> tuple[tuple[int, str], ...]:
        """The first pages that have text, with their numbers: where a letter says what it is."""
        filled = [(number, text[:_MOST_HEAD]) for number, text in enumerate(self.pages, 1) if text.strip()]
        return tuple((number, text) for number, text in filled[:_HEAD_PAGES] if number <= filled[0][0] + 9)

    @cached_property
    def first(self) -> str:
        """The first page with text; empty where there is none."""
        return self.head[0][1] if self.head else ""

    @cached_property
    def is_inventaris(self) -> bool:
        """Whether it is a list of documents: its dates, titles and grounds are those of other documents."""
        if self.is_tabel:
            return True
        lines = [line.strip() for line in self.first.splitlines() if line.strip()]
        named = any(_INVENTARIS.match(line) or _is_heading_row(line) for line in lines[:8])
        return named and "geachte" not in self.first.lower()

    @cached_property
    def _lines(self) -> tuple[tuple[int, list[str]], ...]:
        """The lines of the first pages, stripped, none empty."""
        return tuple(
            (number, [line.strip() for line in text.splitlines() if line.strip()])
            for number, text in self.head
        )

    def lines(self) -> Iterator[tuple[int, int, list[str]]]:
        """For each line of the first pages: page, place in the page, and all lines of that page."""
        for number, lines in self._lines:
            for at in range(len(lines)):
                yield number, at, lines


def _is_heading_row(line: str) -> bool:
    """Whether a line is the row of headings of a table of documents."""
    return len(line) < 120 and len(set(map(str.lower, _COLUMNS.findall(line)))) >= 3


def places(text: str, *needles: str) -> Iterator[int]:
    """Where one of these words begins in a text, at the beginning of a word: so much faster than a pattern alone."""
    for needle in needles:
        at = text.find(needle)
        while at >= 0:
            if at == 0 or not text[at - 1].isalnum():
                yield at
            at = text.find(needle, at + 1)
