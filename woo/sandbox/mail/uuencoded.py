"""Find the files that old programs wrote into the text of a message (uuencode, POSIX.1-2017)."""

import binascii
import re
from collections.abc import Iterator

_FILE = re.compile(
    r"^begin [0-7]{3,4} (?P<name>[^\r\n]{1,255})\r?\n(?P<lines>(?:[ -`][^\r\n]{0,100}\r?\n){0,2000000}?)(?:[ `]?\r?\n)?end[ \t]*\r?$",
    re.MULTILINE,
)


def files_in(text: str) -> Iterator[tuple[str, bytes]]:
    """Give the name and the bytes of each file; lines that are damaged are left out."""
    for found in _FILE.finditer(text):
        yield found["name"].strip(), b"".join(map(_line, found["lines"].splitlines()))


def without_files(text: str) -> str:
    """The text without those files."""
    return _FILE.sub("", text) if "begin " in text else text


def _line(line: str) -> bytes:
    try:
        return binascii.a2b_uu(line.encode("ascii", "replace"))
    except binascii.Error:
        # Some programs count wrong: the length that the line says to have goes before its padding.
        length = ((ord(line[0]) - 32) & 63) * 4 // 3 + 3 if line else 0
        try:
            return binascii.a2b_uu(line[: length + 1].encode("ascii", "replace"))
        except binascii.Error:
            return b""
