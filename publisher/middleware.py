"""What goes around every request: headers on each answer, and a limit on what is sent."""

from collections.abc import Mapping

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from publisher.answering import is_api, respond_to
from publisher.openapi import API_VERSION
from publisher.problems import BodyTooLarge, of
from woo.logs import get_logger

SMALL_BODY = 256 * 1024
"""Bytes that a request may send; only the routes that take a file allow more."""

_EVERYWHERE = {
    "Cache-Control": "no-store",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=(), browsing-topics=()",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
}
_API = _EVERYWHERE | {
    "API-Version": API_VERSION,
    "Content-Security-Policy": "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
    "Referrer-Policy": "no-referrer",
}
_PAGES = _EVERYWHERE | {
    "Content-Security-Policy": "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; "
    "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Referrer-Policy": "same-origin",
}
INZAGE = "/inzage/"
"""Where links for requesters lead: who has one needs no key, and reaches nothing else."""
OPEN_TO_ALL = ("/static/", INZAGE)
"""The style sheets, which are no secret and which the page for logging in needs; and what asks for a secret of its own."""

_LINKS = _PAGES | {"Referrer-Policy": "no-referrer", "X-Robots-Tag": "noindex, nofollow"}

_BODY = "woo.body_limit"
_log = get_logger(__name__)


class Envelope:
    """The outermost layer: adds the headers and turns what escaped into a 500 without internals."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        headers, started = _headers_of(scope["path"]), False

        async def send_with_headers(message: Message) -> None:
            nonlocal started
            if message["type"] == "http.response.start":
                started = True
                _add(message, headers)
            await send(message)

        try:
            await self._app(scope, receive, send_with_headers)
        except Exception as error:
            _log.exception("request_failed", method=scope["method"], error=type(error).__name__)
            if started:
                raise
            await respond_to(scope, of(error))(scope, receive, send_with_headers)


class BodyLimit:
    """Counts what is sent, and ends the request past the limit; what the client announces is believed only to refuse."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        scope[_BODY] = SMALL_BODY
        announced = Headers(scope=scope).get("content-length", "")
        read = 0

        async def counted() -> Message:
            nonlocal read
            limit: int = scope[_BODY]
            if announced.isascii() and announced.isdigit() and int(announced[:20]) > limit:
                raise BodyTooLarge(limit)
            message = await receive()
            read += len(message.get("body", b""))
            if read > limit:
                raise BodyTooLarge(limit)
            return message

        await self._app(scope, counted, send)


def allow_body(scope: Scope, limit: int) -> None:
    """Let this request send up to `limit` bytes; called by a route before it reads."""
    scope[_BODY] = limit


def _headers_of(path: str) -> Mapping[str, str]:
    if path.startswith(INZAGE):
        return _LINKS
    return _API if is_api(path) else _PAGES


def _add(message: Message, wanted: Mapping[str, str]) -> None:
    headers = MutableHeaders(scope=message)
    for name, value in wanted.items():
        if name != "Cache-Control" or "cache-control" not in headers:
            headers[name] = value
