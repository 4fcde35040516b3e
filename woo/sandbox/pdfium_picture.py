"""Draw a page of a PDF as a viewer shows it. Runs in the child only."""

import io
import math
from collections.abc import Iterator
from contextlib import closing

from woo.sandbox.pdf_open import opened
from woo.sandbox.pdfium_text import page_of
from woo.sandbox.task import Answer, Refusal, Request

_WEBP_LONGEST_SIDE = 16_383
_QUALITY = 80


def draw(request: Request) -> Iterator[Answer]:
    """Yield one page as WebP, annotations and form fields included.

    Raises:
        Refusal: no_such_page, page_unreadable, and those of `opened`.
    """
    with opened(request, forms=True) as document, closing(page_of(document, request.number("page"))) as page:
        turn = request.number("turn")
        width, height = page.get_size() if turn % 180 == 0 else reversed(page.get_size())
        if not (math.isfinite(width) and math.isfinite(height) and width > 0 and height > 0):
            raise Refusal("page_unreadable")
        scale = fitting_scale(
            width, height, most_wide=request.number("width"), pixels=request.number("pixels")
        )
        picture = page.render(scale=scale, rotation=turn, draw_annots=True, rev_byteorder=True).to_pil()
        written = io.BytesIO()
        picture.save(written, "WEBP", quality=_QUALITY, method=2)
        yield {"width": picture.width, "height": picture.height}, written.getvalue()


def fitting_scale(width: float, height: float, *, most_wide: int, pixels: int) -> float:
    """Give the pixels per point that keep the picture within its width, WebP's longest side and the number of pixels.

    Sizes are rounded up to whole pixels when drawn, so the longest side stays a little under its bound.
    """
    side = _WEBP_LONGEST_SIDE
    scale = min(most_wide / width, side / width, side / height, math.sqrt(pixels / (width * height)))
    return scale * (1 - 1e-6)
