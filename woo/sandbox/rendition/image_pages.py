"""Put pictures on the pages of a PDF, each as large as it says to be, as small in bytes as it can be without loss."""

import io
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field

import pikepdf
from pikepdf import Array, Dictionary, Name, Pdf, Stream
from PIL import Image

from woo.sandbox.rendition.jpeg import Jpeg
from woo.sandbox.rendition.parts import rendition_parts
from woo.sandbox.task import Answer

_POINTS = 72.0
_USUAL_DPI = 200.0
_LEAST_DPI, _MOST_DPI = 100.0, 2400.0
_MOST_POINTS, _LEAST_POINTS = 14_000.0, 3.0
"""Sides of a page (ISO 32000-1, annex C: 3 to 14,400)."""
_BLANK = (595.0, 842.0)
_MATRICES = {
    1: (1, 0, 0, 1, 0, 0),
    2: (-1, 0, 0, 1, 1, 0),
    3: (-1, 0, 0, -1, 1, 1),
    4: (1, 0, 0, -1, 0, 1),
    5: (0, -1, -1, 0, 1, 1),
    6: (0, -1, 1, 0, 0, 1),
    7: (0, 1, 1, 0, 0, 0),
    8: (0, 1, -1, 0, 1, 0),
}
"""How the unit square is turned for each orientation (TIFF 6.0 and Exif, tag 274)."""
_TURNED = frozenset({5, 6, 7, 8})


@dataclass(slots=True)
class ImagePages:
    """One PDF in the making; pictures are written as they come."""

    _pdf: Pdf = field(default_factory=Pdf.new)

    def add(self, picture: Image.Image, *, dpi: tuple[float, float], orientation: int, photo: bool) -> None:
        """Add a picture of mode 1, L or RGB; a photo that was stored with loss is stored so again."""
        if photo and picture.mode != "1":
            written = io.BytesIO()
            picture.save(written, "JPEG", quality=92)
            content, entries = written.getvalue(), Dictionary(Filter=Name.DCTDecode)
        elif picture.mode == "1" and (fax := _fax(picture)) is not None:
            parameters = Dictionary(K=-1, Columns=picture.width, Rows=picture.height, BlackIs1=True)
            content, entries = fax, Dictionary(Filter=Name.CCITTFaxDecode, DecodeParms=parameters)
        else:
            content, entries = _lossless(picture)
        colours = Name.DeviceRGB if picture.mode == "RGB" else Name.DeviceGray
        bits = 1 if picture.mode == "1" else 8
        self._place(content, entries, colours, size=picture.size, dpi=dpi, orientation=orientation, bits=bits)

    def add_jpeg(self, jpeg: Jpeg, *, dpi: tuple[float, float], orientation: int) -> None:
        """Add a JPEG as it is."""
        entries = Dictionary(Filter=Name.DCTDecode)
        colours = {1: Name.DeviceGray, 3: Name.DeviceRGB, 4: Name.DeviceCMYK}[jpeg.components]
        if jpeg.components == 4 and jpeg.has_adobe:
            entries.Decode = Array([1, 0] * 4)
        size = (jpeg.width, jpeg.height)
        self._place(jpeg.content, entries, colours, size=size, dpi=dpi, orientation=orientation)

    def add_blank(self) -> None:
        """Add an empty page, for a picture that could not be read: the others keep their numbers."""
        self._add_page(b"", Dictionary(), _BLANK)

    def answers(self) -> Iterator[Answer]:
        """Give the PDF in parts."""
        written = io.BytesIO()
        self._pdf.save(written, deterministic_id=True)
        yield from rendition_parts(written)

    def _place(
        self,
        content: bytes,
        entries: Dictionary,
        colours: Name,
        *,
        size: tuple[int, int],
        dpi: tuple[float, float],
        orientation: int,
        bits: int = 8,
    ) -> None:
        image = Stream(self._pdf, content)
        for key, value in {
            "/Type": Name.XObject,
            "/Subtype": Name.Image,
            "/Width": size[0],
            "/Height": size[1],
            "/ColorSpace": colours,
            "/BitsPerComponent": bits,
            **dict(entries.items()),
        }.items():
            image[key] = value
        width, height = page_size(size, dpi)
        if orientation in _TURNED:
            width, height = height, width
        a, b, c, d, e, f = _MATRICES.get(orientation, _MATRICES[1])
        placed = (a * width, b * height, c * width, d * height, e * width, f * height)
        drawn = "q " + " ".join(f"{number:.4f}" for number in placed) + " cm /Im0 Do Q"
        resources = Dictionary(XObject=Dictionary(Im0=self._pdf.make_indirect(image)))
        self._add_page(drawn.encode("ascii"), resources, (width, height))

    def _add_page(self, content: bytes, resources: Dictionary, size: tuple[float, float]) -> None:
        page = Dictionary(
            Type=Name.Page,
            MediaBox=Array([0, 0, round(size[0], 2), round(size[1], 2)]),
            Resources=resources,
            Contents=self._pdf.make_indirect(Stream(self._pdf, content)),
        )
        self._pdf.pages.append(pikepdf.Page(self._pdf.make_indirect(page)))


def page_size(size: tuple[int, int], dpi: tuple[float, float]) -> tuple[float, float]:
    """How large a picture is on paper, in points; within what a page may be, in its own proportions."""
    across, down = (each if _LEAST_DPI <= each <= _MOST_DPI else _USUAL_DPI for each in dpi)
    width, height = size[0] * _POINTS / across, size[1] * _POINTS / down
    scale = min(1.0, _MOST_POINTS / max(width, height))
    return max(width * scale, _LEAST_POINTS), max(height * scale, _LEAST_POINTS)


def _lossless(picture: Image.Image) -> tuple[bytes, Dictionary]:
    """The rows as PNG packs them, which a PDF can hold (ISO 32000-1, 7.4.4.4)."""
    written = io.BytesIO()
    picture.save(written, "PNG")
    content = b"".join(_png_data(written.getvalue()))
    parameters = Dictionary(
        Predictor=15,
        Colors=3 if picture.mode == "RGB" else 1,
        BitsPerComponent=1 if picture.mode == "1" else 8,
        Columns=picture.width,
    )
    return content, Dictionary(Filter=Name.FlateDecode, DecodeParms=parameters)


def _png_data(content: bytes) -> Iterator[bytes]:
    at = 8
    while at + 8 <= len(content):
        length = int.from_bytes(content[at : at + 4], "big")
        if content[at + 4 : at + 8] == b"IDAT":
            yield content[at + 8 : at + 8 + length]
        at += 12 + length


def _fax(picture: Image.Image) -> bytes | None:
    """The picture as one strip of CCITT group 4; None where this machine's library cannot do that."""
    written = io.BytesIO()
    try:
        picture.save(written, "TIFF", compression="group4", tiffinfo={278: picture.height})
        with Image.open(io.BytesIO(written.getvalue())) as stored:
            tags = stored.tag_v2  # type: ignore[attr-defined]
            offsets, lengths, black_is_zero = tags[273], tags[279], tags.get(262) == 1
    except (OSError, KeyError, ValueError, RuntimeError, zlib.error):
        return None
    if len(offsets) != 1 or not black_is_zero:
        return None
    return written.getvalue()[offsets[0] : offsets[0] + lengths[0]]
