"""Read the header values of a message as people wrote them, however their programs coded them."""

import re
from datetime import datetime
from email.errors import MessageError
from email.header import decode_header
from email.message import Message
from email.utils import parsedate_to_datetime

_ID = re.compile(r"<([^<>\s]{1,998})>")
_FOLDED = re.compile(r"[\r\n]+[ \t]*")
_MOST = 100_000


def decoded(raw: str) -> str:
    """Decode a raw value: encoded words (RFC 2047) in any charset, and bytes that should not be there."""
    raw = _FOLDED.sub(" ", raw[:_MOST])
    if not raw.isascii():
        raw = text_of(raw.encode("utf-8", "surrogateescape"), None)
    if "=?" not in raw:
        return raw.strip()
    try:
        pieces = decode_header(raw)
    except (MessageError, ValueError, IndexError, LookupError):
        return raw.strip()
    return "".join(
        piece if isinstance(piece, str) else text_of(piece, charset) for piece, charset in pieces
    ).strip()


def text_of(content: bytes, charset: str | None) -> str:
    """Decode bytes as they say to be, or else as UTF-8, or else as Windows-1252, which every byte can be."""
    name = (charset or "utf-8").strip().strip("'\"").lower()
    if name in ("us-ascii", "ascii", "unknown-8bit", "default", "7bit", "8bit", "binary"):
        name = "utf-8"
    if name in ("iso-8859-1", "latin1", "latin-1", "iso8859-1"):
        name = "cp1252"
    for attempt in (name, "utf-8"):
        try:
            text = content.decode(attempt)
        except (UnicodeError, LookupError, ValueError, TypeError, AttributeError):
            continue
        if isinstance(text, str):  # some codecs of Python give bytes
            return text
    return content.decode("cp1252", "replace")


def value(message: "Message[str, str]", name: str) -> str:
    """The value of a header, decoded; those that are there more than once are put after each other."""
    wanted = name.lower()
    found = [decoded(str(raw)) for key, raw in message.raw_items() if key.lower() == wanted]
    return ", ".join(text for text in found if text)


def identifiers(text: str) -> list[str]:
    """The message identifiers in a value, without their brackets (RFC 5322, 3.6.4)."""
    found = _ID.findall(text)
    if found or not text.strip():
        return found
    return [word for word in text.split() if "@" in word][:1]


def moment(text: str) -> datetime | None:
    """The moment of a Date header; None when it is none."""
    try:
        return parsedate_to_datetime(text) if text else None
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
