"""Searching over the API: hits with their pages, totals, facets, paging, and what the query was read as."""

from datetime import date, timedelta
from urllib.parse import quote

import pytest

from search_api.fragments import Fragments
from tests.api.site import PUBLISHED, PublicSite
from woo.analysis import Highlighter
from woo.domain.errors import Unavailable
from woo.index.compiler import wanted
from woo.index.parse import parse
from woo.index.port import NOTHING_EXCLUDED, Excluded, PageHit, SearchResults
from woo.index.query import SearchQuery

NORM = "De provincie hanteert voor stikstof een open norm in de vergunning."


def search(site: PublicSite, query: str = "") -> dict:
    answer = site.client().get(f"/v1/documenten{query}")
    assert answer.status_code == 200, answer.text
    return answer.json()


def test_a_hit_names_its_page_with_the_words_marked_and_a_link_to_it(site: PublicSite):
    publicatie = site.add_publicatie("Woo-verzoek stikstof", kenmerk="2024-0114")
    document = site.add_document(publicatie, "Besluit", ["Blad een\nInleiding.", f"Blad twee\n{NORM}"])
    answer = search(site, '?zoek="open norm"')
    assert answer["totaal"] == 1
    found = answer["resultaten"][0]
    assert found["id"] == document.id
    assert found["publicatie"] == {
        "id": publicatie.id,
        "titel": "Woo-verzoek stikstof",
        "kenmerk": "2024-0114",
    }
    assert found["publisher"]["code"] == "gm0153"
    assert found["aantalPaginasMetTreffers"] == 1
    treffer = found["treffers"][0]
    assert treffer["pagina"] == 2
    marked = [treffer["fragment"][start:end] for start, end in treffer["markeringen"]]
    assert " ".join(marked) == "open norm"
    assert (
        treffer["url"]
        == f"https://open.zuiderveld.example/documenten/{document.id}?pagina=2&zoek=%22open+norm%22"
    )
    assert found["url"] == f"https://open.zuiderveld.example/documenten/{document.id}"
    assert (
        found["bestandUrl"]
        == f"https://open.zuiderveld.example/v1/documenten/{document.id}/bestand/besluit.pdf"
    )


def test_the_answer_says_how_a_query_with_curly_quotes_was_read(site: PublicSite):
    assert search(site, "?zoek=" + quote("stikstof “open norm”"))["opgevatAls"] == 'stikstof "open norm"'


def test_without_words_everything_is_listed_and_nothing_was_read_as_a_query(site: PublicSite):
    publicatie = site.add_publicatie("Een publicatie")
    site.add_document(publicatie, "Zonder bestand")
    answer = search(site)
    assert (answer["totaal"], answer["opgevatAls"], answer["volgende"]) == (1, None, None)
    found = answer["resultaten"][0]
    assert (found["bestand"], found["bestandUrl"], found["treffers"]) == (None, None, [])
    assert "facetten" not in answer


def test_paging_with_the_cursor_gives_every_document_once(site: PublicSite):
    publicatie = site.add_publicatie("Veel documenten")
    made = {site.add_document(publicatie, f"Document {number}").id for number in range(7)}
    seen: list[str] = []
    address = "?aantal=3&sorteer=titel"
    for _ in range(3):
        answer = search(site, address)
        assert answer["totaal"] == 7
        seen += [found["id"] for found in answer["resultaten"]]
        address = f"?aantal=3&sorteer=titel&na={answer['volgende']}"
    assert answer["volgende"] is None
    assert len(seen) == 7
    assert set(seen) == made


def test_facets_carry_names_and_leave_out_their_own_filter(site: PublicSite):
    publicatie = site.add_publicatie("Een publicatie")
    site.add_document(publicatie, "Oud", creatiedatum=date(2022, 1, 1))
    site.add_document(publicatie, "Nieuw", creatiedatum=date(2023, 1, 1))
    answer = search(site, "?jaar=2022&facetten=true")
    assert answer["totaal"] == 1
    jaren = {value["waarde"]: value["aantal"] for value in answer["facetten"]["jaar"]}
    assert jaren == {"2022": 1, "2023": 1}
    assert answer["facetten"]["informatiecategorie"] == [
        {"waarde": "c_3baef532", "naam": "Woo-verzoeken en -besluiten", "aantal": 1}
    ]


def test_a_repeated_filter_means_or_and_a_uri_is_as_good_as_its_code(site: PublicSite):
    verzoek = site.add_publicatie("Verzoek")
    advies = site.add_publicatie("Advies", informatiecategorieen=("c_99a836c7",))
    rapport = site.add_publicatie("Rapport", informatiecategorieen=("c_fdaee95e",))
    for publicatie in (verzoek, advies, rapport):
        site.add_document(publicatie, f"Document bij {publicatie.officiele_titel}")
    uri = site.lijsten.informatiecategorieen.get("c_99a836c7").uri
    answer = search(
        site, f"?informatiecategorie=c_3baef532&informatiecategorie={quote(uri, safe='')}&sorteer=titel"
    )
    assert [found["publicatie"]["titel"] for found in answer["resultaten"]] == ["Advies", "Verzoek"]


