"""Makes one mail of an installation: its headers, and the same content as text and as HTML."""

from datetime import datetime
from email.headerregistry import Address
from email.message import EmailMessage
from email.utils import format_datetime
from urllib.parse import urlsplit

from woo.settings import Settings


def one_line(text: str) -> str:
    """A value on one line: what others wrote cannot begin a line of ours."""
    return " ".join(str(text).split())


def mail(
    settings: Settings, *, to: str, now: datetime, reference: str, subject: str, text: str, html: str
) -> EmailMessage:
    """A mail that nobody answers to; the same `reference` gives the same Message-ID, by which a second copy is known."""
    naam = one_line(settings.site.naam)
    message = EmailMessage()
    message["From"] = Address(naam, addr_spec=str(settings.mail.sender))
    message["To"] = Address(addr_spec=to)
    message["Subject"] = f"{one_line(subject)} – {naam}"
    message["Date"] = format_datetime(now)
    message["Message-ID"] = f"<{reference}@{urlsplit(settings.site.url).hostname or 'localhost'}>"
    message["Auto-Submitted"] = "auto-generated"
    message["X-Auto-Response-Suppress"] = "All"
    message["Content-Language"] = "nl"
    message.set_content(text, subtype="plain", cte="quoted-printable")
    message.add_alternative(html, subtype="html", cte="quoted-printable")
    return message
