"""The pages for people: what is found is shown with its pages, what cannot be searched is said, everything is escaped."""

import re
from datetime import date

import pytest
from lxml import html
from lxml.html import HtmlElement

from tests.api.site import PublicSite
from woo.domain.errors import InvalidValue

NORM = "De provincie hanteert voor stikstof een open norm in de vergunning."
NASTY = "<script>alert('x')</script> \"onclick=\"'"


def page(site: PublicSite, path: str, status: int = 200) -> HtmlElement:
    answer = site.visitor.get(path)
    assert answer.status_code == status, answer.text[:500]
    return html.fromstring(answer.text)


def words(element: HtmlElement, query: str) -> list[str]:
    return [" ".join(found.text_content().split()) for found in element.cssselect(query)]


@pytest.fixture
def two_pages(site: PublicSite) -> str:
    publicatie = site.add_publicatie(
        "Woo-verzoek stikstof", kenmerk="2024-0114", omschrijving="Over de vergunning."
    )
    document = site.add_document(
        publicatie,
        "Besluit over de vergunning",
        ["Blad een\nInleiding.", f"Blad twee\n{NORM}", f"Blad drie\n{NORM}"],
    )
    return document.id


def test_a_hit_shows_its_pages_with_the_words_marked_and_one_click_away(site: PublicSite, two_pages: str):
    found = page(site, '/?zoek="open norm"')
    assert words(found, "h1") == ["1 document gevonden"]
    fragments = found.cssselect(".fragment")
    assert words(found, ".fragment mark") == ["open norm", "open norm"]
    assert (
        fragments[0].cssselect("a")[0].get("href") == f"/documenten/{two_pages}?pagina=2&zoek=%22open+norm%22"
    )
    assert words(found, "title") == ['"open norm": 1 document – Gemeente Zuiderveld']


def test_every_page_has_a_language_landmarks_and_a_skip_link(site: PublicSite, two_pages: str):
    for path, status in (
        ("/", 200),
        (f"/documenten/{two_pages}", 200),
        ("/publicaties", 200),
        ("/api", 200),
        ("/weg", 404),
    ):
        shown = page(site, path, status)
        assert shown.get("lang") == "nl"
        assert shown.cssselect("a.skip-link")[0].get("href") == "#inhoud"
        assert len(shown.cssselect("main#inhoud")) == 1
        assert len(shown.cssselect("h1")) == 1
        assert words(shown, "title")[0].endswith("– Gemeente Zuiderveld")


@pytest.mark.parametrize(
    "path",
    [
        "/",
        "/publicaties",
        "/documenten/{id}?zoek=norm",
        "/publicaties/{pub}",
        "/api",
        "/toegankelijkheid",
        "/weg",
    ],
)
def test_no_page_has_inline_style_or_script_or_takes_anything_from_elsewhere(
    site: PublicSite, two_pages: str, path: str
):
    publicatie = site.visitor.get(f"/v1/documenten/{two_pages}").json()["publicatie"]["id"]
    shown = page(
        site, path.replace("{id}", two_pages).replace("{pub}", publicatie), 404 if path == "/weg" else 200
    )
    assert not shown.cssselect("script:not([src]), style, [style], iframe, object, embed")
    for element in shown.iter():
        assert not [name for name in element.attrib if name.startswith("on")]
    for naam in ("src", "srcset"):
        assert all(value.startswith("/") for value in shown.xpath(f"//@{naam}"))
    assert all(
        link.get("href").startswith("/") for link in shown.cssselect("link[rel=stylesheet], link[rel=icon]")
    )