def test_dates_are_whole_days_with_both_ends_included(site: PublicSite):
    publicatie = site.add_publicatie("Een publicatie")
    for day in (1, 2, 3, 4):
        site.add_document(publicatie, f"Van dag {day}", creatiedatum=date(2023, 4, day))
    answer = search(site, "?creatiedatumVan=2023-04-02&creatiedatumTot=2023-04-03&sorteer=titel")
    assert [found["creatiedatum"] for found in answer["resultaten"]] == ["2023-04-02", "2023-04-03"]


def test_publicaties_without_documents_are_found_too(site: PublicSite):
    empty = site.add_publicatie("Mededeling zonder stukken", kenmerk="2024-9")
    answer = site.client().get("/v1/publicaties?zoek=mededeling").json()
    assert (answer["totaal"], answer["resultaten"][0]["id"]) == (1, empty.id)
    assert answer["resultaten"][0]["documentenUrl"].endswith(f"/v1/documenten?publicatie={empty.id}")


def test_the_newest_comes_first_without_words(site: PublicSite):
    old = site.add_publicatie("Oud", eerste_publicatie=PUBLISHED - timedelta(days=9))
    new = site.add_publicatie("Nieuw")
    answer = site.client().get("/v1/publicaties").json()
    assert [found["id"] for found in answer["resultaten"]] == [new.id, old.id]


def test_the_time_spent_in_the_engine_is_told(site: PublicSite):
    answer = site.client().get("/v1/documenten")
    assert answer.headers["server-timing"].startswith("motor;dur=")


class BrokenIndex:
    """An index whose engine is away."""

    def search(self, query: SearchQuery, *, excluded: Excluded = NOTHING_EXCLUDED) -> SearchResults:
        raise Unavailable("index", "no connection to 10.0.0.7")

    count = search


@pytest.mark.parametrize("path", ["/v1/documenten?zoek=a", "/v1/publicaties", "/?zoek=a", "/publicaties"])
def test_an_engine_that_is_away_is_a_503_in_words_and_never_an_empty_result(site: PublicSite, path: str):
    answer = site.client(index=BrokenIndex()).get(path)
    assert answer.status_code == 503
    assert answer.headers["retry-after"] == "5"
    assert "niet bereikbaar" in answer.text
    assert "10.0.0.7" not in answer.text


def test_readiness_names_the_part_that_fails(site: PublicSite):
    assert site.client().get("/gezondheid/gereed").json() == {
        "status": "ok",
        "onderdelen": {"index": "ok", "opslag": "ok"},
    }
    answer = site.client(index=BrokenIndex()).get("/gezondheid/gereed")
    assert answer.status_code == 503
    assert answer.json()["onderdelen"] == {"index": "onbereikbaar", "opslag": "ok"}
    assert site.client(index=BrokenIndex()).get("/gezondheid/live").status_code == 200


class ExplodingIndex:
    """An index with a mistake in it."""

    def search(self, query: SearchQuery, *, excluded: Excluded = NOTHING_EXCLUDED) -> SearchResults:
        raise KeyError("the secret inside")


@pytest.mark.parametrize("path", ["/v1/documenten", "/"])
def test_a_mistake_of_ours_is_a_500_that_tells_nothing_of_the_inside(site: PublicSite, path: str):
    answer = site.client(index=ExplodingIndex()).get(path)
    assert answer.status_code == 500
    assert "secret" not in answer.text
    assert "Er ging iets mis" in answer.text
    assert answer.headers["x-content-type-options"] == "nosniff"


def test_a_replaced_title_is_not_remembered(site: PublicSite):
    publicatie = site.add_publicatie("Oude titel")
    client = site.client()
    assert client.get(f"/v1/publicaties/{publicatie.id}").json()["officieleTitel"] == "Oude titel"
    site.add_publicatie("Nieuwe titel", id=publicatie.id)
    assert client.get(f"/v1/publicaties/{publicatie.id}").json()["officieleTitel"] == "Nieuwe titel"


def test_a_fragment_is_remembered_for_its_own_text_and_words_only(site: PublicSite):
    fragments = Fragments(Highlighter(site.analysis), most=2)
    norm, open_ = (wanted(parse(text).node, site.analysis) for text in ("norm", "open"))
    page = PageHit(1, "De open norm.")
    first = fragments.best(page, norm)
    assert first is not None
    assert fragments.best(page, norm) is first
    other = fragments.best(page, open_)
    assert other is not None
    assert [other.text[start:end] for start, end in other.marks] == ["open"]
    assert fragments.best(PageHit(1, "Niets."), norm) is None
    again = fragments.best(page, norm)
    assert again == first
    assert again is not first
