"""The spider of DiWoo publishers: robots.txt, sitemap indices, sitemaps, and the documents that they name."""

import zlib
from collections.abc import AsyncIterator, Iterator
from datetime import date, datetime
from pathlib import Path
from typing import Any
from urllib.parse import urljoin, urlsplit

from protego import Protego
from scrapy.http import Request, Response

from ingest.sources.basis import Spin, tell
from ingest.sources.berichten import SourceItem
from ingest.sources.inhoud import open_inhoud
from woo.diwoo.sitemap import DiWoo, Sitemapvermelding, Vermelding, Verwijzing
from woo.diwoo.sitemaplezer import Sitemaplezer
from woo.diwoo.xmlstroom import SitemapOnleesbaar

_MOST_ROBOTS = 1024 * 1024
_DEEPEST = 5


class DiwooSpin(Spin):
    """Tells every document of the sitemaps once; what it repairs is counted as a warning."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._sitemaps: set[str] = set()
        self._seen: set[str] = set()

    async def start(self) -> AsyncIterator[Request]:
        adres = self.opdracht.adres
        if urlsplit(adres).path.lower().endswith((".xml", ".xml.gz")):
            for request in self._sitemap(adres, 0):
                yield request
        else:
            yield self.ask(
                urljoin(adres, "/robots.txt"),
                self.robots,
                limit=_MOST_ROBOTS,
                meta={"dont_obey_robotstxt": True},
            )

    def robots(self, response: Response) -> Iterator[Request]:
        """Go on with the sitemaps that robots.txt names: those of DiWoo, or all where none is called so."""
        got = self.opgehaald(response)
        text = Path(str(got.pad)).read_bytes().decode("utf-8", "replace")
        tell(got)
        if response.status != 200:
            self.incomplete(f"robots.txt gives status {response.status}")
            self.warn("robots_missing", response.url)
            return
        named = list(dict.fromkeys(urljoin(response.url, each) for each in Protego.parse(text).sitemaps))
        diwoo = [each for each in named if "diwoo" in each.lower()]
        if not named:
            self.incomplete("robots.txt names no sitemap")
            self.warn("robots_without_sitemap", response.url)
        elif not diwoo:
            self.warn("sitemap_not_named_diwoo", response.url)
        for url in diwoo or named:
            yield from self._sitemap(url, 0)

    def _sitemap(self, url: str, depth: int) -> Iterator[Request]:
        if url in self._sitemaps:
            return
        if depth > _DEEPEST or len(self._sitemaps) >= self.opdracht.sitemaps:
            self.incomplete(
                "more sitemaps than limits.sitemaps allows"
                if depth <= _DEEPEST
                else "indices name each other without end"
            )
            self.warn("endless_sitemaps", url)
            return
        self._sitemaps.add(url)
        yield self.ask(
            url, self.sitemap, limit=self.opdracht.sitemap_bytes, cb_kwargs={"depth": depth}, priority=depth
        )

    def sitemap(self, response: Response, depth: int) -> Iterator[Request]:
        """Read a sitemap or index; what it names is asked or told."""
        got = self.opgehaald(response)
        if response.status != 200:
            tell(got)
            self.incomplete(f"{response.url} gives status {response.status}")
            self.warn("sitemap_missing", response.url)
            return
        lezer = Sitemaplezer(tolerant=True, limiet=self.opdracht.sitemap_bytes)
        try:
            with open_inhoud(Path(str(got.pad))) as bron:
                for found in lezer.lees(bron):
                    if isinstance(found, Sitemapvermelding):
                        yield from self._sitemap(urljoin(response.url, found.loc), depth + 1)
                    else:
                        self._document(response.url, found)
        except (SitemapOnleesbaar, OSError, EOFError, zlib.error) as error:
            code = error.code if isinstance(error, SitemapOnleesbaar) else "gzip"
            self.incomplete(f"{response.url} cannot be read ({code})")
            self.warn(f"sitemap:{code}", response.url)
        finally:
            tell(got)
        for code, count in lezer.waarschuwingen.items():
            self.warn(f"sitemap:{code}", response.url, count)
        if not lezer.compleet:
            self.incomplete(f"{response.url} was cut off")

    def _document(self, base: str, found: Vermelding) -> None:
        loc = urljoin(base, found.loc)
        if found.diwoo is None:
            return
        if loc in self._seen:
            self.warn("listed_twice", loc)
            return
        if len(self._seen) >= self.opdracht.documents:
            self.incomplete("more documents than limits.documents allows")
            self.warn("endless_documents", loc)
            return
        self._seen.add(loc)
        tell(
            SourceItem(
                loc, None if found.lastmod is None else found.lastmod.isoformat(), gegevens(found.diwoo, base)
            )
        )


def gegevens(diwoo: DiWoo, base: str) -> dict[str, Any]:
    """The metadata as plain values; what is empty is left out."""

    def ref(value: Verwijzing | None) -> dict[str, str | None] | None:
        return None if value is None else {"label": value.label, "resource": value.resource}

    def loc(value: Verwijzing | None) -> str | None:
        return None if value is None or not value.resource else urljoin(base, value.resource)

    found: dict[str, Any] = {
        "publisher": ref(diwoo.publisher),
        "titel": diwoo.officiele_titel,
        "verkorte_titel": next(iter(diwoo.verkorte_titels), None),
        "omschrijving": "\n".join(diwoo.omschrijvingen),
        "categorieen": [ref(each) for each in diwoo.informatiecategorieen],
        "soorten": [ref(each) for each in diwoo.documentsoorten],
        "themas": [ref(each) for each in diwoo.themas],
        "identifiers": list(diwoo.identifiers),
        "creatiedatum": _iso(diwoo.creatiedatum),
        "taal": ref(diwoo.language),
        "format": ref(diwoo.format),
        "aggregatiekenmerk": diwoo.aggregatiekenmerk,
        "deel_van": loc(diwoo.is_part_of),
        "delen": [each for each in map(loc, diwoo.has_parts) if each],
        "reden": ref(diwoo.reden_verwijdering_vervanging),
    }
    return {key: value for key, value in found.items() if value}


def _iso(value: date | datetime | None) -> str | None:
    return None if value is None else value.isoformat()
