"""Read the summary of an older Office file: the few properties that are wanted, each within bounds ([MS-OLEPS])."""

import struct
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import olefile

from woo.sandbox.office.ole import stream
from woo.sandbox.task import Answer

_FIELDS = {
    2: "title",
    3: "subject",
    4: "author",
    5: "keywords",
    12: "creation_date",
    13: "modification_date",
    18: "producer",
}
"""Property identifiers of the SummaryInformation stream (2.25.1) and our fields."""
_CODEPAGE = 1
_SHORT, _NARROW, _WIDE, _TIME = 2, 30, 31, 64
_NAMES = {65001: "utf-8", 1200: "utf-16-le", 10000: "mac_roman"}
_MOST_PROPERTIES = 100
_LONGEST = 4_000
_FIRST_DAY = datetime(1601, 1, 1, tzinfo=UTC)


def summary(ole: olefile.OleFileIO) -> Iterator[Answer]:
    """Yield the metadata of a doc, xls or ppt, as one part; a damaged summary says nothing."""
    content = stream(ole, "\x05SummaryInformation")
    try:
        found = _read(content)
    except (struct.error, OverflowError, ValueError):
        found = {}
    yield {"metadata": found}, b""


def _read(content: bytes) -> dict[str, str]:
    section = struct.unpack_from("<I", content, 44)[0]
    count = min(struct.unpack_from("<I", content, section + 4)[0], _MOST_PROPERTIES)
    places = dict(struct.unpack_from("<2I", content, section + 8 + 8 * index) for index in range(count))
    codepage = 1252
    if _CODEPAGE in places:
        kind, value = struct.unpack_from("<IH", content, section + places[_CODEPAGE])
        codepage = value if kind == _SHORT else codepage
    found: dict[str, str] = {}
    for identity, name in _FIELDS.items():
        if identity in places and (value := _value(content, section + places[identity], codepage)):
            found[name] = value
    return found


def _value(content: bytes, at: int, codepage: int) -> str:
    """Give a text or a moment (as ISO 8601, in UTC); nothing for what is neither, or too long to be one."""
    kind, size = struct.unpack_from("<2I", content, at)
    if kind == _TIME:
        ticks = struct.unpack_from("<Q", content, at + 4)[0]
        moment = _FIRST_DAY + timedelta(microseconds=ticks // 10)
        return f"{moment:%Y-%m-%dT%H:%M:%SZ}" if ticks and moment.year > _FIRST_DAY.year else ""
    if kind not in (_NARROW, _WIDE) or size > _LONGEST:
        return ""
    if kind == _WIDE:
        return content[at + 8 : at + 8 + 2 * size].decode("utf-16-le", "replace").strip("\0 ")
    raw = content[at + 8 : at + 8 + size]
    try:
        return raw.decode(_NAMES.get(codepage, f"cp{codepage}"), "replace").strip("\0 ")
    except LookupError:
        return raw.decode("cp1252", "replace").strip("\0 ")
