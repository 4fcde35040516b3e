"""Organisations over HTTP: found, shown with what they published, compared; what no source tells is unknown, never zero."""

import copy
import csv
import io
from typing import Any

import pytest
from lxml import html

from search_api.organisatie_schemas import HoeOpen, OrganisatieMetCijfers, Organisaties
from tests.api.site import ENSCHEDE, WOO_VERZOEK, PublicSite
from woo.diwoo.waardelijsten import Waardelijsten
from woo.settings import config_folder
from woo.storage.port import ORGANISATIES

BLAD: dict[str, Any] = {
    "aantalPublicaties": 4,
    "perJaar": [
        {"jaar": "2023", "informatiecategorie": WOO_VERZOEK, "aantal": 3},
        {"jaar": "2024", "informatiecategorie": "c_fdaee95e", "aantal": 1},
    ],
    "documenten": 10,
    "paginas": 200,
    "paginasMetTekst": 199,
    "gescandeDocumenten": 2,
    "metadata": {"creatiedatum": 10, "documentsoort": 5, "taal": 10, "omschrijving": 0, "kenmerk": 10},
    "opTijd": 3,
    "beslist": 4,
    "laatstePublicatie": "2024-03-21T08:00:00Z",
    "laatsteOogst": None,
}
WITHOUT_TERMS = {**BLAD, "aantalPublicaties": 2, "opTijd": 0, "beslist": 0, "paginasMetTekst": 100}
WITHOUT_DOCUMENTS = {
    **BLAD,
    "aantalPublicaties": 1,
    "documenten": 0,
    "paginas": 0,
    "paginasMetTekst": 0,
    "metadata": {},
    "gescandeDocumenten": 0,
    "opTijd": 0,
    "beslist": 0,
}


def publishing(site: PublicSite) -> None:
    """Four bodies: one with everything, one without known terms, one that was merged, one without documents."""
    figures = {
        ENSCHEDE: BLAD,
        "gm0363": WITHOUT_TERMS,
        "gm0083": {**BLAD, "aantalPublicaties": 1, "laatsteOogst": "2024-03-31T04:00:00Z"},
        "ws0155": WITHOUT_DOCUMENTS,
    }
    counted = {"bijgewerktOp": "2024-04-01T08:00:00Z", "organisaties": copy.deepcopy(figures)}
    site.store.show_site(ORGANISATIES, counted)


@pytest.fixture
def bodies(site: PublicSite) -> PublicSite:
    publishing(site)
    return site


def answer(site: PublicSite, path: str, status: int = 200) -> Any:
    found = site.visitor.get(path)
    assert found.status_code == status, found.text[:400]
    return found.json()


def codes(site: PublicSite, query: str) -> list[str]:
    return [each["organisatie"]["code"] for each in answer(site, f"/v1/hoe-open{query}")["resultaten"]]


def test_the_answers_are_as_they_are_described(bodies: PublicSite) -> None:
    Organisaties.model_validate(answer(bodies, "/v1/organisaties?aantal=100"))
    OrganisatieMetCijfers.model_validate(answer(bodies, f"/v1/organisaties/{ENSCHEDE}"))
    OrganisatieMetCijfers.model_validate(answer(bodies, "/v1/organisaties/gm1979"))
    HoeOpen.model_validate(answer(bodies, "/v1/hoe-open"))


def test_who_publishes_most_comes_first_and_every_organisation_is_on_one_page_only(
    bodies: PublicSite,
) -> None:
    first = answer(bodies, "/v1/organisaties?aantal=100")
    assert first["totaal"] == 1449
    assert [each["code"] for each in first["resultaten"][:4]] == [ENSCHEDE, "gm0363", "gm0083", "ws0155"]
    seen = [each["code"] for each in first["resultaten"]]
    vanaf = first["volgende"]
    while vanaf is not None:
        page = answer(bodies, f"/v1/organisaties?aantal=100&vanafRij={vanaf}")
        seen += [each["code"] for each in page["resultaten"]]
        vanaf = page["volgende"]
    assert len(seen) == len(set(seen)) == 1449


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("zoek=appinGEDAM", {"gm0003"}),
        ("zoek=gm0153", {ENSCHEDE}),
        ("publiceert=true&provincie=Overijssel", {ENSCHEDE}),
        ("publiceert=true&provincie=onbekend", {"ws0155"}),
        ("publiceert=true&soortOrganisatie=gemeente&provincie=pv27&provincie=pv21", {"gm0363", "gm0083"}),
        ("zoek=zonnewijzer", set()),
    ],
)
def test_organisations_are_chosen_by_words_province_and_kind(
    bodies: PublicSite, query: str, found: set[str]
) -> None:
    assert {each["code"] for each in answer(bodies, f"/v1/organisaties?{query}")["resultaten"]} == found


