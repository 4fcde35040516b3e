"""Suggestions while typing: words, organisations, references and titles, only from what is public, in two documents or more."""

from typing import Any
from urllib.parse import quote

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from tests.api.asking import Client
from tests.api.site import PublicSite, make_settings


@pytest.fixture
def filled(site: PublicSite) -> PublicSite:
    publicatie = site.add_publicatie("Woo-verzoek over de Stikstofbank", kenmerk="2024-0114")
    site.add_document(publicatie, "Besluit", ["De STIKSTOF daalt. Het stikstofgehalte en de stikker."])
    site.add_document(publicatie, "Nota", ["De stikstof stijgt, zegt de vergunninghouder."], kenmerk="Z-4711")
    site.add_document(publicatie, "Vergunning", ["Vergunningen en een vergunninghouder."])
    return site


def suggested(site: PublicSite, zoek: str) -> list[dict[str, Any]]:
    answer = site.client().get(f"/v1/suggesties?zoek={quote(zoek)}")
    assert answer.status_code == 200
    found: list[dict[str, Any]] = answer.json()["suggesties"]
    return found


def texts(site: PublicSite, zoek: str, soort: str) -> list[str]:
    return [one["tekst"] for one in suggested(site, zoek) if one["soort"] == soort]


def test_a_word_is_written_out_as_documents_write_it_when_two_or_more_have_it(filled: PublicSite):
    assert suggested(filled, "stik")[0] == {
        "soort": "woord",
        "tekst": "stikstof",
        "zoek": "stikstof",
        "aantal": 2,
        "url": "https://open.zuiderveld.example/?zoek=stikstof",
    }
    assert texts(filled, "stik", "woord") == ["stikstof"]
    assert texts(filled, "verg", "woord") == ["vergunninghouder"]


@pytest.mark.parametrize(
    ("typed", "completed"),
    [
        ("stijgt verg", "stijgt vergunninghouder"),
        ("stijgt OR verg", "stijgt OR vergunninghouder"),
        ('"zegt de" (verg', '"zegt de" (vergunninghouder'),
        ("daalt STIK", "daalt stikstof"),
    ],
)
def test_what_was_typed_before_the_last_word_stays_and_the_whole_finds_something(
    filled: PublicSite, typed: str, completed: str
):
    assert texts(filled, typed, "woord") == [completed]


@pytest.mark.parametrize(
    "typed", ["daalt verg", "st", "stik ", '"stik', "-stik", "stikstof", "123456", "OR", "niets stik"]
)
def test_no_word_is_written_out_that_is_finished_short_quoted_denied_or_finds_nothing(
    filled: PublicSite, typed: str
):
    assert texts(filled, typed, "woord") == []


def test_titles_references_and_organisations_lead_to_their_pages(filled: PublicSite):
    [publicatie] = [one for one in suggested(filled, "verzoek stik") if one["soort"] == "publicatie"]
    assert publicatie["tekst"] == "Woo-verzoek over de Stikstofbank"
    assert publicatie["zoek"] is publicatie["aantal"] is None
    assert (
        filled.client().get(publicatie["url"].removeprefix("https://open.zuiderveld.example")).status_code
        == 200
    )
    assert texts(filled, "vergun", "document") == ["Vergunning"]
    assert texts(filled, "2024-0114", "kenmerk") == ["2024-0114: Woo-verzoek over de Stikstofbank"]
    assert texts(filled, "z-4711", "kenmerk") == ["Z-4711: Nota"]
    [organisatie] = [one for one in suggested(filled, "gem ensch") if one["soort"] == "organisatie"]
    assert (organisatie["tekst"], organisatie["aantal"]) == ("gemeente Enschede", 3)
    assert organisatie["url"].endswith("/?publisher=gm0153")
    assert texts(filled, "gemeente utrecht", "organisatie") == []


def test_nothing_is_suggested_from_what_is_withdrawn(filled: PublicSite):
    publicatie = filled.add_publicatie("Geheimenkwestie", kenmerk="9999-1234")
    documents = [filled.add_document(publicatie, f"Geheim {n}", ["De geheimzinnige zaak."]) for n in range(3)]
    assert texts(filled, "geheimz", "woord") == ["geheimzinnige"]
    assert texts(filled, "geheimenk", "publicatie") == ["Geheimenkwestie"]
    filled.withdraw(documents[0])
    filled.withdraw(documents[1])
    assert texts(filled, "geheimz", "woord") == []
    assert texts(filled, "geheim", "document") == ["Geheim 2"]
    filled.withdraw(publicatie)
    assert suggested(filled, "geheim") == suggested(filled, "9999-1234") == []


def test_there_are_at_most_ten_and_none_twice(filled: PublicSite):
    publicatie = filled.add_publicatie("Advies", kenmerk="advies 2024")
    for number in range(20):
        filled.add_document(
            publicatie, f"Advies {number}", [f"advies{'abcdefgh'[number % 8]}x adviezen adviseur"]
        )
    found = suggested(filled, "advies")
    assert 4 < len(found) <= 10
    assert len({one["url"] for one in found}) == len(found)


def test_too_long_a_text_is_refused_and_no_text_gives_nothing(filled: PublicSite):
    assert filled.client().get("/v1/suggesties?zoek=" + "x" * 201).status_code == 400
    assert suggested(filled, "") == suggested(filled, "…") == []


@pytest.fixture(scope="module")
def client(tmp_path_factory, analysis, lijsten, sandbox) -> Client:
    folder = tmp_path_factory.mktemp("suggesties")
    site = PublicSite(folder, make_settings(folder), analysis, lijsten, sandbox)
    publicatie = site.add_publicatie("Een publicatie over stikstof")
    for _ in range(2):
        site.add_document(publicatie, "Besluit", ["De stikstof, artikel 5.1.2e en de raad."])
    return site.client()


_PIECES = [
    "stik",
    "raa",
    '"',
    "(",
    ")",
    "*",
    "~",
    "-",
    "OR",
    "titel:",
    "datum:",
    "5.1.2",
    " ",
    "é",
    "\x00",
    "“",
]


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.one_of(st.text(max_size=60), st.lists(st.sampled_from(_PIECES), max_size=12).map("".join)))
@example("(" * 150 + "stik")
@example("a*b*c* stik")
@example("titel:(a stik")
def test_whatever_is_typed_is_completed_or_not_and_never_an_error(client: Client, typed: str):
    answer = client.get("/v1/suggesties?zoek=" + quote(typed.encode("utf-8", "replace")))
    assert answer.status_code == 200
    for one in answer.json()["suggesties"]:
        if one["zoek"]:
            assert client.get("/v1/documenten?zoek=" + quote(one["zoek"])).json()["totaal"] == one["aantal"]
