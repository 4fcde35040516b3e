"""Take the stream of a ppt apart into records, and find those that make up the presentation as last saved."""

import struct
from collections.abc import Iterator
from dataclasses import dataclass

_HEADER = struct.Struct("<HHI")
_CONTAINER = 0xF
_USER_EDIT, _PLACES = 4085, 6002
_NARROW = 4008
_BLOB = 5003
"""What later versions of PowerPoint added (BinaryTagDataBlob, [MS-PPT] 2.12.3): records too, comments among them."""
_MOST_EDITS = 10_000
_MOST_DEPTH = 64


@dataclass(frozen=True, slots=True)
class Record:
    """A record ([MS-PPT], 2.3.1): its type, its instance, whether it holds other records, and its bytes."""

    kind: int
    instance: int
    is_container: bool
    body: memoryview

    @property
    def holds_records(self) -> bool:
        return self.is_container or self.kind == _BLOB

    def children(self) -> Iterator["Record"]:
        return records(self.body) if self.holds_records else iter(())

    def below(self) -> Iterator["Record"]:
        """Give everything inside it, from top to bottom."""
        levels = [self.children()]
        while levels:
            record = next(levels[-1], None)
            if record is None:
                levels.pop()
                continue
            yield record
            if record.holds_records and len(levels) < _MOST_DEPTH:
                levels.append(record.children())

    def text(self) -> str:
        """Give what a text atom holds, with line ends."""
        raw = bytes(self.body)
        text = raw.decode("latin-1" if self.kind == _NARROW else "utf-16-le", "replace")
        return text.replace("\r", "\n").replace("\x0b", "\n").strip("\n\0")

    def text_of(self, kind: int) -> str:
        """Give the text when it is an atom of this type, else nothing."""
        return self.text() if self.kind == kind else ""

    def flags(self, offset: int) -> int:
        """Give two bytes as a number; 0 when it is too short for them."""
        return int.from_bytes(self.body[offset : offset + 2], "little")

    def has_property(self, number: int) -> bool:
        """Whether a table of properties of a shape ([MS-ODRAW], 2.2.9) holds this one."""
        count = min(self.instance, len(self.body) // 6)
        return any(struct.unpack_from("<H", self.body, 6 * i)[0] & 0x3FFF == number for i in range(count))


def records(content: memoryview) -> Iterator[Record]:
    """Give the records that follow each other; one that says it is longer than there is, ends where the bytes end."""
    at = 0
    while at + _HEADER.size <= len(content):
        version, kind, size = _HEADER.unpack_from(content, at)
        at += _HEADER.size
        yield Record(kind, version >> 4, version & 0xF == _CONTAINER, content[at : at + size])
        at += size


def current_parts(content: bytes, user: bytes) -> dict[int, Record]:
    """Give the top records as last saved, by their number in the list of places ([MS-PPT], 2.3.4 to 2.3.6).

    A presentation that was saved in haste holds older forms of its slides too, which are not shown. Where the list
    cannot be followed, all top records are given in the order of the file.
    """
    view = memoryview(content)
    edit = struct.unpack_from("<I", user, 16)[0] if len(user) >= 20 else 0
    places: dict[int, int] = {}
    for _ in range(_MOST_EDITS):
        record = _at(view, edit)
        if record is None or record.kind != _USER_EDIT or len(record.body) < 16:
            break
        before, listed = struct.unpack_from("<2I", record.body, 8)
        table = _at(view, listed)
        if table is not None and table.kind == _PLACES:
            places = _places(table.body) | places
        if not 0 < before < edit:
            break
        edit = before
    found = {number: record for number, place in places.items() if (record := _at(view, place)) is not None}
    return found or {-index: record for index, record in enumerate(records(view), start=1)}


def _places(body: memoryview) -> dict[int, int]:
    """Read a list of places: a number and a count in one, then that many offsets."""
    found: dict[int, int] = {}
    at = 0
    while at + 4 <= len(body):
        head = struct.unpack_from("<I", body, at)[0]
        first, count = head & 0xFFFFF, head >> 20
        at += 4
        for index in range(min(count, (len(body) - at) // 4)):
            found[first + index] = struct.unpack_from("<I", body, at + 4 * index)[0]
        at += 4 * count
    return found


def _at(view: memoryview, offset: int) -> Record | None:
    return next(records(view[offset:]), None) if 0 <= offset < len(view) else None
