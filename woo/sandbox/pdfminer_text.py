"""Read the text of a PDF with pdfminer.six, for files that pdfium cannot read. Runs in the child only."""

import io
from collections.abc import Iterator

from pdfminer.converter import TextConverter
from pdfminer.layout import LAParams
from pdfminer.pdfdocument import PDFDocument, PDFPasswordIncorrect, PDFTextExtractionNotAllowed
from pdfminer.pdfinterp import PDFPageInterpreter, PDFResourceManager
from pdfminer.pdfpage import PDFPage
from pdfminer.pdfparser import PDFParser
from pdfminer.pdftypes import PDFStream, resolve1
from pdfminer.utils import decode_text

from woo.sandbox.page_text import clean
from woo.sandbox.pdf_metadata import DOCINFO, LONGEST
from woo.sandbox.pdf_open import damaged_or_foreign
from woo.sandbox.task import Answer, Refusal, Request


def read(request: Request) -> Iterator[Answer]:
    """Yield the number of pages and the metadata, then each page from `first` on.

    Raises:
        Refusal: too_many_pages, password_needed, no_pages, damaged, not_a_pdf.
    """
    first, limit = request.number("first"), request.number("pages")
    document = _open(request)
    pages, is_cut = _pages(document, limit)
    if not pages:
        raise Refusal("no_pages" if _says_no_pages(document) else damaged_or_foreign(request.files[0]))
    yield {"pages": len(pages), "docinfo": _docinfo(document), "cut": is_cut}, b""
    for number in range(first, len(pages) + 1):
        yield _page(pages[number - 1], number)


def _pages(document: PDFDocument, limit: int) -> tuple[list[PDFPage], bool]:
    """List the pages, and tell whether the list broke off at something that is not a page."""
    found: list[PDFPage] = []
    try:
        for page in PDFPage.create_pages(document):
            if len(found) == limit:
                raise Refusal("too_many_pages")
            found.append(page)
    except (MemoryError, Refusal):
        raise
    except Exception:  # pdfminer raises whatever a hostile file makes it stumble on
        return found, True
    return found, False


def _open(request: Request) -> PDFDocument:
    try:
        document = PDFDocument(PDFParser(request.files[0]), caching=False)
    except (PDFPasswordIncorrect, PDFTextExtractionNotAllowed) as error:
        raise Refusal("password_needed") from error
    except MemoryError:
        raise
    except Exception as error:  # pdfminer raises whatever a hostile file makes it stumble on
        raise Refusal(damaged_or_foreign(request.files[0])) from error
    return document


def _page(page: PDFPage, number: int) -> Answer:
    written = io.StringIO()
    resources = PDFResourceManager(caching=False)
    converter = TextConverter(resources, written, laparams=LAParams())
    page.rotate = 0  # pdfminer loses the order of the letters of a turned page
    try:
        PDFPageInterpreter(resources, converter).process_page(page)
        has_image = _has_image(page)
    except MemoryError:
        raise
    except Exception:
        return {"page": number, "error": "text_unreadable"}, b""
    return {"page": number, "image": has_image}, clean(written.getvalue()).rstrip().encode()


def _has_image(page: PDFPage) -> bool:
    """Tell whether the page has an image among its resources."""
    objects = _resolved(page.resources.get("XObject"))
    found = [_resolved(item) for item in objects.values()] if isinstance(objects, dict) else []
    return any(
        isinstance(item, PDFStream) and getattr(item.get("Subtype"), "name", "") == "Image" for item in found
    )


def _docinfo(document: PDFDocument) -> dict[str, str]:
    found: dict[str, str] = {}
    for field, key in DOCINFO.items():
        for info in document.info:
            value = _resolved(info.get(key)) if isinstance(info, dict) else None
            if isinstance(value, bytes) and 0 < len(value) <= LONGEST:
                found[field] = decode_text(value)
    return found


def _says_no_pages(document: PDFDocument) -> bool:
    root = _resolved(document.catalog.get("Pages"))
    return isinstance(root, dict) and _resolved(root.get("Kids")) == []


def _resolved(value: object) -> object:
    """Follow a reference; one that leads nowhere is None."""
    try:
        return resolve1(value)
    except MemoryError:
        raise
    except Exception:
        return None
