"""Read what a PDF says about itself: document information, catalog language, XMP. Runs in the child only."""

import ctypes
import mmap
from collections.abc import Callable, Iterator, Mapping
from typing import BinaryIO

import pypdfium2
import pypdfium2.raw as pdfium

from woo.sandbox.pdf_open import damaged_or_foreign
from woo.sandbox.task import Answer, Refusal, Request

DOCINFO = {
    "title": "Title",
    "author": "Author",
    "subject": "Subject",
    "keywords": "Keywords",
    "producer": "Producer",
    "creation_date": "CreationDate",
    "modification_date": "ModDate",
}
"""The field of our metadata, and its key in the document information dictionary (ISO 32000-1, table 317)."""

_XMP = {
    "title": ("dc:title",),
    "author": ("dc:creator",),
    "subject": ("dc:description",),
    "keywords": ("pdf:Keywords", "dc:subject"),
    "producer": ("pdf:Producer",),
    "creation_date": ("xmp:CreateDate",),
    "modification_date": ("xmp:ModifyDate",),
    "language": ("dc:language",),
}
LONGEST = 4_000


def docinfo(document: pypdfium2.PdfDocument) -> dict[str, str]:
    """Give the values of the document information dictionary, and `language` of the catalog."""
    found = {field: _meta_text(document, key) for field, key in DOCINFO.items()}
    found["language"] = _language(document)
    return {field: value for field, value in found.items() if value}


def xmp(request: Request) -> Iterator[Answer]:
    """Yield the XMP values of the file, as one part.

    Raises:
        Refusal: password_needed, damaged, not_a_pdf.
    """
    file = request.files[0]
    if not _may_hold_xmp(file):
        yield {"xmp": {}}, b""
        return
    import pikepdf

    try:
        with pikepdf.open(file, suppress_warnings=True) as pdf:
            values = _xmp_values(pdf.open_metadata()) if "/Metadata" in pdf.Root else {}
    except pikepdf.PasswordError as error:
        raise Refusal("password_needed") from error
    except (pikepdf.PdfError, ValueError, TypeError, RuntimeError, AttributeError, LookupError) as error:
        raise Refusal(damaged_or_foreign(file)) from error
    yield {"xmp": values}, b""


def _may_hold_xmp(file: BinaryIO) -> bool:
    """Look for the name of a metadata stream: the dictionary of a stream is never compressed or encrypted."""
    with mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as area:
        return area.find(b"/Metadata") >= 0


def _xmp_values(metadata: Mapping[str, object]) -> dict[str, str]:
    found: dict[str, str] = {}
    for field, names in _XMP.items():
        for name in names:
            value = _plain(metadata.get(name))
            if value:
                found[field] = value
                break
    return found


def _plain(value: object) -> str:
    """Give one text for a value or a list of values; an over-long one, which is no metadata, counts as none."""
    if isinstance(value, str):
        text = value
    elif isinstance(value, (list, tuple)):
        text = ", ".join(item for item in value if isinstance(item, str))
    elif isinstance(value, (set, frozenset)):
        text = ", ".join(sorted(item for item in value if isinstance(item, str)))
    else:
        return ""
    return text if len(text) <= LONGEST else ""


def _meta_text(document: pypdfium2.PdfDocument, key: str) -> str:
    return _filled(lambda buffer, size: pdfium.FPDF_GetMetaText(document, key.encode() + b"\0", buffer, size))


def _language(document: pypdfium2.PdfDocument) -> str:
    return _filled(lambda buffer, size: pdfium.FPDFCatalog_GetLanguage(document, buffer, size))


def _filled(fill: Callable[["ctypes.Array[ctypes.c_ushort] | None", int], int]) -> str:
    """Call pdfium twice, as it wants: for the size in bytes, then for the UTF-16 text with its final zero."""
    size = fill(None, 0)
    if not 2 < size <= 2 * LONGEST:
        return ""
    buffer = (ctypes.c_ushort * (size // 2))()
    fill(buffer, size)
    return bytes(memoryview(buffer).cast("B")[: size - 2]).decode("utf-16-le", "replace")
