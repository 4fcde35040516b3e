"""Open a PDF in the child, as it is or repaired, or refuse it with the reason. Runs in the child only."""

import ctypes
import io
import mmap
from collections.abc import Iterator
from contextlib import contextmanager
from typing import BinaryIO

import pypdfium2
import pypdfium2.raw as pdfium

from woo.sandbox.task import Refusal, Request

_HEADER_WITHIN = 1024
"""A PDF begins with `%PDF-` within its first 1,024 bytes (Adobe's implementation note 13 to ISO 32000)."""


@contextmanager
def opened(request: Request, *, forms: bool = False) -> Iterator[pypdfium2.PdfDocument]:
    """Open the file of the request with pdfium; with the parameter `repair`, a copy that qpdf wrote anew.

    Raises:
        Refusal: empty_file, not_a_pdf, password_needed, damaged, no_pages.
    """
    file = request.files[0]
    content = repaired(file) if request.params.get("repair") else mapped(file)
    try:
        document = pypdfium2.PdfDocument(content)
    except pypdfium2.PdfiumError as error:
        raise Refusal(_refusal(error.err_code, file)) from error
    with document:
        if forms:
            document.init_forms()
        yield document


def mapped(file: BinaryIO) -> "ctypes.Array[ctypes.c_char]":
    """Map the file into memory, so that only what is looked at is read.

    Raises:
        Refusal: empty_file.
    """
    size = file.seek(0, io.SEEK_END)
    if size == 0:
        raise Refusal("empty_file")
    area = mmap.mmap(file.fileno(), size, access=mmap.ACCESS_COPY)
    return (ctypes.c_char * size).from_buffer(area)


def repaired(file: BinaryIO) -> bytes:
    """Let qpdf rebuild the file: its cross-reference table, its objects and its page tree.

    Raises:
        Refusal: password_needed, damaged, no_pages, not_a_pdf.
    """
    import pikepdf

    file.seek(0)
    try:
        with pikepdf.open(file, suppress_warnings=True) as pdf:
            if not len(pdf.pages):  # walks the page tree, which makes qpdf write it anew: it may lie, or loop
                raise Refusal("no_pages")
            written = io.BytesIO()
            pdf.save(written)
    except pikepdf.PasswordError as error:
        raise Refusal("password_needed") from error
    except MemoryError:
        raise
    except (pikepdf.PdfError, ValueError, TypeError, RuntimeError, AttributeError, LookupError) as error:
        raise Refusal(damaged_or_foreign(file)) from error
    return written.getvalue()


def damaged_or_foreign(file: BinaryIO) -> str:
    """Tell a PDF that cannot be read from a file that never was one."""
    file.seek(0)
    return "damaged" if b"%PDF-" in file.read(_HEADER_WITHIN) else "not_a_pdf"


def _refusal(code: int | None, file: BinaryIO) -> str:
    if code in (pdfium.FPDF_ERR_PASSWORD, pdfium.FPDF_ERR_SECURITY):
        return "password_needed"
    if code == pdfium.FPDF_ERR_SUCCESS:
        return "no_pages"
    return damaged_or_foreign(file)
