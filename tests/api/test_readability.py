"""What could not be read, or not well, is said on every page where it matters, and can be asked for; parts have names."""

import pytest
from lxml import html

from tests.api.site import PublicSite
from woo.domain.document import Document, Pagina
from woo.domain.formaat import BY_EXTENSIE
from woo.domain.publicatie import Publicatie

XLSX = BY_EXTENSIE[".xlsx"].mime
NORM = "De kosten van de zonnewijzer staan hier."


@pytest.fixture
def publicatie(site: PublicSite) -> Publicatie:
    return site.add_publicatie("Woo-verzoek")


@pytest.fixture
def scan(site: PublicSite, publicatie: Publicatie) -> Document:
    """Three pages: one read for certain, one with little certainty, one not at all."""
    pages = [
        Pagina(1, "Een brief over de zonnewijzer.", "ocr", zekerheid=0.96),
        Pagina(2, "D3 z0nnewijz", "ocr", zekerheid=0.41),
        Pagina(3, "", "geen", leesbaar=False),
    ]
    return site.add_parts(publicatie, "Gescande brief", pages, naam="scan.pdf", mime="application/pdf")


@pytest.fixture
def blad(site: PublicSite, publicatie: Publicatie) -> Document:
    pages = [
        Pagina(1, NORM, "xlsx", label="Blad Kosten, rijen 1-200"),
        Pagina(2, "Niets bijzonders.", "xlsx", label="Blad Kosten, rijen 201-400"),
        Pagina(3, NORM, "xlsx"),
    ]
    return site.add_parts(publicatie, "Begroting", pages, naam="begroting.xlsx", mime=XLSX)


def text(site: PublicSite, path: str) -> str:
    answer = site.visitor.get(path)
    assert answer.status_code == 200, answer.text[:300]
    return " ".join(" ".join(html.fromstring(answer.text).itertext()).split())


def test_the_page_of_a_document_says_how_many_pages_and_which(site: PublicSite, scan: Document) -> None:
    seen = text(site, f"/documenten/{scan.id}")
    assert "2 pagina's niet goed leesbaar" in seen
    assert "Leesbaarheid 2 van de 3 pagina's konden wij niet goed lezen" in seen
    assert "voor 96 procent zeker" in seen
    assert "Dat ging niet goed" not in seen
    weak = text(site, f"/documenten/{scan.id}?pagina=2")
    assert "Dat ging niet goed: er staan waarschijnlijk fouten in, en u vindt niet alle woorden." in weak
    assert "voor 41 procent zeker" in weak
    assert "Wij konden de tekst van deze pagina niet lezen" in text(site, f"/documenten/{scan.id}?pagina=3")


def test_what_was_read_well_has_no_such_fact(site: PublicSite, blad: Document) -> None:
    seen = text(site, f"/documenten/{blad.id}")
    assert "Leesbaarheid" not in seen
    assert "niet goed leesbaar" not in seen


def test_the_api_tells_both_counts_and_asks_for_them(
    site: PublicSite, scan: Document, blad: Document
) -> None:
    body = site.visitor.get(f"/v1/documenten/{scan.id}").json()
    assert (body["onleesbarePaginas"], body["onzekerePaginas"]) == (1, 1)
    found = site.visitor.get("/v1/documenten?moeilijkLeesbaar=true").json()["resultaten"]
    assert [one["id"] for one in found] == [scan.id]
    assert site.visitor.get("/v1/documenten?moeilijkLeesbaar=false").json()["totaal"] == 2
    wrong = site.visitor.get("/v1/documenten?moeilijkLeesbaar=ja")
    assert (wrong.status_code, wrong.json()["errors"][0]["location"]) == (400, "moeilijkLeesbaar")
    assert site.visitor.get("/v1/publicaties?moeilijkLeesbaar=true").status_code == 400


def test_only_little_certainty_counts_too(site: PublicSite, publicatie: Publicatie) -> None:
    pages = [Pagina(1, "z0nnewijz", "ocr", zekerheid=0.3)]
    weak = site.add_parts(publicatie, "Vage brief", pages, naam="vaag.pdf", mime="application/pdf")
    assert site.visitor.get("/v1/documenten?moeilijkLeesbaar=true").json()["totaal"] == 1
    assert "Leesbaarheid deze pagina konden wij niet goed lezen" in text(site, f"/documenten/{weak.id}")
    nothing = text(site, "/?zoek=zonnewijzer")
    assert "1 document heeft pagina's die wij niet of niet goed konden lezen" in nothing


@pytest.mark.parametrize("filter", ["onleesbaar=ja", "moeilijkLeesbaar=true"])
def test_the_site_filters_by_either_name_and_keeps_it_in_the_form(
    site: PublicSite, scan: Document, blad: Document, filter: str
) -> None:
    page = html.fromstring(site.visitor.get(f"/?{filter}").text)
    assert [link.text_content() for link in page.cssselect(".hit h2 a")] == ["Gescande brief"]
    assert "met pagina's die niet goed leesbaar zijn" in page.cssselect(".chips")[0].text_content()
    name, value = filter.split("=")
    assert page.cssselect(f"#zoekformulier input[name={name}]")[0].get("value") == value
    [away] = page.cssselect(".chips a")
    assert away.get("href") == "/"


def test_a_filter_that_is_off_is_no_chip(site: PublicSite, scan: Document) -> None:
    assert not html.fromstring(site.visitor.get("/?moeilijkLeesbaar=false").text).cssselect(".chips")


def test_parts_go_by_their_own_name_in_site_and_api(site: PublicSite, blad: Document) -> None:
    found = site.visitor.get("/v1/documenten?zoek=zonnewijzer").json()["resultaten"][0]
    labels = {treffer["pagina"]: treffer["label"] for treffer in found["treffers"]}
    assert labels == {1: "Blad Kosten, rijen 1-200", 3: None}
    page = site.visitor.get(f"/v1/documenten/{blad.id}/paginas/2").json()
    assert (page["label"], page["afbeeldingUrl"]) == ("Blad Kosten, rijen 201-400", None)
    shown = html.fromstring(site.visitor.get("/?zoek=zonnewijzer").text)
    assert [one.text_content() for one in shown.cssselect(".fragment a")] == [
        "Blad Kosten, rijen 1-200",
        "deel 3",
    ]
    viewer = html.fromstring(site.visitor.get(f"/documenten/{blad.id}?zoek=zonnewijzer").text)
    assert viewer.cssselect("#tekst")[0].text_content() == "Blad Kosten, rijen 1-200"
    assert viewer.cssselect("title")[0].text_content().startswith("Blad Kosten, rijen 1-200 van Begroting")
    assert [one.text_content() for one in viewer.cssselect(".hit-pages a")] == [
        "Blad Kosten, rijen 1-200 1 treffer",
        "deel 3 1 treffer",
    ]


def test_a_file_without_pages_says_so_and_offers_the_file(site: PublicSite, blad: Document) -> None:
    seen = text(site, f"/documenten/{blad.id}")
    assert "Wij tonen hier alleen de tekst. Opmaak en afbeeldingen ziet u in het bestand zelf." in seen
    assert "3 delen" in seen
    assert "pagina" not in seen.replace("Deze pagina", "").split("Citeer dit document")[0].lower()
    page = html.fromstring(site.visitor.get(f"/documenten/{blad.id}").text)
    assert len(page.cssselect("a[download]")) == 2
    assert not page.cssselect("img")
