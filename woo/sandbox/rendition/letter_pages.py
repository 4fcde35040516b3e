"""Lay lines of text out on pages of a PDF, with the text of each page and the place of each word on it."""

import io
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from reportlab.pdfgen.canvas import Canvas

from woo.sandbox.reading import BOX
from woo.sandbox.rendition.fonts import Face, faces
from woo.sandbox.rendition.parts import rendition_parts
from woo.sandbox.task import Answer, Refusal

WIDTH, HEIGHT = 595.28, 841.89
"""A4, in points."""
_MARGIN = 56.0
_SIZE, _LEADING = 10.0, 14.0
_BOTTOM = _MARGIN + 12
_ASCENT, _DESCENT = 0.95, 0.25
_GREY, _BLACK = 0.38, 0.0
_BAR_AT = _MARGIN - 9
_WORD = re.compile(r"\S+")
_LONGEST = 20_000
"""Characters of a line that are laid out at a time."""


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the text; its first `bold` characters are in bold, a `rule` is drawn as one and has no text."""

    text: str
    quoted: bool = False
    bold: int = 0
    rule: bool = False


@dataclass(frozen=True, slots=True)
class _Drawn:
    """A piece of a line that stands on one line of the page; `fresh` when the line of the text begins there."""

    text: str
    line: Line
    bold: int
    fresh: bool


class LetterPages:
    """One PDF in the making."""

    def __init__(self, *, title: str, lang: str = "nl") -> None:
        self._file = io.BytesIO()
        self._canvas = Canvas(
            self._file, pagesize=(WIDTH, HEIGHT), pageCompression=1, invariant=1, lang=lang, verbosity=0
        )
        self._canvas.setTitle(title)
        self._canvas.setCreator("Woo-platform")
        self._canvas.setProducer("Woo-platform")
        self._regular, self._bold = faces()
        self._boxes = bytearray()
        self._text: list[str] = []
        self._length = 0
        self._y = 0.0

    def answers(self, lines: Iterable[Line], *, most_pages: int) -> Iterator[Answer]:
        """Give each page with its word boxes as it becomes full, then the PDF.

        Raises:
            Refusal: too_many_pages.
        """
        for number, page in enumerate(self._pages(lines), 1):
            if number > most_pages:
                raise Refusal("too_many_pages")
            self._begin(number)
            for drawn in page:
                self._draw(drawn)
            yield {"page": number}, "".join(self._text).encode()
            if self._boxes:
                yield {"words": number}, bytes(self._boxes)
            self._canvas.showPage()
        self._canvas.save()
        yield from rendition_parts(self._file)

    def _pages(self, lines: Iterable[Line]) -> Iterator[list[_Drawn]]:
        fit = int((HEIGHT - _MARGIN - _BOTTOM) // _LEADING)
        page: list[_Drawn] = []
        for line in lines:
            for drawn in self._broken(line):
                if len(page) == fit:
                    yield page
                    page = []
                page.append(drawn)
        yield page

    def _broken(self, line: Line) -> Iterator[_Drawn]:
        """Break a line of the text where it is too wide: after a space, or within a word that is too long."""
        text, at = line.text, 0
        while True:
            end = self._fits(text, at, bold=line.bold)
            yield _Drawn(text[at:end], line, max(line.bold - at, 0), fresh=at == 0)
            at = end
            if at >= len(text):
                return

    def _fits(self, text: str, at: int, *, bold: int) -> int:
        """Where the part of the text ends that fits on one line of the page, spaces behind it taken along."""
        left, space = WIDTH - 2 * _MARGIN, -1
        scale = _SIZE / 1000
        for index in range(at, min(len(text), at + _LONGEST)):
            face = self._bold if index < bold else self._regular
            char = text[index]
            left -= face.widths.get(ord(char), face.default) * scale
            if char in " \t":
                space = index
            elif left < 0:
                return space + 1 if space >= at else max(index, at + 1)
        return min(len(text), at + _LONGEST)

    def _begin(self, number: int) -> None:
        self._boxes.clear()
        self._text.clear()
        self._length = 0
        self._y = HEIGHT - _MARGIN
        self._canvas.setFont(self._regular.naam, 8)
        self._canvas.setFillGray(_GREY)
        self._canvas.drawRightString(WIDTH - _MARGIN, _MARGIN - 20, f"Bladzijde {number}")

    def _draw(self, drawn: _Drawn) -> None:
        self._y -= _LEADING
        if drawn.line.rule:
            self._canvas.setLineWidth(0.5)
            self._canvas.line(_MARGIN, self._y + 4, WIDTH - _MARGIN, self._y + 4)
            return
        if drawn.fresh and self._length:
            self._add("\n")
        start = self._length
        self._add(drawn.text)
        if drawn.line.quoted:
            self._canvas.setStrokeGray(0.75)
            self._canvas.setLineWidth(1.5)
            self._canvas.line(_BAR_AT, self._y - 3, _BAR_AT, self._y + _LEADING - 3)
            self._canvas.setStrokeGray(_BLACK)
        self._canvas.setFillGray(_GREY if drawn.line.quoted else _BLACK)
        x = self._put(self._bold, drawn.text[: drawn.bold], _MARGIN)
        self._put(self._regular, drawn.text[drawn.bold :], x)
        self._add_boxes(drawn, start)

    def _put(self, face: Face, text: str, x: float) -> float:
        """Draw text and tell where it ends."""
        if not text:
            return x
        self._canvas.setFont(face.naam, _SIZE)
        self._canvas.drawString(x, self._y, face.drawable(text))
        return x + face.width(text, _SIZE)

    def _add(self, text: str) -> None:
        self._text.append(text)
        self._length += len(text)

    def _add_boxes(self, drawn: _Drawn, start: int) -> None:
        top = (HEIGHT - self._y - _ASCENT * _SIZE) / HEIGHT
        bottom = (HEIGHT - self._y + _DESCENT * _SIZE) / HEIGHT
        x, at = _MARGIN, 0
        for word in _WORD.finditer(drawn.text):
            x += self._width(drawn, at, word.start())
            right = x + self._width(drawn, word.start(), word.end())
            if right > x:
                box = (x / WIDTH, top, min(right / WIDTH, 1.0), bottom)
                self._boxes += BOX.pack(*box, start + word.start(), start + word.end())
            x, at = right, word.end()

    def _width(self, drawn: _Drawn, start: int, end: int) -> float:
        middle = min(max(drawn.bold, start), end)
        return self._bold.width(drawn.text[start:middle], _SIZE) + self._regular.width(
            drawn.text[middle:end], _SIZE
        )
