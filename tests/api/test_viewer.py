"""The viewer: from hit to hit, the list of them, small pictures, zoom and turn, and what a page is cited by."""

import json

import pytest
from lxml import html
from lxml.html import HtmlElement

from search_api.page_hits import READ_AT_ONCE, PageHitCounter
from search_api.portal.page_strip import SHOWN, strip_around
from search_api.searching import sought_words
from tests.api.site import PublicSite
from woo.analysis import Highlighter
from woo.domain.document import Pagina
from woo.index.parse import parse
from woo.views.citing import Citation
from woo.views.parts import rendition_note

PDF = "application/pdf"


def page(site: PublicSite, path: str, status: int = 200) -> HtmlElement:
    answer = site.visitor.get(path)
    assert answer.status_code == status, answer.text[:500]
    return html.fromstring(answer.text)


def words(element: HtmlElement, query: str) -> list[str]:
    return [" ".join(found.text_content().split()) for found in element.cssselect(query)]


def href(element: HtmlElement, query: str) -> str:
    return element.cssselect(query)[0].get("href")


@pytest.fixture
def document(site: PublicSite) -> str:
    """Five pages; the norm stands once on the second, three times on the fourth."""
    pages = [
        "Blad\nniets",
        "Blad\nde norm",
        "Blad\nniets",
        "Blad\nnorm, norm en nog een norm",
        "Blad\nniets",
    ]
    return site.add_document(site.add_publicatie("Een publicatie"), "Besluit", pages).id


def many_pages(site: PublicSite, number: int, tekst: str = "de norm") -> str:
    pages = [Pagina(nummer, f"Blad {nummer}, {tekst}", "pdf") for nummer in range(1, number + 1)]
    publicatie = site.add_publicatie("Veel")
    return site.add_parts(publicatie, "Veel bladen", pages, naam="veel.pdf", mime=PDF).id


def test_one_goes_from_hit_to_hit_over_the_pages_and_back(site: PublicSite, document: str):
    path = f"/documenten/{document}?zoek=norm"
    seen = []
    while True:
        shown = page(site, path.partition("#")[0])
        seen.append(words(shown, ".steps p")[0])
        assert len(shown.cssselect("mark.current")) == 1
        assert len(shown.cssselect("svg.marks rect.current")) == 1
        following = shown.cssselect(".steps a[rel=next]:not([hidden])")
        if not following:
            break
        path = following[0].get("href")
    assert seen == [f"Treffer {number} van 4" for number in (1, 2, 3, 4)]
    assert path == f"/documenten/{document}?pagina=4&zoek=norm&treffer=3#treffer-3"
    first = page(site, f"/documenten/{document}?pagina=4&zoek=norm")
    assert href(first, ".steps a[rel=prev]") == f"/documenten/{document}?pagina=2&zoek=norm#treffer-1"
    after = page(site, f"/documenten/{document}?pagina=5&zoek=norm")
    assert href(after, ".steps a[rel=prev]").endswith("?pagina=4&zoek=norm&treffer=3#treffer-3")


def test_the_list_counts_the_hits_of_every_page(site: PublicSite, document: str):
    shown = page(site, f"/documenten/{document}?zoek=norm")
    assert words(shown, ".hit-pages a") == ["pagina 2 1 treffer", "pagina 4 3 treffers"]
    assert [mark.get("id") for mark in page(site, f"/documenten/{document}?pagina=4&zoek=norm").cssselect("mark")] == ["treffer-1", "treffer-2", "treffer-3"]  # fmt: skip


def test_a_link_to_a_hit_that_is_gone_leads_to_the_last(site: PublicSite, document: str):
    shown = page(site, f"/documenten/{document}?pagina=4&zoek=norm&treffer=99")
    assert words(shown, ".steps p") == ["Treffer 4 van 4"]
    assert shown.cssselect("mark.current")[0].get("id") == "treffer-3"


def test_of_very_many_pages_those_around_the_reader_are_counted_first(site: PublicSite):
    id = many_pages(site, 130)
    shown = page(site, f"/documenten/{id}?pagina=70&zoek=norm")
    assert words(shown, ".steps p") == ["Treffer 1 van 1 op deze pagina"]
    counts = words(shown, ".hit-pages .count")
    assert len(counts) == READ_AT_ONCE
    assert "pagina 70 1 treffer" in words(shown, ".hit-pages a")
    page(site, f"/documenten/{id}?pagina=70&zoek=norm")
    whole = page(site, f"/documenten/{id}?pagina=70&zoek=norm")
    assert words(whole, ".steps p") == ["Treffer 70 van 130"]


