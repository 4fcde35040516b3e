"""Draw a page of a PDF and recognise the text on it with Tesseract. Runs in the child only."""

import functools
import math
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass

import pypdfium2
import tesserocr
from PIL import Image

from woo.sandbox.ocr_picture import as_shown, is_blank, skew_of, straightened, turned
from woo.sandbox.ocr_text import Layout, boxes_of, laid_out, words_of
from woo.sandbox.pdf_open import opened
from woo.sandbox.pdfium_text import page_of
from woo.sandbox.reading import BOX
from woo.sandbox.task import Answer, Refusal, Request

_MOST_PIXELS = 36_000_000
_POINTS = 72
_UPRIGHT = 0.65
"""Confidence from which a page is taken to stand upright."""
_FEW_WORDS = 3
_OTHER_SIDES = (180, 90, 270)
"""Clockwise. Tesseract reads most pages that lie on their side as they are."""


@dataclass(frozen=True, slots=True)
class _Attempt:
    layout: Layout
    size: tuple[int, int]
    dpi: int
    degrees: int
    skew: float


def recognise(request: Request) -> Iterator[Answer]:
    """Yield the text of one page, then its word boxes (`BOX`); again whenever a further attempt gave more.

    A page is drawn at `dpi`; where Tesseract is less sure than `again` (0..1) it is also looked at turned, and drawn at
    `dpi_again`. A page on which nothing is drawn gives `{"kind": "blank"}` alone.

    Raises:
        Refusal: no_language, no_such_page, page_unreadable, and those of `opened`.
    """
    engine = _engine(str(request.params["tessdata"]), str(request.params["languages"]))
    with opened(request, forms=True) as document, closing(page_of(document, request.number("page"))) as page:
        picture = _drawn(page, request.number("dpi"))
        if is_blank(picture):
            yield {"kind": "blank"}, b""
            return
        best = _attempt(engine, picture, request.number("dpi"), degrees=0)
        yield from _answer(best)
        again = float(str(request.params["again"]))
        for attempt in _further(engine, page, picture, best, request, again):
            if attempt.layout.sure_letters > best.layout.sure_letters:
                best = attempt
                yield from _answer(best)


def _further(
    engine: tesserocr.PyTessBaseAPI,
    page: pypdfium2.PdfPage,
    picture: Image.Image,
    first: _Attempt,
    request: Request,
    again: float,
) -> Iterator[_Attempt]:
    """Try what may give more, for as long as what there is is not sure enough."""
    best = first
    if best.layout.confidence < min(_UPRIGHT, again) and len(best.layout.words) > _FEW_WORDS:
        for degrees in _OTHER_SIDES:
            attempt = _attempt(engine, turned(picture, degrees), first.dpi, degrees=degrees)
            yield attempt
            best = max(best, attempt, key=lambda made: made.layout.sure_letters)
            if best.layout.confidence >= _UPRIGHT:
                break
    dpi = request.number("dpi_again")
    if best.layout.confidence < again and len(best.layout.words) > _FEW_WORDS and dpi != first.dpi:
        larger = turned(_drawn(page, dpi), best.degrees)
        yield _attempt(engine, larger, dpi, degrees=best.degrees)


def _attempt(engine: tesserocr.PyTessBaseAPI, picture: Image.Image, dpi: int, *, degrees: int) -> _Attempt:
    skew = skew_of(picture)
    straight = straightened(picture, skew)
    _show(engine, straight, dpi)
    try:
        if not engine.Recognize():
            raise Refusal("page_unreadable")
        layout = laid_out(words_of(engine.GetTSVText(0)))
    finally:
        engine.Clear()
    return _Attempt(layout, straight.size, dpi, degrees, skew)


def _answer(attempt: _Attempt) -> Iterator[Answer]:
    layout = attempt.layout
    header = {
        "kind": "text",
        "confidence": round(layout.confidence, 4),
        "letters": round(layout.sure_letters, 1),
        "dpi": attempt.dpi,
        "turned": attempt.degrees,
        "skew": attempt.skew,
    }
    yield header, layout.text.encode()
    packed = []
    for start, end, box in boxes_of(layout):
        edges = as_shown(box, attempt.size, skew=attempt.skew, degrees=attempt.degrees)
        packed.append(BOX.pack(*(min(max(edge, 0.0), 1.0) for edge in edges), start, end))
    yield {"kind": "boxes"}, b"".join(packed)


def _drawn(page: pypdfium2.PdfPage, dpi: int) -> Image.Image:
    """Draw the page in grey, at fewer dots per inch where it would be too large."""
    width, height = page.get_size()
    if not (math.isfinite(width) and math.isfinite(height) and width > 0 and height > 0):
        raise Refusal("page_unreadable")
    scale = min(dpi / _POINTS, math.sqrt(_MOST_PIXELS / (width * height)))
    picture: Image.Image = page.render(scale=scale, draw_annots=True, grayscale=True).to_pil()
    return picture.convert("L")


def _show(engine: tesserocr.PyTessBaseAPI, picture: Image.Image, dpi: int) -> None:
    engine.SetImageBytes(picture.tobytes(), picture.width, picture.height, 1, picture.width)
    engine.SetSourceResolution(dpi)


@functools.cache
def _engine(tessdata: str, languages: str) -> tesserocr.PyTessBaseAPI:
    """Load Tesseract once for each child: it takes a tenth of a second."""
    try:
        engine = tesserocr.PyTessBaseAPI(path=tessdata, lang=languages, psm=tesserocr.PSM.AUTO)
    except RuntimeError as error:
        raise Refusal("no_language") from error
    # What it has to say goes to our standard error, which is closed: a file it may not open, and it would crash.
    engine.SetVariable("debug_file", "")
    return engine
