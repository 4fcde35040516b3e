"""Small PDFs that lie, explode or break, each written by code."""

import io
import struct
import zlib
from collections.abc import Sequence

import pikepdf

HELVETICA = b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>"


def assemble(objects: Sequence[bytes], *, trailer: bytes = b"") -> bytes:
    """Write the objects, numbered from 1, with a correct cross-reference table; object 1 is the catalog."""
    written = bytearray(b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n")
    offsets = []
    for number, content in enumerate(objects, 1):
        offsets.append(len(written))
        written += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    start = len(written)
    written += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    for offset in offsets:
        written += b"%010d 00000 n \n" % offset
    written += b"trailer<</Size %d/Root 1 0 R%s>>\nstartxref\n%d\n%%%%EOF\n" % (
        len(objects) + 1,
        trailer,
        start,
    )
    return bytes(written)


def stream(content: bytes, entries: bytes = b"") -> bytes:
    return b"<</Length %d%s>>stream\n%s\nendstream" % (len(content), entries, content)


def line(text: str, *, x: float = 72, y: float = 700, size: float = 12) -> bytes:
    shown = text.encode("cp1252").replace(b"\\", b"\\\\").replace(b"(", b"\\(").replace(b")", b"\\)")
    return b"BT /F %g Tf 1 0 0 1 %g %g Tm (%s) Tj ET\n" % (size, x, y, shown)


def document(
    *contents: bytes,
    page: bytes = b"/MediaBox[0 0 595 842]",
    extra: Sequence[bytes] = (),
    resources: bytes = b"",
    count: int | None = None,
) -> bytes:
    """Write one page per content stream; `page` goes into each page dictionary, `extra` objects begin at number 4."""
    first = 4 + len(extra)
    kids = b" ".join(b"%d 0 R" % (first + 2 * index) for index in range(len(contents)))
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[%s]/Count %d>>" % (kids, len(contents) if count is None else count),
        HELVETICA,
        *extra,
    ]
    for content in contents:
        objects.append(
            b"<</Type/Page/Parent 2 0 R%s/Contents %d 0 R/Resources<</Font<</F 3 0 R>>%s>>>>"
            % (page, len(objects) + 2, resources)
        )
        objects.append(content if content.startswith(b"<<") else stream(content))
    return assemble(objects)


def letter(*lines: str) -> bytes:
    return document(b"".join(line(text, y=700 - 20 * index) for index, text in enumerate(lines)))


def report(pages: int) -> bytes:
    return document(*(line(f"Bladzijde {number}") for number in range(1, pages + 1)))


def described(*, info: bytes = b"", language: bytes = b"", xmp: bytes = b"") -> bytes:
    """Write a page with document information, a catalog language and an XMP packet."""
    objects = [
        b"<</Type/Catalog/Pages 2 0 R"
        + (b"/Lang(%s)" % language if language else b"")
        + b"/Metadata 6 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources<</Font<</F 5 0 R>>>>>>",
        stream(line("tekst")),
        HELVETICA,
        stream(xmp, b"/Type/Metadata/Subtype/XML") if xmp else b"null",
        b"<<%s>>" % info,
    ]
    return assemble(objects, trailer=b"/Info 7 0 R")


def blanks(mebibytes: int) -> bytes:
    """Write a content stream that is small on disk and `mebibytes` of blanks in memory."""
    packer = zlib.compressobj(9)
    start = packer.compress(b" " * 2**20) + packer.flush(zlib.Z_FULL_FLUSH)
    again = packer.compress(b" " * 2**20) + packer.flush(zlib.Z_FULL_FLUSH)  # a block that may be repeated
    return stream(start + again * (mebibytes - 1), b"/Filter/FlateDecode")


def bomb(mebibytes: int) -> bytes:
    return document(blanks(mebibytes))


