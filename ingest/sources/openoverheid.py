"""The spider of the API of open.overheid.nl: pages of search results, and the metadata of each document that changed."""

from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from typing import Any
from urllib.parse import quote, urlsplit

from scrapy.http import Request, Response

from ingest.sources.basis import Spin, tell
from ingest.sources.bekend import Bekend
from ingest.sources.berichten import SourceItem
from ingest.sources.inhoud import MOST
from ingest.sources.openoverheid_document import GeenBestand, documenten, id_van

_API = "/overheid/openbaarmakingen/api/v0"
_PAGE = 50
_DEEPEST = 10_000
"""The most results that are paged through; a period with more is halved (a search engine gives no more pages than this)."""
_GONE = frozenset({404, 410})


@dataclass(eq=False)
class Zoekvraag:
    """One search: for a publisher and a category, as they are called there; `totaal` is how many documents it has."""

    publisher: str | None
    categorie: str | None
    totaal: int | None = None
    gezien: set[str] = field(default_factory=set)


@dataclass(frozen=True, eq=False)
class Venster:
    """A part of a search by the day on which a document was made public; without a bound it is open on that side."""

    vraag: Zoekvraag
    van: date | None
    tot: date | None
    gezien: set[str] = field(default_factory=set)


class OpenoverheidSpin(Spin):
    """Tells every document once; of what did not change since the last run only the page of results is asked."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        adres = self.opdracht.adres.rstrip("/")
        self._api = adres if urlsplit(adres).path else adres + _API
        self._bekend = Bekend(self.opdracht.bekend)
        self._vragen: list[Zoekvraag] = []
        self._seen: set[str] = set()
        self._told: set[str] = set()
        self._pages = 0
        self._limit = min(self.opdracht.sitemap_bytes, MOST)

    async def start(self) -> AsyncIterator[Request]:
        filters = self.opdracht.eigen
        van, tot = (date.fromisoformat(day) if day else None for day in (filters["since"], filters["until"]))
        for publisher in filters["publishers"] or [None]:
            for categorie in filters["categories"] or [None]:
                vraag = Zoekvraag(publisher, categorie)
                self._vragen.append(vraag)
                for request in self._search(Venster(vraag, van, tot), 0):
                    yield request

    def _search(self, venster: Venster, start: int) -> Iterator[Request]:
        url = self._address(venster, start)
        if self._pages >= self.opdracht.sitemaps:
            self.incomplete("more pages of results than limits.sitemaps allows")
            self.warn("endless_pages", url)
            return
        self._pages += 1
        yield self.ask(url, self.results, limit=self._limit, cb_kwargs={"venster": venster, "begin": start})

    def _address(self, venster: Venster, start: int) -> str:
        """Values are encoded twice, as the site itself does it; days are written as 31-01-2025."""
        text = str(self.opdracht.eigen["text"])
        asked = [
            ("zoektekst", _twice(text)),
            ("start", str(start)),
            ("aantalResultaten", str(_PAGE)),
            ("sort", "publicatiedatum"),
            ("order", "asc"),
        ]
        for key, day in (("publicatiedatumVan", venster.van), ("publicatiedatumTot", venster.tot)):
            asked += [] if day is None else [(key, f"{day:%d-%m-%Y}")]
        vraag = venster.vraag
        for key, value in (("organisatie", vraag.publisher), ("informatiecategorie", vraag.categorie)):
            asked += [] if value is None else [(key, _twice(value))]
        return f"{self._api}/zoek?" + "&".join(f"{key}={value}" for key, value in asked)

    def results(self, response: Response, venster: Venster, begin: int) -> Iterator[Request]:
        """Read a page of results; what changed is asked for, and the next page."""
        page = self.json_of(response, "search", self._limit)
        if page is None:
            return
        found, totaal = page.get("resultaten"), page.get("totaal")
        if not isinstance(found, list) or not isinstance(totaal, int):
            self.incomplete(f"{response.url} is no page of results")
            self.warn("search:shape", response.url)
            return
        vraag = venster.vraag
        if vraag.totaal is None:
            vraag.totaal = totaal
            if found and not self._is_of(vraag, found):
                self.incomplete(f"the search for {vraag.publisher} gives documents of others")
                self.warn("filter_ignored", response.url)
                return
        halves = _halved(venster, found, totaal) if begin == 0 else None
        if halves is not None:
            for half in halves:
                yield from self._search(half, 0)
            return
        for each in found:
            yield from self._result(each, venster, response.url)
        further = begin + len(found)
        if found and further < totaal:
            yield from self._search(venster, further)
        elif len(venster.gezien) < totaal:
            self.incomplete(f"a search tells of {totaal} documents and gives {len(venster.gezien)}")
            self.warn("search_incomplete", response.url)

    def _is_of(self, vraag: Zoekvraag, found: list[Any]) -> bool:
        """Whether any of the results is of the publisher that was asked for."""
        if vraag.publisher is None:
            return True
        names = (str(_document(each).get("publisher") or "").casefold() for each in found)
        return vraag.publisher.casefold() in names

    def _result(self, found: Any, venster: Venster, url: str) -> Iterator[Request]:
        document = _document(found)
        id = id_van(document.get("id")) or id_van(document.get("pid"))
        if id is None:
            self.warn("result_without_id", url)
            return
        venster.gezien.add(id)
        venster.vraag.gezien.add(id)
        if id in self._seen:
            return
        if len(self._seen) >= self.opdracht.documents:
            self.incomplete("more documents than limits.documents allows")
            self.warn("endless_documents", url)
            return
        self._seen.add(id)
        mutatie = document.get("mutatiedatumtijd")
        mutatie = mutatie if isinstance(mutatie, str) else None
        known = self._bekend.ongewijzigd(id, mutatie)
        if known:
            self._tell(known)
            return
        yield self.ask(
            f"{self._api}/zoek/{id}",
            self.detail,
            limit=self._limit,
            cb_kwargs={"id": id, "mutatie": mutatie},
            priority=1,
        )

    def detail(self, response: Response, id: str, mutatie: str | None) -> Iterator[Any]:
        """Tell the files of a document; one that is gone between search and question is not told."""
        if response.status in _GONE:
            tell(self.opgehaald(response))
            self.warn("detail_gone", response.url)
            return
        found = self.json_of(response, "detail", self._limit)
        if found is None:
            self._tell(self._bekend.van(id))
            return
        try:
            self._tell(documenten(self._api, id, mutatie, found))
        except GeenBestand:
            self.warn("document_without_file", response.url)
        yield from ()

    def no_answer(self, request: Request, why: str) -> None:
        """What is known of a document stands when it cannot be asked for."""
        super().no_answer(request, why)
        if "id" in request.cb_kwargs:
            self._tell(self._bekend.van(request.cb_kwargs["id"]))

    def _tell(self, items: list[SourceItem]) -> None:
        for item in items:
            if item.loc in self._told:
                self.warn("listed_twice", item.loc)
            else:
                self._told.add(item.loc)
                tell(item)

    def closed(self, reason: str) -> None:
        """Hold what was seen against what each search told in the beginning, then end."""
        for vraag in self._vragen:
            if vraag.totaal is not None and len(vraag.gezien) < vraag.totaal:
                self.incomplete(f"a search tells of {vraag.totaal} documents and gives {len(vraag.gezien)}")
        self._bekend.sluit()
        super().closed(reason)


def _halved(venster: Venster, found: list[Any], totaal: int) -> tuple[Venster, Venster] | None:
    """Two halves of a period with too many documents; None where it has few enough, or is too short.

    The halves share a day: whether the API counts the last day of a period in is not documented.
    """
    if totaal <= _DEEPEST:
        return None
    first = venster.van or _day(_document(found[0]).get("openbaarmakingsdatum") if found else None)
    last = venster.tot or datetime.now(UTC).date()
    if first is None or (last - first).days < 2:
        return None
    middle = first + timedelta(days=(last - first).days // 2)
    return (
        replace(venster, tot=middle, gezien=set()),
        replace(venster, van=middle, gezien=set()),
    )


def _document(found: Any) -> dict[str, Any]:
    document = found.get("document") if isinstance(found, dict) else None
    return document if isinstance(document, dict) else {}


def _day(value: Any) -> date | None:
    try:
        return date.fromisoformat(value[:10]) if isinstance(value, str) else None
    except ValueError:
        return None


def _twice(value: str) -> str:
    return quote(quote(value, safe=""), safe="")