def test_what_was_counted_is_remembered_for_a_while_and_not_of_a_changed_document(
    site: PublicSite, document: str
):
    now = [0.0]
    highlighter = Highlighter(site.analysis)
    counter = PageHitCounter(site.store, site.analysis, highlighter, clock=lambda: now[0])
    sought = sought_words(site.visitor.app.state.parts, parse("norm").node)
    shown = site.store.document(document)
    assert shown is not None
    assert sought is not None

    def reads() -> int:
        asked: list[int] = []
        real = site.store.page
        site.store.page = lambda id, nummer: asked.append(nummer) or real(id, nummer)  # type: ignore[method-assign,func-returns-value]
        found = counter.count(shown, (2, 4), sought, nearest=2)
        site.store.page = real  # type: ignore[method-assign]
        assert [found[nummer].aantal for nummer in (2, 4)] == [1, 3]
        return len(asked)

    assert reads() > 0
    assert reads() == 0
    now[0] = 601.0
    assert reads() > 0
    shown.kaart["gewijzigdOp"] = "2025-01-01T00:00:00Z"  # type: ignore[index]
    assert reads() > 0


def test_a_page_of_a_document_of_two_thousand_stays_small(site: PublicSite):
    answer = site.visitor.get(f"/documenten/{many_pages(site, 2000)}?pagina=1000&zoek=norm")
    assert answer.status_code == 200
    assert len(answer.content) < 100_000
    shown = html.fromstring(answer.text)
    assert len(shown.cssselect(".strip img")) == SHOWN
    assert len(shown.cssselect(".hit-pages a")) == 200


@pytest.mark.parametrize(
    ("nummer", "paginas", "pages", "eerder", "later"),
    [
        (1, 1, None, None, None),
        (1, 2, [1, 2], None, None),
        (3, 8, [1, 2, 3, 4, 5, 6, 7, 8], None, None),
        (1, 2000, [1, 2, 3, 4, 5, 6, 7, 8], None, 12),
        (12, 2000, [9, 10, 11, 12, 13, 14, 15, 16], 4, 20),
        (2000, 2000, [1993, 1994, 1995, 1996, 1997, 1998, 1999, 2000], 1988, None),
        (10, 12, [5, 6, 7, 8, 9, 10, 11, 12], 1, None),
    ],
)
def test_the_strip_lies_around_a_page_and_leads_to_the_ones_next_to_it(
    nummer: int, paginas: int, pages: list[int] | None, eerder: int | None, later: int | None
):
    strip = strip_around(nummer, paginas, (2, 9))
    if pages is None:
        assert strip is None
        return
    assert strip is not None
    assert [one.nummer for one in strip.pages] == pages
    assert [one.nummer for one in strip.pages if one.treffer] == [nr for nr in pages if nr in (2, 9)]
    assert (strip.eerder, strip.later) == (eerder, later)


def test_one_leafs_through_the_strip_without_leaving_the_page(site: PublicSite):
    id = many_pages(site, 30)
    first = page(site, f"/documenten/{id}?pagina=2&zoek=norm")
    assert first.cssselect(".strip img")[0].get("src").endswith("/paginas/1/afbeelding?breedte=120")
    assert first.cssselect(".strip img")[0].get("loading") == "lazy"
    later = href(first, ".more-pages a")
    assert later == f"/documenten/{id}?pagina=2&zoek=norm&strook=12#strook"
    second = page(site, later.partition("#")[0])
    assert words(second, "#tekst") == ["Tekst van pagina 2"]
    assert words(second, ".strip li")[0] == "pagina 9, met treffer"


def test_the_picture_is_larger_and_turned_with_its_marks(site: PublicSite, document: str):
    upright = page(site, f"/documenten/{document}?pagina=2&zoek=norm")
    shown = page(site, f"/documenten/{document}?pagina=2&zoek=norm&zoom=200&draai=90")
    picture = shown.cssselect(".sheet img")[0]
    assert picture.get("src").endswith("breedte=800&draai=90")
    assert "breedte=2400&draai=90 2400w" in picture.get("srcset")
    assert "66rem" in picture.get("sizes")
    before, after = (one.cssselect("svg.marks rect")[0] for one in (upright, shown))
    assert (after.get("width"), after.get("height")) == (before.get("height"), before.get("width"))
    assert after.get("y") == before.get("x")
    assert words(shown, ".zooms a[aria-current]") == ["200%"]
    assert "draai=180" in href(shown, ".turn")
    onward = href(shown, ".page-steps a[rel=next]")
    assert "zoom=200" in onward
    assert "draai" not in onward
    assert shown.cssselect(".page-steps input[name=zoom]")[0].get("value") == "200"


def test_a_page_stays_turned_from_hit_to_hit_and_another_page_starts_upright(site: PublicSite, document: str):
    first = page(site, f"/documenten/{document}?pagina=4&zoek=norm&draai=270")
    assert "&treffer=2&draai=270#" in href(first, ".steps a[rel=next]")
    assert "draai" not in href(first, ".steps a[rel=prev]")
    assert "draai" not in href(first, ".turn")


@pytest.mark.parametrize("wrong", ["zoom=110", "zoom=x", "draai=45", "treffer=x", "treffer=-1", "strook=²"])
def test_a_view_that_does_not_exist_is_refused_with_the_ones_that_do(
    site: PublicSite, document: str, wrong: str
):
    told = words(page(site, f"/documenten/{document}?zoek=norm&{wrong}", 400), "main")[0]
    assert wrong.partition("=")[0] in told


