"""A real mail server on loopback that keeps what it is given, and refuses what it is told to refuse."""

import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path
from typing import Any, cast

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import AuthResult, LoginPassword

from tests.ports import free_port


@dataclass
class MailServer:
    """What came in, oldest first; `refuse` gives the answer to RCPT TO of an address, `after_data` to every mail."""

    port: int
    received: list[tuple[str, EmailMessage]] = field(default_factory=list)
    refuse: dict[str, str] = field(default_factory=dict)
    after_data: str = "250 OK"
    most_per_connection: int = 1000
    logins: list[tuple[str, str]] = field(default_factory=list)
    encrypted: set[bool] = field(default_factory=set)

    def to(self, adres: str) -> list[EmailMessage]:
        return [message for to, message in self.received if to == adres]

    async def handle_MAIL(self, server: Any, session: Any, envelope: Any, address: str, options: Any) -> str:  # noqa: N802
        session.mails = getattr(session, "mails", 0) + 1
        if session.mails > self.most_per_connection:
            return "421 4.7.0 Too many messages on this connection"
        envelope.mail_from = address
        return "250 OK"

    async def handle_RCPT(self, server: Any, session: Any, envelope: Any, address: str, options: Any) -> str:  # noqa: N802
        if address in self.refuse:
            return self.refuse[address]
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:  # noqa: N802
        if self.after_data.startswith("250"):
            message = cast(EmailMessage, message_from_bytes(envelope.content, policy=policy.default))
            self.encrypted.add(session.ssl is not None)
            self.received += [(to, message) for to in envelope.rcpt_tos]
        return self.after_data

    def authenticate(self, server: Any, session: Any, envelope: Any, mechanism: str, data: Any) -> AuthResult:
        assert isinstance(data, LoginPassword)
        self.logins.append((data.login.decode(), data.password.decode()))
        return AuthResult(success=data.password == b"geheim")


@contextmanager
def mail_server(
    *, certificate: Path | None = None, login: bool = False, port: int | None = None
) -> Iterator[MailServer]:
    """Serve; with a certificate (PEM with its key) it wants STARTTLS."""
    kept = MailServer(port or free_port())
    extra: dict[str, Any] = {}
    if certificate is not None:
        context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
        context.load_cert_chain(certificate)
        extra |= {"tls_context": context, "require_starttls": True}
    if login:
        extra |= {"authenticator": kept.authenticate, "auth_required": True}
    controller = Controller(kept, hostname="127.0.0.1", port=kept.port, **extra)
    controller.start()
    try:
        yield kept
    finally:
        controller.stop()
