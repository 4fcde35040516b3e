"""Pictures of pages for text recognition: ink, slant and quarter turns, and the way back. Runs in the child only."""

import math
from collections.abc import Sequence
from itertools import pairwise

from PIL import Image

_LEAST_CONTRAST = 40
_LEAST_INK = 0.00002
_SKEW_WIDTH = 300
_LEAST_SKEW = 2.0
"""Degrees below which Tesseract reads a page as well as it is; straightening it would only cost time."""
_CLEARLY = 1.5
"""Times that lines are sharper at the angle that they lie at than one or more degrees beside it."""

_TURNS = {
    90: Image.Transpose.ROTATE_270,
    180: Image.Transpose.ROTATE_180,
    270: Image.Transpose.ROTATE_90,
}

Box = tuple[float, float, float, float]


def is_blank(picture: Image.Image) -> bool:
    """Whether a grey picture shows nothing that could be a letter: one shade, or some specks."""
    counts = picture.histogram()
    paper = max(range(256), key=counts.__getitem__)
    differing = sum(n for shade, n in enumerate(counts) if abs(shade - paper) > _LEAST_CONTRAST)
    return differing < _LEAST_INK * picture.width * picture.height


def turned(picture: Image.Image, degrees: int) -> Image.Image:
    """Turn a picture clockwise by 0, 90, 180 or 270 degrees."""
    return picture.transpose(_TURNS[degrees]) if degrees else picture


def skew_of(picture: Image.Image) -> float:
    """Measure how many degrees the lines rise to the right, from about -7 to 7; 0 below 2 and where there are no clear lines.

    The picture is turned by small angles; the one at which rows of ink and of paper differ most is that of the lines.
    """
    ink = _ink(picture)
    scores = {float(angle): _sharpness(ink, angle) for angle in (-5, -3, -1, 0, 1, 3, 5)}
    if scores[0.0] > _CLEARLY * max(score for angle, score in scores.items() if angle):
        return 0.0
    scores |= {float(angle): _sharpness(ink, angle) for angle in (-6, -4, -2, 2, 4, 6)}
    for step in (0.5, 0.25):
        best = max(scores, key=scores.__getitem__)
        for angle in (best - step, best + step):
            scores[angle] = _sharpness(ink, angle)
    best = max(scores, key=scores.__getitem__)
    is_clear = abs(best) >= _LEAST_SKEW and scores[best] > _CLEARLY * scores[0.0]
    return -best if is_clear else 0.0


def straightened(picture: Image.Image, skew: float) -> Image.Image:
    """Turn a picture back by its skew."""
    if not skew:
        return picture
    return picture.rotate(-skew, Image.Resampling.BILINEAR, fillcolor=_paper(picture))


def as_shown(box: Box, size: tuple[int, int], *, skew: float, degrees: int) -> Box:
    """Bring a box of the straightened picture back to fractions of the page as it was drawn.

    Args:
        box: Left, top, right, bottom in pixels of the straightened picture.
        size: Width and height of that picture.
        skew: By which it was turned back.
        degrees: By which it was turned clockwise before that.
    """
    width, height = size
    x0, y0, x1, y1 = box
    angle = math.radians(-skew)
    dx, dy = (x0 + x1 - width) / 2, (y0 + y1 - height) / 2
    x = width / 2 + dx * math.cos(angle) - dy * math.sin(angle)
    y = height / 2 + dx * math.sin(angle) + dy * math.cos(angle)
    w, h = (x1 - x0) / 2, (y1 - y0) / 2
    return _turned_back(((x - w) / width, (y - h) / height, (x + w) / width, (y + h) / height), degrees)


def _turned_back(box: Box, degrees: int) -> Box:
    x0, y0, x1, y1 = box
    match degrees:
        case 90:
            return y0, 1 - x1, y1, 1 - x0
        case 180:
            return 1 - x1, 1 - y1, 1 - x0, 1 - y0
        case 270:
            return 1 - y1, x0, 1 - y0, x1
        case _:
            return box


def _ink(picture: Image.Image) -> Image.Image:
    small = picture.reduce(max(1, round(picture.width / _SKEW_WIDTH)))
    edge = max(_paper(small) - _LEAST_CONTRAST, 1)
    table: Sequence[int] = [255 if shade < edge else 0 for shade in range(256)]
    return small.point(table)


def _paper(picture: Image.Image) -> int:
    counts = picture.histogram()
    return max(range(256), key=counts.__getitem__)


def _sharpness(ink: Image.Image, angle: float) -> float:
    rows = ink.rotate(angle, fillcolor=0).resize((1, ink.height), Image.Resampling.BOX).tobytes()
    return float(sum((a - b) ** 2 for a, b in pairwise(rows)))
