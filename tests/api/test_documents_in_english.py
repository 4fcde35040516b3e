"""The pages of a document, a publication and a row in English, in every state that they can be in."""

import json
import re
from dataclasses import replace

import pytest
from lxml import html
from lxml.html import HtmlElement

from tests.api.dossiers import LATER, Shown, add_dossier
from tests.api.site import PublicSite
from tests.api.test_english import left_in_dutch
from tests.api.test_talen import ENGLISH
from woo.diwoo.uitleg import Uitleg
from woo.domain.document import Pagina, Relatie, Relatiesoort
from woo.domain.inventaris import Beoordeling, Bijzonderheid
from woo.domain.procedure import Proceduresoort, Procedureuitkomst
from woo.taal import spoken
from woo.views import geschiedenis
from woo.views.geschiedenis import Verteld

WORDS_ONLY = re.compile(r"(?!)")
SITE = "https://open.zuiderveld.example"


def shown(site: PublicSite, path: str) -> HtmlElement:
    answer = site.visitor.get(path)
    assert answer.status_code == 200, answer.text[:500]
    return html.fromstring(answer.text)


def words(element: HtmlElement, query: str) -> list[str]:
    return [" ".join(found.text_content().split()) for found in element.cssselect(query)]


def body_in_dutch(text: str) -> list[str]:
    """What is left in Dutch outside the title of the page, of which a part cannot be named as Dutch."""
    page = html.fromstring(text)
    page.cssselect("title")[0].drop_tree()
    return left_in_dutch(html.tostring(page, encoding="unicode"), WORDS_ONLY)