def form_bomb(levels: int, *, slow: int = 1) -> bytes:
    """Write a page, `slow` pages that draw a form that draws a form twice, and so on, and a last page."""
    forms = [
        stream(
            b"/X Do /X Do" if level < levels - 1 else b"0 0 1 1 re f",
            b"/Type/XObject/Subtype/Form/BBox[0 0 595 842]/Resources<</XObject<</X %d 0 R>>>>" % (level + 5),
        )
        for level in range(levels)
    ]
    slow_pages = [b"/X Do"] * slow
    return document(line("een"), *slow_pages, line("drie"), extra=forms, resources=b"/XObject<</X 4 0 R>>")


def bomb_between(before: str, mebibytes: int, after: str) -> bytes:
    """Write three pages of which the second is a bomb."""
    return document(line(before), blanks(mebibytes), line(after))


def many_objects(count: int) -> bytes:
    """Write a page that draws `count` letters one by one, all over the page."""
    drawn = b"".join(
        b"1 0 0 1 %d %d Tm (x) Tj\n" % (index * 7 % 590, index * 13 % 840) for index in range(count)
    )
    return document(stream(zlib.compress(b"BT /F 8 Tf\n" + drawn + b"ET"), b"/Filter/FlateDecode"))


def page_tree_loop() -> bytes:
    """Write a page tree whose root is its own child, a million times over by its own word."""
    return assemble(
        [
            b"<</Type/Catalog/Pages 2 0 R>>",
            b"<</Type/Pages/Kids[2 0 R 2 0 R]/Count 1000000>>",
        ]
    )


def nested(depth: int) -> bytes:
    """Write a page with an array in an array in an array."""
    return document(line("diep"), page=b"/MediaBox[0 0 595 842]/Diep " + b"[" * depth + b"]" * depth)


def nested_pages(depth: int) -> bytes:
    """Write a page tree of `depth` levels with one page at the bottom."""
    objects = [b"<</Type/Catalog/Pages 2 0 R>>"]
    for number in range(2, depth + 2):
        objects.append(b"<</Type/Pages/Kids[%d 0 R]/Count 1/Parent %d 0 R>>" % (number + 1, number - 1))
    objects.append(b"<</Type/Page/Parent %d 0 R/MediaBox[0 0 595 842]>>" % (depth + 1))
    return assemble(objects)


def with_image(data: bytes, entries: bytes) -> bytes:
    """Write a page that shows one image, without text."""
    image = stream(data, b"/Type/XObject/Subtype/Image" + entries)
    return document(b"q 500 0 0 700 40 70 cm /I Do Q", extra=[image], resources=b"/XObject<</I 4 0 R>>")


def grey_image() -> bytes:
    return with_image(b"\x80" * 64, b"/Width 8/Height 8/ColorSpace/DeviceGray/BitsPerComponent 8")


