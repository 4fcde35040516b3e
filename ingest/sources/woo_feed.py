"""The spider of another installation of this platform: what changed since the cursor that was kept, page by page."""

import re
from collections.abc import AsyncIterator, Iterator, Mapping
from typing import Any
from urllib.parse import quote

from scrapy.http import Request, Response

from ingest.sources.basis import Spin, tell
from ingest.sources.berichten import SourceItem
from ingest.sources.inhoud import MOST
from ingest.sources.woo_gegevens import gegevens
from woo.domain.oogst import INGETROKKEN

_FEED = "/v1/wijzigingen"
_PAGE = 100
_ID = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}", re.ASCII)
_DIGEST = re.compile(r"[0-9a-f]{64}", re.ASCII)
_LONGEST_CURSOR = 200
_NO_CURSOR = frozenset({400, 410})
_GONE = frozenset({"ingetrokken", "niet_openbaar"})


class WooSpin(Spin):
    """Tells each change in its order, so that the last one told of a document counts.

    Without a cursor everything is told. One that the site does not take (any more) makes it begin anew, once.
    """

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._adres = self.opdracht.adres.rstrip("/")
        self._limit = min(self.opdracht.sitemap_bytes, MOST)
        self._cursors: set[str] = set()
        self._anew = False
        self._documents = 0
        self.vervolg = bool(self.opdracht.eigen.get("na"))

    async def start(self) -> AsyncIterator[Request]:
        for request in self._page(self.opdracht.eigen.get("na")):
            yield request

    def _page(self, na: str | None) -> Iterator[Request]:
        url = f"{self._adres}{_FEED}?aantal={_PAGE}" + ("" if na is None else f"&na={quote(na, safe='')}")
        if len(self._cursors) >= self.opdracht.sitemaps:
            self.incomplete("more pages of changes than limits.sitemaps allows")
            self.warn("endless_pages", url)
            return
        yield self.ask(url, self.changes, limit=self._limit, cb_kwargs={"na": na})

    def changes(self, response: Response, na: str | None) -> Iterator[Request]:
        """Tell a page of changes, and go on with the next; the cursor of the last page is kept for the next run."""
        if na is not None and response.status in _NO_CURSOR and not self._anew:
            tell(self.opgehaald(response))
            self._anew, self.vervolg = True, False
            self.warn("feed_begun_anew", response.url)
            yield from self._page(None)
            return
        page = self.json_of(response, "feed", self._limit)
        if page is None:
            return
        changes, cursor, more = page.get("wijzigingen"), page.get("volgende"), page.get("meer")
        if not isinstance(changes, list) or not _is_cursor(cursor) or not isinstance(more, bool):
            self._not_of_this_shape(response.url)
            return
        for change in changes:
            self._change(change, response.url)
        if not more:
            self.stand = cursor
        elif cursor == na or cursor in self._cursors:
            self.incomplete("the feed gives the same cursor again")
            self.warn("feed_stands_still", response.url)
        elif self._documents <= self.opdracht.documents:
            self._cursors.add(str(cursor))
            yield from self._page(cursor)

    def _not_of_this_shape(self, url: str) -> None:
        self.incomplete(f"{url} is no feed of changes as this version knows it")
        self.warn("feed:shape", url)

    def _change(self, change: Any, url: str) -> None:
        found = _dict(change)
        id, status = found.get("documentId"), found.get("status")
        if not isinstance(id, str) or not _ID.fullmatch(id):
            self._not_of_this_shape(url)
        elif status in _GONE:
            tell(SourceItem(self._key(id), None, {INGETROKKEN: {"reden": _text(found.get("reden"))}}))
        elif status == "openbaar" and isinstance(found.get("document"), dict):
            self._public(id, found, url)
        else:
            self._not_of_this_shape(url)

    def _public(self, id: str, change: Mapping[str, Any], url: str) -> None:
        document = _dict(change.get("document"))
        bestand, adres = _dict(document.get("bestand")), _text(document.get("vasteBestandUrl"))
        digest = bestand.get("sha256")
        if not bestand or adres is None:
            self.warn("document_without_file", self._key(id))
            return
        if not isinstance(digest, str) or not _DIGEST.fullmatch(digest):
            self._not_of_this_shape(url)
            return
        self._documents += 1
        if self._documents > self.opdracht.documents:
            self.incomplete("more documents than limits.documents allows")
            self.warn("endless_documents", self._key(id))
            return
        said = gegevens(document, _dict(change.get("publicatie")))
        said |= {"url": adres, "sha256": digest, "bestandsnaam": _text(bestand.get("naam"))}
        wholes = document.get("bijlageVan")
        whole = next(iter(wholes), None) if isinstance(wholes, list) else None
        if isinstance(whole, str) and _ID.fullmatch(whole):
            said["deel_van"] = self._key(whole)
        tell(SourceItem(self._key(id), digest, said))

    def _key(self, id: str) -> str:
        """The address of the page of a document there: it stays, whatever its file is called."""
        return f"{self._adres}/documenten/{id}"


def _is_cursor(value: Any) -> bool:
    return (
        isinstance(value, str)
        and 0 < len(value) <= _LONGEST_CURSOR
        and value.isascii()
        and value.isprintable()
    )


def _text(value: Any) -> str | None:
    return value.strip() or None if isinstance(value, str) else None


def _dict(value: Any) -> Mapping[str, Any]:
    return value if isinstance(value, dict) else {}
