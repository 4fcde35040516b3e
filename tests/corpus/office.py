"""Office files made by hand: zips of XML, and compound files with records, about bodies and people that do not exist."""

import io
import struct
import zipfile
from collections.abc import Mapping

_W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
_R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_FREE, _END, _FAT = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD


def zipped(parts: Mapping[str, bytes | str], *, stored: bool = False) -> bytes:
    """Put parts in a zip, in this order."""
    written = io.BytesIO()
    how = zipfile.ZIP_STORED if stored else zipfile.ZIP_DEFLATED
    with zipfile.ZipFile(written, "w", how) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return written.getvalue()


def changed(content: bytes, name: str, part: bytes) -> bytes:
    """Give a zip with another content for one of its parts, or with that part added."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        parts = {info.filename: archive.read(info) for info in archive.infolist()}
    return zipped({**parts, name: part})


def part_of(content: bytes, name: str) -> bytes:
    """Give a part of a zip."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return archive.read(name)


def docx(body: str, *, namespace: str = _W, **parts: str) -> bytes:
    """Make a docx of the XML in its body; further parts are named by the kind of their relation (`comments`)."""
    relations = "".join(
        f'<Relationship Id="r{kind}" Type="{_R}/{kind}" Target="{kind}.xml"/>' for kind in parts
    )
    root = "http://schemas.openxmlformats.org/package/2006/relationships"
    main = f'<Relationship Id="r1" Type="{_R}/officeDocument" Target="word/document.xml"/>'
    return zipped(
        {
            "[Content_Types].xml": "<Types/>",
            "_rels/.rels": f'<Relationships xmlns="{root}">{main}</Relationships>',
            "word/document.xml": f"<w:document {namespace}><w:body>{body}</w:body></w:document>",
            "word/_rels/document.xml.rels": f'<Relationships xmlns="{root}">{relations}</Relationships>',
            **{f"word/{kind}.xml": f"<w:{kind} {namespace}>{xml}</w:{kind}>" for kind, xml in parts.items()},
        }
    )


def paragraph(text: str) -> str:
    return f"<w:p><w:r><w:t>{text}</w:t></w:r></w:p>"


