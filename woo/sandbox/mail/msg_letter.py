"""What a person reads of a message that Outlook keeps: its headers and its text, from its properties."""

from datetime import datetime
from email.message import Message
from email.parser import HeaderParser
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from oxmsg.domain import constants as pid

from woo.domain.formaat import BY_MIME
from woo.sandbox.mail.headers import identifiers, moment, value
from woo.sandbox.mail.html_text import fuller
from woo.sandbox.mail.html_text import text_of as html_to_text
from woo.sandbox.mail.letter import Letter
from woo.sandbox.mail.msg_rtf import text_of as rtf_to_text
from woo.sandbox.mail.msg_store import Store

_TO, _CC, _BCC = 1, 2, 3
_DISPLAY = {_TO: 0x0E04, _CC: 0x0E03, _BCC: 0x0E02}
"""PidTagDisplayTo, PidTagDisplayCc, PidTagDisplayBcc."""
_SMTP_ADDRESS, _EMAIL_ADDRESS, _DISPLAY_NAME, _RECIPIENT_TYPE = 0x39FE, 0x3003, 0x3001, 0x0C15
_SENDER_SMTP, _SENT_REPRESENTING_SMTP = 0x5D01, 0x5D02
_SENDER_EMAIL, _SENDER_NAME = 0x0C1F, 0x0C1A
_DELIVERY_TIME = 0x0E06
_EMBEDDED = 5
_ZONE = "Europe/Amsterdam"


def letter_of(store: Store) -> Letter:
    """What is told of a message; where a property is missing, the headers that it came with are looked at."""
    headers: Message[str, str] = HeaderParser().parsestr(store.text(pid.PID_TRANSPORT_MESSAGE_HEADERS))
    date = value(headers, "date")
    return Letter(
        subject=store.text(pid.PID_SUBJECT) or value(headers, "subject"),
        sender=value(headers, "from") or _sender(store),
        to=value(headers, "to") or _receivers(store, _TO),
        cc=value(headers, "cc") or _receivers(store, _CC),
        bcc=_receivers(store, _BCC),
        date=moment(date) or _local(store.moment(pid.PID_CLIENT_SUBMIT_TIME, _DELIVERY_TIME)),
        date_text=date,
        message_id=_first_id(store.text(pid.PID_INTERNET_MESSAGE_ID) or value(headers, "message-id")),
        in_reply_to=_first_id(store.text(pid.PID_IN_REPLY_TO_ID) or value(headers, "in-reply-to")),
        references=identifiers(store.text(pid.PID_INTERNET_REFERENCES) or value(headers, "references")),
        body=body_text(store),
        attachments=[name_of(file, number) for number, file in enumerate(store.attachments(), 1)],
    )


def body_text(store: Store) -> str:
    """The text: plain where there is any, HTML where that says more, else the RTF."""
    plain = store.text(pid.PID_BODY).replace("\r\n", "\n")
    content = store.content(pid.PID_HTML)
    html = html_to_text(store.decoded(content) if content else store.text(pid.PID_BODY_HTML))
    best = fuller(plain, html)
    if best.strip():
        return best
    return rtf_to_text(store.content(pid.PID_RTF_COMPRESSED) or b"")


def name_of(file: Store, number: int) -> str:
    """The name of an attachment; one is made up where there is none."""
    name = file.text(pid.PID_ATTACH_LONG_FILENAME, pid.PID_ATTACH_FILENAME)
    if file.whole(pid.PID_ATTACH_METHOD) == _EMBEDDED:
        inner = file.embedded()
        subject = "" if inner is None else inner.text(pid.PID_SUBJECT)[:150].replace("/", "-")
        name = (name or file.text(_DISPLAY_NAME) or subject or f"bijlage-{number}").strip()
        return name if name.lower().endswith(".eml") else f"{name.removesuffix('.msg')}.eml"
    if name:
        return name
    formaat = BY_MIME.get(file.text(pid.PID_ATTACH_MIME_TAG))
    ending = file.text(pid.PID_ATTACH_EXTENSION) or (formaat.extensies[0] if formaat else ".bin")
    return f"bijlage-{number}{ending}"


def _sender(store: Store) -> str:
    name = store.text(_SENDER_NAME, pid.PID_SENT_REPRESENTING_NAME)
    address = store.text(_SENDER_SMTP, _SENT_REPRESENTING_SMTP, _SENDER_EMAIL)
    return _named(name, address)


def _receivers(store: Store, kind: int) -> str:
    told = [
        _named(one.text(_DISPLAY_NAME), one.text(_SMTP_ADDRESS, _EMAIL_ADDRESS))
        for one in store.receivers()
        if (one.whole(_RECIPIENT_TYPE) or 0) & 0x0F == kind
    ]
    return ", ".join(one for one in told if one) or store.text(_DISPLAY[kind])


def _named(name: str, address: str) -> str:
    """A name with its address; an address of an Exchange server (/O=...) says nothing to people."""
    if "@" not in address:
        return name.strip()
    name = name.strip().strip("'\"")
    return address if name in ("", address) else f"{name} <{address}>"


def _first_id(text: str) -> str:
    return next(iter(identifiers(text)), "")


def _local(when: datetime | None) -> datetime | None:
    """The moment as the clock stood here, since Outlook keeps it in UTC."""
    try:
        return None if when is None else when.astimezone(ZoneInfo(_ZONE))
    except (ZoneInfoNotFoundError, OSError, OverflowError, ValueError):
        return when
