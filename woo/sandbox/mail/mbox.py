"""Take a mailbox (mbox, RFC 4155) apart into its messages. Runs in the child only."""

import re
from collections.abc import Iterator
from itertools import count
from typing import BinaryIO

from woo.sandbox.archives.allowance import CHUNK, Allowance
from woo.sandbox.task import Answer, Request

_POSTMARK = re.compile(rb"From [^\r\n]{0,500}\d{1,2}:\d\d[^\r\n]{0,100}\r?\n")
_QUOTED = re.compile(rb">+From ")
_LONGEST = 2**16


def members(request: Request) -> Iterator[Answer]:
    """Give each message as a member `bericht-0001.eml`; what stands before the first one is a member too.

    A message begins at a line `From ... 12:34 ...` at the start or after an empty line. A `>` that was put before such a
    line inside a message is taken away.
    """
    allowance = Allowance(request)
    lines = _Lines(request.files[0])
    for number in count(1):
        if not lines.begin():
            return
        if allowance.is_spent:
            break
        yield from allowance.give(f"bericht-{number:04}.eml", _joined(lines.message()))
        lines.skip()
    left_out = 1
    lines.skip()
    while lines.begin():
        lines.skip()
        left_out += 1
    yield {"more": left_out}, b""


def _joined(lines: Iterator[bytes]) -> Iterator[bytes]:
    gathered = bytearray()
    for line in lines:
        gathered += line
        if len(gathered) >= CHUNK // 2:
            yield bytes(gathered)
            gathered.clear()
    if gathered:
        yield bytes(gathered)


class _Lines:
    """The lines of the mailbox, a message at a time."""

    def __init__(self, file: BinaryIO) -> None:
        self._file = file
        self._next = b""
        self._after_empty = True
        self._is_whole = True

    def begin(self) -> bool:
        """Go to the first line of the next message, past its postmark; False at the end."""
        line = self._next or self._read()
        if line and _POSTMARK.fullmatch(line):
            line = self._read()
        self._next = line
        return bool(line)

    def message(self) -> Iterator[bytes]:
        """Give the lines up to the next postmark."""
        while (line := self._next) and not self._is_postmark(line):
            starts = self._is_whole
            self._after_empty = line in (b"\n", b"\r\n")
            self._is_whole = line.endswith(b"\n")
            self._next = self._read()
            yield line[1:] if starts and _QUOTED.match(line) else line

    def skip(self) -> None:
        """Pass over what is left of this message."""
        for _ in self.message():
            pass

    def _is_postmark(self, line: bytes) -> bool:
        return self._after_empty and self._is_whole and _POSTMARK.fullmatch(line) is not None

    def _read(self) -> bytes:
        return self._file.readline(_LONGEST)
