"""Read a doc of Word 97 to 2003 through its piece table, and the plain text of one of Word 6 and 95."""

import re
import struct
from collections.abc import Iterator
from dataclasses import dataclass

from woo.sandbox.office.blocks import Block, number_parts, warned
from woo.sandbox.office.doc_runs import Runs, read_runs
from woo.sandbox.office.flow import PAGE_BREAK
from woo.sandbox.office.ole import opened, stream
from woo.sandbox.office.ole_summary import summary
from woo.sandbox.task import Answer, Refusal, Request

_IDENT = 0xA5EC
_WORD_97 = 0xC1
_ENCRYPTED, _TABLE_1, _COMPLEX = 1 << 8, 1 << 9, 1 << 2
_COUNTS = struct.Struct("<8I")
_COUNTS_AT, _CLX_AT = 0x4C, 0x1A2
_PIECE_TABLE, _CHANGES = 2, 1
_STORIES = (
    "",
    "Voetnoten",
    "Kop- en voetteksten",
    "",
    "Opmerkingen",
    "Eindnoten",
    "Tekstvakken",
    "Tekstvakken",
)
"""What the text is divided in, in this order ([MS-DOC], 2.5.5 FibRgLw97): running text first; the fourth is not used."""
_OTHER_SIGNS = re.compile("[\x01-\x06\x08\x0e-\x12\x15-\x1d]")
_ROW_END = re.compile("\x07\x07")


@dataclass(frozen=True, slots=True)
class _Piece:
    """A stretch of the text: its characters, and where they stand in the stream ([MS-DOC], 2.9.177 Pcd)."""

    first: int
    last: int
    offset: int
    width: int


def read(request: Request) -> Iterator[Answer]:
    """Yield the parts of a doc ([MS-DOC]); text that is deleted with tracking is left out and warned of.

    Raises:
        Refusal: password_needed, damaged_file, not_a_doc, word_too_old, part_too_large, too_many_parts.
    """
    with opened(request.files[0]) as ole:
        document = stream(ole, "WordDocument")
        if len(document) < _CLX_AT + 8 or struct.unpack_from("<H", document)[0] not in (_IDENT, 0xA5DC):
            raise Refusal("not_a_doc" if not document else "damaged_file")
        version, flags = struct.unpack_from("<H", document, 2)[0], struct.unpack_from("<H", document, 10)[0]
        if flags & _ENCRYPTED:
            raise Refusal("password_needed")
        table = stream(ole, "1Table" if flags & _TABLE_1 else "0Table")
        yield from summary(ole)
    warnings: set[str] = set()
    if version < _WORD_97:
        blocks = _older(document, flags)
    else:
        blocks = _stories(document, table, warnings)
    yield from number_parts(blocks, request.number("pages"))
    yield from warned(warnings)


def _older(document: bytes, flags: int) -> Iterator[Block]:
    """Give the text of Word 6 and 95, which stands in one place unless it was saved in haste ("fast save")."""
    first, last = struct.unpack_from("<2I", document, 0x18)
    if flags & _COMPLEX or not first < last <= len(document):
        raise Refusal("word_too_old")
    yield from _paragraphs(document[first:last].decode("cp1252", "replace"), None)


def _stories(document: bytes, table: bytes, warnings: set[str]) -> Iterator[Block]:
    pieces = _pieces(table, *struct.unpack_from("<2I", document, _CLX_AT))
    runs = read_runs(document, table)
    at = 0
    for label, count in zip(_STORIES, _COUNTS.unpack_from(document, _COUNTS_AT), strict=True):
        text = _text(document, pieces, runs, at, at + count)
        at += count
        blocks = list(_paragraphs(text, label or None))
        if label == "Opmerkingen" and blocks:
            warnings.add("comments")
        yield from blocks
    if runs.deleted or runs.has_insertions:
        warnings.add("tracked_changes")
    if runs.has_hidden:
        warnings.add("hidden_text")


def _pieces(table: bytes, offset: int, size: int) -> list[_Piece]:
    """Read the piece table out of the Clx ([MS-DOC], 2.9.38); what comes before it is formatting."""
    clx = table[offset : offset + size]
    at = 0
    while at + 3 <= len(clx) and clx[at] == _CHANGES:
        at += 3 + struct.unpack_from("<H", clx, at + 1)[0]
    if at + 5 > len(clx) or clx[at] != _PIECE_TABLE:
        raise Refusal("damaged_file")
    plc = clx[at + 5 : at + 5 + struct.unpack_from("<I", clx, at + 1)[0]]
    count = (len(plc) - 4) // 12
    if count < 1:
        raise Refusal("damaged_file")
    bounds = struct.unpack_from(f"<{count + 1}I", plc)
    found = []
    for index in range(count):
        place = struct.unpack_from("<I", plc, 4 * (count + 1) + 8 * index + 2)[0]
        narrow = bool(place & 1 << 30)
        offset = (place & (1 << 30) - 1) // (2 if narrow else 1)
        found.append(_Piece(bounds[index], bounds[index + 1], offset, 1 if narrow else 2))
    return found


def _text(document: bytes, pieces: list[_Piece], runs: Runs, first: int, last: int) -> str:
    """Give the characters from `first` to `last` without those that are deleted."""
    found: list[str] = []
    for piece in pieces:
        start, end = max(piece.first, first), min(piece.last, last)
        if start >= end:
            continue
        offset = piece.offset + (start - piece.first) * piece.width
        for begin, stop in runs.kept(offset, offset + (end - start) * piece.width):
            content = document[begin:stop]
            found.append(content.decode("cp1252" if piece.width == 1 else "utf-16-le", "replace"))
    return "".join(found)


def _paragraphs(text: str, label: str | None) -> Iterator[Block]:
    """Give paragraphs and rows; a cell ends in U+0007, a row in one more ([MS-DOC], 2.4.3)."""
    text = _without_codes(text)
    text = _ROW_END.sub("\r", text).replace("\x07", "\t").replace("\x1e", "-").replace("\x1f", "")
    text = _OTHER_SIGNS.sub("", text).replace("\x0b", "\n").replace("\x00", "")
    for index, stretch in enumerate(text.split(PAGE_BREAK)):
        begins = index > 0 and label is None
        for paragraph in stretch.split("\r"):
            if paragraph.strip():
                yield Block(paragraph, label=label, begins=begins)
                begins = False


def _without_codes(text: str) -> str:
    """Leave out the codes of fields, which a reader does not see: from U+0013 to U+0014 ([MS-DOC], 2.8.25)."""
    if "\x13" not in text:
        return text
    kept: list[str] = []
    codes: list[bool] = []
    for piece in re.split("([\x13\x14\x15])", text):
        if piece == "\x13":
            codes.append(True)
        elif piece == "\x14":
            if codes:
                codes[-1] = False
        elif piece == "\x15":
            if codes:
                codes.pop()
        elif not any(codes):
            kept.append(piece)
    return "".join(kept)