@pytest.fixture
def pages(site: PublicSite) -> dict[str, str]:
    """One of everything that these pages can tell."""
    dossier = add_dossier(site, more=60)
    norm = site.add_document(
        dossier.publicatie, "Nota over de norm", ["niets", "de norm, de norm"], naam="nota.pdf"
    )
    site.relate(
        norm,
        Relatie(norm.id, Relatiesoort.REACTIE_OP, dossier.brief.id),
        Relatie(norm.id, Relatiesoort.LIJKT_OP, dossier.advies.id, 0.9),
    )
    scan = site.add_parts(
        dossier.publicatie,
        "Scan van de brief",
        [
            Pagina(1, "brief van de norm", "ocr", zekerheid=0.5),
            Pagina(2, "", "geen", leesbaar=False),
            Pagina(3, "", "pdf"),
        ],
        naam="scan.pdf",
        mime="application/pdf",
    )
    blad = site.add_parts(
        dossier.publicatie,
        "Blad met de norm",
        [Pagina(1, "de norm", "office", label="Blad van de norm"), Pagina(2, "", "geen", leesbaar=False)],
        naam="blad.xlsx",
        mime="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    )
    leeg = site.add_document(dossier.publicatie, "Brief zonder bestand")
    gone = site.add_document(dossier.publicatie, "Verkeerde brief", ["weg"])
    site.withdraw(gone, titel="Verkeerde brief van de dienst")
    refused = site.add_row(dossier.publicatie, "70", "Verslag van de dienst", gronden=("5.1.2.e",))
    elsewhere = site.add_row(
        dossier.publicatie,
        "71",
        "Brief van het college",
        Beoordeling.REEDS_OPENBAAR,
        links=("https://voorbeeld.example/brief",),
        bijzonderheden=(Bijzonderheid.DUBBEL,),
    )
    known = site.store.document(norm.id)
    assert known is not None
    versies = [
        {"versie": 1, "gepubliceerdOp": "2024-03-21T08:00:00Z", "vervangenOp": "2024-04-02T08:00:00Z", "sha256": "a" * 64, "grootte": 1},
        {"versie": 2, "gepubliceerdOp": "2024-04-02T08:00:00Z", "vervangenOp": None, "sha256": "b" * 64, "grootte": 1},
    ]  # fmt: skip
    versioned = replace(known, kaart={**known.kaart, "versie": 2, "versies": versies})
    site.store.show(versioned, list(site.store.pages(norm.id)), site.archive)
    return {
        "norm": f"/documenten/{norm.id}?zoek=norm",
        "norm zonder treffer": f"/documenten/{norm.id}?zoek=zonnewijzer",
        "scan": f"/documenten/{scan.id}?zoek=norm",
        "onleesbaar": f"/documenten/{scan.id}?pagina=2",
        "lege pagina": f"/documenten/{scan.id}?pagina=3",
        "blad": f"/documenten/{blad.id}?zoek=norm",
        "leeg": f"/documenten/{leeg.id}",
        "versie": f"/documenten/{norm.id}/versies/1",
        "melding": f"/documenten/{norm.id}/melding",
        "publicatie": f"/publicaties/{dossier.publicatie.id}",
        "gekozen": f"/publicaties/{dossier.publicatie.id}?grond=5.1.2.e&sorteer=-naam",
        "niets gekozen": f"/publicaties/{dossier.publicatie.id}?woorden=zonnewijzer",
        "geweigerd": f"/documenten/{refused.id}",
        "elders": f"/documenten/{elsewhere.id}",
    }


def test_no_state_of_a_page_holds_dutch_that_is_not_named_as_dutch(site: PublicSite, pages: dict[str, str]):
    left = {
        name: found
        for name, path in pages.items()
        if (found := body_in_dutch(site.visitor.get(f"/en{path}").text))
    }
    assert left == {}


def test_what_is_said_of_the_text_of_a_page_is_english(site: PublicSite, pages: dict[str, str]):
    notes = [
        words(shown(site, f"/en{pages[name]}"), ".text-note")[0]
        for name in ("scan", "onleesbaar", "lege pagina")
    ]
    assert notes[0].startswith("A computer recognised this text on a scan. That did not go well")
    assert "50 percent certain" in notes[0]
    assert notes[1].startswith("We could not read the text of this page")
    assert notes[2] == "There is no text on this page."


def test_titles_and_texts_of_others_are_named_by_their_language(site: PublicSite, pages: dict[str, str]):
    dutch, english = shown(site, pages["norm"]), shown(site, f"/en{pages['norm']}")
    for query in ("h1", ".page-text .text", ".related a", ".meta .capital"):
        assert {each.get("lang") for each in english.cssselect(query)} == {"nl"}, query
        assert {each.get("lang") for each in dutch.cssselect(query)} == {None}, query


def test_a_document_in_english_is_so_named_on_the_dutch_page(site: PublicSite):
    letter = site.add_document(site.add_publicatie("Brieven"), "A letter", ["Dear sir"])
    kaart = site.store.document(letter.id)
    assert kaart is not None
    site.store.show(
        replace(kaart, kaart={**kaart.kaart, "taal": "en"}), list(site.store.pages(letter.id)), site.archive
    )
    path = f"/documenten/{letter.id}"
    assert [shown(site, prefix + path).cssselect("h1")[0].get("lang") for prefix in ("", "/en")] == [
        "en",
        None,
    ]


def test_a_thing_is_the_same_for_programs_in_every_language_and_its_page_is_not(
    site: PublicSite, pages: dict[str, str]
):
    for path in (pages["leeg"], pages["publicatie"]):
        told = [
            json.loads(
                shown(site, prefix + path).cssselect("script[type='application/ld+json']")[0].text or ""
            )
            for prefix in ("", "/en")
        ]
        assert [each["@id"] for each in told] == [f"{SITE}{path}"] * 2
        assert [each["url"] for each in told] == [f"{SITE}{path}", f"{SITE}/en{path}"]
    publicatie = shown(site, f"/en{pages['publicatie']}")
    files = [each.get("href") for each in publicatie.cssselect(".files a")]
    assert [site.visitor.get(file).status_code for file in files] == [200] * 4


def test_a_page_is_cited_in_english_with_an_address_in_english(site: PublicSite, pages: dict[str, str]):
    [citation] = words(shown(site, f"/en{pages['norm']}"), "#citaat")
    assert "14 March 2024, p. 2, public since 21 March 2024, version 2, " in citation
    assert f"{SITE}/en/documenten/" in citation


def test_grounds_are_explained_in_english_where_the_installation_does_and_else_named_as_dutch(
    site: PublicSite, pages: dict[str, str]
):
    row = shown(site, f"/en{pages['geweigerd']}").cssselect(".grounds li")[0]
    assert "This is personal information" in row.text_content()
    inventory = shown(site, f"/en{pages['gekozen']}").cssselect("table.inventory")[0]
    assert "Privacy (5.1.2.e)" in words(inventory, ".reasons li")
    assert words(inventory, "tbody .judged") == ["Not public", "Partly public"]
    untold = Uitleg("Geheim", "Dit is geheim.").told_in("en")
    assert (untold.naam, untold.taal) == ("Geheim", "nl")


def test_the_inventory_is_searched_by_the_words_that_the_page_shows(site: PublicSite, pages: dict[str, str]):
    path = f"/en{pages['publicatie']}"
    assert words(shown(site, f"{path}?woorden=privacy+confidential"), "#inventaris") == [
        "Inventory: 1 of 64 documents"
    ]


def test_a_report_is_refused_and_thanked_for_in_english(site: PublicSite, pages: dict[str, str]):
    path = f"/en{pages['melding']}"
    refused = site.visitor.post(path, {"soort": "x", "tekst": "x" * 2001, "pagina": "9", "email": "x"})
    assert refused.status_code == 400
    page = html.fromstring(refused.text)
    assert words(page, ".field-error") == [
        "Choose what is wrong.",
        "Your text is 2001 characters long. It may be 2000. Make it shorter.",
        "This document has page 1 to 2. Choose one of those, or leave it empty.",
        "This is not an e-mail address. Write it as name@example.com, or leave it empty.",
    ]
    [form] = page.cssselect("form[method=post]")
    assert form.get("action") == path
    thanked = site.visitor.post(path, {"soort": "anders", "tekst": "Verkeerde datum."})
    assert words(html.fromstring(thanked.text), "h1") == ["Your report has been sent"]
    assert left_in_dutch(thanked.text, WORDS_ONLY) == []


FORMS = [
    ("Gepubliceerd", "Published"),
    ("Gegevens gewijzigd", "Details changed"),
    ("Gegevens gewijzigd: titel, soort document", "Details changed: title, kind of document"),
    ("Termijn van het verzoek gewijzigd: verdaging", "Time limit of the request changed: extension"),
    ("Gegevens van een document gewijzigd: datum", "Details of a document changed: date"),
    ("Inventaris bijgewerkt", "Inventory updated"),
    ("Inventaris bijgewerkt: 3 nieuw, 1 verdwenen", "Inventory updated: 3 new, 1 gone"),
    ("Document toegevoegd", "Document added"),
    ("Document vervangen door versie 12", "Document replaced by version 12"),
    ("Besluit 2024: 7", "Decision 2024: 7"),
    ("Deelbesluit 2 (B (2))", "Partial decision 2 (B (2))"),
    (
        "Deelbesluit 2 (B-2) (publicatie later ingetrokken)",
        "Partial decision 2 (B-2) (publication withdrawn later)",
    ),
    ("Hoger beroep ingediend", "Further appeal lodged"),
    ("Beroep niet-ontvankelijk", "Appeal inadmissible"),
]


@pytest.mark.parametrize(("titel", "english"), FORMS)
def test_the_history_is_told_in_english_and_in_dutch_as_it_was_written(titel: str, english: str):
    assert geschiedenis.told(titel) == Verteld(titel)
    with spoken(ENGLISH):
        assert geschiedenis.told(titel) == Verteld(english)


def test_what_someone_wrote_and_what_is_not_known_stays_dutch():
    with spoken(ENGLISH):
        assert geschiedenis.told("Document ingetrokken: Stond er: dubbel") == Verteld(
            "Document withdrawn", "Stond er: dubbel"
        )
        assert geschiedenis.told("Verplaatst naar elders") == Verteld("", "Verplaatst naar elders")


def test_every_kind_and_outcome_of_a_procedure_has_english():
    with spoken(ENGLISH):
        for soort in Proceduresoort:
            for uitkomst in Procedureuitkomst:
                said = geschiedenis.told(f"{soort.naam} {uitkomst.naam}").tekst
                assert said
                assert not re.search(r"beroep|bezwaar|gegrond|wezen|trokken|verzoek", said, re.IGNORECASE)


def test_the_reason_of_a_withdrawal_is_named_as_dutch(site: PublicSite):
    dossier = add_dossier(site)
    _tell(site, dossier, "Document ingetrokken: Stond er dubbel in.", "Iets nieuws gebeurde")
    page = shown(site, f"/en/publicaties/{dossier.publicatie.id}")
    assert words(page, ".history li") == [
        "2 May 2024 Document withdrawn: Stond er dubbel in. (Withdrawn document)",
        "2 May 2024 Iets nieuws gebeurde",
    ]
    assert words(page, ".history [lang=nl]") == ["Stond er dubbel in.", "Iets nieuws gebeurde"]


def _tell(site: PublicSite, dossier: Shown, *titels: str) -> None:
    """Write a history of these entries into the store, all about the same document."""
    publicatie = site.store.publicatie(dossier.publicatie.id)
    assert publicatie is not None
    told = [
        {"op": LATER.strftime("%Y-%m-%dT%H:%M:%SZ"), "soort": "document_ingetrokken" if "ingetrokken" in titel else "gewijzigd",
         "titel": titel, "document": dossier.brief.id if "ingetrokken" in titel else None}
        for titel in titels
    ]  # fmt: skip
    site.store.show_publicatie(
        replace(publicatie, dossier={**publicatie.dossier, "geschiedenis": told}),
        site.store.inventaris(publicatie.id),
    )
