"""Asks an ASGI application without a server between, also what no well-behaved client would send."""

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import httpx
from starlette.types import ASGIApp, Message


class Client:
    """A synchronous client; an error that escapes the application is a 500, as it would be behind a server."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    def get(self, path: str, **headers: str) -> httpx.Response:
        return self.ask("GET", path, **headers)

    def post(self, path: str, content: Any = None, **headers: str) -> httpx.Response:
        """Send bytes, or the fields of a form; `files` are not offered, see httpx.Request for those."""
        data = content if isinstance(content, dict) else None
        return self._run("POST", path, headers, data=data, content=None if data else content)

    def ask(self, method: str, path: str, **headers: str) -> httpx.Response:
        return self._run(method, path, headers)

    def send(self, request: httpx.Request) -> httpx.Response:
        """Send a request as httpx made it, such as a form with a file."""
        return self._run(request.method, str(request.url), dict(request.headers), content=request.read())

    def _run(self, method: str, path: str, headers: Mapping[str, str], **body: Any) -> httpx.Response:
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        return asyncio.run(self._ask(method, path, named, **body))

    async def _ask(self, method: str, path: str, headers: Mapping[str, str], **body: Any) -> httpx.Response:
        transport = httpx.ASGITransport(self.app, raise_app_exceptions=False)
        async with httpx.AsyncClient(transport=transport, base_url="http://testserver") as client:
            return await client.request(method, path, headers=headers, **body)


@dataclass
class RawAnswer:
    """What came back for a request put together by hand."""

    status: int
    headers: dict[str, str]
    body: bytes


def ask_raw(app: ASGIApp, path: str, query: bytes) -> RawAnswer:
    """Send any bytes as query string; an error that escapes the application escapes here as well."""
    sent: list[Message] = []

    async def receive() -> Message:
        return {"type": "http.request", "body": b"", "more_body": False}

    async def send(message: Message) -> None:
        sent.append(message)

    scope: dict[str, Any] = {
        "type": "http",
        "asgi": {"version": "3.0"},
        "http_version": "1.1",
        "method": "GET",
        "scheme": "http",
        "path": path,
        "raw_path": path.encode("utf-8", "replace"),
        "query_string": query,
        "root_path": "",
        "headers": [(b"host", b"testserver")],
        "client": ("127.0.0.1", 1),
        "server": ("127.0.0.1", 80),
    }
    asyncio.run(app(scope, receive, send))  # type: ignore[arg-type]
    start = next(message for message in sent if message["type"] == "http.response.start")
    body = b"".join(message.get("body", b"") for message in sent if message["type"] == "http.response.body")
    headers = {name.decode("latin-1").lower(): value.decode("latin-1") for name, value in start["headers"]}
    return RawAnswer(start["status"], headers, body)
