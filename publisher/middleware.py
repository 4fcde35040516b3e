"""What goes around every request: headers on each answer, the key before anything else, and a limit on what is sent."""

from collections.abc import Mapping

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from publisher.auth import Authentication
from publisher.openapi import API_VERSION
from publisher.problems import BodyTooLarge, of, respond
from woo.domain.errors import WooError
from woo.logs import get_logger

SMALL_BODY = 256 * 1024
"""Bytes that a request may send; only the routes that take a file allow more."""

_HEADERS = {
    "API-Version": API_VERSION,
    "Cache-Control": "no-store",
    "Content-Security-Policy": "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=(), browsing-topics=()",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
}
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
        started = False

        async def send_with_headers(message: Message) -> None:
            nonlocal started
            if message["type"] == "http.response.start":
                started = True
                _add(message, _HEADERS)
            await send(message)

        try:
            await self._app(scope, receive, send_with_headers)
        except Exception as error:
            _log.exception("request_failed", method=scope["method"], error=type(error).__name__)
            if started:
                raise
            await respond(of(error), scope["path"])(scope, receive, send_with_headers)


class KeyRequired:
    """Lets nothing through without a valid key, whatever the address; nothing of the body is read before."""

    def __init__(self, app: ASGIApp, *, authentication: Authentication) -> None:
        self._app = app
        self._authentication = authentication

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "lifespan":
            await self._app(scope, receive, send)
            return
        if scope["type"] != "http":
            await send({"type": "websocket.close", "code": 1008})
            return
        given = Headers(scope=scope).getlist("authorization")
        address = scope["client"][0] if scope.get("client") else "unknown"
        try:
            actor = await run_in_threadpool(self._authentication.actor, given, address)
        except WooError as error:
            await respond(of(error), scope["path"])(scope, receive, send)
            return
        scope.setdefault("state", {})["actor"] = actor
        await self._app(scope, receive, send)


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


def _add(message: Message, wanted: Mapping[str, str]) -> None:
    headers = MutableHeaders(scope=message)
    for name, value in wanted.items():
        headers[name] = value
