"""Keeps each address within its share before anything is done for it."""

from contextlib import AsyncExitStack

from starlette.requests import Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from search_api.charging import CHARGE
from search_api.costs import cost_of
from search_api.errors import respond
from search_api.problems import ProblemError
from search_api.visitors import Visitors, key_of
from woo.logs import get_logger

_log = get_logger(__name__)


class Limited:
    """Charges each request, and lets those of one address take turns; answers 429 in words where it is too much.

    A turn ends when the answer is begun, as it is made whole before that; an answer that is made while it is sent keeps it.
    """

    def __init__(self, app: ASGIApp, *, visitors: Visitors, behind_proxy: bool = False) -> None:
        self._app = app
        self._visitors = visitors
        self._warned = behind_proxy

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        host = scope["client"][0] if scope.get("client") else ""
        if scope["type"] == "http":
            self._warn_of_a_proxy(scope)
        if scope["type"] != "http" or not self._visitors.is_counted(host):
            await self._app(scope, receive, send)
            return
        cost = cost_of(scope["method"], scope["path"])
        key = key_of(host)
        scope[CHARGE] = lambda points: self._visitors.charge(key, points)
        try:
            self._visitors.charge(key, cost.points)
            async with AsyncExitStack() as stack:
                if cost.points:
                    await stack.enter_async_context(self._visitors.turn(key))

                async def send_and_pass_on(message: Message) -> None:
                    if message["type"] == "http.response.start" and not cost.streams:
                        await stack.aclose()
                    await send(message)

                await self._app(scope, receive, send_and_pass_on)
        except ProblemError as error:
            await respond(Request(scope, receive), error)(scope, receive, send)

    def _warn_of_a_proxy(self, scope: Scope) -> None:
        """A proxy that is not in the settings makes all visitors one: they then share one limit."""
        if self._warned or not _forwarded(scope):
            return
        self._warned = True
        _log.warning("proxy_not_trusted", setting="serve.trusted_proxies")


def _forwarded(scope: Scope) -> bool:
    return any(name == b"x-forwarded-for" for name, _ in scope["headers"])
