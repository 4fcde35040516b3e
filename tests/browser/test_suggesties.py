"""Suggestions while typing in a real browser: by keyboard, by mouse, for a screen reader, and nothing lost without them."""

import re

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from tests.browser.conftest import Open

pytestmark = pytest.mark.needs("chromium")

PHONE = {"viewport": {"width": 390, "height": 844}}


def typed(page: Page, text: str) -> Page:
    page.locator("#zoek").press_sequentially(text)
    return page


def test_the_keyboard_goes_through_the_list_and_searches_with_a_word(open_page: Open):
    page = typed(open_page("/?jaar=2024"), "open stik")
    field, options = page.locator("#zoek[role=combobox]"), page.locator("[role=listbox] [role=option]")
    expect(options.first).to_contain_text("open stikstof")
    expect(field).to_have_attribute("aria-expanded", "true")
    page.keyboard.press("ArrowDown")
    expect(options.first).to_have_attribute("aria-selected", "true")
    expect(field).to_have_attribute("aria-activedescendant", options.first.get_attribute("id") or "")
    expect(field).to_be_focused()
    page.keyboard.press("ArrowUp")
    expect(field).not_to_have_attribute("aria-activedescendant", re.compile("."))
    page.keyboard.press("ArrowUp")
    expect(options.last).to_have_attribute("aria-selected", "true")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile(r"zoek=open\+stikstof"))
    assert "jaar=2024" in page.url
    expect(page.get_by_role("heading", level=1)).to_contain_text("2 documenten gevonden")


def test_enter_without_a_choice_searches_what_was_typed(open_page: Open):
    page = typed(open_page("/"), "stiks")
    expect(page.get_by_role("listbox")).to_be_visible()
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile(r"zoek=stiks(&|$)"))


def test_escape_closes_the_list_and_keeps_what_was_typed(open_page: Open):
    page = typed(open_page("/"), "stiks")
    expect(page.get_by_role("listbox")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.locator("[role=listbox]")).to_be_hidden()
    expect(page.locator("#zoek[role=combobox]")).to_have_value("stiks")
    expect(page.locator("#zoek[role=combobox]")).to_have_attribute("aria-expanded", "false")


def test_a_title_leads_to_its_page_by_the_mouse(open_page: Open):
    page = typed(open_page("/"), "natuurverg")
    page.locator("[role=listbox] [role=option]").filter(has_text="publicatie").first.click()
    page.wait_for_url("**/publicaties/*")


def test_how_many_there_are_is_said_and_axe_finds_nothing(open_page: Open):
    for context in ({}, PHONE, {"color_scheme": "dark"}):
        page = typed(open_page("/", **context), "stiks")
        expect(page.get_by_role("listbox")).to_be_visible()
        expect(page.get_by_role("status")).to_have_text(re.compile(r"\d+ suggesties?"))
        found = Axe().run(
            page, options={"runOnly": ["wcag2a", "wcag2aa", "wcag21aa", "wcag22aa", "best-practice"]}
        )
        assert found.violations_count == 0, found.generate_report()
        assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")


def test_a_site_that_answers_badly_is_still_searched(open_page: Open):
    page = open_page("/")
    page.route("**/v1/suggesties*", lambda route: route.fulfill(status=200, body="geen JSON"))
    with page.expect_response("**/v1/suggesties?zoek=stikstof"):
        typed(page, "stikstof")
    expect(page.locator("[role=listbox]")).to_be_hidden()
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile(r"zoek=stikstof"))


def test_without_javascript_the_field_is_a_plain_search_field(open_page: Open):
    page = typed(open_page("/", java_script_enabled=False), "stikstof")
    expect(page.get_by_role("searchbox")).to_have_value("stikstof")
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile(r"zoek=stikstof"))


def test_on_an_english_page_suggestions_are_told_in_english_and_lead_to_english_pages(open_page: Open):
    page = typed(open_page("/en"), "natuurverg")
    expect(page.get_by_role("listbox", name="Suggestions")).to_be_visible()
    option = page.locator("[role=listbox] [role=option]").filter(has_text="publication").first
    expect(page.locator("p[role=status]")).to_have_text(re.compile(r"^\d+ suggestions?$"))
    option.click()
    page.wait_for_url(re.compile(r"/en/publicaties/"))
    page = typed(open_page("/en"), "open stik")
    page.locator("[role=listbox] [role=option]").first.click()
    page.wait_for_url(re.compile(r"/en\?zoek=open\+stikstof"))