def ole(streams: Mapping[str, bytes]) -> bytes:
    """Make a compound file ([MS-CFB]) with these streams; each is filled up with zeros to at least 4,096 bytes."""
    sectors: list[bytes] = []
    chains: list[int] = []
    entries = [_entry("Root Entry", 5, _END, 0, child=1 if streams else _FREE)]
    for index, (name, content) in enumerate(streams.items(), start=1):
        content = content.ljust(4096, b"\0")
        count = -(-len(content) // 512)
        start = len(sectors)
        sectors += [content[at : at + 512].ljust(512, b"\0") for at in range(0, len(content), 512)]
        chains += [*range(start + 1, start + count), _END]
        entries.append(
            _entry(name, 2, start, len(content), right=index + 1 if index < len(streams) else _FREE)
        )
    entries += [bytes(128)] * (-len(entries) % 4)
    directory = len(sectors)
    sectors += [b"".join(entries[at : at + 4]) for at in range(0, len(entries), 4)]
    chains += [*range(directory + 1, len(sectors)), _END]
    tables = 1
    while (len(chains) + tables) > tables * 128:
        tables += 1
    first_table = len(sectors)
    chains += [_FAT] * tables
    table = struct.pack(f"<{len(chains)}I", *chains).ljust(tables * 512, b"\xff")
    places = [*range(first_table, first_table + tables)]
    header = struct.pack(
        "<8s16sHHHHH6xII", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"", 62, 3, 0xFFFE, 9, 6, 0, tables
    )
    header += struct.pack("<IIIIIII", directory, 0, 4096, _END, 0, _END, 0)
    header += struct.pack("<109I", *places, *[_FREE] * (109 - tables))
    return header + b"".join(sectors) + table


def _entry(name: str, kind: int, start: int, size: int, *, child: int = _FREE, right: int = _FREE) -> bytes:
    raw = name.encode("utf-16-le") + b"\0\0"
    head = struct.pack("<64sHBBIII", raw, len(raw), kind, 1, _FREE, right, child)
    return (head + bytes(36) + struct.pack("<IQ", start, size)).ljust(128, b"\0")


def summary(properties: Mapping[int, str | int], *, codepage: int = 1252, count: int | None = None) -> bytes:
    """Make a SummaryInformation stream of texts and moments (as FILETIME); `count` says how many where that is a lie."""
    values: dict[int, bytes] = {1: struct.pack("<IHH", 2, codepage, 0)}
    for identity, value in properties.items():
        if isinstance(value, int):
            values[identity] = struct.pack("<IQ", 64, value)
        else:
            raw = value.encode(f"cp{codepage}") + b"\0"
            values[identity] = struct.pack("<II", 30, len(raw)) + raw + bytes(-len(raw) % 4)
    at = 8 + 8 * len(values)
    places = b""
    for identity, value in values.items():
        places += struct.pack("<II", identity, at)
        at += len(value)
    section = (
        struct.pack("<II", at, len(values) if count is None else count) + places + b"".join(values.values())
    )
    return struct.pack("<HHI16sI16sI", 0xFFFE, 0, 0, b"", 1, b"", 48) + section


def doc(
    pieces: list[tuple[str, bool]],
    *,
    counts: tuple[int, ...] = (),
    version: int = 0xC1,
    flags: int = 1 << 9,
    deleted: str = "",
    mark: int = 0x0800,
    about: bytes = b"",
) -> bytes:
    """Make a doc of pieces of text, each stored in one byte a character (True) or in two.

    Args:
        pieces: The text, in the order of its parts.
        counts: Characters of running text, notes, headers, an unused part, comments, end notes, boxes and boxes in headers.
        version: `nFib`.
        flags: The flags at 0x0A; by default the table is in `1Table`.
        deleted: Which part of the text gets a mark of formatting.
        mark: The mark, by default that it was deleted with tracking.
        about: The SummaryInformation stream.
    """
    text = "".join(piece for piece, _narrow in pieces)
    document = bytearray(4096)
    struct.pack_into("<HH", document, 0, 0xA5EC, version)
    struct.pack_into("<H", document, 0x0A, flags)
    struct.pack_into("<8I", document, 0x4C, *(*(counts or (len(text),)), *[0] * 8)[:8])
    bounds, places, at = [0], b"", 0
    marked: tuple[int, int] | None = None
    for piece, narrow in pieces:
        raw = piece.encode("cp1252" if narrow else "utf-16-le")
        offset = len(document)
        if deleted and deleted in piece:
            width = 1 if narrow else 2
            begin = offset + piece.index(deleted) * width
            marked = (begin, begin + len(deleted) * width)
        places += struct.pack("<HIH", 0, offset * 2 | 1 << 30 if narrow else offset, 0)
        document += raw + bytes(len(raw) % 2)
        at += len(piece)
        bounds.append(at)
    plc = struct.pack(f"<{len(bounds)}I", *bounds) + places
    clx = b"\x01\x02\x00\xaa\xbb" + struct.pack("<BI", 2, len(plc)) + plc
    table = bytearray(clx)
    struct.pack_into("<2I", document, 0x1A2, 0, len(clx))
    if marked is not None:
        _add_formatting(document, table, marked, mark)
    streams = {"WordDocument": bytes(document), "1Table" if flags & 1 << 9 else "0Table": bytes(table)}
    return ole({**streams, "\x05SummaryInformation": about})


def _add_formatting(document: bytearray, table: bytearray, marked: tuple[int, int], mark: int) -> None:
    """Add a formatting page (ChpxFkp) that marks one range."""
    document += bytes(-len(document) % 512)
    page = bytearray(512)
    struct.pack_into("<4I", page, 0, 4096, marked[0], marked[1], len(document))
    page[16:19] = bytes((0, 200, 0))
    page[400:404] = struct.pack("<BHB", 3, mark, 1)
    page[511] = 3
    struct.pack_into("<2I", document, 0xFA, len(table), 12)
    table += struct.pack("<3I", 4096, len(document), len(document) // 512)
    document += page


def record(kind: int, body: bytes, *, container: bool = False, instance: int = 0) -> bytes:
    """Make a record of PowerPoint ([MS-PPT], 2.3.1)."""
    return struct.pack("<HHI", instance << 4 | (0xF if container else 0), kind, len(body)) + body


def ppt(slides: list[bytes], notes: Mapping[int, str], *, dead: bytes = b"", locked: bool = False) -> bytes:
    """Make a ppt: the inside of each slide, and notes by the number of their slide; `dead` is not in its list."""
    tops = [record(1006, slide, container=True) for slide in slides]
    tops += [
        record(1008, record(1009, struct.pack("<I4x", 256 + number)) + words(text), container=True)
        for number, text in notes.items()
    ]
    listed = b"".join(record(1011, struct.pack("<5I", i + 2, 0, 0, 256 + i, 0)) for i in range(len(slides)))
    noted = b"".join(
        record(1011, struct.pack("<5I", len(slides) + i + 2, 0, 0, 300 + i, 0)) for i in range(len(notes))
    )
    document = record(
        1000,
        record(4080, listed, container=True) + record(4080, noted, container=True, instance=2),
        container=True,
    )
    content, offsets = dead, []
    for top in (document, *tops):
        offsets.append(len(content))
        content += top
    places = len(content)
    content += record(
        6002, struct.pack("<I", len(offsets) << 20 | 1) + struct.pack(f"<{len(offsets)}I", *offsets)
    )
    edit = len(content)
    content += record(4085, struct.pack("<IIIII8x", 0, 0, 0, places, 1))
    token = 0xF3D1C4DF if locked else 0xE391C05F
    user = record(4086, struct.pack("<III", 20, token, edit))
    return ole({"Current User": user, "PowerPoint Document": content})


def words(text: str) -> bytes:
    """Make an atom of text for a slide."""
    return record(4000, text.encode("utf-16-le"))


def xls(
    sheets: Mapping[str, list[list[str | float]]],
    *,
    hidden: tuple[str, ...] = (),
    locked: bool = False,
    remark: str = "",
    header: str = "",
) -> bytes:
    """Make an xls (BIFF8) of texts and numbers; every sheet gets the header, and the remark in a shape."""

    def biff(kind: int, body: bytes) -> bytes:
        return struct.pack("<HH", kind, len(body)) + body

    def begin(kind: int) -> bytes:
        return biff(0x0809, struct.pack("<HHHHII", 0x0600, kind, 0, 0, 0, 0))

    def label(text: str) -> bytes:
        return struct.pack("<HB", len(text), 1) + text.encode("utf-16-le")

    bodies = []
    for rows in sheets.values():
        body = begin(0x10)
        for r, row in enumerate(rows):
            for c, value in enumerate(row):
                place = struct.pack("<HHH", r, c, 0)
                if isinstance(value, str):
                    body += biff(0x0204, place + label(value))
                else:
                    body += biff(0x0203, place + struct.pack("<d", value))
        if header:
            body += biff(0x14, label(header))
        if remark:
            body += begin(0x20) + biff(0x0A, b"")
            body += biff(0x1B6, struct.pack("<10xHHI", len(remark), 16, 0))
            body += biff(0x3C, b"\0" + remark.encode("latin-1"))
        bodies.append(body + biff(0x0A, b""))
    head = begin(0x05) + (biff(0x2F, bytes(54)) if locked else b"") + biff(0x42, struct.pack("<H", 1200))
    about = [(name, struct.pack("<BB", len(name), 1) + name.encode("utf-16-le")) for name in sheets]
    size = len(head) + sum(4 + 6 + len(raw) for _name, raw in about) + 4
    for (name, raw), body in zip(about, bodies, strict=True):
        head += biff(0x85, struct.pack("<IBB", size, int(name in hidden), 0) + raw)
        size += len(body)
    return ole({"Workbook": head + biff(0x0A, b"") + b"".join(bodies)})
