"""The public site in a real browser: what a visitor does, without JavaScript, on a phone, by keyboard, and for everybody."""

import re

import pytest
from playwright.sync_api import expect

from tests.api.site import PublicSite
from tests.browser.conftest import Open
from tests.browser.every_page import paths

pytestmark = pytest.mark.needs("chromium")

PHONE = {"viewport": {"width": 390, "height": 844}}


def test_without_javascript_one_searches_filters_and_reads_a_page(open_page: Open):
    page = open_page("/", java_script_enabled=False)
    page.get_by_label("Zoek in").fill('stikstof "open norm"')
    page.get_by_role("button", name="Zoek", exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_have_text("2 documenten gevonden")
    page.get_by_role("link", name="pagina 4").click()
    expect(page.get_by_role("heading", name="Tekst van pagina 4")).to_be_visible()
    expect(page.locator(".text mark")).to_have_text(["stikstof", "open norm"])
    page.get_by_role("link", name="Vorige treffer").click()
    expect(page.get_by_role("heading", name="Tekst van pagina 2")).to_be_visible()
    page.get_by_label("Pagina", exact=True).fill("5")
    page.get_by_role("button", name="Ga", exact=True).click()
    expect(page.get_by_role("heading", name="Tekst van pagina 5")).to_be_visible()
    page.get_by_role("link", name="Alle resultaten voor").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("2 documenten gevonden")


def test_from_a_message_one_goes_to_its_attachment_and_what_that_looks_like(
    site: PublicSite, open_page: Open
):
    page = open_page(paths(site)["bericht"], java_script_enabled=False)
    expect(page.locator(".relations ol strong")).to_have_text("Bericht 2")
    page.get_by_role("link", name="Begroting", exact=True).click()
    expect(
        page.get_by_role("heading", name="Blad Kosten en baten van het jaar 2023, rijen 1")
    ).to_be_visible()
    expect(page.locator("img")).to_have_count(0)
    page.get_by_role("link", name="Volgend deel").click()
    expect(page.get_by_role("heading", name="rijen 2")).to_be_visible()
    page.get_by_role("link", name="Begroting (kopie)").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Begroting (kopie)")


def test_filters_are_set_by_checkbox_and_taken_off_by_chip(open_page: Open):
    page = open_page("/?zoek=bijlage", java_script_enabled=False)
    page.get_by_label("Vanaf").first.fill("2024-03-01")
    page.get_by_role("button", name="Pas filters toe").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("27 documenten gevonden")
    page.get_by_role("link", name="datum vanaf 1 maart 2024").click()
    expect(page.locator(".chips")).to_have_count(0)
    expect(page.get_by_label("Zoek in")).to_have_value("bijlage")


def test_the_boxes_lie_on_the_words_of_the_picture(site: PublicSite, open_page: Open):
    page = open_page(paths(site)["viewer"])
    page.wait_for_function("document.querySelector('.sheet img').naturalWidth > 0")
    picture = page.locator(".sheet img").bounding_box()
    assert picture is not None
    assert picture["height"] > picture["width"]
    marks = page.locator("svg.marks").bounding_box()
    assert marks is not None
    assert abs(marks["height"] - picture["height"]) < 2
    assert page.locator("svg.marks rect").count() == 2
    dark = page.evaluate(
        """() => {
            const img = document.querySelector('.sheet img'), c = document.createElement('canvas');
            c.width = img.naturalWidth; c.height = img.naturalHeight;
            const g = c.getContext('2d'); g.drawImage(img, 0, 0);
            return [...document.querySelectorAll('svg.marks rect')].map(r => {
                const v = n => parseFloat(r.getAttribute(n)) / 1000;
                const d = g.getImageData(v('x') * c.width, v('y') * c.height, v('width') * c.width, v('height') * c.height).data;
                let dark = 0; for (let i = 0; i < d.length; i += 4) if (d[i] < 100) dark++;
                return dark / (d.length / 4);
            });
        }"""
    )
    assert all(0.05 < part < 0.6 for part in dark), dark


def test_on_a_phone_the_filters_are_behind_one_button(site: PublicSite, open_page: Open):
    page = open_page(paths(site)["zoeken"], java_script_enabled=False, **PHONE)
    expect(page.get_by_role("button", name="Pas filters toe")).to_be_hidden()
    page.locator(".refine > summary").click()
    expect(page.get_by_role("button", name="Pas filters toe")).to_be_visible()


def test_on_a_phone_rows_stand_below_each_other_and_are_a_table_to_hear_and_on_paper(open_page: Open):
    page = open_page("/hoe-open", **PHONE)
    row = page.locator("tbody tr").first
    display = "each => getComputedStyle(each).display"
    assert row.evaluate(display) == "block"
    for part, role in (("table", "table"), ("tbody", "rowgroup"), ("tbody th", "rowheader"), ("td", "cell")):
        expect(page.locator(part).first).to_have_attribute("role", role)
    page.get_by_role("link", name="Op tijd beslist").click()
    expect(page).to_have_url(re.compile(r"sorteer=-opTijd"))
    page.emulate_media(media="print")
    assert row.evaluate(display) == "table-row"


def test_on_a_wide_screen_the_filters_are_open(site: PublicSite, open_page: Open):
    page = open_page(paths(site)["zoeken"])
    expect(page.get_by_role("button", name="Pas filters toe")).to_be_visible()
    expect(page.locator(".refine > summary")).to_be_hidden()


def test_a_keyboard_reaches_the_content_at_once_and_sees_where_it_is(open_page: Open):
    page = open_page("/")
    page.keyboard.press("Tab")
    skip = page.get_by_role("link", name="Naar de inhoud")
    expect(skip).to_be_focused()
    assert skip.evaluate("e => getComputedStyle(e).outlineStyle") == "solid"
    page.keyboard.press("Enter")
    expect(page.locator("main")).to_be_focused()


def test_from_any_page_one_goes_to_the_same_page_in_english_and_stays_there(open_page: Open):
    page = open_page("/publicaties?zoek=begroting", java_script_enabled=False)
    page.get_by_role("link", name="English").click()
    expect(page).to_have_url(re.compile(r"/en/publicaties\?zoek=begroting$"))
    page.get_by_role("link", name="Accessibility").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Accessibility")
    page.get_by_role("link", name="Search", exact=True).click()
    expect(page).to_have_url(re.compile(r"/en$"))


def test_print_leaves_out_what_cannot_be_clicked_on_paper(site: PublicSite, open_page: Open):
    page = open_page(paths(site)["zoeken"])
    page.emulate_media(media="print")
    expect(page.locator(".filters")).to_be_hidden()
    expect(page.locator(".hit").first).to_be_visible()
