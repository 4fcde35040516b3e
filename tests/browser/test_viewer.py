"""The viewer in a real browser: by keyboard alone, from hit to hit, larger, turned, copied, and without JavaScript the same way."""

import re

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.api.site import PublicSite
from tests.browser.conftest import Open
from tests.browser.test_public_site import PHONE

pytestmark = pytest.mark.needs("chromium")

DOCUMENT = "/documenten/00000000-0000-4000-8000-000000000002"
QUERY = "zoek=stikstof+%22open+norm%22"
HIT_PAGE = f"{DOCUMENT}?pagina=2&{QUERY}"


def shown(page: Page, what: Locator) -> None:
    """Wait until this is on the page, and until its scripts listen: a key that is pressed earlier is nobody's."""
    expect(what).to_be_visible()
    page.wait_for_load_state("domcontentloaded")


def focus_by_tab(page: Page, query: str, *, most: int = 60) -> None:
    """Press Tab until what is meant has the focus, and shows that it has."""
    for _ in range(most):
        page.keyboard.press("Tab")
        if page.evaluate("query => document.activeElement.matches(query)", query):
            assert page.evaluate("getComputedStyle(document.activeElement).outlineStyle") == "solid"
            return
    pytest.fail(f"{query} is not reached by {most} tabs")


@pytest.mark.parametrize("javascript", [True, False])
def test_the_keyboard_alone_leads_from_the_question_to_the_marked_page(open_page: Open, javascript: bool):
    page = open_page("/", java_script_enabled=javascript)
    focus_by_tab(page, "input[name=zoek]")
    page.keyboard.type('stikstof "open norm"')
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("2 documenten gevonden")
    focus_by_tab(page, ".fragment a")
    page.keyboard.press("Enter")
    shown(page, page.locator("mark.current"))
    if javascript:
        page.keyboard.press("n")
        expect(page.locator("#treffer-2")).to_be_focused()
    else:
        focus_by_tab(page, "[data-stap=volgende]")
        page.keyboard.press("Enter")
    expect(page.locator("mark.current")).to_have_text("open norm")


def test_keys_lead_from_hit_to_hit_and_on_to_the_next_page_with_one(open_page: Open):
    page = open_page(HIT_PAGE)
    expect(page.locator("#stand")).to_have_text("Treffer 1 van 4")
    expect(page.get_by_role("link", name="Vorige treffer")).to_be_hidden()
    page.keyboard.press("n")
    expect(page.locator("#stand")).to_have_text("Treffer 2 van 4")
    expect(page.locator(".marks .current")).to_have_attribute("data-treffer", "2")
    expect(page).to_have_url(re.compile("&treffer=2#treffer-2$"))
    page.keyboard.press("n")
    shown(page, page.get_by_role("heading", name="Tekst van pagina 4"))
    page.keyboard.press("p")
    shown(page, page.get_by_role("heading", name="Tekst van pagina 2"))
    expect(page.locator("#stand")).to_have_text("Treffer 2 van 4")
    page.keyboard.press("p")
    expect(page.locator("#stand")).to_have_text("Treffer 1 van 4")
    page.keyboard.press("ArrowRight")
    expect(page.get_by_role("heading", name="Tekst van pagina 3")).to_be_visible()


def test_the_step_link_stays_on_the_page_and_keeps_the_focus(open_page: Open):
    page = open_page(HIT_PAGE)
    page.evaluate("document.body.dataset.same = 'yes'")
    link = page.get_by_role("link", name="Volgende treffer")
    link.focus()
    page.keyboard.press("Enter")
    expect(page.locator("#stand")).to_have_text("Treffer 2 van 4")
    expect(link).to_be_focused()
    assert page.evaluate("document.body.dataset.same") == "yes"
    expect(page.get_by_role("link", name="Vorige treffer")).to_be_visible()


def test_keys_do_nothing_while_one_types_and_can_be_turned_off_for_good(open_page: Open):
    page = open_page(HIT_PAGE)
    page.get_by_label("Zoekwoorden").fill("")
    page.keyboard.type("n")
    expect(page.locator("#stand")).to_have_text("Treffer 1 van 4")
    page.locator("#toetsen > summary").click()
    page.get_by_label("Gebruik deze toetsen").uncheck()
    page.locator("h1").click()
    page.keyboard.press("n")
    expect(page.locator("#stand")).to_have_text("Treffer 1 van 4")
    page.reload()
    page.keyboard.press("n")
    expect(page.locator("#stand")).to_have_text("Treffer 1 van 4")
    expect(page.get_by_label("Gebruik deze toetsen")).not_to_be_checked()


