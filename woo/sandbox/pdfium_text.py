"""Read the text and the word boxes of a PDF with pdfium. Runs in the child only."""

import ctypes
import re
from collections.abc import Iterator, Sequence
from contextlib import closing

import pypdfium2
import pypdfium2.raw as pdfium

from woo.sandbox.page_text import HYPHEN, clean, pieces
from woo.sandbox.pdf_metadata import docinfo
from woo.sandbox.pdf_open import opened
from woo.sandbox.pdfium_images import image_share
from woo.sandbox.reading import BOX
from woo.sandbox.task import Answer, Refusal, Request

_LITTLE_TEXT = 100
_OBJECTS_OF_A_TEXT_PAGE = 25
_OBJECTS_OF_A_BARE_PAGE = 100_000

_MEANINGLESS = re.compile("[\x00-\x08\x0e-\x1f\ufffd\ufffe\ue000-\uf8ff]")
"""What stands for a glyph whose letter the file does not tell; U+FFFE is also a hyphen at a line end."""

_Rect = tuple[float, float, float, float]


def read(request: Request) -> Iterator[Answer]:
    """Yield the number of pages and the metadata, then each page from `first` on.

    Raises:
        Refusal: too_many_pages, and those of `opened`.
    """
    first, limit = request.number("first"), request.number("pages")
    with opened(request) as document:
        count = len(document)
        if count > limit:
            raise Refusal("too_many_pages")
        yield {"pages": count, "docinfo": docinfo(document) if first == 1 else {}}, b""
        for number in range(first, count + 1):
            yield _page(document, number)


def words(request: Request) -> Iterator[Answer]:
    """Yield the text of one page, then its word boxes (`BOX`).

    Raises:
        Refusal: no_such_page, page_unreadable, and those of `opened`.
    """
    with opened(request) as document, closing(page_of(document, request.number("page"))) as page:
        textpage = page.get_textpage()
        try:
            raw, hyphens = _raw_text(textpage)
            yield {"kind": "text"}, clean(raw, hyphens=hyphens).encode()
            yield {"kind": "boxes"}, b"".join(_boxes(page, textpage, raw, hyphens))
        finally:
            textpage.close()


def page_of(document: pypdfium2.PdfDocument, number: int) -> pypdfium2.PdfPage:
    """Load a page, counted from 1.

    Raises:
        Refusal: no_such_page, page_unreadable.
    """
    if not 1 <= number <= len(document):
        raise Refusal("no_such_page")
    try:
        return document[number - 1]
    except pypdfium2.PdfiumError as error:
        raise Refusal("page_unreadable") from error


def _page(document: pypdfium2.PdfDocument, number: int) -> Answer:
    try:
        page = document[number - 1]
    except pypdfium2.PdfiumError:
        return {"page": number, "error": "page_unreadable"}, b""
    try:
        textpage = page.get_textpage()
    except pypdfium2.PdfiumError:
        page.close()
        return {"page": number, "error": "text_unreadable"}, b""
    raw, hyphens = _raw_text(textpage)
    text = clean(raw, hyphens=hyphens)
    most = _OBJECTS_OF_A_TEXT_PAGE if len(text) > _LITTLE_TEXT else _OBJECTS_OF_A_BARE_PAGE
    share = image_share(page, most)
    header: dict[str, object] = {"page": number, "image": share is not None, "share": share or 0.0}
    if lost := len(_MEANINGLESS.findall(raw)) - len(hyphens):
        header["lost"] = lost
    if not text.strip():
        header["drawn"] = pdfium.FPDFPage_CountObjects(page) > 0
    textpage.close()
    page.close()
    return header, text.encode()


def _raw_text(textpage: pypdfium2.PdfTextPage) -> tuple[str, frozenset[int]]:
    """Give the text as pdfium has it, and where in it the hyphens at line ends are."""
    count = pdfium.FPDFText_CountChars(textpage)
    if count <= 0:
        return "", frozenset()
    buffer = (ctypes.c_ushort * (count + 1))()  # as many as characters, and a zero
    written = pdfium.FPDFText_GetText(textpage, 0, count, buffer)
    raw = bytes(memoryview(buffer).cast("B")[: max(written - 1, 0) * 2]).decode("utf-16-le", "surrogatepass")
    if HYPHEN not in raw:
        return raw, frozenset()
    places = _text_indices(raw)
    marks = (found.start() for found in re.finditer(HYPHEN, raw))
    return raw, frozenset(at for at in marks if _is_hyphen(textpage, places[at]))


def _is_hyphen(textpage: pypdfium2.PdfTextPage, text_index: int) -> bool:
    index = pdfium.FPDFText_GetCharIndexFromTextIndex(textpage, text_index)
    return bool(index >= 0 and pdfium.FPDFText_IsHyphen(textpage, index) == 1)


def _text_indices(raw: str) -> Sequence[int]:
    """Give the UTF-16 index, which is pdfium's, of each character of the text."""
    if max(raw) <= "\uffff":
        return range(len(raw))
    indices: list[int] = []
    at = 0
    for char in raw:
        indices.append(at)
        at += 2 if char > "\uffff" else 1
    return indices


def _boxes(
    page: pypdfium2.PdfPage, textpage: pypdfium2.PdfTextPage, raw: str, hyphens: frozenset[int]
) -> Iterator[bytes]:
    left, bottom, right, top = page.get_bbox()
    width, height = right - left, top - bottom
    if width <= 0 or height <= 0 or not raw:
        return
    turn = page.get_rotation()
    places = _text_indices(raw)
    for piece in pieces(raw, hyphens=hyphens):
        box = _union(textpage, [places[origin] for origin in piece.origins])
        if box is None:
            continue
        x0, x1 = (box[0] - left) / width, (box[2] - left) / width
        y0, y1 = (top - box[3]) / height, (top - box[1]) / height
        shown = _clip(_turned((x0, y0, x1, y1), turn))
        if shown is not None:
            yield BOX.pack(*shown, piece.start, piece.end)


def _union(textpage: pypdfium2.PdfTextPage, text_indices: Sequence[int]) -> _Rect | None:
    """Give the box around these characters in the page's own space: left, bottom, right, top."""
    rect = pdfium.FS_RECTF()
    found: list[_Rect] = []
    for text_index in text_indices:
        index = pdfium.FPDFText_GetCharIndexFromTextIndex(textpage, text_index)
        if index >= 0 and pdfium.FPDFText_GetLooseCharBox(textpage, index, rect):
            found.append((rect.left, min(rect.bottom, rect.top), rect.right, max(rect.bottom, rect.top)))
    if not found:
        return None
    lefts, bottoms, rights, tops = zip(*found, strict=True)
    return min(lefts), min(bottoms), max(rights), max(tops)


def _turned(box: _Rect, degrees: int) -> _Rect:
    """Turn a box of fractions with its page, clockwise."""
    x0, y0, x1, y1 = box
    match degrees:
        case 90:
            return 1 - y1, x0, 1 - y0, x1
        case 180:
            return 1 - x1, 1 - y1, 1 - x0, 1 - y0
        case 270:
            return y0, 1 - x1, y1, 1 - x0
        case _:
            return box


def _clip(box: _Rect) -> _Rect | None:
    """Cut a box to the page; None when nothing of it shows."""
    x0, y0, x1, y1 = (min(max(value, 0.0), 1.0) for value in box)
    return (x0, y0, x1, y1) if x0 < x1 and y0 < y1 else None