def test_the_file_opens_at_the_page_and_is_offered_by_kind_and_size(site: PublicSite, document: str):
    shown = page(site, f"/documenten/{document}?pagina=3")
    actions = {text: link.get("href") for text, link in zip(words(shown, ".actions a"), shown.cssselect(".actions a"), strict=True)}  # fmt: skip
    assert actions["Open PDF op deze pagina"].endswith("/bestand/besluit.pdf#page=3")
    assert actions["Meld een probleem"] == f"/documenten/{document}/melding?pagina=3"
    assert any(text.startswith("Download PDF (") for text in actions)


def test_parts_without_pages_have_no_pictures_but_hits(site: PublicSite):
    delen = [Pagina(1, "Zwaluw zwaluw", "xlsx", label="Blad Kosten"), Pagina(2, "niets", "xlsx")]
    mime = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    sheet = site.add_parts(site.add_publicatie("Een"), "Begroting", delen, naam="b.xlsx", mime=mime)
    shown = page(site, f"/documenten/{sheet.id}?zoek=zwaluw")
    assert words(shown, ".hit-pages a") == ["Blad Kosten 1 treffer"]
    assert not shown.cssselect(".strip, .page-picture, .zooms")
    assert "Open PDF op deze pagina" not in words(shown, ".actions a")


def test_what_was_made_into_a_pdf_says_so():
    kaart = {"formaat": "eml", "bestand": {"mime": PDF}}
    assert str(rendition_note(kaart)).startswith("Ontvangen als EML.")
    assert rendition_note({**kaart, "formaat": "pdf"}) is None
    assert rendition_note({"formaat": "docx", "bestand": {"mime": "application/msword"}}) is None
    assert rendition_note({"formaat": None, "bestand": None}) is None


def test_a_page_is_cited_with_its_lasting_address_and_digest(site: PublicSite, document: str):
    shown = page(site, f"/documenten/{document}?pagina=4&zoek=norm")
    digest = site.visitor.get(f"/v1/documenten/{document}").json()["bestand"]["sha256"]
    address = f"https://open.zuiderveld.example/documenten/{document}/versies/1?pagina=4"
    assert words(shown, "#citaat") == [
        f"Gemeente Enschede, ‘Besluit’, 14 maart 2024, p. 4, openbaar sinds 21 maart 2024, {address} "
        f"(SHA-256 {digest[:12]})."
    ]
    assert words(shown, ".permalink") == [address]
    assert words(shown, ".digest") == [digest]
    bibtex = shown.cssselect("#bibtex")[0].text_content()
    assert bibtex.strip().startswith(f"@misc{{woo-{document}-v1-p4,")
    assert f"  url = {{{address}}}," in bibtex


def test_a_citation_holds_nothing_that_tex_would_do():
    kaart = {
        "id": "x",
        "officieleTitel": "50% van {A} & B_1\n\\input",
        "publisher": {"naam": "gemeente #1"},
        "creatiedatum": None,
        "publicatiedatum": "2024-03-21T08:00:00Z",
        "versie": 2,
    }
    cited = Citation(kaart, None, "Blad {1}", "https://x.example/a{b}")
    assert "title = {{50\\% van \\{A\\} \\& B\\_1 \\textbackslash{}input}}," in cited.bibtex
    assert "author = {{Gemeente \\#1}}," in cited.bibtex
    assert "url = {https://x.example/a%7Bb%7D}," in cited.bibtex
    assert cited.tekst == (
        "Gemeente #1, ‘50% van {A} & B_1 \\input’, Blad {1}, openbaar sinds 21 maart 2024, versie 2, https://x.example/a{b}."
    )


def test_machines_are_told_what_the_document_is(site: PublicSite, document: str):
    shown = page(site, f"/documenten/{document}")
    data = json.loads(shown.cssselect('script[type="application/ld+json"]')[0].text)
    assert data["@type"] == "DigitalDocument"
    assert data["@id"] == f"https://open.zuiderveld.example/documenten/{document}"
    assert data["publisher"]["@type"] == "GovernmentOrganization"
    assert data["publisher"]["@id"].startswith("https://identifier.overheid.nl/")
    assert data["encoding"]["contentUrl"].endswith("/bestand/besluit.pdf")
    assert data["encoding"]["sha256"]
    assert "description" not in data
    properties = {meta.get("property"): meta.get("content") for meta in shown.cssselect("meta[property]")}
    assert properties["og:title"] == "Besluit"
    assert properties["og:url"] == data["url"]
    whole = page(site, f"/publicaties/{data['isPartOf']['@id'].rpartition('/')[2]}")
    told = json.loads(whole.cssselect('script[type="application/ld+json"]')[0].text)
    assert (told["@type"], told["@id"]) == ("Dataset", data["isPartOf"]["@id"])
