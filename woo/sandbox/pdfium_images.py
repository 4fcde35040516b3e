"""Tell how much of a PDF page is covered by images. Runs in the child only."""

import ctypes
import math
from dataclasses import dataclass

import pypdfium2
import pypdfium2.raw as pdfium

_FORM_DEPTH = 4


@dataclass(slots=True)
class _Look:
    """How many objects may still be looked at, and what was found in them."""

    left: int
    area: float = 0.0
    images: int = 0


def image_share(page: pypdfium2.PdfPage, most: int) -> float | None:
    """Give the share of the page (0..1) covered by the images among the first `most` things that it draws.

    Images that lie over each other count twice, up to the whole page. None when there is no image.
    """
    look = _Look(most)
    _look_in(
        page, pdfium.FPDFPage_CountObjects, pdfium.FPDFPage_GetObject, look, depth=_FORM_DEPTH, scale=1.0
    )
    if not look.images:
        return None
    width, height = page.get_size()
    share = look.area / (width * height) if width * height > 0 else 1.0
    return min(share, 1.0) if math.isfinite(share) else 1.0


def _look_in(holder: object, count: object, get: object, look: _Look, *, depth: int, scale: float) -> None:
    for index in range(count(holder)):  # type: ignore[operator]
        if look.left <= 0:
            return
        look.left -= 1
        item = get(holder, index)  # type: ignore[operator]
        kind = pdfium.FPDFPageObj_GetType(item)
        if kind == pdfium.FPDF_PAGEOBJ_IMAGE:
            look.images += 1
            look.area += _area(item) * scale
        elif kind == pdfium.FPDF_PAGEOBJ_FORM and depth:
            _look_in(
                item,
                pdfium.FPDFFormObj_CountObjects,
                pdfium.FPDFFormObj_GetObject,
                look,
                depth=depth - 1,
                scale=scale * _growth(item),
            )


def _area(item: object) -> float:
    """Give the area of the box around an object, in the space that it is drawn in."""
    left, bottom, right, top = (ctypes.c_float() for _ in range(4))
    if not pdfium.FPDFPageObj_GetBounds(item, left, bottom, right, top):
        return 0.0
    return abs((right.value - left.value) * (top.value - bottom.value))


def _growth(form: object) -> float:
    """Give how many times larger areas become where a form is drawn."""
    matrix = pdfium.FS_MATRIX()
    if not pdfium.FPDFPageObj_GetMatrix(form, matrix):
        return 1.0
    return float(abs(matrix.a * matrix.d - matrix.b * matrix.c))
