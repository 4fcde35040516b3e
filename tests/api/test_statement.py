"""The accessibility statement says what the settings say, and no more; what a page tells of itself to other programs."""

from typing import Any

import pytest
from lxml.html import HtmlElement, fromstring

from tests.api.site import PublicSite
from woo.settings import SettingsError, load_settings

EXAMINED = {
    "WOO_TOEGANKELIJKHEID__ONDERZOCHT": "2026-02-11",
    "WOO_TOEGANKELIJKHEID__RAPPORT": "https://elders.example/rapport",
}


def statement(site: PublicSite, **environ: str) -> HtmlElement:
    given = load_settings(environ, cwd=site.folder).toegankelijkheid
    settings: Any = site.settings.model_copy(update={"toegankelijkheid": given})
    return fromstring(site.client(settings=settings).get("/toegankelijkheid").text)


def test_a_site_that_nobody_examined_says_so(site: PublicSite):
    text = statement(site).text_content()
    assert "Deze site heeft nog geen status." in text
    assert "Mensen hebben deze site nog niet onderzocht" in text
    assert "Status A" not in text


@pytest.mark.parametrize(
    ("status", "said"),
    [
        ("A", "voldoet volledig"),
        ("B", "voldoet gedeeltelijk"),
        ("C", "eerste maatregelen"),
        ("D", "voldoet niet"),
    ],
)
def test_the_status_of_the_register_is_told_with_day_report_and_register(
    site: PublicSite, status: str, said: str
):
    register = "https://register.example/123"
    shown = statement(
        site,
        WOO_TOEGANKELIJKHEID__STATUS=status,
        WOO_TOEGANKELIJKHEID__VERKLARING=register,
        **EXAMINED,
    )
    assert f"Status {status}: {said}" in shown.text_content()
    assert "het laatst onderzocht op 11 februari 2026" in shown.text_content()
    links = {each.get("href") for each in shown.cssselect("main a")}
    assert {
        register,
        EXAMINED["WOO_TOEGANKELIJKHEID__RAPPORT"],
        "https://www.nationaleombudsman.nl/",
    } <= links


@pytest.mark.parametrize("status", ["A", "B"])
def test_a_status_that_needs_an_examination_is_refused_without_one(site: PublicSite, status: str):
    with pytest.raises(SettingsError) as caught:
        load_settings({"WOO_TOEGANKELIJKHEID__STATUS": status}, cwd=site.folder)
    assert "status A or B needs an examination: set onderzocht and rapport too" in str(
        caught.value.problems[0]
    )


@pytest.mark.parametrize("address", ["javascript:alert(1)", "rapport.pdf", "https://", "https://a b"])
def test_an_address_that_is_none_is_refused(site: PublicSite, address: str):
    with pytest.raises(SettingsError) as caught:
        load_settings({"WOO_TOEGANKELIJKHEID__RAPPORT": address}, cwd=site.folder)
    assert "http:// or https:// is accepted" in str(caught.value.problems[0])


def test_a_page_tells_its_name_and_site_to_who_shares_it(site: PublicSite):
    head = fromstring(site.visitor.get("/en/toegankelijkheid").text)
    told = {each.get("property"): each.get("content") for each in head.cssselect("meta[property]")}
    assert told["og:title"] == "Accessibility"
    assert told["og:site_name"] == "Gemeente Zuiderveld"
    assert told["og:locale"] == "en_GB"
    assert told["og:url"] == "https://open.zuiderveld.example/en/toegankelijkheid"
    assert "Gemeente Zuiderveld" in told["og:description"]
    assert head.get("itemtype") == "https://schema.org/WebPage"
    assert {each.get("itemprop") for each in head.cssselect("meta[itemprop]")} >= {
        "name",
        "description",
        "inLanguage",
    }


def test_an_error_is_no_page_to_share_or_to_find(site: PublicSite):
    shown = fromstring(site.visitor.get("/bestaat-niet").text)
    assert shown.cssselect("link[hreflang], meta[property='og:url']") == []
    assert shown.cssselect("meta[name=robots]")[0].get("content") == "noindex"
