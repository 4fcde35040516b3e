"""Shows an example within a page of the desk: the public site, asked inside, with every address in it led back here."""

import importlib
import re
from collections.abc import Callable, Iterator, MutableMapping
from contextlib import AbstractContextManager
from threading import Lock
from typing import Any, Protocol, cast

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from woo.diwoo.waardelijsten import Waardelijsten
from woo.domain.errors import NotFound
from woo.index.port import IndexReader
from woo.settings import Settings
from woo.storage.port import PublicReader

PUBLIC_SITE = "search_api.voorbeeld:PublicSite"
"""What shows an example; named, not imported: no service rests on another (docs/adr/0017-preview-is-the-public-site.md)."""

_PASSED_ON = (b"accept", b"accept-language", b"range", b"if-none-match", b"if-range")
_OFFERED = re.compile(
    r"(?:/[a-z]{2})?/(?:publicaties/[^/]+|documenten/[^/]+(?:/versies/\d+)?|organisaties/[^/]+)|/(?:static/[^/]+"
    r"|v1/documenten/[^/]+(?:/paginas/\d+(?:/afbeelding)?|/bestand/[^/]+)?"
    r"|v1/publicaties/[^/]+(?:/zip|/inventaris(?:\.csv|\.xlsx|\.pdf)?)?|v1/organisaties/[^/]+)"
)
"""What of the public site is about one publicatie, and who publishes it; nothing else is reached through an example."""

_OWN = re.compile(r'(?P<before>\s(?:href|src|action|data-vorige|data-volgende)=")(?P<path>/(?!/)[^"]*)')
_SRCSET = re.compile(r'(\ssrcset=")([^"]*)')
_ALTERNATE = re.compile(r'\s*<link rel="(?:alternate|canonical)"[^>]*>')
_MAIN = re.compile(r"<main [^>]*>\n")


class Site(Protocol):
    """The public site, to be shown any store and index."""

    def showing(self, store: PublicReader, index: IndexReader) -> AbstractContextManager[ASGIApp]: ...

    def close(self) -> None: ...


class Etalage:
    """Opens the public site when it is first asked for: most desks of a day never are."""

    def __init__(self, settings: Settings, lijsten: Waardelijsten) -> None:
        self._settings = settings
        self._lijsten = lijsten
        self._lock = Lock()
        self._site: Site | None = None

    def site(self) -> Site:
        with self._lock:
            if self._site is None:
                module, _, name = PUBLIC_SITE.partition(":")
                make = cast(
                    Callable[[Settings, Waardelijsten], Site], getattr(importlib.import_module(module), name)
                )
                self._site = make(self._settings, self._lijsten)
            return self._site

    def close(self) -> None:
        """End the processes that draw pages."""
        with self._lock:
            if self._site is not None:
                self._site.close()
                self._site = None


class Getoond(Response):
    """The answer of the public site to `path`, with its addresses led to `prefix`, and a banner on each page.

    Nothing of it is kept by a browser or found by a search engine. Raises NotFound for what is not about one publicatie.
    """

    def __init__(
        self, site: Site, store: PublicReader, index: IndexReader, *, prefix: str, path: str, banner: str
    ) -> None:
        if not _OFFERED.fullmatch(path):
            raise NotFound("voorbeeld", path)
        super().__init__()
        self._site = site
        self._store = store
        self._index = index
        self._prefix = prefix
        self._path = path
        self._banner = str(banner)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        inner = {
            "type": "http",
            "asgi": scope.get("asgi", {"version": "3.0"}),
            "http_version": scope.get("http_version", "1.1"),
            "method": scope["method"],
            "scheme": scope.get("scheme", "http"),
            "path": self._path,
            "raw_path": self._path.encode(),
            "query_string": scope["query_string"],
            "root_path": "",
            "headers": [pair for pair in scope["headers"] if pair[0] in _PASSED_ON],
            "client": ("127.0.0.1", 0),
            "server": scope.get("server"),
            "state": {},
        }
        answer = _Answer(send, self._lead)
        with self._site.showing(self._store, self._index) as app:
            await app(cast(MutableMapping[str, Any], inner), receive, answer)

    def _lead(self, html: str) -> str:
        return led(html, self._prefix, self._banner)


class _Answer:
    """Passes an answer on; a page is kept until it is whole, and changed."""

    def __init__(self, send: Send, change: Callable[[str], str]) -> None:
        self._send = send
        self._change = change
        self._start: Message | None = None
        self._parts: list[bytes] = []

    async def __call__(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            _close_to_others(message)
            if Headers(raw=message["headers"]).get("content-type", "").startswith("text/html"):
                self._start = message
                return
        elif self._start is not None:
            self._parts.append(message.get("body", b""))
            if message.get("more_body", False):
                return
            body = self._change(b"".join(self._parts).decode()).encode()
            MutableHeaders(scope=self._start)["Content-Length"] = str(len(body))
            await self._send(self._start)
            await self._send({"type": "http.response.body", "body": body})
            return
        await self._send(message)


def led(html: str, prefix: str, banner: str) -> str:
    """A page of the public site whose own addresses lead to `prefix`, with a banner above it.

    Every value in those pages is escaped, so that what looks like an attribute is one.
    """
    html = _ALTERNATE.sub("", html)
    html = _OWN.sub(lambda found: f"{found['before']}{prefix}{found['path']}", html)
    html = _SRCSET.sub(lambda found: found[1] + ", ".join(_sources(found[2], prefix)), html)
    return _MAIN.sub(lambda found: found[0] + banner, html, count=1)


def _sources(srcset: str, prefix: str) -> Iterator[str]:
    for source in srcset.split(","):
        text = source.strip()
        yield prefix + text if text.startswith("/") else text


def _close_to_others(message: Message) -> None:
    headers = MutableHeaders(scope=message)
    headers["Cache-Control"] = "no-store"
    headers["X-Robots-Tag"] = "noindex, nofollow"
    for name in ("Access-Control-Allow-Origin", "Access-Control-Expose-Headers", "ETag"):
        del headers[name]