def test_whatever_is_written_in_titles_or_typed_is_text_and_never_markup(site: PublicSite):
    publicatie = site.add_publicatie(NASTY, omschrijving=NASTY, kenmerk=NASTY, verkorte_titel=NASTY + "2")
    document = site.add_document(
        publicatie,
        NASTY,
        ["Blad\n<script>alert('tekst')</script> <b>vet</b>"],
        omschrijving=NASTY,
        kenmerk=NASTY,
        naam='<img src=x>".pdf',
    )
    client = site.visitor
    paths = [
        "/?zoek=%3Cscript%3Ealert(1)%3C/script%3E",
        "/?zoek=vet",
        "/",
        f"/?publicatie={publicatie.id}",
        "/publicaties?zoek=%22%3E%3Cscript%3E",
        f"/publicaties/{publicatie.id}",
        f"/documenten/{document.id}?zoek=vet%22%3E%3Cscript%3E",
        "/?jaar=%3Cscript%3E&zoek=%22%3E%3Cscript%3E",
        "/%3Cscript%3E",
    ]
    for path in paths:
        text = client.get(path).text
        assert "<script" not in text.replace('<script src="/static/', ""), path
        assert "<b>vet" not in text
        assert "<img src=x" not in text
        assert not html.fromstring(text).xpath("//@onclick"), path


def test_filters_that_are_on_are_shown_and_can_be_taken_off(site: PublicSite):
    publicatie = site.add_publicatie("Een publicatie")
    for year in (2021, 2022, 2023):
        site.add_document(publicatie, f"Nota {year}", creatiedatum=date(year, 1, 1))
    shown = page(
        site, f"/?zoek=nota&jaar=2022&jaar=2023&publicatie={publicatie.id}&creatiedatumVan=2022-01-01"
    )
    assert words(shown, "h1") == ["2 documenten gevonden"]
    chips = {" ".join(chip.text_content().split()): chip.get("href") for chip in shown.cssselect(".chips a")}
    assert "2022 ✕, haal dit filter weg" in chips
    assert "publicatie: Een publicatie ✕, haal dit filter weg" in chips
    assert "datum vanaf 1 januari 2022 ✕, haal dit filter weg" in chips
    left = chips["2022 ✕, haal dit filter weg"]
    assert "jaar=2022" not in left
    assert "jaar=2023" in left
    assert "zoek=nota" in left
    checked = [box.get("value") for box in shown.cssselect("input[type=checkbox][checked]")]
    assert checked == ["2023", "2022"]
    assert shown.cssselect("input[type=hidden][name=publicatie]")[0].get("value") == publicatie.id
    assert len(page(site, "/?jaar=2022").cssselect("svg.bars rect")) == 3


def test_a_filter_without_hits_stays_visible_so_that_it_can_be_taken_off(site: PublicSite):
    site.add_document(site.add_publicatie("Een"), "Nota")
    shown = page(site, "/?jaar=1999")
    assert words(shown, "h1") == ["Niets gevonden"]
    assert [box.get("value") for box in shown.cssselect("input[name=jaar][checked]")] == ["1999"]


def test_results_run_on_over_pages_and_say_where_one_is(site: PublicSite):
    publicatie = site.add_publicatie("Veel")
    for number in range(25):
        site.add_document(publicatie, f"Nota {number:02}")
    first = page(site, "/?zoek=nota&sorteer=titel")
    assert words(first, ".paging p") == ["1 tot en met 20 van 25"]
    second = page(site, first.cssselect(".paging a[rel=next]")[0].get("href"))
    assert words(second, ".paging p") == ["21 tot en met 25 van 25"]
    assert len(second.cssselect(".hit")) == 5
    assert second.cssselect("ol.hits")[0].get("start") == "21"
    back = second.cssselect(".paging a")[0].get("href")
    assert words(page(site, back), ".paging p") == ["1 tot en met 20 van 25"]


def test_it_says_how_many_documents_have_pages_that_could_not_be_read(site: PublicSite):
    publicatie = site.add_publicatie("Scans")
    scan = site.add_document(publicatie, "Gescande brief", ["Blad\ntekst", ""])
    site.add_document(publicatie, "Gewone brief", ["Blad\ntekst"])
    shown = page(site, "/?zoek=brief")
    assert words(shown, ".note")[0].startswith(
        "1 document in deze selectie heeft pagina's die wij niet of niet goed konden lezen."
    )
    only = page(site, shown.cssselect(".note a")[0].get("href"))
    assert words(only, ".hit h2") == ["Gescande brief"]
    assert words(only, ".chips a")[0].startswith("met pagina's die niet goed leesbaar zijn")
    nothing = page(site, "/?zoek=zonnewijzer")
    assert "1 document heeft pagina's die wij niet of niet goed konden lezen" in words(nothing, ".empty")[0]
    unread = page(site, f"/documenten/{scan.id}?pagina=2")
    assert "konden de tekst van deze pagina niet lezen" in words(unread, ".text-note")[0]


