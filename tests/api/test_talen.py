"""The site in two languages: an address for each, every text translated, and Dutch only where it is named as Dutch."""

import re
from html.parser import HTMLParser
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po
from jinja2 import Environment, nodes
from lxml.html import HtmlElement, fromstring

from search_api import catalogue
from search_api.addresses import page_in
from search_api.talen import CATALOGUES, load_talen
from tests.api.site import PublicSite
from woo.taal import NEDERLANDS, gettext, ngettext, spoken
from woo.views.dutch import counted, day, number, size

ENGLISH = load_talen()["en"]
TEMPLATES = Path(catalogue.__file__).parent / "portal" / "templates"
_FIELD = re.compile(r"%\(\w+\)s")


@pytest.fixture(scope="module")
def english() -> Catalog:
    with (CATALOGUES / "en.po").open("rb") as file:
        return read_po(file)


def forms(text: object) -> tuple[str, ...]:
    return tuple(text) if isinstance(text, (tuple, list)) else (str(text or ""),)


def test_every_text_of_the_site_has_its_english_and_no_other_is_kept(english: Catalog):
    found = catalogue.texts()
    missing = [text for text in found if not (message := english.get(text)) or not all(forms(message.string))]
    assert missing == []
    assert {forms(message.id)[0] for message in english if message.id} == {forms(text)[0] for text in found}
    assert not [message.id for message in english if message.fuzzy]


def test_a_translation_holds_the_same_fields_and_tags(english: Catalog):
    for message in english:
        if message.id:
            for one, said in zip(forms(message.id), forms(message.string), strict=True):
                assert sorted(set(_FIELD.findall(one))) == sorted(set(_FIELD.findall(said))), one
                assert _tags(one) == _tags(said), one


def _tags(text: str) -> list[str]:
    found: list[str] = []
    parser = HTMLParser()
    parser.handle_starttag = lambda tag, attrs: found.append(f"{tag} {dict(attrs).get('href', '')}")  # type: ignore[method-assign]
    parser.handle_endtag = lambda tag: found.append(f"/{tag}")  # type: ignore[method-assign]
    parser.feed(text)
    return found


def test_texts_are_found_in_templates_and_code_alike(tmp_path: Path):
    templates = tmp_path / "search_api" / "portal" / "templates"
    templates.mkdir(parents=True)
    (templates / "een.html").write_text(
        '{{ _("Zoek") }}{% trans n=1 %}\n Eén van\n {{ n }}\n{% endtrans %}{{ counted(2, "brief", "brieven") }}'
    )
    (tmp_path / "search_api" / "een.py").write_text('gettext("Niets %(x)s", x=1); gettext_noop("Later")')
    found = set(catalogue.texts(tmp_path)) - set(catalogue.texts(tmp_path / "leeg"))
    assert found == {"Zoek", "Eén van %(n)s", ("brief", "brieven"), "Niets %(x)s", "Later"}


def test_a_catalogue_keeps_what_is_the_same_drops_what_is_gone_and_waits_for_the_new(english: Catalog):
    fresh = catalogue.renewed(english, {"Zoeken": "a.html", "Iets nieuws": "a.html"})
    assert {message.id: message.string for message in fresh if message.id} == {
        "Zoeken": "Search",
        "Iets nieuws": None,
    }


@pytest.mark.parametrize("template", sorted(path.name for path in TEMPLATES.glob("*.html")))
def test_only_texts_of_our_own_are_taken_for_safe(template: str):
    """What `_()` gives is not escaped, so it takes no text that comes from elsewhere."""
    environment = Environment(extensions=["jinja2.ext.i18n"])  # noqa: S701 - parses, renders nothing
    for call in environment.parse((TEMPLATES / template).read_text("utf-8")).find_all(nodes.Call):
        if isinstance(call.node, nodes.Name) and call.node.name in ("_", "gettext", "ngettext"):
            texts = call.args[: 2 if call.node.name == "ngettext" else 1]
            assert all(isinstance(text, nodes.Const) for text in texts), call.lineno


def test_outside_of_a_request_everything_is_dutch():
    assert gettext("Zoeken") == "Zoeken"
    assert (day("2024-03-14"), number(12408), size(2_300_000)) == ("14 maart 2024", "12.408", "2,3 MB")
    assert counted(2, "pagina", "pagina's") == "2 pagina's"


def test_in_english_words_dates_and_numbers_are_english_and_the_rest_is_dutch_again():
    with spoken(ENGLISH):
        assert gettext("Zoeken") == "Search"
        assert gettext("Foutcode %(status)s", status=404) == "Error 404"
        assert gettext("") == ""
        assert gettext("Dit staat in geen lijst") == "Dit staat in geen lijst"
        assert ngettext("deel", "delen", 1) == "part"
        assert (day("2024-03-14"), number(12408), size(2_300_000)) == ("14 March 2024", "12,408", "2.3 MB")
        assert counted(1204, "pagina", "pagina's") == "1,204 pages"
    assert gettext("Zoeken") == "Zoeken"


