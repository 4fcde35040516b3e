"""Rows of an inventory on the site and in the API: what is not public is said plainly, with its grounds, and nothing more."""

from datetime import UTC, date, datetime
from typing import Any

import pytest
from lxml import html
from lxml.html import HtmlElement

from search_api import schemas
from tests.api.site import PublicSite
from woo.domain.document import Document
from woo.domain.inventaris import Beoordeling, Bijzonderheid
from woo.domain.publicatie import Intrekking, Publicatie

NASTY = "<script>alert('x')</script>"


@pytest.fixture
def rondweg(site: PublicSite) -> Publicatie:
    return site.add_publicatie("Besluit over de rondweg", kenmerk="2024-0114")


def page(site: PublicSite, path: str) -> HtmlElement:
    answer = site.visitor.get(path)
    assert answer.status_code == 200, answer.text[:500]
    return html.fromstring(answer.text)


def words(element: HtmlElement, query: str) -> list[str]:
    return [" ".join(found.text_content().split()) for found in element.cssselect(query)]


def listed(site: PublicSite, query: str = "") -> dict[str, Any]:
    answer = site.visitor.get(f"/v1/documenten?facetten=true&{query}")
    assert answer.status_code == 200, answer.text
    return answer.json()


def test_a_refused_row_is_a_result_with_its_tag_and_grounds(site: PublicSite, rondweg: Publicatie):
    row = site.add_row(
        rondweg, "12", "Memo zilverreiger", gronden=("5.1.2.e", "10.2.g"), datum=date(2020, 3, 26)
    )
    [hit] = page(site, "/?zoek=zilverreiger").cssselect(".hit")
    assert words(hit, ".tag.closed") == ["Niet openbaar"]
    assert "levenssfeer (5.1.2.e)" in words(hit, ".applied")[0]
    assert "(10.2.g)" in words(hit, ".applied")[0]
    assert hit.cssselect("h2 a")[0].get("href") == f"/documenten/{row.id}?zoek=zilverreiger"


@pytest.mark.parametrize(
    ("beoordeling", "changes", "kop", "zegt"),
    [
        (
            Beoordeling.NIET_OPENBAAR,
            {"gronden": ("5.1.2.e",)},
            "Dit document is niet openbaar",
            "redenen hieronder",
        ),
        (Beoordeling.NIET_OPENBAAR, {}, "Dit document is niet openbaar", "geen uitzonderingsgrond"),
        (
            Beoordeling.REEDS_OPENBAAR,
            {"links": ("https://elders.example/a",)},
            "Dit document staat ergens anders",
            "Waar u het vindt",
        ),
        (Beoordeling.OPENBAAR, {"opgeschort": True}, "Dit document is nog niet openbaar", "artikel 4.4"),
        (Beoordeling.DEELS_OPENBAAR, {}, "Dit document staat hier niet", "deels openbaar"),
        (
            Beoordeling.NIET_OPENBAAR,
            {"bijzonderheden": (Bijzonderheid.DUBBEL,)},
            "Dit document is niet openbaar",
            "twee keer",
        ),
    ],
)
def test_the_page_of_a_row_says_why_it_is_not_here(
    site: PublicSite,
    rondweg: Publicatie,
    beoordeling: Beoordeling,
    changes: dict[str, Any],
    kop: str,
    zegt: str,
):
    row = site.add_row(rondweg, "12", "Memo zilverreiger", beoordeling, **changes)
    shown = page(site, f"/documenten/{row.id}")
    assert words(shown, "h1") == ["Memo zilverreiger"]
    assert words(shown, "#waarom") == [kop]
    assert zegt in " ".join(words(shown, "section.panel p"))
    assert f"/publicaties/{rondweg.id}" in [link.get("href") for link in shown.cssselect("a")]


def test_what_may_hold_names_is_shown_nowhere_and_no_address_but_the_web_is_a_link(
    site: PublicSite, rondweg: Publicatie
):
    row = site.add_row(
        rondweg,
        "12",
        f"Memo {NASTY}",
        Beoordeling.REEDS_OPENBAAR,
        toelichting="Prikkebeen schreef dit",
        soort="Prikkebeenbrief",
        overig={"Afzender": "Prikkebeen"},
        links=("javascript:alert(1)", "https://elders.example/x"),
    )
    for path in ("/", f"/documenten/{row.id}", f"/v1/documenten/{row.id}", "/v1/documenten"):
        text = site.visitor.get(path).text
        assert "Prikkebeen" not in text, path
        assert "javascript:" not in text, path
    assert NASTY not in site.visitor.get(f"/documenten/{row.id}").text
    assert listed(site, "zoek=Prikkebeen")["totaal"] == 0


def test_a_document_taken_back_leaves_only_its_number(site: PublicSite, rondweg: Publicatie):
    gone = Document(
        id="00000000-0000-4000-8000-00000000ffff",
        publicatie_id=rondweg.id,
        volgnummer=1,
        officiele_titel="Brief aan Prikkebeen",
        aangemaakt_op=datetime(2024, 1, 1, tzinfo=UTC),
        gewijzigd_op=datetime(2024, 1, 1, tzinfo=UTC),
        intrekking=Intrekking(datetime(2024, 6, 1, tzinfo=UTC), "Er stond een naam in."),
    )
    row = site.add_row(
        rondweg,
        "7",
        "Brief aan Prikkebeen",
        Beoordeling.OPENBAAR,
        document=gone,
        datum=date(2020, 1, 1),
        links=("https://elders.example/prikkebeen",),
    )
    shown = site.visitor.get(f"/documenten/{row.id}").text
    assert "Document 7 (ingetrokken)" in shown
    assert "rikkebeen" not in shown + site.visitor.get(f"/v1/documenten/{row.id}").text
    assert listed(site, "zoek=Prikkebeen")["totaal"] == 0


