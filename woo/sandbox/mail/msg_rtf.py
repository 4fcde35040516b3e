"""The text of a message that Outlook keeps as compressed RTF ([MS-OXRTFCP])."""

import re
import struct

from striprtf.striprtf import rtf_to_text

_HEADER = struct.Struct("<2I4sI")
_COMPRESSED, _PLAIN = b"LZFu", b"MELA"
_WINDOW = 4096
_MOST = 64 * 2**20
_BEGINNING = (
    b"{\\rtf1\\ansi\\mac\\deff0\\deftab720{\\fonttbl;}{\\f0\\fnil \\froman \\fswiss \\fmodern \\fscript \\fdecor MS Sans "
    b"SerifSymbolArialTimes New RomanCourier{\\colortbl\\red0\\green0\\blue0\r\n\\par \\pard\\plain\\f0\\fs20\\b\\i\\u\\tab\\tx"
)
"""What the dictionary begins with (2.1.2.1)."""
_HTML_TAG = re.compile(r"\{\\\*\\htmltag\d*[^{}]*\}")
_NOT_SHOWN = re.compile(r"\\htmlrtf1? ?.*?\\htmlrtf0 ?", re.DOTALL)


def text_of(content: bytes) -> str:
    """Give the text; "" when it cannot be unpacked."""
    try:
        rtf = unpacked(content).decode("latin-1")
        if "\\fromhtml" in rtf[:1000]:
            rtf = _NOT_SHOWN.sub("", _HTML_TAG.sub("", rtf))
        text: str = rtf_to_text(rtf, errors="replace")  # type: ignore[no-untyped-call]
    except (ValueError, IndexError, KeyError, LookupError, struct.error, RecursionError):
        return ""
    return text.strip("\0\r\n ")


def unpacked(content: bytes) -> bytes:
    """Undo the compression (section 2.2); raises ValueError when it is neither of the two known ones."""
    if len(content) < _HEADER.size:
        raise ValueError("no header")
    _, size, kind, _ = _HEADER.unpack_from(content)
    body = content[_HEADER.size :]
    if kind == _PLAIN:
        return body[:size]
    if kind != _COMPRESSED or size > _MOST:
        raise ValueError("not a compressed RTF")
    return _expanded(body, size)


def _expanded(body: bytes, size: int) -> bytes:
    window = bytearray(_BEGINNING.ljust(_WINDOW, b"\0"))
    at, write = 0, len(_BEGINNING)
    out = bytearray()
    while at < len(body) and len(out) < size:
        control = body[at]
        at += 1
        for bit in range(8):
            if not control >> bit & 1:
                if at >= len(body):
                    return bytes(out)
                run = body[at : at + 1]
                at += 1
                read = None
            else:
                if at + 1 >= len(body):
                    return bytes(out)
                token = body[at] << 8 | body[at + 1]
                at += 2
                read, run = token >> 4, bytes(token & 0x0F) + b"\0\0"
                if read == write:
                    return bytes(out[:size])
            for byte in range(len(run)):
                char = run[byte] if read is None else window[(read + byte) % _WINDOW]
                out.append(char)
                window[write] = char
                write = (write + 1) % _WINDOW
    return bytes(out[:size])
