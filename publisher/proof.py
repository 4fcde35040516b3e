"""Proof that a request with a cookie comes from our own pages: where it says it comes from, and the token of the session."""

import hmac
import re
from urllib.parse import urlsplit

from starlette.datastructures import Headers
from starlette.types import Message, Receive

HEADER = "x-csrf-token"
SAFE = frozenset({"GET", "HEAD", "OPTIONS"})
_PEEK = 256 * 1024
"""Bytes of a form in which its token must have come."""

_FIELD = re.compile(rb'\bcsrf(?:=|"\r\n\r\n)([0-9a-f]{64})\b')


def from_here(headers: Headers, *, url: str) -> bool:
    """Whether a browser says that a request comes from our own pages; one that says nothing is not believed to be foreign.

    Args:
        headers: Those of the request.
        url: Address at which people open the desk; empty where that is this machine, and the host of the request counts.
    """
    site = headers.get("sec-fetch-site")
    if site is not None and site not in ("same-origin", "none"):
        return False
    origin = headers.get("origin")
    if origin is None or (origin == "null" and site == "same-origin"):
        return True
    if url:
        return origin == url
    return urlsplit(origin).netloc == headers.get("host", "")


def says_from_here(headers: Headers, *, url: str) -> bool:
    """As `from_here`, and the browser did say so."""
    said = headers.get("sec-fetch-site") == "same-origin" or headers.get("origin") not in (None, "null")
    return said and from_here(headers, url=url)


class Body:
    """The body of a request, of which the beginning was looked at; what was read is given again."""

    def __init__(self, receive: Receive) -> None:
        self._receive = receive
        self._read: list[Message] = []
        self._start = b""

    async def has(self, token: str) -> bool:
        """Whether a form carries this token in its field `csrf`."""
        looked = 0
        while True:
            for found in _FIELD.finditer(self._start, max(looked - 100, 0)):
                if is_token(found[1].decode(), token):
                    return True
            looked = len(self._start)
            if looked >= _PEEK or not await self._more():
                return False

    async def has_any(self) -> bool:
        """Whether a form carries some token, of whatever session."""
        while True:
            if _FIELD.search(self._start):
                return True
            if len(self._start) >= _PEEK or not await self._more():
                return False

    async def receive(self) -> Message:
        """The next message, from the beginning."""
        return self._read.pop(0) if self._read else await self._receive()

    async def _more(self) -> bool:
        if self._read and not self._read[-1].get("more_body", False):
            return False
        message = await self._receive()
        self._read.append(message)
        self._start += message.get("body", b"")
        return bool(message["type"] == "http.request")


def header_has(headers: Headers, token: str) -> bool:
    """Whether the header carries this token."""
    return is_token(headers.get(HEADER, ""), token)


def is_token(sent: str, token: str) -> bool:
    """Whether what was sent is this token; how long that takes tells nothing."""
    return hmac.compare_digest(sent.encode("utf-8", "surrogatepass"), token.encode())
