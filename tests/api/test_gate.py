"""Nothing withdrawn comes out, whatever index and store still hold; every route is tried, and a new one must be named here."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime, timedelta

import pytest

from search_api.gate import MAX_AGE, Gate
from search_api.problems import WithdrawnError
from tests.api.site import PublicSite
from tests.fake_storage import FakePublicStore
from woo.domain.document import Document
from woo.domain.errors import NotFound, Unavailable
from woo.domain.publicatie import Publicatie
from woo.index.port import NOTHING_EXCLUDED, Excluded, SearchResults
from woo.index.query import SearchQuery
from woo.storage.port import Withdrawn

SECRET = "Zonnewijzer"  # a word that stands in everything that is withdrawn

DOCUMENT_ROUTES = {
    "/v1/documenten/{id}": "/v1/documenten/{id}",
    "/v1/documenten/{id}/paginas/{n}": "/v1/documenten/{id}/paginas/1",
    "/v1/documenten/{id}/paginas/{n}/afbeelding": "/v1/documenten/{id}/paginas/1/afbeelding",
    "/v1/documenten/{id}/bestand/{bestandsnaam:path}": "/v1/documenten/{id}/bestand/besluit.pdf",
    "/documenten/{id}": "/documenten/{id}?zoek=" + SECRET,
    "/documenten/{id}/melding": "/documenten/{id}/melding?pagina=1",
    "/v1/documenten/{id}/versies": "/v1/documenten/{id}/versies",
    "/v1/documenten/{id}/versies/{versie}": "/v1/documenten/{id}/versies/1",
    "/documenten/{id}/versies/{versie}": "/documenten/{id}/versies/1",
}
PUBLICATIE_ROUTES = {
    "/v1/publicaties/{id}": "/v1/publicaties/{id}",
    "/publicaties/{id}": "/publicaties/{id}",
    "/v1/publicaties/{id}/inventaris": "/v1/publicaties/{id}/inventaris",
    "/v1/publicaties/{id}/inventaris.csv": "/v1/publicaties/{id}/inventaris.csv",
    "/v1/publicaties/{id}/inventaris.xlsx": "/v1/publicaties/{id}/inventaris.xlsx",
    "/v1/publicaties/{id}/inventaris.pdf": "/v1/publicaties/{id}/inventaris.pdf",
    "/publicaties/{id}/inventaris.pdf": "/publicaties/{id}/inventaris.pdf",
    "/v1/publicaties/{id}/zip": "/v1/publicaties/{id}/zip",
    "/publicaties/{id}/feed.atom": "/publicaties/{id}/feed.atom",
    "/publicaties/{id}/feed.rss": "/publicaties/{id}/feed.rss",
    "/publicaties/{id}/feed.json": "/publicaties/{id}/feed.json",
}
LISTING_ROUTES = {
    "/v1/documenten": "/v1/documenten?facetten=true",
    "/v1/publicaties": "/v1/publicaties?facetten=true",
    "/v1/export": "/v1/export?formaat=jsonl",
    "/feed.atom": "/feed.atom",
    "/feed.rss": "/feed.rss",
    "/feed.json": "/feed.json",
    "/v1/suggesties": "/v1/suggesties?zoek=" + SECRET[:6],
    "/": "/",
    "/publicaties": "/publicaties",
}
SHOWS_NO_DOCUMENT = {
    "/zoekreeks",  # tests/api/test_zoekreeks_page.py
    "/v1/_zoek-reeks",  # tests/api/test_batch.py
    "/statistieken",  # counts alone; tests/flow/test_statistieken.py
    "/v1/statistieken",
    "/organisaties",  # counts alone; tests/api/test_organisaties.py
    "/organisaties/{code}",
    "/hoe-open",
    "/v1/organisaties",
    "/v1/organisaties/{code}",
    "/v1/hoe-open",
    "/v1/hoe-open.csv",
    "/bronnen",  # what others publish, as somebody here had it checked
    "/v1/bronnen",
    "/volgen",  # forms alone
    "/volgen/bevestig",
    "/volgen/stop",
    "/v1/openapi.json",
    "/v1/waardelijsten/{lijst}",
    "/gezondheid/live",
    "/gezondheid/gereed",
    "/.well-known/security.txt",
    "/v1/wijzigingen",  # tests/api/test_wijzigingen.py
    "/robots.txt",
    "/sitemaps/{naam}",  # tests/api/test_sitemaps.py
    "/toegankelijkheid",
    "/zoekhulp",
    "/api",
    "/static/{naam}",
}


def test_every_route_is_tried_here_or_known_to_show_no_document(site: PublicSite):
    tried = {*DOCUMENT_ROUTES, *PUBLICATIE_ROUTES, *LISTING_ROUTES, *SHOWS_NO_DOCUMENT}
    assert {getattr(route, "path", repr(route)) for route in site.app().routes} == tried


@pytest.fixture
def secret(site: PublicSite) -> tuple[Publicatie, Document]:
    publicatie = site.add_publicatie(f"Publicatie {SECRET}", omschrijving=SECRET)
    return publicatie, site.add_document(publicatie, f"Document {SECRET}", [f"Blad\n{SECRET} in de tekst."])


@pytest.mark.parametrize("method", ["GET", "HEAD"])
@pytest.mark.parametrize("route", DOCUMENT_ROUTES.values())
def test_a_withdrawn_document_is_gone_by_every_road(
    site: PublicSite, secret: tuple[Publicatie, Document], route: str, method: str
):
    _, document = secret
    path = route.replace("{id}", document.id)
    client = site.client()
    assert client.ask(method, path).status_code in (200, 302)
    site.withdraw(document)
    answer = site.client().ask(method, path)
    assert answer.status_code == 410
    assert "Blad" not in answer.text


@pytest.mark.parametrize("route", [*DOCUMENT_ROUTES.values(), *PUBLICATIE_ROUTES.values()])
def test_a_withdrawn_publicatie_takes_its_documents_along(
    site: PublicSite, secret: tuple[Publicatie, Document], route: str
):
    publicatie, document = secret
    site.withdraw(publicatie)
    id = document.id if "documenten" in route else publicatie.id
    answer = site.client().get(route.replace("{id}", id))
    assert answer.status_code == 410
    assert "3 mei 2024" in answer.text


@pytest.mark.parametrize(
    ("route", "of_publicatie"),
    [
        *((route, True) for route in LISTING_ROUTES.values()),
        *((route, False) for route in LISTING_ROUTES.values() if "publicaties" not in route),
    ],
)
def test_what_is_withdrawn_is_in_no_list_total_or_facet(
    site: PublicSite, secret: tuple[Publicatie, Document], route: str, of_publicatie: bool
):
    publicatie, document = secret
    other = site.add_publicatie("Blijft staan")
    site.add_document(other, "Blijft ook", ["Blad\ntekst"])
    site.withdraw(publicatie if of_publicatie else document)
    answer = site.client().get(route)
    assert answer.status_code == 200
    assert document.officiele_titel not in answer.text
    assert document.id not in answer.text
    if "facetten" in route:
        body = answer.json()
        assert body["totaal"] == 1
        assert [value["aantal"] for value in body["facetten"]["informatiecategorie"]] == [1]


class StaleIndex:
    """An index that knows of nothing being withdrawn, as a reader that lags behind."""

    def __init__(self, site: PublicSite) -> None:
        self._index = site.index

    def search(self, query: SearchQuery, *, excluded: Excluded = NOTHING_EXCLUDED) -> SearchResults:
        return self._index.search(query)

    def totals(
        self, queries: Sequence[SearchQuery], *, excluded: Excluded = NOTHING_EXCLUDED
    ) -> tuple[int, ...]:
        return self._index.totals(queries)


@pytest.mark.parametrize("of_publicatie", [False, True])
@pytest.mark.parametrize("route", ["/v1/documenten", "/v1/publicaties"])
def test_a_hit_of_an_index_that_lags_is_dropped(
    site: PublicSite, secret: tuple[Publicatie, Document], route: str, of_publicatie: bool
):
    publicatie, document = secret
    site.withdraw(publicatie if of_publicatie else document)
    for what in (publicatie, document):
        site.store.settle(what.id, datetime.now(UTC) - timedelta(days=1))
    body = site.client(index=StaleIndex(site)).get(route).json()
    assert document.id not in [found["id"] for found in body["resultaten"]]
    assert bool(body["resultaten"]) == (route == "/v1/publicaties" and not of_publicatie)


def test_the_tombstone_tells_when_and_why_and_the_title_it_was_given(
    site: PublicSite, secret: tuple[Publicatie, Document]
):
    publicatie, document = secret
    site.withdraw(document, reden="Er stond een naam in.")
    body = site.client().get(f"/v1/documenten/{document.id}").json()
    assert body["ingetrokken"] == {
        "soort": "document",
        "id": document.id,
        "ingetrokkenOp": "2024-05-03T09:00:00Z",
        "reden": "Er stond een naam in.",
    }
    page = site.client().get(f"/documenten/{document.id}")
    assert "Ingetrokken document" in page.text
    assert "Er stond een naam in." in page.text
    assert SECRET not in page.text
    site.withdraw(publicatie, titel="Zaak aan de Kade")
    assert "Zaak aan de Kade" in site.client().get(f"/publicaties/{publicatie.id}").text


class Moments:
    """A clock that is moved by hand."""

    def __init__(self) -> None:
        self.seconds = 100.0
        self.start = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)

    def monotonic(self) -> float:
        return self.seconds

    def now(self) -> datetime:
        return self.start + timedelta(seconds=self.seconds)


class CountingStore(FakePublicStore):
    """Counts how often the list is read, and cannot be reached when told so."""

    def __init__(self) -> None:
        super().__init__()
        self.readings = 0
        self.away = False

    def withdrawn(self) -> Mapping[str, Withdrawn]:
        self.readings += 1
        if self.away:
            raise Unavailable("public store", "away")
        return super().withdrawn()


ID = "00000000-0000-4000-8000-000000000001"


@pytest.fixture
def moments() -> Iterator[Moments]:
    return Moments()


def gate_over(store: CountingStore, moments: Moments) -> Gate:
    return Gate(store, now=moments.now, monotonic=moments.monotonic)


def test_the_list_is_read_once_a_second_and_no_less(moments: Moments):
    store = CountingStore()
    gate = gate_over(store, moments)
    gate.excluded()
    store.withdraw(Withdrawn(ID, "document", moments.now(), "fout"))
    moments.seconds += MAX_AGE - 0.01
    assert gate.excluded() == NOTHING_EXCLUDED
    assert store.readings == 1
    moments.seconds += 0.01
    assert gate.excluded() == Excluded(documenten=frozenset({ID}))
    assert store.readings == 2


def test_an_entry_is_excluded_until_a_minute_after_index_and_store_were_equal(moments: Moments):
    store = CountingStore()
    gate = gate_over(store, moments)
    store.withdraw(Withdrawn(ID, "publicatie", moments.now(), "fout"))
    moments.seconds += 3600
    assert gate.excluded().publicaties == {ID}
    store.settle(ID, moments.now())
    moments.seconds += 59
    assert gate.excluded().publicaties == {ID}
    moments.seconds += 2
    assert gate.excluded() == NOTHING_EXCLUDED
    with pytest.raises(WithdrawnError):
        gate.publicatie(ID)


def test_nothing_passes_when_the_list_cannot_be_read(moments: Moments):
    store = CountingStore()
    gate = gate_over(store, moments)
    gate.excluded()
    store.away = True
    moments.seconds += MAX_AGE
    for attempt in (
        gate.excluded,
        lambda: gate.admitted(()),
        lambda: gate.document(ID),
        lambda: gate.publicatie(ID),
    ):
        with pytest.raises(Unavailable):
            attempt()


def test_an_id_that_is_none_is_never_asked_of_the_store(moments: Moments):
    class Strict(CountingStore):
        def document(self, id: str) -> None:
            raise AssertionError("the store was asked")

        publicatie = document

    gate = gate_over(Strict(), moments)
    for id in ("../../etc/passwd", "", "x" * 9000, ID + "\n", ID.upper().replace("0", "A"), "\x00"):
        with pytest.raises(NotFound):
            gate.document(id)
        with pytest.raises(NotFound):
            gate.publicatie(id)


def test_a_store_that_is_away_is_a_503_on_every_route_that_shows_documents(site: PublicSite):
    store = CountingStore()
    store.away = True
    client = site.client(store=store)
    for route in {**DOCUMENT_ROUTES, **PUBLICATIE_ROUTES, **LISTING_ROUTES}.values():
        assert client.get(route.replace("{id}", ID)).status_code == 503, route