def test_a_merged_body_points_to_its_successor_and_that_one_back(bodies: PublicSite) -> None:
    gone = answer(bodies, "/v1/organisaties/gm0003")
    assert gone["opvolger"]["code"] == "gm1979"
    assert gone["einddatum"] == "2020-12-31"
    assert "gm0003" in {each["code"] for each in answer(bodies, "/v1/organisaties/gm1979")["voorgangers"]}
    seen = " ".join(html.fromstring(bodies.visitor.get("/organisaties/gm0083").text).itertext())
    assert "gemeente Menameradiel" in seen
    assert "gemeente Waadhoeke" in seen


def test_shares_are_of_what_is_there_and_unknown_where_nothing_is(bodies: PublicSite) -> None:
    own = answer(bodies, f"/v1/organisaties/{ENSCHEDE}")["cijfers"]
    assert (own["metadata"], own["leesbareTekst"], own["opTijd"]) == (0.7, 0.995, 0.75)
    assert own["perJaar"][0]["informatiecategorie"]["naam"] == "Woo-verzoeken en -besluiten"
    empty = answer(bodies, "/v1/organisaties/ws0155")["cijfers"]
    assert (empty["metadata"], empty["leesbareTekst"], empty["opTijd"]) == (None, None, None)
    assert answer(bodies, "/v1/organisaties/gm1979")["cijfers"] is None
    page = html.fromstring(bodies.visitor.get("/organisaties/ws0155").text)
    assert [each.text for each in page.cssselect("#hoe-goed ~ table td .soft")] == ["onbekend"] * 3


def test_the_table_gives_equals_one_place_and_the_unknown_none(bodies: PublicSite) -> None:
    table = answer(bodies, "/v1/hoe-open?sorteer=-opTijd")
    assert table["maat"] == "opTijd"
    places = [(each["organisatie"]["code"], each["plaats"]) for each in table["resultaten"]]
    assert places == [(ENSCHEDE, 1), ("gm0083", 1), ("gm0363", None), ("ws0155", None)]
    assert codes(bodies, "?sorteer=-publicaties")[0] == ENSCHEDE
    turned = answer(bodies, "/v1/hoe-open?sorteer=leesbareTekst")["resultaten"]
    assert [(each["organisatie"]["code"], each["plaats"]) for each in turned] == [
        ("gm0363", 3),
        (ENSCHEDE, 1),
        ("gm0083", 1),
        ("ws0155", None),
    ]
    assert codes(bodies, "?sorteer=-laatsteOogst")[0] == "gm0083"
    assert codes(bodies, "?provincie=pv23") == [ENSCHEDE]
    assert codes(bodies, "?sorteer=naam")[0] == "gm0363"


def test_the_page_of_the_table_says_how_it_is_ordered_and_each_heading_turns_it(bodies: PublicSite) -> None:
    page = html.fromstring(bodies.visitor.get("/hoe-open?sorteer=-opTijd&soortOrganisatie=gemeente").text)
    [sorted_by] = page.cssselect("th[aria-sort]")
    assert sorted_by.get("aria-sort") == "descending"
    turned = sorted_by.cssselect("a")[0].get("href")
    assert turned == "/hoe-open?soortOrganisatie=gemeente&sorteer=opTijd"
    assert html.fromstring(bodies.visitor.get(turned).text).cssselect("th[aria-sort=ascending]")
    assert len(page.cssselect("tbody tr")) == 3


def test_the_table_as_csv_says_unknown_in_words(bodies: PublicSite) -> None:
    found = bodies.visitor.get("/v1/hoe-open.csv?sorteer=-opTijd")
    assert found.headers["content-type"] == "text/csv; charset=utf-8"
    rows = list(csv.DictReader(io.StringIO(found.text.removeprefix("\ufeff"))))
    assert [row["opTijd"] for row in rows] == ["0.7500", "0.7500", "onbekend", "onbekend"]
    assert rows[0]["provincie"] == "Overijssel"
    assert rows[3]["plaats"] == ""


@pytest.mark.parametrize(
    ("path", "status", "told"),
    [
        ("/v1/organisaties/gm01530", 404, "gm0153"),
        ("/v1/organisaties?provincie=Brabant", 400, "Noord-Brabant"),
        ("/v1/organisaties?soortOrganisatie=dorp", 400, "gemeente"),
        ("/v1/organisaties?vanafRij=0", 400, "vanafRij"),
        ("/v1/organisaties?publiceert=ja", 400, "true of false"),
        (f"/v1/organisaties?zoek={'x' * 201}", 400, "200"),
        ("/v1/hoe-open?sorteer=openheid", 400, "-metadata"),
        ("/v1/hoe-open.csv?provincie=x", 400, "Drenthe"),
        ("/v1/documenten?provincie=Brabant", 400, "Noord-Brabant"),
    ],
)
def test_what_cannot_be_answered_is_refused_in_words(
    bodies: PublicSite, path: str, status: int, told: str
) -> None:
    assert told in str(answer(bodies, path, status))


