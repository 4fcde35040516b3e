"""Take from a JPEG what is not the picture: place and time of the photo, its small copy, remarks (ITU-T T.81, annex B)."""

from collections.abc import Iterator
from dataclasses import dataclass

_SOI, _EOI, _SOS = 0xD8, 0xD9, 0xDA
_KEPT_APPS = frozenset({0xE0, 0xEE})
"""APP0 (JFIF) and APP14 (Adobe) say how colours are written; APP1 holds Exif and XMP, the others more of that."""
_COMMENT = 0xFE
_FRAMES = frozenset({0xC0, 0xC1, 0xC2})
"""Baseline, extended and progressive frames: the ones that a PDF may hold (ISO 32000-1, 7.4.8)."""
_ALONE = frozenset({0x01, *range(0xD0, 0xD8)})


@dataclass(frozen=True, slots=True)
class Jpeg:
    """The picture alone; `components` is 1 (grey), 3 or 4 (CMYK), `has_adobe` whether CMYK is written upside down."""

    content: bytes
    width: int
    height: int
    components: int
    has_adobe: bool


def picture_of(content: bytes) -> Jpeg | None:
    """Give the picture as it is, without what goes with it; None for a kind of JPEG that a PDF may not hold."""
    kept = bytearray(b"\xff\xd8")
    frame: tuple[int, int, int] | None = None
    has_adobe = False
    for marker, segment in _segments(content):
        if marker in _FRAMES and len(segment) >= 10 and segment[4] == 8:
            frame = (
                int.from_bytes(segment[7:9], "big"),
                int.from_bytes(segment[5:7], "big"),
                segment[9],
            )
        if marker == 0xEE and segment[4:9] == b"Adobe":
            has_adobe = True
        if (0xE0 <= marker <= 0xEF and marker not in _KEPT_APPS) or marker == _COMMENT:
            continue
        kept += segment
    if frame is None or frame[2] not in (1, 3, 4) or not frame[0] or not frame[1]:
        return None
    return Jpeg(bytes(kept), *frame, has_adobe)


def _segments(content: bytes) -> Iterator[tuple[int, bytes]]:
    """Give each marker with its segment up to the end of the first picture; a scan takes its data with it."""
    at = 2
    while at + 2 <= len(content):
        if content[at] != 0xFF:
            return
        marker = content[at + 1]
        if marker == 0xFF:
            at += 1
            continue
        if marker == _EOI:
            yield marker, content[at : at + 2]
            return
        end = at + 2 if marker in _ALONE else at + 2 + int.from_bytes(content[at + 2 : at + 4], "big")
        if marker == _SOS:
            end = _end_of_scan(content, end)
        yield marker, content[at:end]
        at = end


def _end_of_scan(content: bytes, at: int) -> int:
    """Where the data of a scan ends: at the next marker that is no filler and no restart."""
    while (at := content.find(b"\xff", at)) >= 0 and at + 1 < len(content):
        following = content[at + 1]
        if following and following not in _ALONE and following != 0xFF:
            return at
        at += 1 if following == 0xFF else 2
    return len(content)