def test_the_viewer_marks_the_words_on_the_picture_and_in_the_text(site: PublicSite, two_pages: str):
    shown = page(site, f'/documenten/{two_pages}?pagina=2&zoek="open norm"')
    assert words(shown, ".text mark") == ["open norm"]
    box = shown.cssselect("svg.marks rect")
    assert len(box) == 1
    x, y, width, height = (float(box[0].get(name)) for name in ("x", "y", "width", "height"))
    assert 100 < x < 900
    assert 100 < y < 250
    assert 20 < width < 300
    assert 5 < height < 40
    picture = shown.cssselect(".page-picture img")[0]
    assert picture.get("src") == f"/v1/documenten/{two_pages}/paginas/2/afbeelding?breedte=800"
    assert "pagina 2" in picture.get("alt")


def test_the_viewer_leads_from_hit_to_hit_and_from_page_to_page(site: PublicSite, two_pages: str):
    shown = page(site, f"/documenten/{two_pages}?zoek=norm")
    assert words(shown, "#tekst") == ["Tekst van pagina 2"]
    assert words(shown, ".steps p") == ["Treffer 1 van 2"]
    assert words(shown, ".hit-pages a") == ["pagina 2", "pagina 3"]
    assert words(shown, ".hit-pages a[aria-current]") == ["pagina 2"]
    after = shown.cssselect(".steps a[rel=next]")[0].get("href")
    assert after == f"/documenten/{two_pages}?pagina=3&zoek=norm"
    last = page(site, after)
    assert not last.cssselect(".steps a[rel=next]")
    assert (
        last.cssselect(".page-steps a[rel=prev]")[0].get("href")
        == f"/documenten/{two_pages}?pagina=2&zoek=norm"
    )
    assert not last.cssselect(".page-steps a[rel=next]")


def test_a_page_without_hits_still_knows_where_they_are(site: PublicSite, two_pages: str):
    shown = page(site, f"/documenten/{two_pages}?pagina=1&zoek=norm")
    assert words(shown, ".steps p") == ["2 pagina's met treffers"]
    assert "pagina=2" in shown.cssselect(".steps a[rel=next]")[0].get("href")
    nothing = page(site, f"/documenten/{two_pages}?zoek=zonnewijzer")
    assert words(nothing, ".steps p") == ["Geen treffers in dit document"]


def test_a_page_the_document_does_not_have_is_a_400_that_names_the_last(site: PublicSite, two_pages: str):
    for nummer in ("0", "4", "x", "-1", "²"):
        assert (
            "pagina 1 tot en met 3"
            in words(page(site, f"/documenten/{two_pages}?pagina={nummer}", 400), "main")[0]
        )


def test_the_viewer_tells_metadata_their_source_the_file_and_a_lasting_link(site: PublicSite):
    publicatie = site.add_publicatie("Een publicatie")
    document = site.add_document(
        publicatie,
        "Brief",
        ["Blad\ntekst"],
        creatiedatum=date(2023, 11, 2),
        herkomst={"creatiedatum": "bestandsnaam"},
    )
    shown = page(site, f"/documenten/{document.id}")
    facts = dict(zip(words(shown, "dt"), words(shown, "dd"), strict=True))
    assert facts["Datum document"] == "2 november 2023 (uit de naam van het bestand)"
    assert facts["Gepubliceerd"] == "21 maart 2024"
    assert facts["Omvang"].startswith("1 pagina, PDF, ")
    assert words(shown, ".permalink") == [f"https://open.zuiderveld.example/documenten/{document.id}"]
    assert words(shown, ".download")[0].startswith("Download PDF (")
    assert shown.cssselect("link[rel=canonical]")[0].get("href") == words(shown, ".permalink")[0]


