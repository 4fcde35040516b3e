"""Who finds little is told what is in the way and which word was perhaps meant; every offer finds something, through the gate."""

import re
from html import unescape
from typing import Any
from urllib.parse import quote

import pytest

from tests.api.site import PublicSite


@pytest.fixture
def filled(site: PublicSite) -> PublicSite:
    publicatie = site.add_publicatie("Woo-verzoek over stikstof", kenmerk="2024-0114")
    site.add_document(publicatie, "Besluit", ["De stikstof daalt, zegt de open norm."])
    site.add_document(publicatie, "Nota", ["De stikstof stijgt."])
    for number in range(4):
        site.add_document(publicatie, f"Bijlage {number}", [f"De vergunning voor het geluid, blad {number}."])
    return site


def ask(site: PublicSite, zoek: str, more: str = "", path: str = "/v1/documenten") -> dict[str, Any]:
    answer = site.client().get(f"{path}?zoek={quote(zoek)}{more}")
    assert answer.status_code == 200
    found: dict[str, Any] = answer.json()
    return found


def test_a_part_that_nothing_has_is_named_with_what_there_is_without_it(filled: PublicSite):
    answer = ask(filled, "stikstof waterstof")
    assert answer["totaal"] == 0
    assert answer["hints"] == [
        {
            "tekst": "Geen treffers met waterstof erbij. Zonder waterstof: 2 documenten.",
            "zonder": "waterstof",
            "zoek": "stikstof",
            "aantal": 2,
        }
    ]


def test_with_few_results_every_part_that_keeps_others_out_is_named(filled: PublicSite):
    answer = ask(filled, 'stikstof (norm OR "zegt de") -geluid')
    assert answer["totaal"] == 1
    [hint] = answer["hints"]
    assert (hint["zonder"], hint["zoek"], hint["aantal"]) == (
        '(norm OF "zegt de")',
        "stikstof NIET geluid",
        2,
    )
    assert hint["tekst"] == 'Zonder (norm OF "zegt de"): 2 documenten.'


def test_every_hint_finds_what_it_says(filled: PublicSite):
    for zoek in (
        "stikstof waterstof",
        "geluid stikstof",
        'geluid stikstof "open norm" -vergunning',
        "vergunnign stikstof",
    ):
        answer = ask(filled, zoek)
        offers = [*(hint for hint in answer["hints"] if hint["zoek"]), *answer["bedoeld"]]
        assert offers
        for offer in offers:
            assert ask(filled, offer["zoek"])["totaal"] == offer["aantal"] > answer["totaal"]


def test_filters_that_leave_nothing_over_are_named(filled: PublicSite):
    [hint] = ask(filled, "stikstof", "&jaar=1999")["hints"]
    assert hint == {
        "tekst": "Met deze filters is er niets. Zonder filters: 2 documenten.",
        "zonder": None,
        "zoek": "stikstof",
        "aantal": 2,
    }
    assert ask(filled, "stikstof", "&jaar=2024")["hints"] == []


def test_many_results_and_later_pages_get_no_help(filled: PublicSite):
    assert ask(filled, "geluid -waterstof")["hints"] == []
    first = ask(filled, "stikstof OR waterstof", "&aantal=1")
    later = ask(filled, "stikstof OR waterstof", f"&aantal=1&na={first['volgende']}")
    assert (later["hints"], later["bedoeld"]) == ([], [])


@pytest.mark.parametrize(
    "more", ["vergun* gelu* besl* stik*", "vergunnign " * 30, '"a b"~2 "c d"~2 "e f"~2 "g h"~2']
)
def test_a_question_that_asks_very_much_is_asked_once(filled: PublicSite, more: str):
    answer = ask(filled, f"waterstof stikstof {more}")
    assert (answer["totaal"], answer["hints"], answer["bedoeld"]) == (0, [], [])


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("vergunnign", "vergunning"),
        ("fergunning geluid", "vergunning geluid"),
        ('"de vergunnign"', '"de vergunning"'),
        ("titel:bijlaage", "titel:bijlage"),
        ("vergunnign gelluid", "vergunning geluid"),
        ("vergunnign OR gelluid", "vergunning OF geluid"),
        ("(vergunnign blad) -norm", "vergunning blad NIET norm"),
    ],
)
def test_a_mistyped_word_is_offered_as_it_was_perhaps_meant(filled: PublicSite, typed: str, meant: str):
    assert ask(filled, typed)["bedoeld"] == [{"zoek": meant, "aantal": 4}]


