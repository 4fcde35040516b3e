"""Sort the parts of a message: what is its text, and what hangs on it."""

import binascii
import re
from collections.abc import Iterator
from dataclasses import dataclass
from email.message import Message
from pathlib import PurePath
from typing import TypeAlias

from woo.domain.formaat import BY_MIME
from woo.sandbox.mail.headers import decoded, text_of, value
from woo.sandbox.mail.html_text import fuller
from woo.sandbox.mail.html_text import text_of as html_to_text

Part: TypeAlias = "Message[str, str]"

_EXTENSIONS = {
    "text/calendar": ".ics",
    "text/vcard": ".vcf",
    "text/x-vcard": ".vcf",
    "application/ms-tnef": ".dat",
    "application/pkcs7-signature": ".p7s",
    "application/x-pkcs7-signature": ".p7s",
    "application/pkcs7-mime": ".p7m",
    "application/pgp-signature": ".asc",
    "image/svg+xml": ".svg",
    "message/delivery-status": ".txt",
}
_NOT_BASE64 = re.compile(rb"[^A-Za-z0-9+/]")
_DEEPEST = 100


@dataclass(frozen=True, slots=True)
class Attachment:
    """A part that is a file of its own."""

    naam: str
    part: Part

    def content(self) -> bytes:
        """Its bytes; of a message within the message, that message."""
        payload = _undecoded(self.part)
        if self.part.get_content_maintype() == "message" and isinstance(payload, list):
            return b"\n".join(_as_bytes(inner) for inner in payload)
        return payload_of(self.part)


def attachments(message: Part) -> Iterator[Attachment]:
    """Give every part that is a file, in order, each with a name."""
    for number, part in enumerate(_files(message, 0), 1):
        yield Attachment(_name(part, number), part)


def body_text(message: Part) -> str:
    """The text of the message: plain where there is plain text, HTML made into text where that says more."""
    return "\n\n".join(text for text in _texts(message, 0) if text.strip())


def payload_of(part: Part) -> bytes:
    """The bytes of a part, with its coding undone as far as it goes."""
    try:
        content = part.get_payload(decode=True)
    except (ValueError, LookupError, UnicodeError, IndexError, binascii.Error):
        content = None
    raw = _undecoded(part)
    if not isinstance(content, bytes):
        return _raw(raw)
    coding = str(part.get("content-transfer-encoding", "")).strip().lower()
    if coding == "base64" and content and content == _raw(raw):
        return _lenient_base64(content)
    return content


def _texts(part: Part, depth: int) -> Iterator[str]:
    kind = part.get_content_type()
    if _is_file(part) or depth > _DEEPEST:
        return
    payload = _undecoded(part)
    if kind == "multipart/alternative" and isinstance(payload, list):
        yield _best([_text_and_kind(child, depth + 1) for child in payload if isinstance(child, Message)])
    elif kind == "multipart/related" and isinstance(payload, list):
        for child in payload[:1]:
            if isinstance(child, Message):
                yield from _texts(child, depth + 1)
    elif part.is_multipart() and isinstance(payload, list):
        for child in payload:
            if isinstance(child, Message):
                yield from _texts(child, depth + 1)
    elif part.get_content_maintype() in ("text", "multipart"):
        text = text_of(payload_of(part), _charset(part))
        yield html_to_text(text) if kind == "text/html" else text


def _text_and_kind(part: Part, depth: int) -> tuple[str, bool]:
    """The text of one alternative, and whether it comes from HTML."""
    is_html = any(each.get_content_type() == "text/html" for each in part.walk() if not each.is_multipart())
    return "\n\n".join(_texts(part, depth)), is_html


def _best(told: list[tuple[str, bool]]) -> str:
    plain = max((text for text, is_html in told if not is_html), key=_words, default="")
    html = max((text for text, is_html in told if is_html), key=_words, default="")
    return fuller(plain, html)


def _words(text: str) -> int:
    return len(text.split())


def _files(part: Part, depth: int) -> Iterator[Part]:
    if _is_file(part) or depth > _DEEPEST:
        yield part
        return
    payload = _undecoded(part)
    if isinstance(payload, list):
        for child in payload:
            if isinstance(child, Message):
                yield from _files(child, depth + 1)


def _is_file(part: Part) -> bool:
    """Whether a part is a file and not the text: it is no text, or it has a name, or says that it is attached."""
    kind = part.get_content_maintype()
    if part.get_content_type() == "message/delivery-status":
        return False
    if kind == "multipart":
        return False
    if kind != "text":
        return True
    disposition = str(part.get("content-disposition", "")).strip().lower()
    is_shown = part.get_content_subtype() in ("plain", "html", "enriched", "rfc822-headers")
    return not is_shown or disposition.startswith("attachment") or bool(_given_name(part))


def _charset(part: Part) -> str | None:
    try:
        return part.get_content_charset()
    except (ValueError, LookupError, UnicodeError, TypeError):
        return None


def _given_name(part: Part) -> str:
    try:
        name = part.get_filename()
    except (ValueError, LookupError, UnicodeError, TypeError, IndexError):
        return ""
    return decoded(str(name)) if name else ""


def _name(part: Part, number: int) -> str:
    mime = part.get_content_type()
    name = _given_name(part)
    if mime == "message/rfc822":
        inner = _undecoded(part)
        if not name and isinstance(inner, list) and inner and isinstance(inner[0], Message):
            name = value(inner[0], "subject")[:150].replace("/", "-")
        if not name.lower().endswith((".eml", ".msg")):
            name = f"{name or f'bijlage-{number}'}.eml"
    if name and PurePath(name).suffix:
        return name
    formaat = BY_MIME.get(mime)
    ending = formaat.extensies[0] if formaat else _EXTENSIONS.get(mime, "")
    return f"{name or f'bijlage-{number}'}{ending or ('' if name else '.bin')}"


def _undecoded(part: Part) -> object:
    try:
        return part.get_payload()
    except (TypeError, ValueError, LookupError):
        return ""


def _as_bytes(inner: object) -> bytes:
    if not isinstance(inner, Message):
        return _raw(inner)
    try:
        return inner.as_bytes()
    except (UnicodeError, ValueError, LookupError, TypeError, AttributeError, KeyError):
        return str(inner).encode("utf-8", "surrogateescape")


def _raw(payload: object) -> bytes:
    text = payload if isinstance(payload, str) else ""
    try:
        return text.encode("ascii", "surrogateescape")
    except UnicodeEncodeError:
        return text.encode("utf-8", "surrogatepass")


def _lenient_base64(content: bytes) -> bytes:
    """Decode what can be decoded: wrong characters are passed over, a broken end is left out."""
    kept = _NOT_BASE64.sub(b"", content)
    kept = kept[: len(kept) - (len(kept) % 4 == 1)]
    try:
        return binascii.a2b_base64(kept + b"=" * (-len(kept) % 4))
    except (binascii.Error, ValueError):
        return content
