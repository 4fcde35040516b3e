"""Where a machine has no fonts of its own, our PDFs are drawn with those that every reader of PDFs has."""

from collections.abc import Iterator

import pypdfium2
import pytest
from reportlab.pdfbase import pdfmetrics

from woo.sandbox.reading import BOX
from woo.sandbox.rendition import fonts
from woo.sandbox.rendition.letter_pages import LetterPages, Line


@pytest.fixture(autouse=True)
def no_fonts(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setattr(fonts, "_FAMILIES", (("bestaat/niet.ttf", "bestaat/niet-vet.ttf"),))
    fonts.faces.cache_clear()
    yield
    fonts.faces.cache_clear()


def test_the_text_is_drawn_and_what_cannot_be_is_a_question_mark() -> None:
    lines = [Line("Van: Griffie", bold=4), Line("De kwartelwei\tkost € 5 en é; 漢字 niet.")]
    answers = list(LetterPages(title="Vraag").answers(lines, most_pages=5))
    pages = [(header, body) for header, body in answers if "page" in header]
    ((_, text),) = pages
    assert text.decode() == "Van: Griffie\nDe kwartelwei\tkost € 5 en é; 漢字 niet."
    content = b"".join(body for header, body in answers if "rendition" in header)
    with pypdfium2.PdfDocument(content) as document:
        drawn = document[0].get_textpage().get_text_range()
    assert "kost € 5 en é; ?? niet." in drawn
    (boxes,) = (body for header, body in answers if "words" in header)
    words = [text.decode()[start:end] for *_, start, end in BOX.iter_unpack(boxes)]
    assert words == text.decode().split()


def test_the_built_in_widths_are_those_that_are_drawn() -> None:
    regular, bold = fonts.faces()
    assert (regular.naam, bold.naam) == ("Helvetica", "Helvetica-Bold")
    for face in (regular, bold):
        text = "De gemeenteraad besluit: € 5."
        assert face.width(text, 10) == pytest.approx(pdfmetrics.stringWidth(text, face.naam, 10))
