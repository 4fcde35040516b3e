"""Good manners: waits as long as a site asks (Retry-After, Crawl-delay), and tries again only what may succeed later."""

import asyncio
import time
from email.utils import parsedate_to_datetime
from typing import Any
from urllib.parse import urlsplit

from scrapy.downloadermiddlewares.robotstxt import RobotsTxtMiddleware
from scrapy.exceptions import CannotResolveHostError, DownloadCancelledError
from scrapy.http import Request, Response

_LATER = frozenset({408, 429, 500, 502, 503, 504})
_BEZET = frozenset({429, 503})
_FIRST, _MOST = 1.0, 60.0
POGING = "woo_poging"
_PACE: dict[str, float] = {}
"""Seconds between two requests to a host, as its robots.txt asks."""


class Robots(RobotsTxtMiddleware):
    """Scrapy's robots.txt, and its Crawl-delay too."""

    def process_request_2(self, rp: Any, request: Request) -> None:
        if rp is not None:
            delay = rp.rp.crawl_delay(self._default_useragent)
            if delay:
                _PACE[urlsplit(request.url).netloc] = float(delay)
        super().process_request_2(rp, request)


class Geduld:
    """Downloader middleware: holds back the requests to a host that asked for time, and asks again what failed for now."""

    def __init__(self, crawler: Any) -> None:
        self._retries = crawler.settings.getint("WOO_RETRIES")
        self._longest = crawler.settings.getfloat("WOO_RETRY_AFTER")
        self._not_before: dict[str, float] = {}

    @classmethod
    def from_crawler(cls, crawler: Any) -> "Geduld":
        return cls(crawler)

    async def process_request(self, request: Request) -> None:
        host = urlsplit(request.url).netloc
        while (wait := self._turn(host)) > 0:
            await asyncio.sleep(wait)

    def _turn(self, host: str) -> float:
        """Seconds to wait; 0 takes the turn."""
        now = time.monotonic()
        wait = self._not_before.get(host, 0.0) - now
        if wait <= 0 and host in _PACE:
            self._not_before[host] = now + _PACE[host]
        return max(wait, 0.0)

    async def process_response(self, request: Request, response: Response) -> Request | Response:
        if response.status not in _LATER:
            return response
        wait = _asked(response)
        again = self._again(request)
        if again is None or wait > self._longest:
            return response
        host = urlsplit(request.url).netloc
        if response.status in _BEZET:
            until = time.monotonic() + max(wait, _pause(request))
            self._not_before[host] = max(until, self._not_before.get(host, 0.0))
        else:
            await asyncio.sleep(_pause(request))
        return again

    async def process_exception(self, request: Request, exception: Exception) -> Request | None:
        if not _may_pass(exception):
            return None
        again = self._again(request)
        if again is not None:
            await asyncio.sleep(_pause(request))
        return again

    def _again(self, request: Request) -> Request | None:
        attempt = request.meta.get(POGING, 0) + 1
        if attempt > self._retries:
            return None
        return request.replace(
            meta={**request.meta, POGING: attempt}, dont_filter=True, priority=request.priority - 1
        )


def _may_pass(exception: Exception) -> bool:
    """Whether the same request may succeed later: a cut transfer, a timeout; not a limit of ours."""
    if isinstance(exception, DownloadCancelledError):
        return False
    name = type(exception).__name__
    if isinstance(exception, CannotResolveHostError):
        return False
    return isinstance(exception, OSError) or name in (
        "DownloadTimeoutError",
        "DownloadFailedError",
        "ResponseDataLossError",
        "DownloadConnectionRefusedError",
        "ConnectionLost",
        "ConnectionDone",
    )


def _pause(request: Request) -> float:
    return float(min(_FIRST * 2 ** request.meta.get(POGING, 0) * 0.25, _MOST))


def _asked(response: Response) -> float:
    """Seconds of Retry-After, a number or a moment (RFC 9110, section 10.2.3); 0 without it."""
    text = (response.headers.get(b"Retry-After") or b"").decode("ascii", "replace").strip()
    if text.isdecimal():
        return float(text)
    try:
        return max(parsedate_to_datetime(text).timestamp() - time.time(), 0.0)
    except (ValueError, TypeError):
        return 0.0