def test_a_document_without_pages_shows_what_there_is(site: PublicSite):
    publicatie = site.add_publicatie("Een publicatie")
    none = site.add_document(publicatie, "Geweigerd stuk")
    table = site.add_file(publicatie, "Cijfers", b"a,b\n", naam="cijfers.csv", mime="text/csv")
    assert (
        "Bij dit document staat geen bestand."
        in words(page(site, f"/documenten/{none.id}?zoek=a"), "main")[0]
    )
    shown = page(site, f"/documenten/{table.id}?pagina=7")
    assert "U kunt het wel downloaden." in words(shown, "main")[0]
    assert words(shown, ".download") == ["Download CSV (4 bytes)"]


def test_a_publication_lists_its_documents_in_order_and_searches_within(site: PublicSite):
    publicatie = site.add_publicatie("Woo-verzoek", omschrijving="Waar het over gaat.", kenmerk="2024-1")
    for number in (3, 1, 2):
        site.add_document(publicatie, f"Stuk {number}", volgnummer=number)
    other = site.add_publicatie("Andere")
    site.add_document(other, "Ander stuk")
    shown = page(site, f"/publicaties/{publicatie.id}")
    assert words(shown, "h2#documenten") == ["3 documenten"]
    assert words(shown, ".documents tbody a") == ["Stuk 1", "Stuk 2", "Stuk 3"]
    assert shown.cssselect("form.inside input[type=hidden]")[0].get("value") == publicatie.id


def test_a_long_publication_is_read_in_pages(site: PublicSite):
    publicatie = site.add_publicatie("Lang")
    for number in range(1, 54):
        site.add_document(publicatie, f"Stuk {number}", volgnummer=number)
    first = page(site, f"/publicaties/{publicatie.id}")
    assert len(first.cssselect(".documents tbody tr")) == 50
    second = page(site, first.cssselect(".paging a[rel=next]")[0].get("href"))
    assert words(second, ".documents tbody a") == ["Stuk 51", "Stuk 52", "Stuk 53"]


def test_a_publication_without_documents_says_so(site: PublicSite):
    publicatie = site.add_publicatie("Mededeling")
    assert "staan geen documenten" in words(page(site, f"/publicaties/{publicatie.id}"), "main")[0]


def test_publications_are_searched_by_their_own_words(site: PublicSite):
    site.add_publicatie("Zwembad De Welle")
    site.add_publicatie("Kanaalbrug")
    shown = page(site, "/publicaties?zoek=zwembad")
    assert words(shown, "h1") == ["1 publicatie"]
    assert words(shown, ".hit mark") == ["Zwembad"]


def test_the_site_is_called_as_the_settings_say(site: PublicSite, tmp_path):
    theme = tmp_path / "theme.css"
    theme.write_text(
        "/* eigen kleuren */\n:root { --woo-brand: #1b59a4; }\n@media (prefers-color-scheme: dark) { :root { --woo-brand: #3b79c4; } }"
    )
    settings = site.settings.model_copy(
        update={"site": site.settings.site.model_copy(update={"theme": theme, "naam": "Gemeente <Elders>"})}
    )
    client = site.client(settings=settings)
    text = client.get("/").text
    assert "Gemeente &lt;Elders&gt;" in text
    sheets = re.findall(r'rel="stylesheet" href="([^"]+)"', text)
    assert [address.partition("?")[0] for address in sheets] == ["/static/site.css", "/static/theme.css"]
    assert "--woo-brand: #1b59a4" in client.get(sheets[1]).text


@pytest.mark.parametrize(
    "css",
    [
        ":root { background: red; }",
        "@import 'https://elders.example/x.css';",
        ":root { --x: url(https://elders.example/x.png); }",
        "body { display: none }",
        ":root { --x: 1; } </style><script>",
        ":root { --x: 1",
    ],
)
def test_a_theme_that_does_more_than_set_tokens_is_refused_at_the_start(site: PublicSite, tmp_path, css: str):
    theme = tmp_path / "theme.css"
    theme.write_text(css)
    settings = site.settings.model_copy(
        update={"site": site.settings.site.model_copy(update={"theme": theme})}
    )
    with pytest.raises(InvalidValue, match=r"site\.theme"):
        site.app(settings=settings)
