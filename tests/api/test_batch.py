"""A list of searches: each with an outcome of its own, and a bad one spoils only itself."""

import json
from pathlib import Path
from typing import Any

import pytest

from search_api import batch
from search_api.reeks_schemas import Reeksuitkomst
from tests.api.asking import Client
from tests.api.site import PublicSite, make_settings
from woo.domain.errors import Unavailable
from woo.index.port import SearchResults
from woo.index.query import SearchQuery

BAD: tuple[Any, ...] = (
    "",
    {"zoek": "raad", "jaar": "20"},
    "x" * 2001,
    17,
    None,
    {"zoek": "raad", "publisher": "nergens"},
    {"zoek": "raad", "zoekk": "x"},
    {"zoek": ["raad", "college"]},
    {"creatiedatumVan": "2023-13-01"},
    {"zoek": {"diep": 1}},
)


def ask(client: Client, given: Any, query: str = "") -> dict[str, Any]:
    answer = client.post(
        f"/v1/_zoek-reeks{query}", json.dumps(given).encode(), content_type="application/json"
    )
    assert answer.status_code == 200, answer.text
    Reeksuitkomst.model_validate_json(answer.content)
    found: dict[str, Any] = answer.json()
    return found


@pytest.fixture
def filled(site: PublicSite) -> PublicSite:
    publicatie = site.add_publicatie("Verzoek")
    site.add_document(publicatie, "Besluit over stikstof", ["De stikstof en de raad."])
    site.add_document(publicatie, "Brief van de raad", documentsoort=None)
    return site


def test_of_a_thousand_searches_ten_bad_ones_spoil_only_themselves(filled: PublicSite):
    given: list[Any] = [
        "raad" if number % 2 else {"zoek": "stikstof", "formaat": ["pdf"]} for number in range(1000)
    ]
    places = [number * 97 for number in range(10)]
    for place, bad in zip(places, BAD, strict=True):
        given[place] = bad
    answer = ask(filled.visitor, given)
    assert (answer["aantal"], answer["gelukt"], answer["mislukt"]) == (1000, 990, 10)
    assert [one["nummer"] for one in answer["resultaten"]] == list(range(1, 1001))
    failed = [one for one in answer["resultaten"] if "fout" in one]
    assert [one["nummer"] - 1 for one in failed] == places
    assert all(one["fout"]["status"] == 400 and one["fout"]["detail"] for one in failed)
    for number, one in enumerate(answer["resultaten"]):
        if number not in places:
            assert one["totaal"] == (2 if number % 2 else 1)


def test_an_outcome_tells_what_a_single_search_tells(filled: PublicSite):
    [one] = ask(filled.visitor, [{"zoek": "stikstof )", "sorteer": "titel"}], "?eerste=1")["resultaten"]
    single = filled.visitor.get("/v1/documenten?zoek=stikstof+)&sorteer=titel").json()
    assert (one["totaal"], one["opgevatAls"]) == (single["totaal"], single["opgevatAls"])
    assert one["hints"] == ["Er staat een haakje te veel. Dat haakje telt niet mee."]
    assert one["resultaten"] == single["resultaten"]
    assert filled.visitor.get(one["url"].removeprefix("https://open.zuiderveld.example")).status_code == 200
    [bare] = ask(filled.visitor, ["stikstof"])["resultaten"]
    assert "resultaten" not in bare


@pytest.mark.parametrize(
    ("body", "asked"),
    [
        (b"stikstof\r\n\r\n  raad OR college \n", [("stikstof", []), ("raad OR college", [])]),
        (
            b'\xef\xbb\xbfzoek,jaar\n"stikstof, raad",2023|2024\nraad\n',
            [("stikstof, raad", ["2023", "2024"]), ("raad", [])],
        ),
        (b"jaar;zoek\n2024;stikstof\n", [("stikstof", ["2024"])]),
        (b'zoek\n"open\nnorm"\n', [("open\nnorm", [])]),
    ],
)
def test_a_list_may_be_lines_or_csv(body: bytes, asked: list[tuple[str, list[str]]]):
    read = batch.read_text(body)
    assert [(one.zoek, [value for naam, value in one.pairs if naam == "jaar"]) for one in read] == asked


