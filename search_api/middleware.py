"""What every answer carries whatever made it: security headers, the API's version, and an error page instead of a stack trace."""

from collections.abc import Mapping
from pathlib import Path
from traceback import extract_tb

from starlette.datastructures import MutableHeaders
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from search_api.addresses import is_api
from search_api.errors import respond
from search_api.openapi import API_VERSION
from woo.logs import get_logger

_EVERYWHERE = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=(), browsing-topics=()",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cache-Control": "no-cache",
}
_SITE = {
    "Content-Security-Policy": "default-src 'none'; img-src 'self'; style-src 'self'; script-src 'self'; connect-src 'self'; font-src 'self'; "
    "base-uri 'none'; form-action 'self'; frame-ancestors 'none'",
    "Cross-Origin-Resource-Policy": "same-origin",
}
_API = {
    "Content-Security-Policy": "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
    "Cross-Origin-Resource-Policy": "cross-origin",
    "Access-Control-Allow-Origin": "*",
    "Access-Control-Expose-Headers": "API-Version, Content-Disposition, Content-Range, ETag, Retry-After, Server-Timing",
    "API-Version": API_VERSION,
}
_PREFLIGHT = {
    "Access-Control-Allow-Methods": "GET, HEAD, POST",
    "Access-Control-Allow-Headers": "Content-Type, Range, If-None-Match, If-Range",
    "Access-Control-Max-Age": "86400",
    "Allow": "GET, HEAD, POST, OPTIONS",
}
_HSTS = {"Strict-Transport-Security": "max-age=31536000"}

logger = get_logger(__name__)


class Headers:
    """Outermost layer in plain ASGI: adds headers, answers CORS preflights, and turns what escaped into a 500."""

    def __init__(self, app: ASGIApp, *, https: bool) -> None:
        self._app = app
        common = _EVERYWHERE | (_HSTS if https else {})
        self._site = common | _SITE
        self._api = common | _API

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        for_api = is_api(scope["path"])
        started = False

        async def send_with_headers(message: Message) -> None:
            nonlocal started
            if message["type"] == "http.response.start":
                started = True
                _add(message, self._api if for_api else self._site)
            await send(message)

        if for_api and scope["method"] == "OPTIONS":
            await Response(status_code=204, headers=_PREFLIGHT)(scope, receive, send_with_headers)
            return
        try:
            await self._app(scope, receive, send_with_headers)
        except Exception as error:
            logger.error(
                "request_failed", method=scope["method"], error=type(error).__name__, where=_where(error)
            )
            if started:
                raise
            response = respond(Request(scope, receive), error)
            await response(scope, receive, send_with_headers)


def _add(message: Message, wanted: Mapping[str, str]) -> None:
    headers = MutableHeaders(scope=message)
    for name, value in wanted.items():
        headers.setdefault(name, value)


def _where(error: Exception) -> list[str]:
    """The places the error passed; not its message, nor path and query: they hold what people search for."""
    return [f"{Path(frame.filename).name}:{frame.lineno}" for frame in extract_tb(error.__traceback__)[-8:]]