def test_before_the_first_counting_the_answer_is_that_it_is_not_there_yet(site: PublicSite) -> None:
    for path in ("/v1/organisaties", "/v1/hoe-open", f"/v1/organisaties/{ENSCHEDE}", "/hoe-open"):
        assert site.visitor.get(path).status_code == 503


def named(page: html.HtmlElement) -> list[tuple[str, str | None]]:
    """The publishers that a page names, each with where its name leads."""
    return [
        (" ".join(each.itertext()).strip(), next((a.get("href") for a in each.iter("a")), None))
        for each in page.cssselect(
            "ul.meta li.capital:first-child, ul.meta .tag.closed ~ li.capital, dl.facts dd.capital"
        )
        if "gemeente" in "".join(each.itertext())
    ]


@pytest.mark.parametrize("language", ["", "/en"])
def test_who_publishes_leads_to_its_page_from_hits_documents_and_publicaties(
    bodies: PublicSite, language: str
) -> None:
    publicatie = bodies.add_publicatie("Besluit zonneweide")
    document = bodies.add_document(publicatie, "Nota zonneweide", ["De zonneweide"])
    for path in (
        "/?zoek=zonneweide",
        "/publicaties?zoek=zonneweide",
        f"/documenten/{document.id}",
        f"/publicaties/{publicatie.id}",
    ):
        page = html.fromstring(bodies.visitor.get(language + path).text)
        found = named(page)
        assert found, path
        assert set(found) == {("gemeente Enschede", f"{language}/organisaties/{ENSCHEDE}")}, path
    assert bodies.visitor.get(f"{language}/organisaties/{ENSCHEDE}").status_code == 200


def with_own(site: PublicSite) -> Waardelijsten:
    """The value lists with a publisher that the installation added itself."""
    own = site.folder / "eigen.yaml"
    own.write_text(
        "lijsten:\n  organisaties:\n  - code: eigen1\n    uri: https://zuiderveld.example/id/eigen1\n"
        "    naam: gemeente <b>Zuiderveld</b>\n    soort: gemeente\n"
    )
    return Waardelijsten.load(config_folder() / "waardelijsten", aanvulling=own)


def test_an_own_publisher_has_a_page_and_one_that_nobody_knows_any_more_no_link(bodies: PublicSite) -> None:
    official, bodies.lijsten = bodies.lijsten, with_own(bodies)
    publicatie = bodies.add_publicatie("Besluit zonneweide", publisher="eigen1")
    document = bodies.add_document(publicatie, "Nota zonneweide", ["De zonneweide"])
    path, naam = f"/documenten/{document.id}", "gemeente <b>Zuiderveld</b>"
    assert set(named(html.fromstring(bodies.visitor.get(path).text))) == {(naam, "/organisaties/eigen1")}
    assert naam in html.fromstring(bodies.visitor.get("/organisaties/eigen1").text).cssselect("h1")[0].text
    without = bodies.client(lijsten=official)
    assert set(named(html.fromstring(without.get(path).text))) == {(naam, None)}


def test_documents_are_found_and_counted_by_province_and_kind_of_body(site: PublicSite) -> None:
    for publisher in (ENSCHEDE, "gm0363", "ws0155"):
        site.add_document(site.add_publicatie(f"Besluit van {publisher}", publisher=publisher), "Nota")
    found = answer(site, "/v1/documenten?provincie=overijssel&facetten=true")
    assert [each["publisher"]["code"] for each in found["resultaten"]] == [ENSCHEDE]
    counts = {each["waarde"]: (each["naam"], each["aantal"]) for each in found["facetten"]["provincie"]}
    assert counts == {"pv23": ("Overijssel", 1), "pv27": ("Noord-Holland", 1), "onbekend": ("Onbekend", 1)}
    [kind] = found["facetten"]["soortOrganisatie"]
    assert (kind["waarde"], kind["naam"], kind["aantal"]) == ("gemeente", "Gemeenten", 1)
    assert answer(site, "/v1/publicaties?soortOrganisatie=waterschap")["totaal"] == 1
    page = html.fromstring(site.visitor.get("/?provincie=pv23").text)
    assert any("provincie: Overijssel" in " ".join(each.itertext()) for each in page.cssselect("li a"))
