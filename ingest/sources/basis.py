"""What every spider has: requests whose bodies go to the disk, and the lines that tell of them."""

import json
import os
import sys
import tempfile
from collections import Counter
from collections.abc import AsyncIterator, Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Self
from urllib.parse import urlsplit

import scrapy
from scrapy import signals
from scrapy.exceptions import CannotResolveHostError
from scrapy.http import Request, Response
from twisted.python.failure import Failure

from ingest.sources.berichten import Bericht, Einde, Opgehaald, Waarschuwing, als_regel
from ingest.sources.inhoud import Onleesbaar, lees_json
from ingest.sources.opdracht import Crawlopdracht, Taak
from ingest.sources.schijf import PAD
from ingest.sources.veilig import NIET_TOEGESTAAN, geweigerd

_EERST = "woo_eerst"
_TOGETHER = 4
_KOPPEN = frozenset(
    {
        "content-type",
        "content-length",
        "etag",
        "last-modified",
        "date",
        "server",
        "content-disposition",
        "content-encoding",
        "location",
    }
)


def tell(bericht: Bericht) -> None:
    """Write one message for the run."""
    sys.stdout.write(als_regel(bericht))


class Spin(scrapy.Spider):
    """A spider with an order; `onvolledig` is why the site was not seen whole, None as long as it was.

    `stand` and `vervolg` are for feeds: see `Einde`.
    """

    name = "woo"

    def __init__(self, opdracht: Crawlopdracht, **_: Any) -> None:
        super().__init__()
        self.opdracht = opdracht
        self.onvolledig: str | None = None
        self.verzoeken = 0
        self.stand: str | None = None
        self.vervolg = False
        self._warned: Counter[tuple[str, str]] = Counter()

    @classmethod
    def from_crawler(cls, crawler: Any, *args: Any, **kwargs: Any) -> Self:
        made = super().from_crawler(crawler, *args, **kwargs)
        crawler.signals.connect(made.broken, signal=signals.spider_error)
        return made

    def broken(self, failure: Failure, response: Response) -> None:
        """A fault of ours while reading an answer: the site was not seen whole."""
        self.incomplete(f"{response.url}: {type(failure.value).__name__}")
        self.warn("not_understood", response.url)

    def ask(
        self, url: str, callback: Callable[..., Any], *, limit: int, eerst: str | None = None, **extra: Any
    ) -> Request:
        """A request whose body goes to a file of its own; every end of it is told."""
        handle, pad = tempfile.mkstemp(dir=self.opdracht.spool, prefix="haal-")
        os.close(handle)
        kwargs: dict[str, Any] = extra.pop("cb_kwargs", {})
        return Request(
            url,
            callback=callback,
            errback=self.failed,
            meta={PAD: pad, "download_maxsize": limit, _EERST: eerst or url, **extra.pop("meta", {})},
            cb_kwargs=kwargs,
            dont_filter=True,
            **extra,
        )

    def opgehaald(self, response: Response) -> Opgehaald:
        """What came back, as it is told; a body of which nothing came has no file."""
        request = response.request or Request(response.url)
        pad = Path(request.meta[PAD])
        size = pad.stat().st_size if pad.exists() else 0
        return Opgehaald(
            url=response.url,
            waarvoor=request.meta[_EERST],
            op=datetime.now(UTC).isoformat(),
            status=response.status,
            methode=request.method,
            koppen=_headers(response.headers, _KOPPEN),
            gevraagd=_headers(request.headers, None),
            pad=str(pad),
            grootte=size,
            ip=None if response.ip_address is None else str(response.ip_address),
        )

    def json_of(self, response: Response, what: str, limit: int) -> dict[str, Any] | None:
        """The object of an answer; None where there is none, and then the site was not seen whole (warnings begin with `what`)."""
        got = self.opgehaald(response)
        try:
            if response.status != 200:
                self.incomplete(f"{response.url} gives status {response.status}")
                self.warn(f"{what}_missing", response.url)
                return None
            return lees_json(Path(str(got.pad)), limit)
        except Onleesbaar as error:
            self.incomplete(f"{response.url} cannot be read ({error.code})")
            self.warn(f"{what}:{error.code}", response.url)
            return None
        finally:
            tell(got)

    def failed(self, failure: Failure) -> Iterator[Any]:
        """No answer: told with the reason, and the site was not seen whole."""
        request: Request = failure.request  # type: ignore[attr-defined]
        why = reason_of(failure, request.url)
        pad = Path(request.meta[PAD])
        pad.unlink(missing_ok=True)
        self.no_answer(request, why)
        yield from ()

    def no_answer(self, request: Request, why: str) -> None:
        """Tell of a request without an answer; a spider that discovers has not seen the site whole then."""
        self.incomplete(f"{request.url}: {why}")
        self.warn(f"no_answer:{why.split(':')[0]}", request.url)
        tell(
            Opgehaald(
                request.url, request.meta[_EERST], datetime.now(UTC).isoformat(), 0, request.method, fout=why
            )
        )

    def warn(self, soort: str, url: str, aantal: int = 1) -> None:
        """Count something that is not right at the site, by kind; told once with its number at the end."""
        first = next((key for key in self._warned if key[0] == soort), (soort, url))
        self._warned[first] += aantal

    def incomplete(self, why: str) -> None:
        self.onvolledig = self.onvolledig or why

    def closed(self, reason: str) -> None:
        """Tell the end; Scrapy calls this."""
        if reason != "finished":
            self.incomplete("the time window closed" if reason == "closespider_timeout" else reason)
        for (soort, url), count in self._warned.items():
            tell(Waarschuwing(soort, url, count))
        stats = self.crawler.stats
        asked = int(stats.get_value("downloader/request_count", 0)) if stats is not None else 0
        tell(Einde(self.onvolledig is None, self.onvolledig, asked, self.stand, self.vervolg))
        sys.stdout.flush()


