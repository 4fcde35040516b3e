"""Walks the site of a publisher as the national harvester does, and notes what it would trip over: robots, indices, sitemaps, files."""

import gzip
import io
import random
import zlib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import IO, BinaryIO, TypeVar, cast
from urllib.parse import urljoin, urlsplit
from urllib.robotparser import RobotFileParser

from ingest.bronnen.bestanden import look_at
from ingest.bronnen.bevindingen import Bevindingen, Plaats
from ingest.bronnen.ophalen import Antwoord, Bron, NietOpgehaald, Uitgeput
from woo.diwoo.sitemap import MAX_BYTES, Sitemapvermelding, Vermelding
from woo.diwoo.sitemaplezer import Sitemaplezer, Soort
from woo.diwoo.sitemapregels import INDEXNAAM, keur
from woo.diwoo.waardelijsten import Waardelijsten
from woo.diwoo.xmlstroom import SitemapOnleesbaar
from woo.usecases.broncontrole import site_of

_ROBOTS_BYTES = 512 * 1024
_SLOW = 5.0
_XML = frozenset(
    {"application/xml", "text/xml", "application/x-xml", "application/gzip", "application/x-gzip"}
)
_PER_SITEMAP = 3
_KEPT_LOCS = 200_000
_AHEAD = timedelta(days=1)
_Item = TypeVar("_Item")


@dataclass(slots=True)
class Uitkomst:
    """What a check saw; `onvolledig` says why it stopped early, None when it looked at all that it wanted to."""

    adres: str
    gecontroleerd_op: datetime
    bevindingen: Bevindingen = field(default_factory=Bevindingen)
    indexen: int = 0
    sitemaps: int = 0
    sitemaps_genoemd: int = 0
    vermeldingen: int = 0
    bestanden: int = 0
    verzoeken: int = 0
    bytes: int = 0
    onvolledig: str | None = None