def test_grounds_are_filtered_on_in_any_spelling(site: PublicSite, rondweg: Publicatie):
    row = site.add_row(rondweg, "1", "Memo een", gronden=("5.1.2.e",))
    wob = site.add_row(rondweg, "2", "Memo twee", gronden=("10.2.e",))
    read = site.add_document(rondweg, "Nota", ["Gelakt: artikel 5.1, tweede lid, onder e, van de Woo."])

    def ids(query: str) -> set[str]:
        return {hit["id"] for hit in listed(site, query)["resultaten"]}

    assert ids("grond=5.1.2.e") == ids("grond=art.+5.1+lid+2+sub+e+Woo") == {row.id, wob.id}
    assert ids("grond=10.2.e") == {wob.id}
    assert ids("grondGenoemd=5.1.2e") == {read.id}
    assert ids("beschikbaar=nee") == {row.id, wob.id}
    assert ids("beoordeling=niet_openbaar&grond=10.2.e") == {wob.id}
    everything = listed(site)
    schemas.Zoekresultaat.model_validate(everything)
    schemas.Document.model_validate(site.visitor.get(f"/v1/documenten/{row.id}").json())
    facets = everything["facetten"]
    assert {"waarde": "niet_openbaar", "naam": "Niet openbaar", "aantal": 2} in facets["beoordeling"]
    [named] = facets["grondGenoemd"]
    assert named["naam"].startswith("5.1.2.e ")


@pytest.mark.parametrize(
    ("query", "code", "says"),
    [
        ("grond=5.1.2.z", "onbekende-waarde", "geen uitzonderingsgrond"),
        ("grondGenoemd=kleur", "onbekende-waarde", "/v1/waardelijsten/weigeringsgronden"),
        ("beoordeling=mooi", "ongeldige-waarde", "deels_openbaar"),
        ("beschikbaar=true", "ongeldige-waarde", "ja of nee"),
    ],
)
def test_a_value_that_is_none_is_refused_with_what_can_be(site: PublicSite, query: str, code: str, says: str):
    answer = site.visitor.get(f"/v1/documenten?{query}")
    assert answer.status_code == 400
    [fault] = answer.json()["errors"]
    assert (fault["location"], fault["code"]) == (query.partition("=")[0], code)
    assert says in fault["detail"]


def test_a_filter_on_a_ground_is_offered_and_its_chip_can_be_taken_off(site: PublicSite, rondweg: Publicatie):
    site.add_row(rondweg, "1", "Memo een", gronden=("5.1.2.e",))
    site.add_document(rondweg, "Nota", ["Over de rondweg."])
    offered = page(site, "/")
    assert "Uitzonderingsgrond (in de inventaris)" in words(offered, "legend")
    chosen = page(site, "/?grond=5.1.2e")
    [chip] = chosen.cssselect(".chips a")
    assert " ".join(chip.text_content().split()).startswith("grond: 5.1.2.e ")
    assert chip.get("href") == "/"
    assert [box.get("value") for box in chosen.cssselect("input[name=grond][checked]")] == ["5.1.2.e"]


def test_a_document_tells_its_judgement_and_stays_a_document(site: PublicSite, rondweg: Publicatie):
    nota = site.add_document(rondweg, "Nota", ["Over de rondweg."])
    site.add_row(rondweg, "3", "Nota.pdf", Beoordeling.DEELS_OPENBAAR, document=nota, gronden=("5.1.2.e",))
    assert listed(site)["totaal"] == 1
    told = site.visitor.get(f"/v1/documenten/{nota.id}").json()
    assert told["beschikbaar"] is True
    schemas.Document.model_validate(told)
    assert told["inventaris"]["nummer"] == "3"
    [hit] = page(site, "/").cssselect(".hit")
    assert words(hit, ".tag") == ["Deels openbaar"]
    assert words(page(site, f"/documenten/{nota.id}"), "h1") == ["Nota"]


def test_the_first_result_of_a_publication_leads_to_all_of_them(site: PublicSite, rondweg: Publicatie):
    for nummer in range(3):
        site.add_document(rondweg, f"Nota {nummer}", ["Kwartelwei."])
    other = site.add_publicatie("Besluit over de brug")
    site.add_document(other, "Nota brug", ["Kwartelwei."])
    shown = page(site, "/?zoek=kwartelwei&jaar=2024")
    told = [text for text in words(shown, ".belongs a") if text.startswith("alle")]
    assert told == ["alle 3 resultaten uit deze publicatie"]
    [link] = [a.get("href") for a in shown.cssselect(".belongs a") if a.text.startswith("alle")]
    assert link == f"/?zoek=kwartelwei&jaar=2024&publicatie={rondweg.id}"
    inside = page(site, link)
    assert words(inside, "h1") == ["3 documenten gevonden"]
    assert words(inside, ".within label") == ["Zoek alleen binnen de publicatie “Besluit over de rondweg”"]
    assert [box.get("value") for box in inside.cssselect(".within input[checked]")] == [rondweg.id]
    assert not [text for text in words(inside, ".belongs a") if text.startswith("alle")]


def test_a_search_is_shared_without_its_place_in_the_results(site: PublicSite, rondweg: Publicatie):
    for nummer in range(3):
        site.add_document(rondweg, f"Nota {nummer}", ["Kwartelwei."])
    first = page(site, "/?zoek=kwartelwei&jaar=2024&aantal=1")
    later = page(site, first.cssselect("a[rel=next]")[0].get("href"))
    expected = "https://open.zuiderveld.example/?zoek=kwartelwei&jaar=2024&aantal=1"
    for shown in (first, later):
        assert [a.get("href") for a in shown.cssselect(".share a")] == [expected]