class Haler(Spin):
    """Fetches files, one task after the other; knows nothing of where they were found."""

    _held = 0

    async def start(self) -> AsyncIterator[Request]:
        with Path(str(self.opdracht.taken)).open(encoding="utf-8") as lines:
            for line in lines:
                taak = Taak(**json.loads(line))
                headers = {}
                if taak.etag:
                    headers["If-None-Match"] = taak.etag
                if taak.gewijzigd:
                    headers["If-Modified-Since"] = taak.gewijzigd
                yield self.ask(
                    taak.url,
                    self.got,
                    limit=self.opdracht.file_bytes,
                    eerst=taak.sleutel,
                    headers=headers,
                    method=taak.methode,
                )

    def got(self, response: Response) -> None:
        """Tell of an answer; no generator, whose source Scrapy would look through each time."""
        self._tell(self.opgehaald(response))

    def no_answer(self, request: Request, why: str) -> None:
        """A file that cannot be had is told as such; the others go on."""
        self._tell(
            Opgehaald(
                request.url, request.meta[_EERST], datetime.now(UTC).isoformat(), 0, request.method, fout=why
            )
        )

    def _tell(self, opgehaald: Opgehaald) -> None:
        """Every few answers are handed over together: each time wakes the run."""
        tell(opgehaald)
        self._held += 1
        if self._held >= _TOGETHER:
            self._held = 0
            sys.stdout.flush()


def _headers(headers: Any, only: frozenset[str] | None) -> list[tuple[str, str]]:
    found = []
    for key, values in headers.items():
        name = key.decode("latin-1")
        if only is None or name.lower() in only:
            found += [(name, value.decode("latin-1")) for value in values]
    return found


def reason_of(failure: Failure, url: str) -> str:
    """Why there was no answer, as a code and perhaps a sentence, without anything that the site chose to say."""
    error = failure.value
    text = str(error)
    if isinstance(error, CannotResolveHostError) and (urlsplit(url).hostname or "") in geweigerd:
        return f"{NIET_TOEGESTAAN}: its name leads to an address that is not public"
    if "address_not_allowed" in text:
        return text[text.index("address_not_allowed") :]
    if "Forbidden by robots.txt" in text:
        return "robots: robots.txt forbids it"
    name = type(error).__name__
    known = {
        "DownloadCancelledError": "too_large: it is larger than the limit",
        "DownloadTimeoutError": "timeout: no answer in time",
        "ResponseDataLossError": "cut: the transfer was cut off",
        "DownloadFailedError": "cut: the connection was lost",
        "CannotResolveHostError": "dns: its name cannot be resolved",
        "DownloadConnectionRefusedError": "refused: the connection was refused",
    }
    if "max redirections" in text.lower():
        return "redirects: too many redirects"
    return known.get(name, f"failed: {name}")