@pytest.mark.parametrize(
    "typed", ["stikstof", "qqqqqqq", "-vergunnign stikstof", "vergunnign*", "vergunnign stikstof"]
)
def test_nothing_is_meant_by_what_exists_is_like_nothing_or_would_still_find_nothing(
    filled: PublicSite, typed: str
):
    assert ask(filled, typed)["bedoeld"] == []


def test_a_question_is_never_changed_by_itself(filled: PublicSite):
    answer = ask(filled, "vergunnign")
    assert (answer["totaal"], answer["opgevatAls"], answer["resultaten"]) == (0, "vergunnign", [])


def test_what_stands_only_in_what_is_withdrawn_is_never_offered(filled: PublicSite):
    publicatie = filled.add_publicatie("Weg")
    document = filled.add_document(publicatie, "Memo", ["De geheimzinnige kwestie, stikstof."])
    assert ask(filled, "geheimzinnigee")["bedoeld"] == [{"zoek": "geheimzinnige", "aantal": 1}]
    assert ask(filled, "geheimzinnige waterstof")["hints"]
    filled.withdraw(document)
    assert ask(filled, "geheimzinnigee")["bedoeld"] == []
    assert ask(filled, "geheimzinnige waterstof")["hints"] == []


def test_how_the_question_was_read_is_a_hint_as_well(filled: PublicSite):
    answer = ask(filled, "st* stikstof (geluid")
    assert [hint["zoek"] for hint in answer["hints"][:2]] == [None, None]
    assert "haakje" in answer["hints"][0]["tekst"]
    assert "sterretje" in answer["hints"][1]["tekst"]
    assert answer["opgevatAls"] == "st stikstof geluid"


def test_publicaties_get_the_same_help(filled: PublicSite):
    answer = ask(filled, "stikstof waterstof", path="/v1/publicaties")
    assert answer["hints"][0]["tekst"].endswith("Zonder waterstof: 1 publicatie.")
    assert ask(filled, "stikztof", path="/v1/publicaties")["bedoeld"] == [{"zoek": "stikstof", "aantal": 1}]


@pytest.mark.parametrize("path", ["/", "/publicaties"])
def test_the_pages_offer_links_that_find_what_they_say(filled: PublicSite, path: str):
    page = filled.client().get(f"{path}?zoek=stikztof").text
    assert "Bedoelde u:" in page
    [link] = re.findall(r'Bedoelde u:\s*<a href="([^"]+)">stikstof</a>', page)
    assert "Niets gevonden" not in filled.client().get(unescape(link)).text

    page = filled.client().get(f"{path}?zoek=stikstof+waterstof&sorteer=titel").text
    [link] = re.findall(r'erbij\. <a href="([^"]+)">Zonder waterstof: \d ', page)
    assert "sorteer=titel" in link
    assert "Niets gevonden" not in filled.client().get(unescape(link)).text


def test_the_page_says_how_many_there_are_without_filters(filled: PublicSite):
    page = filled.client().get("/?zoek=stikstof&jaar=1999").text
    [link] = re.findall(r'<a href="([^"]+)">Zonder filters: 2 documenten<', page)
    assert unescape(link) == "/?zoek=stikstof"


def test_what_was_typed_is_escaped_in_what_is_offered(filled: PublicSite):
    page = filled.client().get("/?zoek=" + quote('stikstof "<script>alert(1)</script> x"')).text
    assert "<script>alert" not in page
    assert "Zonder" in page