def test_the_picture_grows_without_loading_the_page_and_stays_large_on_the_next(open_page: Open):
    page = open_page(HIT_PAGE)
    before = page.locator(".sheet").bounding_box()
    page.keyboard.press("+")
    page.keyboard.press("+")
    expect(page.locator(".zooms [aria-current]")).to_have_text("200%")
    expect(page).to_have_url(re.compile("zoom=200"))
    after = page.locator(".sheet").bounding_box()
    assert before is not None
    assert after is not None
    assert after["width"] > 1.5 * before["width"]
    page.get_by_role("link", name="Volgende pagina").click()
    shown(page, page.get_by_role("heading", name="Tekst van pagina 3"))
    expect(page.locator(".zooms [aria-current]")).to_have_text("200%")
    page.keyboard.press("-")
    page.keyboard.press("-")
    expect(page).not_to_have_url(re.compile("zoom"))


def test_a_turned_picture_has_its_marks_where_they_belong(open_page: Open):
    page = open_page(HIT_PAGE, java_script_enabled=False)
    page.get_by_role("link", name="Draai").click()
    expect(page.locator(".sheet img")).to_have_attribute("src", re.compile("draai=90"))
    page.wait_for_load_state("load")  # the picture has its size once it is there
    picture, marks = page.locator(".sheet img").bounding_box(), page.locator("svg.marks").bounding_box()
    assert picture is not None
    assert marks is not None
    assert picture["width"] > picture["height"] * 0.9
    assert abs(marks["height"] - picture["height"]) < 2
    first = page.locator("svg.marks rect").first.bounding_box()
    assert first is not None
    assert first["height"] > first["width"]


def test_without_javascript_one_zooms_leafs_and_steps_by_links(open_page: Open):
    page = open_page(HIT_PAGE, java_script_enabled=False)
    expect(page.locator("#toetsen")).to_be_hidden()
    expect(page.get_by_role("button", name="Kopieer")).to_have_count(0)
    page.get_by_role("link", name="150%").click()
    expect(page.locator(".zooms [aria-current]")).to_have_text("150%")
    page.get_by_role("link", name="Volgende treffer").click()
    expect(page.locator("mark.current")).to_have_text("open norm")
    page.locator(".strip").get_by_role("link", name="pagina 5").click()
    expect(page.get_by_role("heading", name="Tekst van pagina 5")).to_be_visible()
    expect(page.locator(".zooms [aria-current]")).to_have_text("150%")


def test_a_keyboard_passes_the_small_pictures_by(open_page: Open):
    page = open_page(HIT_PAGE)
    focus_by_tab(page, ".skip-strip")
    skip = page.get_by_role("link", name="Sla de kleine afbeeldingen over")
    expect(skip).to_be_visible()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Vorige pagina")).to_be_focused()


def test_a_citation_is_copied(open_page: Open):
    page = open_page(HIT_PAGE, permissions=["clipboard-read", "clipboard-write"])
    page.get_by_role("button", name="Kopieer").first.click()
    expect(page.get_by_text("Gekopieerd")).to_be_visible()
    copied = page.evaluate("navigator.clipboard.readText()")
    assert copied == page.get_by_label("Verwijzing").input_value()
    assert "/versies/1?pagina=2" in copied


def test_on_a_phone_the_picture_comes_first(open_page: Open):
    page = open_page(HIT_PAGE, **PHONE)
    tops = [page.locator(query).evaluate("e => e.getBoundingClientRect().top") for query in (".sheet", ".page-text", ".rail", ".actions")]  # fmt: skip
    assert tops == sorted(tops)
    assert tops[0] < 600


def test_on_paper_stand_picture_text_and_where_it_came_from(open_page: Open):
    page = open_page(HIT_PAGE)
    page.emulate_media(media="print")
    for query in (".rail", ".steps", ".actions", ".picture-tools", ".keys", ".page-steps"):
        expect(page.locator(query)).to_be_hidden()
    for query in (".sheet img", ".page-text .text", "#citaat", ".permalink"):
        expect(page.locator(query)).to_be_visible()


@pytest.mark.parametrize("javascript", [True, False])
def test_a_problem_is_reported(site: PublicSite, open_page: Open, javascript: bool):
    page = open_page(HIT_PAGE, java_script_enabled=javascript)
    page.get_by_role("link", name="Meld een probleem").click()
    page.get_by_role("button", name="Verstuur").click()
    expect(page.get_by_role("heading", name="Uw melding is nog niet verstuurd")).to_be_visible()
    page.get_by_label("Er staan persoonsgegevens in").check()
    page.get_by_label("Wat is er niet goed?").fill("Op de tweede regel.")
    before = len(list(site.inbox.entries()))
    page.get_by_role("button", name="Verstuur").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Uw melding is verstuurd")
    entries = list(site.inbox.entries())
    assert len(entries) == before + 1
    assert entries[-1].inhoud["pagina"] == 2


def test_what_a_page_weighs(open_page: Open):
    page = open_page("/")
    weights = {}
    page.on("response", lambda answer: weights.setdefault(answer.url.partition("?")[0], len(answer.body())))
    page.goto(page.url.rstrip("/") + HIT_PAGE)
    page.wait_for_load_state("networkidle")
    sizes = {address.rpartition("/")[2]: size for address, size in weights.items()}
    assert sizes["00000000-0000-4000-8000-000000000002"] < 100_000
    assert sizes["kijker.js"] < 12_000
