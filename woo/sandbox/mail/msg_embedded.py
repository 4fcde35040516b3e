"""Write a message that stands inside an Outlook message as one that can stand by itself (RFC 5322)."""

import hashlib
from email import policy
from email.encoders import encode_base64
from email.header import Header
from email.message import Message
from email.mime.base import MIMEBase
from email.mime.multipart import MIMEMultipart
from email.mime.text import MIMEText
from email.utils import format_datetime

from oxmsg.domain import constants as pid

from woo.sandbox.mail.msg_letter import letter_of, name_of
from woo.sandbox.mail.msg_store import Store
from woo.sandbox.task import Refusal

_DEEPEST = 20
_MOST_HEADER = 20_000


def as_eml(store: Store, *, depth: int = 0) -> bytes:
    """Give the message with its text and its attachments; the same message always gives the same bytes.

    Raises:
        Refusal: too_deep.
    """
    if depth > _DEEPEST:
        raise Refusal("too_deep")
    letter = letter_of(store)
    written = MIMEMultipart("mixed", policy=policy.compat32)
    for name, text in (
        ("From", letter.sender),
        ("To", letter.to),
        ("Cc", letter.cc),
        ("Bcc", letter.bcc),
        ("Subject", letter.subject),
        ("Date", format_datetime(letter.date) if letter.date else letter.date_text),
        ("Message-ID", _bracketed(letter.message_id)),
        ("In-Reply-To", _bracketed(letter.in_reply_to)),
        ("References", " ".join(map(_bracketed, letter.references))),
    ):
        if text:
            written[name] = _header(text)
    written.attach(MIMEText(letter.body.encode("utf-8", "replace").decode(), "plain", "utf-8"))
    for number, file in enumerate(store.attachments(), 1):
        part = _part(file, name_of(file, number), depth)
        if part is not None:
            written.attach(part)
    told = "\0".join((letter.message_id, letter.subject, letter.sender, letter.body))
    written.set_boundary(f"woo-{depth}-{hashlib.sha256(told.encode('utf-8', 'replace')).hexdigest()[:32]}")
    return written.as_bytes()


def _part(file: Store, naam: str, depth: int) -> "Message[str, str] | None":
    inner = file.embedded()
    content = file.content(pid.PID_ATTACH_DATA_BINARY) if inner is None else as_eml(inner, depth=depth + 1)
    if content is None:
        return None
    part = MIMEBase("application", "octet-stream")
    part.set_payload(content)
    encode_base64(part)
    shown = naam.encode("utf-8", "replace").decode()
    part.add_header("Content-Disposition", "attachment", filename=("utf-8", "", shown))
    return part


def _header(text: str) -> str:
    line = " ".join(text.split())[:_MOST_HEADER]
    return line if line.isascii() else Header(line.encode("utf-8", "replace").decode(), "utf-8").encode()


def _bracketed(identifier: str) -> str:
    return f"<{identifier}>" if identifier else ""
