"""Hands mail to the mail server of the settings, one connection for as long as there is something to send."""

import smtplib
import ssl
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from email.message import EmailMessage
from typing import Self

from woo.domain.errors import Unavailable, WooError
from woo.settings import MailSettings
from woo.settings.value_files import value_of_file

PART = "The mail server"
_PERMANENT = 500
_CLOSING = 421


class AddressRefused(WooError):
    """The mail server refuses this address for good (5xx to RCPT TO); says nothing of who it is."""


class MailRefused(WooError):
    """The mail server takes the address and not this mail, or not now; `why` is its code."""


class _Closed(smtplib.SMTPException):
    """The server ended the connection before it took the mail."""


class Postkantoor:
    """One connection, made when the first mail is sent.

    Raises:
        Unavailable: the server cannot be reached, does not encrypt as asked, or does not let us in or send.
        AddressRefused: for good; try again later a few times and then give it up.
        MailRefused: this mail was not taken; try again later.
    """

    def __init__(self, settings: MailSettings) -> None:
        self._settings = settings
        self._server: smtplib.SMTP | None = None

    def send(self, message: EmailMessage, to: str) -> None:
        """Hand over one mail; when it returns the server has taken it."""
        with _told():
            if self._server is not None:
                try:
                    self._hand_over(self._server, message, to)
                    return
                except _Closed:
                    pass  # a server may end a connection after so many mails
            self._hand_over(self._connect(), message, to)

    def _hand_over(self, server: smtplib.SMTP, message: EmailMessage, to: str) -> None:
        try:
            server.send_message(message, from_addr=str(self._settings.sender), to_addrs=[to])
        except smtplib.SMTPRecipientsRefused as error:
            self._reset()
            [(code, _)] = error.recipients.values()
            if code >= _PERMANENT:
                raise AddressRefused(f"code {code}") from None
            raise MailRefused(f"code {code}") from None
        except smtplib.SMTPDataError as error:
            self._reset()
            raise MailRefused(f"code {error.smtp_code}") from None
        except smtplib.SMTPServerDisconnected:
            self.close()
            raise _Closed from None
        except smtplib.SMTPSenderRefused as error:
            self.close()
            if error.smtp_code == _CLOSING:
                raise _Closed from None
            raise
        except BaseException:
            self.close()
            raise

    def _connect(self) -> smtplib.SMTP:
        own = self._settings
        secure = None if own.tls == "none" else ssl.create_default_context(cafile=own.ca_file)
        server: smtplib.SMTP
        if own.tls == "tls":
            server = smtplib.SMTP_SSL(own.host, own.port, timeout=own.seconds, context=secure)
        else:
            server = smtplib.SMTP(own.host, own.port, timeout=own.seconds)
        self._server = server
        if own.tls == "starttls":
            server.starttls(context=secure)
        if own.user and own.password_file is not None:
            try:
                server.login(own.user, value_of_file(own.password_file))
            except ValueError as error:
                raise Unavailable(PART, str(error)) from error
        return server

    def _reset(self) -> None:
        with suppress(smtplib.SMTPException, OSError):
            if self._server is not None:
                self._server.rset()

    def close(self) -> None:
        """End the connection; may be repeated."""
        server, self._server = self._server, None
        if server is None:
            return
        with suppress(smtplib.SMTPException, OSError):
            server.quit()
        with suppress(OSError):
            server.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *exc: object) -> None:
        self.close()


@contextmanager
def _told() -> Iterator[None]:
    """What the server says may repeat the address, so of its answers only the code is told."""
    try:
        yield
    except smtplib.SMTPSenderRefused as error:
        raise Unavailable(PART, f"it refuses mail.sender (code {error.smtp_code})") from None
    except smtplib.SMTPAuthenticationError as error:
        raise Unavailable(PART, f"it refuses mail.user (code {error.smtp_code})") from None
    except smtplib.SMTPResponseException as error:
        raise Unavailable(PART, f"it answered with code {error.smtp_code}") from None
    except smtplib.SMTPException as error:
        raise Unavailable(PART, type(error).__name__) from None
    except OSError as error:
        raise Unavailable(PART, error.strerror or type(error).__name__) from None
