"""Read a picture: make a PDF of it, a page for each frame, whose text is recognised afterwards. Runs in the child only."""

import struct
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import BinaryIO

from PIL import Image, ImageFile

from woo.sandbox.rendition.image_pages import ImagePages
from woo.sandbox.rendition.jpeg import picture_of
from woo.sandbox.task import Answer, Refusal, Request

_MOST_PIXELS = 150_000_000
"""A0 at 300 dots per inch; larger ones would not fit in the memory of a child."""
_MOST_MOVING = 20
_FORMATS = ("PNG", "JPEG", "TIFF", "GIF", "WEBP", "BMP", "JPEG2000")
_PHOTOS = frozenset({"WEBP", "JPEG2000"})
_MOVING = frozenset({"GIF", "WEBP", "PNG"})
_ORIENTATION = 274
_BAD = (
    OSError,
    SyntaxError,
    ValueError,
    TypeError,
    KeyError,
    IndexError,
    AttributeError,
    OverflowError,
    EOFError,
    ZeroDivisionError,
    RuntimeError,
    struct.error,
    zlib.error,
)


def read(request: Request) -> Iterator[Answer]:
    """Give a page without text for each frame, and the PDF that shows them. Nothing of Exif, XMP or place goes along.

    Raises:
        Refusal: damaged_image, image_too_large, too_many_pages.
    """
    yield from _Reading(request.files[0]).answers(most=request.number("pages"))


@dataclass(slots=True)
class _Reading:
    """One picture file while it is read."""

    _file: BinaryIO
    _pages: ImagePages = field(default_factory=ImagePages)
    _warnings: list[str] = field(default_factory=list)
    _image: Image.Image | None = None
    """Stays open from frame to frame, since each is found by way of those before it."""

    def answers(self, *, most: int) -> Iterator[Answer]:
        Image.MAX_IMAGE_PIXELS = None  # looked at by ourselves, for each frame
        frames = self._frames()
        if frames > most:
            raise Refusal("too_many_pages")
        codes = []
        for number in range(frames):
            code = self._frame(number)
            codes.append(code)
            yield (
                (
                    {"page": number + 1, "image": True}
                    if code is None
                    else {"page": number + 1, "error": code}
                ),
                b"",
            )
        if all(codes):
            raise Refusal(codes[0] or "damaged_image")
        for warning in dict.fromkeys(self._warnings):
            yield {"warning": warning}, b""
        yield from self._pages.answers()

    def _frames(self) -> int:
        """How many frames to show: of a moving picture that is no small one, the first."""
        try:
            image = self._opened()
            count = getattr(image, "n_frames", 1) if image.format != "MPO" else 1
            if image.format in _MOVING and count > _MOST_MOVING:
                self._warnings.append("frames_left_out")
                return 1
            return max(int(count), 1)
        except _BAD as error:
            raise Refusal("damaged_image") from error

    def _frame(self, number: int) -> str | None:
        """Put a frame on its page; the code of what stops it."""
        try:
            if self._put(number):
                return None
            code = "image_too_large"
        except MemoryError:
            self._image, code = None, "image_memory"
        except _BAD:
            code = "damaged_image" if self._rescued(number) is None else ""
        if code:
            self._pages.add_blank()
        return code or None

    def _rescued(self, number: int) -> bool | None:
        """Show what is there of a picture that was cut off."""
        ImageFile.LOAD_TRUNCATED_IMAGES = True
        self._image = None
        try:
            self._put(number, whole=False)
        except _BAD:
            return None
        finally:
            ImageFile.LOAD_TRUNCATED_IMAGES = False
            self._image = None
        self._warnings.append("image_cut")
        return True

    def _put(self, number: int, *, whole: bool = True) -> bool:
        """Put a frame on its page; False when it is too large."""
        image = self._opened()
        if number:
            image.seek(number)
        if image.width * image.height > _MOST_PIXELS:
            return False
        image.load()
        orientation = _orientation(image)
        dpi = _dpi(image)
        if whole and image.format in ("JPEG", "MPO"):
            self._file.seek(0)
            jpeg = picture_of(self._file.read())
            if jpeg is not None:
                self._pages.add_jpeg(jpeg, dpi=dpi, orientation=orientation)
                return True
        photo = image.format in _PHOTOS or not whole
        self._pages.add(_plain(image), dpi=dpi, orientation=orientation, photo=photo)
        return True

    def _opened(self) -> Image.Image:
        if self._image is None:
            self._file.seek(0)
            self._image = Image.open(self._file, formats=_FORMATS)
        return self._image


def _plain(image: Image.Image) -> Image.Image:
    """The picture in black and white, grey or colour, on white where it is transparent, 8 bits deep."""
    if image.mode.startswith("I;16") or image.mode in ("I", "F"):
        return _eight_bits(image)
    if image.mode in ("1", "L", "RGB") and "transparency" not in image.info:
        return image
    if image.mode in ("LA", "La", "PA", "RGBA", "RGBa") or "transparency" in image.info:
        shown = image.convert("RGBA")
        ground = Image.new("RGB", image.size, "white")
        ground.paste(shown, mask=shown.getchannel("A"))
        return ground
    return image.convert("RGB")


def _eight_bits(image: Image.Image) -> Image.Image:
    """Deep grey made 8 bits deep: 16 bits by their upper half, numbers of another range stretched from black to white."""
    deep = image.convert("F")
    low, high = _range(deep)
    if image.mode != "F" and low >= 0 and high <= 0xFFFF:
        low, high = 0.0, 65_535.0 if image.mode.startswith("I;16") or high > 255 else 255.0
    scale = 255.0 / (high - low) if high > low else 1.0
    return deep.point(lambda value: value * scale + -low * scale).convert("L")


def _range(image: Image.Image) -> tuple[float, float]:
    low, high = image.getextrema()
    if isinstance(low, tuple) or isinstance(high, tuple):
        return 0.0, 255.0
    return float(low), float(high)


def _orientation(image: Image.Image) -> int:
    try:
        return int(image.getexif().get(_ORIENTATION, 1))
    except _BAD:
        return 1


def _dpi(image: Image.Image) -> tuple[float, float]:
    try:
        across, down = image.info["dpi"]
        return float(across), float(down)
    except _BAD:
        return 0.0, 0.0