@pytest.mark.parametrize(
    ("path", "there"),
    [
        ("/", "/en"),
        ("/?zoek=x", "/en?zoek=x"),
        ("/publicaties", "/en/publicaties"),
        ("/en/publicaties", "/en/publicaties"),
        ("/en", "/en"),
        ("/energie", "/en/energie"),
    ],
)
def test_a_path_gets_the_prefix_of_its_language_once(path: str, there: str):
    assert page_in("en", path) == there
    assert page_in("nl", path) == path


def shown(site: PublicSite, path: str, status: int = 200) -> HtmlElement:
    answer = site.visitor.get(path)
    assert answer.status_code == status
    return fromstring(answer.text)


def test_every_page_has_an_address_in_english_and_links_to_itself_in_the_other_language(site: PublicSite):
    site.add_publicatie("Zwembad")
    dutch, english = shown(site, "/publicaties?zoek=zwembad"), shown(site, "/en/publicaties?zoek=zwembad")
    assert (dutch.get("lang"), english.get("lang")) == ("nl", "en")
    other = {"nl": "/publicaties?zoek=zwembad", "en": "/en/publicaties?zoek=zwembad"}
    for page, there in ((dutch, "en"), (english, "nl")):
        [link] = page.cssselect(".languages a")
        assert (link.get("href"), link.get("lang"), link.text) == (
            other[there],
            there,
            "English" if there == "en" else "Nederlands",
        )
        alternates = {
            each.get("hreflang"): each.get("href") for each in page.cssselect("link[rel=alternate][hreflang]")
        }
        assert alternates == {code: f"https://open.zuiderveld.example{path}" for code, path in other.items()}


@pytest.mark.parametrize("home", ["/en", "/en/"])
def test_the_first_page_in_english_is_found_with_and_without_a_slash(site: PublicSite, home: str):
    assert shown(site, home).get("lang") == "en"


def test_what_is_for_programs_has_one_address_and_is_in_dutch(site: PublicSite):
    assert site.visitor.get("/en/v1/documenten").status_code == 404
    assert site.visitor.get("/en/static/site.css").status_code == 404
    assert "Bedoelt u 'zoek'?" in site.visitor.get("/v1/documenten?zoekk=x").json()["detail"]


@pytest.mark.parametrize("prefix", ["/de", "/nl", "/EN", "/en-GB"])
def test_a_language_that_the_site_does_not_speak_is_no_page(site: PublicSite, prefix: str):
    assert site.visitor.get(f"{prefix}/publicaties").status_code == 404


def test_errors_are_told_in_the_language_of_the_address(site: PublicSite):
    wrong = shown(site, "/en?jaar=20", 400)
    assert wrong.cssselect("h1")[0].text_content() == "Part of your request is not right"
    assert wrong.cssselect(".lead")[0].text_content() == "'20' is not a year such as 2023."
    assert (
        shown(site, "/en/bestaat-niet", 404).cssselect("h1")[0].text_content() == "This page does not exist"
    )
    gone = site.add_publicatie("Weg")
    site.withdraw(gone)
    tomb = shown(site, f"/en/publicaties/{gone.id}", 410)
    assert "3 May 2024" in tomb.text_content()


def test_two_visitors_at_once_each_get_their_own_language(site: PublicSite):
    for _ in range(3):
        assert shown(site, "/en/toegankelijkheid").cssselect("h1")[0].text == "Accessibility"
        assert shown(site, "/toegankelijkheid").cssselect("h1")[0].text == "Toegankelijkheid"


def test_an_address_with_anything_in_it_stays_an_address_in_the_switch(site: PublicSite):
    page = shown(site, "/en?zoek=%22%3E%3Cscript%3E%C3%A9&x=%C3%BF")
    [link] = page.cssselect(".languages a")
    assert link.get("href") == "/?zoek=%22%3E%3Cscript%3E%C3%A9&x=%C3%BF"


def test_a_doubtful_or_absent_translation_is_told_in_dutch(tmp_path: Path):
    (tmp_path / "de.po").write_text(
        'msgid ""\nmsgstr "Language: de_DE\\n"\n\nmsgid "Zoeken"\nmsgstr "Suchen"\n\n#, fuzzy\nmsgid "Zoek"\nmsgstr "Such"\n\n'
        'msgid "Reden"\nmsgstr ""\n'
    )
    talen = load_talen(tmp_path)
    assert list(talen) == [NEDERLANDS.code, "de"]
    with spoken(talen["de"]):
        assert [gettext(text) for text in ("Zoeken", "Zoek", "Reden")] == ["Suchen", "Zoek", "Reden"]
