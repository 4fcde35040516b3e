"""Every page, in two house styles, light and dark, on a screen and a phone, with and without JavaScript, in two languages."""

import gzip
import re
from collections.abc import Iterator
from contextlib import ExitStack
from urllib.parse import urljoin

import httpx
import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page
from starlette.routing import Match, Route

from search_api.addresses import is_api, is_static, page_in
from tests.api.site import PublicSite
from tests.browser.conftest import served
from tests.browser.every_page import paths
from woo.settings import config_folder

pytestmark = pytest.mark.needs("chromium")

THEMES = ("neutraal", "duinrade")
SCREENS = {"scherm": {"width": 1280, "height": 900}, "telefoon": {"width": 390, "height": 844}}
_TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
_LOOK = ["color-contrast", "link-in-text-block", "target-size"]
RULES: dict[str, object] = {"runOnly": {"type": "tag", "values": _TAGS}}
BY_LOOK: dict[str, object] = {"runOnly": {"type": "rule", "values": _LOOK}}
"""The rules that ask what something looks like; the others find in the dark, or in another style, what they found before."""

NOT_BY_COLOUR: dict[str, object] = {**RULES, "rules": {"color-contrast": {"enabled": False}}}
AXE = Axe().axe_script
STICKS_OUT = """width => document.documentElement.scrollWidth <= width ? [] :
    [...document.body.querySelectorAll('*')].filter(each => each.getBoundingClientRect().right > width + 1)
        .slice(0, 5).map(each => each.outerHTML.slice(0, 200))"""
NO_PAGES = {"/robots.txt", "/.well-known/security.txt", "/gezondheid/live", "/gezondheid/gereed"}
PAGE_BYTES = 100_000
ALL_BYTES = 150_000


@pytest.fixture(scope="module")
def styled(site: PublicSite) -> Iterator[dict[str, str]]:
    """The site in each house style, at an address of its own."""
    with ExitStack() as servers:
        found = {}
        for theme in THEMES:
            style = site.settings.site.model_copy(
                update={"theme": config_folder() / "themes" / f"{theme}.css"}
            )
            app = site.app(settings=site.settings.model_copy(update={"site": style}))
            found[theme] = servers.enter_context(served(app))
        yield found


@pytest.mark.parametrize("script", [True, False], ids=["script", "zonder script"])
@pytest.mark.parametrize("theme", THEMES)
def test_axe_finds_nothing_and_nothing_sticks_out(
    site: PublicSite, browser: Browser, styled: dict[str, str], theme: str, script: bool
):
    """Without script only the pages that have one are another page; axe itself needs scripts, so those of the site are kept out."""
    wrong: dict[str, object] = {}
    with browser.new_context() as context:
        page = context.new_page()
        page.on("pageerror", lambda error: wrong.update({f"fout in {page.url}": str(error)}))
        if not script:
            page.route("**/*.js*", lambda route: route.abort())
        for name, path in paths(site).items():
            page.goto(styled[theme] + path)
            if script or page.locator("script[src]").count():
                wrong |= _faults_everywhere(page, name, whole=theme == THEMES[0])
    assert wrong == {}


def test_axe_finds_nothing_in_english(site: PublicSite, browser: Browser, styled: dict[str, str]):
    wrong: dict[str, object] = {}
    with browser.new_context(viewport=SCREENS["telefoon"]) as context:
        page = context.new_page()
        for name, path in paths(site).items():
            page.goto(styled[THEMES[1]] + page_in("en", path))
            wrong |= {f"{name}: {fault}": where for fault, where in _faults(page, NOT_BY_COLOUR).items()}
    assert wrong == {}


def _faults_everywhere(page: Page, name: str, *, whole: bool) -> dict[str, object]:
    """Look at the page that is open on every screen, light and dark; for all rules, or for those that ask what it looks like."""
    wrong: dict[str, object] = {}
    page.evaluate(AXE)
    for screen, size in SCREENS.items():
        page.set_viewport_size(size)
        _open_all(page)
        for scheme in ("light", "dark"):
            page.emulate_media(color_scheme=scheme)
            rules = RULES if whole and scheme == "light" else BY_LOOK
            found = _faults(page, rules)
            wrong |= {f"{name}, {screen}, {scheme}: {fault}": where for fault, where in found.items()}
    return wrong


def _open_all(page: Page) -> None:
    """Unfold what is folded up, so that it is looked at too."""
    page.evaluate("document.querySelectorAll('details').forEach(each => each.open = true)")


def _faults(page: Page, rules: dict[str, object]) -> dict[str, object]:
    """What axe finds, by the name of its rule, and what lies outside the screen."""
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE)
    found = page.evaluate(
        """async options => (await axe.run(document, {...options, resultTypes: ['violations']})).violations
            .map(each => [each.id, each.nodes.map(node => node.html.slice(0, 200) + ' ' + node.failureSummary)])""",
        rules,
    )
    width = page.viewport_size["width"] if page.viewport_size else 0
    out = page.evaluate(STICKS_OUT, width)
    return {**dict(found), **({"steekt uit": out} if out else {})}


def test_axe_would_find_a_fault_of_either_kind(styled: dict[str, str], browser: Browser):
    with browser.new_context(viewport={"width": 390, "height": 844}) as context:
        page = context.new_page()
        page.goto(styled["neutraal"] + "/api")
        page.evaluate("document.documentElement.removeAttribute('lang')")
        assert list(_faults(page, RULES)) == ["html-has-lang"]
        page.evaluate("document.querySelector('h1').style.color = '#999'")
        page.evaluate("document.querySelector('h1').style.width = '500px'")
        assert list(_faults(page, BY_LOOK)) == ["color-contrast", "steekt uit"]


def test_text_four_times_as_large_still_fits(site: PublicSite, browser: Browser, styled: dict[str, str]):
    out = {}
    with browser.new_context(viewport={"width": 320, "height": 256}) as context:
        page = context.new_page()
        for theme, address in styled.items():
            for name, path in paths(site).items():
                page.goto(address + path, wait_until="domcontentloaded")
                _open_all(page)
                out[f"{theme}: {name}"] = page.evaluate(STICKS_OUT, 320)
    assert {name: what for name, what in out.items() if what} == {}


def test_every_route_for_people_is_in_the_list(site: PublicSite):
    routes = [
        route for route in site.app().routes if isinstance(route, Route) and "GET" in (route.methods or ())
    ]
    asked = [path.partition("?")[0] for path in paths(site).values()]
    missing = [
        route.path
        for route in routes
        if not is_api(route.path) and not is_static(route.path) and route.path not in NO_PAGES
        if not any(_leads_to(route, path) for path in asked)
    ]
    assert missing == []


def _leads_to(route: Route, path: str) -> bool:
    match, _ = route.matches({"type": "http", "method": "GET", "path": path, "root_path": ""})
    return match is Match.FULL


def test_a_page_fits_its_budget(site: PublicSite, styled: dict[str, str]):
    with httpx.Client() as client:
        for name, path in paths(site).items():
            address = styled["duinrade"] + path
            html = client.get(address).text
            assert len(html.encode()) <= PAGE_BYTES, name
            parts = re.findall(r'<link rel="stylesheet" href="([^"]+)"|<script[^>]* src="([^"]+)"', html)
            found = [client.get(urljoin(address, sheet or script)) for sheet, script in parts]
            assert found
            assert all(each.is_success for each in found)
            sent = [html.encode(), *(each.content for each in found)]
            assert sum(len(gzip.compress(each)) for each in sent) <= ALL_BYTES, name
