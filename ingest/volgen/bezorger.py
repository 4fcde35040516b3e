"""Delivers one message to a webhook: signed, to a checked address, within a time that nothing can stretch.

Source: Standard Webhooks 1.0.0 (github.com/standard-webhooks/standard-webhooks).
"""

import base64
import binascii
import hashlib
import hmac
import ssl
import threading
from dataclasses import dataclass
from datetime import datetime
from functools import cache

from woo.domain.errors import InvalidValue, WooError
from woo.settings import VolgenSettings
from woo.volgers.adressen import Adres, checked_url, pinned
from woo.volgers.webhooks import SECRET_PREFIX

_GONE = 410
_AGENT = "woo-platform webhook"


class NotDelivered(WooError):
    """The message did not arrive; `gone` when the receiver says that it never will again (410)."""

    def __init__(self, why: str, *, gone: bool = False) -> None:
        super().__init__(why)
        self.gone = gone


@dataclass(frozen=True, slots=True)
class Bericht:
    """What is sent: an id that stays the same when it is sent again, and a body in JSON."""

    id: str
    body: bytes


def signature(geheim: str, bericht: Bericht, timestamp: int) -> str:
    """The header `webhook-signature`: `v1,` and HMAC-SHA256 over id, timestamp and body, in base64."""
    try:
        key = base64.b64decode(geheim.removeprefix(SECRET_PREFIX), validate=True)
    except binascii.Error:
        raise InvalidValue("geheim", "(withheld)", "it is not in base64") from None
    content = f"{bericht.id}.{timestamp}.".encode() + bericht.body
    return "v1," + base64.b64encode(hmac.new(key, content, hashlib.sha256).digest()).decode()


class Bezorger:
    """Sends messages as the settings say."""

    def __init__(self, settings: VolgenSettings) -> None:
        self._settings = settings

    def deliver(self, url: str, geheim: str, bericht: Bericht, *, now: datetime) -> None:
        """POST a message; returns when the receiver answered 2xx, else raises NotDelivered with the reason.

        No redirect is followed, no proxy of the environment used, nothing of the answer but its status is read.
        """
        private = self._settings.webhook_private
        try:
            adres = checked_url(url, private=private)
            address = pinned(adres, private=private)
        except InvalidValue as error:
            raise NotDelivered(error.why) from None
        except OSError as error:
            raise NotDelivered(f"its host was not found ({error.strerror or type(error).__name__})") from None
        timestamp = int(now.timestamp())
        headers = {
            "Host": _host(adres),
            "Content-Type": "application/json",
            "User-Agent": _AGENT,
            "webhook-id": bericht.id,
            "webhook-timestamp": str(timestamp),
            "webhook-signature": signature(geheim, bericht, timestamp),
        }
        status = self._post(adres, address, headers, bericht.body)
        if not 200 <= status < 300:
            why = f"it answered {status}" + ("; redirects are not followed" if 300 <= status < 400 else "")
            raise NotDelivered(why, gone=status == _GONE)

    def _post(self, adres: Adres, address: str, headers: dict[str, str], body: bytes) -> int:
        import httpx  # here: most workers deliver nothing, and it takes long to load

        seconds = self._settings.webhook_seconds
        client = httpx.Client(
            verify=_trusted(),
            timeout=seconds,
            follow_redirects=False,
            trust_env=False,
            limits=httpx.Limits(max_connections=1),
        )
        late = threading.Timer(
            seconds, client.close
        )  # each read has its time-out; all of them together have this one
        late.daemon = True
        try:
            late.start()
            bare = f"[{address}]" if ":" in address else address
            request = client.build_request(
                "POST",
                f"{adres.scheme}://{bare}:{adres.port}{adres.doel}",
                headers=headers,
                content=body,
                extensions={"sni_hostname": adres.host},
            )
            answer = client.send(request, stream=True)
            try:
                return answer.status_code
            finally:
                answer.close()
        except httpx.TimeoutException:
            raise NotDelivered(f"no answer within {seconds:g} seconds") from None
        except (httpx.HTTPError, OSError, RuntimeError) as error:
            if not late.is_alive():
                raise NotDelivered(f"no answer within {seconds:g} seconds") from None
            raise NotDelivered(f"the connection failed ({type(error).__name__})") from None
        finally:
            late.cancel()
            client.close()


@cache
def _trusted() -> ssl.SSLContext:
    """Whom we believe, read once: it takes longer than most deliveries."""
    import httpx

    return httpx.create_ssl_context(trust_env=False)


def _host(adres: Adres) -> str:
    usual = {"https": 443, "http": 80}[adres.scheme]
    name = f"[{adres.host}]" if ":" in adres.host else adres.host
    return name if adres.port == usual else f"{name}:{adres.port}"