class Controle:
    """One check; `sitemaps` and `bestanden` are the most of each that are looked at."""

    def __init__(
        self,
        bron: Bron,
        lijsten: Waardelijsten,
        *,
        now: Callable[[], datetime],
        sitemaps: int,
        bestanden: int,
    ) -> None:
        self._bron = bron
        self._lijsten = lijsten
        self._now = now
        self._sitemaps = sitemaps
        self._bestanden = bestanden
        self._locs: dict[str, str] = {}
        self._sample: dict[str, Vermelding] = {}

    def loop(self, adres: str) -> Uitkomst:
        """Check the site at this address; raises InvalidValue for what is no address."""
        self._site = site_of(adres)
        self._uit = Uitkomst(self._site, self._now())
        try:
            self._walk()
        except Uitgeput as error:
            self._uit.onvolledig = str(error)
        self._uit.verzoeken, self._uit.bytes = self._bron.verzoeken, self._bron.bytes
        return self._uit

    def _walk(self) -> None:
        if not self._site.startswith("https://"):
            self._meld("site_zonder_https", self._site)
        named = self._robots()
        if named is None:
            return
        indices = self._choose(named)
        per_index = max(1, self._sitemaps // max(1, len(indices)))
        for url in indices:
            self._index(url, per_index)
        for vermelding in _spread(list(self._sample.values()), self._bestanden):
            self._look_at_host(vermelding.loc)
            self._uit.bestanden += 1
            look_at(self._bron, vermelding, self._uit.bevindingen, self._lijsten)

    def _robots(self) -> Sequence[str] | None:
        """The addresses that robots.txt names as sitemaps; None where there is nothing to go on with."""
        url = f"{self._site}/robots.txt"
        answer = self._fetch(url, "geen_robots", limiet=_ROBOTS_BYTES)
        if answer is None:
            return None
        with answer.inhoud as body:
            text = body.read().decode("utf-8", "replace").removeprefix("\ufeff")
        if answer.soort == "text/html" or text.lstrip()[:200].lower().startswith(
            ("<!doctype", "<html", "<?xml")
        ):
            self._meld("robots_geen_tekst", url)
            return None
        self._rules = RobotFileParser()
        self._rules.parse(text.splitlines())
        delay = self._rules.crawl_delay("*")
        if delay and float(delay) > _SLOW:
            self._meld("wachttijd", url, f"{delay} seconden")
        return tuple(dict.fromkeys(urljoin(url, each) for each in self._rules.site_maps() or ()))

    def _choose(self, named: Sequence[str]) -> list[str]:
        """The indices for the harvester; where there are none, what comes closest is looked at all the same."""
        diwoo = [url for url in named if "diwoo" in urlsplit(url).path.lower()]
        if not any(INDEXNAAM.fullmatch(_file_name(url)) for url in diwoo):
            self._meld("geen_diwoo_index", f"{self._site}/robots.txt")
        return diwoo or list(named[:3])

    def _index(self, url: str, most: int) -> None:
        """One index, and some of the sitemaps that it names."""
        self._look_at_host(url)
        sitemaps: list[str] = []
        soort = self._file(url, url, naam=_file_name(url), sitemaps=sitemaps)
        if soort is None:
            return
        if soort is Soort.SITEMAP:
            self._meld("sitemap_als_index", url)
            self._uit.sitemaps_genoemd += 1
            self._uit.sitemaps += 1
            return
        self._uit.indexen += 1
        self._uit.sitemaps_genoemd += len(sitemaps)
        for loc in _spread(sitemaps, most):
            self._look_at_host(loc)
            if self._file(urljoin(url, loc), url, naam=None, sitemaps=[]) is not None:
                self._uit.sitemaps += 1

    def _file(self, url: str, index: str, *, naam: str | None, sitemaps: list[str]) -> Soort | None:
        """Judge a sitemap or index, and read it as well as it can be read; None where it cannot be fetched.

        The addresses of the sitemaps that it names are added to `sitemaps`; of documents some are kept to look at.
        """
        if not self._allowed(url):
            self._meld("robots_verbiedt", url)
        answer = self._fetch(url, "niet_gevonden", limiet=MAX_BYTES + 1)
        if answer is None:
            return None
        with answer.inhoud as body:
            if answer.soort and answer.soort not in _XML and not answer.soort.endswith("+xml"):
                self._meld("inhoudstype", url, answer.soort)
            plain = _unpacked(body)
            for fault in keur(cast(BinaryIO, plain), self._lijsten, naam=naam):
                self._uit.bevindingen.meld_gebrek(fault, url)
            plain.seek(0)
            return self._read(plain, url, _number_of(index), sitemaps)

    def _read(self, plain: IO[bytes], url: str, nr: str | None, sitemaps: list[str]) -> Soort | None:
        lezer = Sitemaplezer(tolerant=True)
        kept: list[Vermelding] = []
        chance = random.Random(url)  # noqa: S311 - a sample, the same each time
        seen = 0
        try:
            for each in lezer.lees(cast(BinaryIO, plain)):
                if isinstance(each, Sitemapvermelding):
                    sitemaps.append(each.loc)
                    continue
                seen += 1
                self._entry(each, url, nr)
                if len(kept) < _PER_SITEMAP:
                    kept.append(each)
                elif (place := chance.randrange(seen)) < _PER_SITEMAP:
                    kept[place] = each
        except SitemapOnleesbaar:
            pass  # told by the judge, which reads the same
        self._uit.vermeldingen += seen
        for each in kept:
            self._sample.setdefault(each.loc, each)
        return lezer.soort or Soort.SITEMAP

    def _entry(self, each: Vermelding, sitemap: str, nr: str | None) -> None:
        place = Plaats(sitemap, each.regel)
        before = self._locs.get(each.loc)
        if before is not None and before != sitemap:
            self._uit.bevindingen.meld("dubbel_document", place)
        if len(self._locs) < _KEPT_LOCS:
            self._locs[each.loc] = sitemap
        if each.lastmod is not None and each.lastmod > self._now() + _AHEAD:
            self._uit.bevindingen.meld("toekomst", place)
        if each.diwoo is None:
            return
        lijst = self._lijsten.informatiecategorieen
        known = [
            lijst.get(one.resource)
            for one in each.diwoo.informatiecategorieen
            if one.resource and one.resource in lijst
        ]
        if nr is not None and known and all(one.extra.get("nr") != nr for one in known):
            self._uit.bevindingen.meld("andere_categorie", place, detail=f"{nr}: {known[0].naam}")
        publisher = None if each.diwoo.publisher is None else each.diwoo.publisher.resource
        register = self._lijsten.organisatieregister
        if publisher is not None and publisher in register:
            body = register.get(publisher)
            made = each.diwoo.creatiedatum
            if body.opgeheven(made or self._now().date()):
                self._uit.bevindingen.meld("opgeheven", place, detail=body.naam)

    def _fetch(self, url: str, code: str, *, limiet: int) -> Antwoord | None:
        """Fetch an address; where that fails the finding tells it and the answer is None."""
        try:
            answer = self._bron.haal(url, limiet=limiet)
        except NietOpgehaald as error:
            seen = error.code if error.code in ("tls", "prive") else "geen_antwoord"
            self._meld(seen, url, _WHY.get(error.code, ""))
            return None
        if answer.omgeleid:
            self._meld("omleiding", url, answer.url)
        if answer.status == 200:
            return answer
        answer.inhoud.close()
        known = answer.status in (404, 410)
        self._meld(code if known else "geen_antwoord", url, f"status {answer.status}")
        return None

    def _allowed(self, url: str) -> bool:
        """Whether robots.txt of this site lets everyone fetch the address; that of another site is not asked."""
        return urlsplit(url).netloc != urlsplit(self._site).netloc or self._rules.can_fetch("*", url)

    def _look_at_host(self, url: str) -> None:
        host = urlsplit(urljoin(self._site, url)).netloc
        if host != urlsplit(self._site).netloc:
            self._meld("andere_host", url, host)

    def _meld(self, code: str, url: str, detail: str = "") -> None:
        self._uit.bevindingen.meld(code, Plaats(url), detail=detail)


_WHY = {
    "naam": "de naam is niet te vinden",
    "verbinding": "er komt geen verbinding tot stand",
    "tijd": "het duurt te lang",
    "omleiding": "het stuurt steeds verder door",
    "adres": "het is geen goed adres",
}


def _number_of(index: str) -> str | None:
    """The number of the category that the name of an index tells, such as 014."""
    name = _file_name(index)
    return name[-7:-4] if INDEXNAAM.fullmatch(name) else None


def _file_name(url: str) -> str:
    return urlsplit(url).path.rpartition("/")[2]


def _spread(items: Sequence[_Item], most: int) -> Iterator[_Item]:
    """At most so many, from the first to the last, evenly."""
    if len(items) <= most:
        yield from items
        return
    step = (len(items) - 1) / max(1, most - 1)
    yield from (items[round(n * step)] for n in range(most))


def _unpacked(body: IO[bytes]) -> IO[bytes]:
    """The body, unpacked where it is gzip (a file `.xml.gz`), never more than a sitemap may be; what is broken is empty."""
    start = body.read(2)
    body.seek(0)
    if start != b"\x1f\x8b":
        return body
    try:
        with gzip.open(body) as packed:
            return io.BytesIO(packed.read(MAX_BYTES + 1))
    except (OSError, EOFError, zlib.error):
        return io.BytesIO()