def test_a_row_with_more_cells_than_columns_is_a_fault_of_its_own(filled: PublicSite):
    answer = filled.visitor.post(
        "/v1/_zoek-reeks", b"zoek,jaar\nraad,2024,x\nraad,\n", content_type="text/csv"
    ).json()
    assert [one.get("totaal") for one in answer["resultaten"]] == [None, 2]
    assert "3 cellen" in answer["resultaten"][0]["fout"]["detail"]


@pytest.mark.parametrize(
    ("body", "media", "code"),
    [
        (b"{", "application/json", "geen-json"),
        (b"[" * 100_000, "application/json", "geen-json"),
        (b'{"zoek": "x"}', "application/json", "geen-lijst"),
        (b"[]", "application/json", "leeg"),
        (b" \n", "text/plain", "leeg"),
        (b"\xff", "text/plain", "geen-utf-8"),
        (b"x\n" * 1001, "text/plain", "te-veel"),
        (b"zoek=x", "application/x-www-form-urlencoded", "geen-json"),
        (b"zoek\n" + b"x" * 200_000, "text/csv", "geen-csv"),
    ],
)
def test_what_is_no_list_is_refused_with_the_way_out(site: PublicSite, body: bytes, media: str, code: str):
    answer = site.visitor.post("/v1/_zoek-reeks", body, content_type=media)
    assert answer.status_code == 400
    assert [(fault["in"], fault["code"]) for fault in answer.json()["errors"]] == [("body", code)]


@pytest.mark.parametrize("given", ["11", "-1", "x", "²"])
def test_no_more_first_hits_are_given_than_is_said(site: PublicSite, given: str):
    answer = site.visitor.post(f"/v1/_zoek-reeks?eerste={given}", b"[]")
    assert (answer.status_code, answer.json()["errors"][0]["location"]) == (400, "eerste")


def test_an_engine_that_answers_nothing_is_told_and_not_asked_a_thousand_times(site: PublicSite):
    asked = []

    class Down:
        def search(self, query: SearchQuery, *, excluded: Any) -> SearchResults:
            asked.append(query)
            raise Unavailable("index", "down")

    client = Client(site.app(index=Down()))
    assert client.post("/v1/_zoek-reeks", b'["a", "b", "c", "d", "e"]').status_code == 503
    assert len(asked) == 3


def test_a_search_that_the_engine_does_not_answer_spoils_only_itself(filled: PublicSite):
    class Hiccup:
        left = 2

        def search(self, query: SearchQuery, *, excluded: Any) -> SearchResults:
            self.left -= 1
            if self.left >= 0:
                raise Unavailable("index", "down")
            return filled.index.search(query, excluded=excluded)

    answer = ask(Client(filled.app(index=Hiccup())), ["raad", "raad", "raad"])
    assert [one.get("totaal") for one in answer["resultaten"]] == [None, None, 2]
    assert answer["resultaten"][0]["fout"]["status"] == 503


def test_what_was_withdrawn_is_not_counted(filled: PublicSite):
    filled.withdraw(next(iter(filled.shown.values()))[0])
    assert [one["totaal"] for one in ask(filled.client(), ["raad", "stikstof"])["resultaten"]] == [1, 0]


def test_each_search_of_a_list_counts_for_what_an_address_may_ask(site: PublicSite, tmp_path: Path):
    site.settings = make_settings(tmp_path, WOO_SERVE__POINTS_PER_MINUTE="400", WOO_SERVE__UNLIMITED="")
    client = site.client()
    answers = [client.post(path, b"x\n" * 60, content_type="text/plain") for path in ("/v1/_zoek-reeks",) * 2]
    assert [answer.status_code for answer in answers] == [200, 429]
