"""The spider of sites that have no sitemaps and no API: its list pages, one after the other, and the page of each item on them."""

from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from parsel import Selector
from scrapy.http import Request, Response
from twisted.python.failure import Failure

from ingest.sources.basis import Spin, tell
from ingest.sources.bekend import Bekend
from ingest.sources.berichten import Gelezen, Opgehaald
from ingest.sources.inhoud import MOST, Onleesbaar
from ingest.sources.site_document import (
    ETAG,
    GEWIJZIGD,
    Rij,
    documenten,
    mislukt,
    stand_van,
    zoals_het_was,
)
from ingest.sources.site_lijsten import Blad, Lijst, Wandeling
from ingest.sources.site_pagina import Pagina, lees_pagina
from ingest.sources.site_regels import Gevonden, Regels

_GONE = frozenset({404, 410})
_MOST_OPEN = 100
"""Pages of items that are asked for before the next list page is."""
_EXAMPLE_LISTS = 10


@dataclass(frozen=True, eq=False)
class Stuk:
    """An item whose page is asked for: its place, its address, what its row says, and a digest of that."""

    plaats: int
    url: str
    rij: Gevonden
    stand: str


class SiteSpin(Spin):
    """Tells every item once, in the order of the lists; of one whose row tells that it did not change no page is asked."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        eigen = self.opdracht.eigen
        self._regels = Regels(eigen, self.warn)
        self._wandeling = Wandeling(
            eigen["start"] or [self.opdracht.adres],
            eigen.get("next"),
            self.opdracht.sitemaps,
            meld=self.warn,
            onvolledig=self.incomplete,
        )
        self._bekend = Bekend(self.opdracht.bekend)
        self._rij = Rij(tell, lambda loc: self.warn("listed_twice", loc))
        self._seen: set[str] = set()
        self._has_links = "next" in self._regels and not self._wandeling.heeft_patroon
        self._bezig = False
        self._open = 0
        self._bekend_gelezen = self._zonder_bestand = 0
        self._limit = min(self.opdracht.sitemap_bytes, MOST)

    async def start(self) -> AsyncIterator[Request]:
        for request in self._verder():
            yield request

    def _verder(self) -> Iterator[Request]:
        """The next list page, one at a time; not while many pages of items are still to come."""
        if self._bezig or self._open >= _MOST_OPEN:
            return
        blad = self._wandeling.neem()
        if blad is not None:
            self._bezig = True
            yield self.ask(blad.url, self.blad, limit=self._limit, cb_kwargs={"blad": blad})

    def blad(self, response: Response, blad: Blad) -> Iterator[Request]:
        """Read a list page: its items are told or asked for, and the list goes on."""
        self._bezig = False
        got = self.opgehaald(response)
        try:
            pagina = self._blad(response, got, blad)
        finally:
            tell(got)
        if pagina is not None:
            yield from self._items(pagina, blad)
        yield from self._verder()

    def _blad(self, response: Response, got: Opgehaald, blad: Blad) -> Pagina | None:
        if response.status == 200:
            pagina = self._gelezen(response, got, "list")
            if isinstance(pagina, Pagina):
                return pagina
            self.incomplete(f"{response.url} cannot be read ({pagina.code})")
            return None
        if blad.nummer and response.status in _GONE:
            return None  # the pattern of addresses goes further than the list
        self.incomplete(f"{response.url} gives status {response.status}")
        self.warn("list_missing", response.url)
        return None

    def _gelezen(self, response: Response, got: Opgehaald, wat: str) -> Pagina | Onleesbaar:
        """The page of an answer, or why it cannot be read."""
        try:
            pagina = lees_pagina(response, Path(str(got.pad)), self._limit)
        except Onleesbaar as error:
            self.warn(f"{wat}:{error.code}", response.url)
            return error
        if not pagina.charset_klopt:
            self.warn(f"{wat}:charset", response.url)
        return pagina

    def _items(self, pagina: Pagina, blad: Blad) -> Iterator[Request]:
        rijen = self._regels.rijen(pagina)
        links = self._regels.adressen("next", pagina.boom, pagina) if self._has_links else []
        verder = self._wandeling.gevolgd(blad, [each.url for each in links])
        self._vertel_blad(pagina, rijen, verder)
        before = len(blad.lijst.gezien)
        for nummer, rij in enumerate(rijen, 1):
            yield from self._item(pagina, blad.lijst, rij, nummer)
        self._wandeling.verder(
            pagina.url,
            blad,
            verder,
            rijen=len(rijen),
            nieuw=len(blad.lijst.gezien) - before,
            leeg=not rijen and self._regels.is_leeg(pagina),
        )

    def _item(self, pagina: Pagina, lijst: Lijst, rij: Selector, nummer: int) -> Iterator[Request]:
        """One row of a list: told at once, or its page is asked for."""
        found = Gevonden()
        self._regels.lees("list", rij, pagina, found)
        has_page = "detail" in self._regels
        if has_page:
            named = [each.url for each in self._regels.adressen("detail", rij, pagina)]
        else:
            named = [loc for loc, _ in found.bestanden]
        id = named[0] if named else f"{pagina.url}#item-{nummer}"
        lijst.gezien.add(id)
        if not self._is_new(id):
            return
        stuk = Stuk(self._rij.neem(), id, found, stand_van(self.opdracht.eigen, found))
        if not has_page:
            self._rij.zet(stuk.plaats, self._verwerkt(stuk, None))
        elif named:
            yield from self._vraag(stuk)
        else:
            self.warn("missing:detail", pagina.url)
            why = "missing: nothing is found by the rule detail"
            self._rij.zet(stuk.plaats, [mislukt(id, why, found.eerste("title"))])

    def _is_new(self, id: str) -> bool:
        """Whether an item was not met before, and may still be taken."""
        if id in self._seen:
            return False
        if len(self._seen) >= self.opdracht.documents:
            self.incomplete("more documents than limits.documents allows")
            self.warn("endless_documents", id)
            self._wandeling.stop()
            return False
        self._seen.add(id)
        return True

    def _vraag(self, stuk: Stuk) -> Iterator[Request]:
        """Ask for the page of an item, unless its row tells that it is as it was."""
        shown = stuk.plaats < self.opdracht.voorbeelden
        known = [] if shown else zoals_het_was(self._bekend, stuk.url, stuk.stand)
        if known and stuk.rij.eerste("changed") is not None:
            self._rij.zet(stuk.plaats, list(known))
            return
        said = known[0].gegevens if known else {}
        asked = {"If-None-Match": said.get(ETAG), "If-Modified-Since": said.get(GEWIJZIGD)}
        self._open += 1
        yield self.ask(
            stuk.url,
            self.detail,
            limit=self._limit,
            headers={key: value for key, value in asked.items() if value},
            cb_kwargs={"stuk": stuk},
            priority=1,
        )

    def detail(self, response: Response, stuk: Stuk) -> Iterator[Request]:
        """Read the page of an item; what cannot be had stays as it was told before."""
        self._open -= 1
        got = self.opgehaald(response)
        try:
            told = self._detail(response, got, stuk)
        finally:
            tell(got)
        self._rij.zet(stuk.plaats, told)
        yield from self._verder()

    def _detail(self, response: Response, got: Opgehaald, stuk: Stuk) -> list[Any]:
        if response.status == 304:
            known = zoals_het_was(self._bekend, stuk.url, stuk.stand)
            return list(known) or self._blijft(stuk, "http: the page answers with status 304 unasked")
        if response.status in _GONE:
            self.warn("detail_gone", response.url)
            gone = f"http: its page answers with status {response.status}"
            return [] if self._bekend.van(stuk.url) else [mislukt(stuk.url, gone, stuk.rij.eerste("title"))]
        if response.status != 200:
            self.warn("detail_missing", response.url)
            return self._blijft(stuk, f"http: its page answers with status {response.status}")
        pagina = self._gelezen(response, got, "detail")
        if isinstance(pagina, Onleesbaar):
            return self._blijft(stuk, f"page: its page cannot be read ({pagina.code})")
        self._regels.lees("detail", pagina.boom, pagina, stuk.rij)
        return self._verwerkt(stuk, got)

    def _verwerkt(self, stuk: Stuk, got: Opgehaald | None) -> list[Any]:
        """The documents of an item that was read, or that it misses something without which it is none.

        A page that had a file and has none now is not told: whether its file is gone is asked at the end, as of everything absent.
        """
        found = stuk.rij
        known = bool(self._bekend.van(stuk.url))
        self._bekend_gelezen += known
        told: list[Any] = self._voorbeeld(stuk)
        missing = [
            naam
            for naam in self._regels.nodig
            if not (found.bestanden if naam == "files" else found.velden.get(naam))
        ]
        if not missing:
            return told + documenten(
                found,
                id=None if got is None else stuk.url,
                stand=stuk.stand,
                etag=None if got is None else got.kop("etag"),
                gewijzigd=None if got is None else got.kop("last-modified"),
            )
        for naam in missing:
            self.warn(f"missing:{naam}", stuk.url)
        if "files" in missing and known:
            self._zonder_bestand += 1
            return told
        return told + self._blijft(stuk, f"missing: nothing is found by the rule {' and '.join(missing)}")

    def _blijft(self, stuk: Stuk, reden: str) -> list[Any]:
        """An item that cannot be read now is a failure; what is known of it stands, and then the site was not seen whole.

        An item of which nothing is known hides nothing that is here, so that the run may be complete without it.
        """
        known = zoals_het_was(self._bekend, stuk.url, stuk.stand) or self._bekend.van(stuk.url)
        if known:
            self.incomplete(f"{stuk.url}: {reden}")
        return [*known, mislukt(stuk.url, reden, stuk.rij.eerste("title"))]

    def failed(self, failure: Failure) -> Iterator[Any]:
        """No answer; the list goes on."""
        yield from super().failed(failure)
        yield from self._verder()

    def no_answer(self, request: Request, why: str) -> None:
        """A list page without an answer makes the site not seen whole; the page of an item only where something is known of it."""
        stuk: Stuk | None = request.cb_kwargs.get("stuk")
        if stuk is None:
            self._bezig = False
            super().no_answer(request, why)
            return
        self._open -= 1
        before = self.onvolledig
        super().no_answer(request, why)
        self.onvolledig = before
        self._rij.zet(stuk.plaats, self._blijft(stuk, why))

    def _vertel_blad(self, pagina: Pagina, rijen: list[Selector], verder: list[Blad]) -> None:
        if self.opdracht.voorbeelden and self._wandeling.aantal <= _EXAMPLE_LISTS:
            found = {"items": [str(len(rijen))] if rijen else []}
            if "next" in self._regels:
                found["next"] = [each.url for each in verder]
            tell(Gelezen(pagina.url, "list", found))

    def _voorbeeld(self, stuk: Stuk) -> list[Any]:
        """What each rule found of this item, for a dry run, where it is one of the first."""
        if stuk.plaats >= self.opdracht.voorbeelden:
            return []
        found = stuk.rij
        told = {naam: found.uitleg.get(naam) or found.velden.get(naam, []) for naam in self._regels.namen}
        told["files"] = [f"{loc} ({titel})" if titel else loc for loc, titel in found.bestanden]
        return [Gelezen(stuk.url, "item", told)]

    def closed(self, reason: str) -> None:
        """Tell what still waits, and which rules never found anything; then end."""
        if self._zonder_bestand > max(1, self._bekend_gelezen // 2):
            why = f"{self._zonder_bestand} of {self._bekend_gelezen} pages that had a file have none now"
            self.incomplete(f"{why}: the site may have changed, and rules.fields.files with it")
        self._rij.sluit()
        for naam, url in self._regels.nooit():
            self.warn(f"never_found:{naam}", url)
        self._bekend.sluit()
        super().closed(reason)