def many_images(count: int, *, words: str) -> bytes:
    """Write a page of two: `count` images and no text; and a page with these words."""
    image = stream(
        b"\x80" * 64,
        b"/Type/XObject/Subtype/Image/Width 8/Height 8/ColorSpace/DeviceGray/BitsPerComponent 8",
    )
    drawn = b"".join(b"q 9 0 0 9 %d %d cm /I Do Q\n" % (n % 60 * 9, n // 60 % 90 * 9) for n in range(count))
    return document(drawn, line(words), extra=[image], resources=b"/XObject<</I 4 0 R>>")


def jpx_bomb(side: int) -> bytes:
    """Write an image whose JPEG 2000 header claims `side` by `side` pixels and holds none."""
    size = struct.pack(">HIIIIIIIIH", 0, side, side, 0, 0, side, side, 0, 0, 3) + b"\x07\x01\x01" * 3
    code = b"\x00\x00\x00\x01\x01" + b"\x05\x04\x04\x00\x01"
    quantization = b"\x40" + b"\x40" * 16
    segments = b"".join(
        marker + struct.pack(">H", len(body) + 2) + body
        for marker, body in ((b"\xff\x51", size), (b"\xff\x52", code), (b"\xff\x5c", quantization))
    )
    tile = b"\xff\x90" + struct.pack(">HHIBB", 10, 0, 0, 0, 1) + b"\xff\x93" + b"\x00" * 64
    entries = b"/Width %d/Height %d/Filter/JPXDecode" % (side, side)
    return with_image(b"\xff\x4f" + segments + tile + b"\xff\xd9", entries)


def jbig2_bomb(side: int) -> bytes:
    """Write an image whose JBIG2 page is `side` by `side` pixels with a region as large."""
    page = struct.pack(">IIIIBH", side, side, 0, 0, 0, 0)
    region = struct.pack(">IIIIB", side, side, 0, 0, 0) + b"\x08" + b"\x00" * 64
    data = b"".join(
        struct.pack(">IBBBI", number, kind, 0, 1, len(body)) + body
        for number, (kind, body) in enumerate(((48, page), (38, region)))
    )
    entries = b"/Width %d/Height %d/ColorSpace/DeviceGray/BitsPerComponent 1/Filter/JBIG2Decode" % (
        side,
        side,
    )
    return with_image(data, entries)


def flate_image_bomb(side: int) -> bytes:
    """Write an image of `side` by `side` pixels, all grey, packed to a thousandth."""
    packer = zlib.compressobj(9)
    row = b"\x80" * side
    data = b"".join(packer.compress(row) for _ in range(side)) + packer.flush()
    entries = b"/Width %d/Height %d/ColorSpace/DeviceGray/BitsPerComponent 8/Filter/FlateDecode" % (
        side,
        side,
    )
    return with_image(data, entries)


def encrypted(*, user: str, owner: str, revision: int = 6) -> bytes:
    """Write a letter that is encrypted: RC4 below revision 4, AES-256 at revision 6."""
    written = io.BytesIO()
    with pikepdf.open(io.BytesIO(letter("geheim"))) as pdf:
        protection = pikepdf.Encryption(
            user=user, owner=owner, R=revision, aes=revision >= 4, metadata=revision >= 4
        )
        pdf.save(written, encryption=protection)
    return written.getvalue()


def broken_xref() -> bytes:
    """Write a report whose cross-reference table points nowhere."""
    whole = report(3)
    start = whole.index(b"xref\n0")
    return (
        whole[:start]
        + b"xref\n0 2\n0000000000 65535 f \n0000999999 00000 n \n"
        + whole[whole.index(b"trailer") :]
    )


def without_trailer() -> bytes:
    """Write a report of which the end is missing: table, trailer and all."""
    whole = report(3)
    return whole[: whole.index(b"xref\n0")]


def truncated(share: float = 0.9) -> bytes:
    """Write the first part of a report of 40 pages; at 0.9 only its cross-reference table is lost."""
    whole = report(40)
    return whole[: int(len(whole) * share)]


def packed_and_truncated() -> bytes:
    """Write half of a linearised report of 40 pages: its table says 40, its pages are half gone."""
    written = io.BytesIO()
    with pikepdf.open(io.BytesIO(report(40))) as pdf:
        pdf.save(written, linearize=True, object_stream_mode=pikepdf.ObjectStreamMode.generate)
    return written.getvalue()[: len(written.getvalue()) // 2]


def wrong_root() -> bytes:
    """Write a report whose trailer points at a font instead of the catalog."""
    return report(2).replace(b"/Root 1 0 R", b"/Root 3 0 R")


def missing_page() -> bytes:
    """Write three pages of which the second is not there."""
    return report(3).replace(b"/Kids[4 0 R 6 0 R 8 0 R]", b"/Kids[4 0 R 99 0 R 8 0 R]")


def to_unicode(mapping: dict[str, str], shown: str) -> bytes:
    """Write a page whose letters mean other characters, by a ToUnicode table of UTF-16 in hexadecimal."""
    pairs = b"".join(b"<%02x> <%s>\n" % (ord(key), value.encode()) for key, value in mapping.items())
    table = (
        b"/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName /X def /CMapType 2 def\n"
        b"1 begincodespacerange <00> <FF> endcodespacerange\n%d beginbfchar\n%sendbfchar endcmap end end"
        % (len(mapping), pairs)
    )
    return assemble(
        [
            b"<</Type/Catalog/Pages 2 0 R>>",
            b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
            b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources<</Font<</F 5 0 R>>>>>>",
            stream(line(shown)),
            HELVETICA[:-2] + b"/ToUnicode 6 0 R>>",
            stream(table),
        ]
    )
