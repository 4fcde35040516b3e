"""Every page, in two house styles, light and dark, on a screen and a phone, with and without JavaScript, in two languages."""

import gzip
import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack
from typing import Any, Literal
from urllib.parse import urlencode, urljoin

import httpx
import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page
from playwright.sync_api import Route as Sent
from starlette.routing import Match, Route

from search_api.addresses import is_api, is_static, page_in
from tests.api.site import PublicSite, make_settings
from tests.browser.every_page import Shown, every_page
from tests.servers.served import served
from woo.domain.errors import Unavailable
from woo.settings import config_folder

pytestmark = pytest.mark.needs("chromium")

THEMES = ("neutraal", "duinrade")
SCREENS = {"scherm": {"width": 1280, "height": 900}, "telefoon": {"width": 390, "height": 844}}
Look = tuple[str, Literal["light", "dark"]]
LOOKS: tuple[Look, ...] = (
    ("scherm", "light"),
    ("telefoon", "light"),
    ("scherm", "dark"),
    ("telefoon", "dark"),
)
ENLARGED = {"width": 320, "height": 256}
"""What is left of 1280 by 1024 where everything is four times as large (WCAG 2.2, 1.4.10)."""

_TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
_LOOK = ["color-contrast", "link-in-text-block", "target-size"]
RULES: dict[str, object] = {"runOnly": {"type": "tag", "values": _TAGS}}
BY_LOOK: dict[str, object] = {"runOnly": {"type": "rule", "values": _LOOK}}
"""The rules that ask what something looks like; the others find in another style or size what they found before."""

BY_COLOUR: dict[str, object] = {"runOnly": {"type": "rule", "values": _LOOK[:2]}}
NOT_BY_COLOUR: dict[str, object] = {**RULES, "rules": {"color-contrast": {"enabled": False}}}
AXE = Axe().axe_script
STICKS_OUT = """width => document.documentElement.scrollWidth <= width ? [] :
    [...document.body.querySelectorAll('*')].filter(each => each.getBoundingClientRect().right > width + 1)
        .slice(0, 5).map(each => each.outerHTML.slice(0, 200))"""
SCROLLS = """() => [...document.querySelectorAll('.scroll')].filter(each => each.scrollWidth > each.clientWidth + 1)
    .map(each => each.outerHTML.slice(0, 200))"""
"""Tables that are read from left to right and back: on a phone none does, its rows stand below each other."""

NO_PAGES = re.compile(
    r"/robots\.txt|/\.well-known/.*|/gezondheid/.*|/sitemaps/.*|(/publicaties/\{id\})?/feed\..*|/publicaties/\{id\}/inventaris\.pdf"
)
FORM = "application/x-www-form-urlencoded"
PAGE_BYTES = 100_000
ALL_BYTES = 150_000
IN_ENGLISH = {"start", "zoeken", "niets", "viewer", "begroting", "publicatie", "dossier", "inventarisregel", "ingetrokken",
    "melding met fouten", "volgen", "zoekreeks uitkomst", "statistieken", "zoekhulp", "api", "niet gevonden"}  # fmt: skip

Styled = dict[str, dict[str, str]]
"""The addresses of the sites in a house style: as it should be, broken, and for who asks too much."""


class Away:
    """An index and an inbox that cannot be reached."""

    def __getattr__(self, naam: str) -> Any:
        def unavailable(*_: object, **__: object) -> None:
            raise Unavailable("index", f"{naam} was asked while it is away")

        return unavailable


@pytest.fixture(scope="module")
def styled(site: PublicSite) -> Iterator[Styled]:
    """The site in each house style, at addresses of its own."""
    busy = make_settings(site.folder, WOO_SERVE__UNLIMITED="", WOO_SERVE__POINTS_PER_MINUTE="1").serve
    silent = make_settings(site.folder).mail
    with ExitStack() as servers:
        found = {}
        for theme in THEMES:
            sheet = config_folder() / "themes" / f"{theme}.css"
            look = site.settings.model_copy(
                update={"site": site.settings.site.model_copy(update={"theme": sheet})}
            )
            apps = {
                "site": site.app(settings=look),
                "kapot": site.app(
                    settings=look.model_copy(update={"mail": silent}), index=Away(), inbox=Away()
                ),
                "vol": site.app(settings=look.model_copy(update={"serve": busy})),
            }
            found[theme] = {where: servers.enter_context(served(app)) for where, app in apps.items()}
        yield found


@pytest.mark.prove
@pytest.mark.parametrize("theme", THEMES)
def test_axe_finds_nothing_and_nothing_sticks_out(
    site: PublicSite, browser: Browser, styled: Styled, theme: str, proving: bool
):
    """Every page in every look; without a proof in two looks of the first style and one of the second, which go round."""
    wrong: dict[str, object] = {}
    with browser.new_context(reduced_motion="reduce") as context:
        page = context.new_page()
        page.on("pageerror", lambda error: wrong.update({f"fout in {page.url}": str(error)}))
        for n, shown in enumerate(every_page(site)):
            go(page, styled[theme], shown)
            first = theme == THEMES[0]
            looks = LOOKS if proving else (LOOKS[0], LOOKS[1 + n % 3]) if first else (LOOKS[1 + n % 3],)
            wrong |= _faults_everywhere(page, shown.naam, looks, whole=first)
    assert wrong == {}


def test_axe_finds_nothing_without_the_scripts_of_the_site(
    site: PublicSite, browser: Browser, styled: Styled
):
    """Only the pages that have a script are another page; axe itself needs scripts, so those of the site are kept out."""
    wrong: dict[str, object] = {}
    with browser.new_context(viewport=SCREENS["telefoon"]) as context:
        page = context.new_page()
        page.route("**/*.js*", lambda route: route.abort())
        for shown in every_page(site):
            go(page, styled[THEMES[1]], shown)
            if page.locator("script[src]").count():
                wrong |= {f"{shown.naam}: {fault}": at for fault, at in _faults(page, RULES).items()}
    assert wrong == {}


def test_axe_finds_nothing_in_english(site: PublicSite, browser: Browser, styled: Styled):
    wrong: dict[str, object] = {}
    chosen = [shown for shown in every_page(site) if shown.naam in IN_ENGLISH]
    assert len(chosen) == len(IN_ENGLISH)
    with browser.new_context(viewport=SCREENS["telefoon"]) as context:
        page = context.new_page()
        for shown in chosen:
            go(page, styled[THEMES[1]], shown, language="en")
            wrong |= {f"{shown.naam}: {fault}": at for fault, at in _faults(page, NOT_BY_COLOUR).items()}
    assert wrong == {}


def go(page: Page, at: dict[str, str], shown: Shown, *, language: str = "nl") -> None:
    """Open a page of the list; what a form would send is sent as the form would."""
    address = at[shown.where] + page_in(language, shown.path)
    _spend(at, shown)

    def send(route: Sent) -> None:
        headers = {**route.request.headers, "content-type": FORM}
        route.continue_(method="POST", headers=headers, post_data=urlencode(shown.form or {}))

    if shown.form is not None:
        page.route(address, send)
    answer = page.goto(address)
    if shown.form is not None:
        page.unroute(address, send)
    assert answer is not None
    assert answer.status == shown.status, f"{shown.naam}: {answer.status}"


def _spend(at: dict[str, str], shown: Shown) -> None:
    """Ask what a visitor may ask in a minute, where the page is that of one who did."""
    if shown.where == "vol":
        httpx.get(at["vol"])


def _faults_everywhere(page: Page, naam: str, looks: Sequence[Look], *, whole: bool) -> dict[str, object]:
    """Look at the page that is open in each of these looks; for all rules, or for those that ask what it looks like."""
    wrong: dict[str, object] = {}
    page.evaluate(AXE)
    for look in looks:
        screen, scheme = look
        page.set_viewport_size(SCREENS[screen])
        _open_all(page)
        page.emulate_media(color_scheme=scheme)
        rules = RULES if whole and look == LOOKS[0] else BY_LOOK if scheme == "light" else BY_COLOUR
        found = _faults(page, rules)
        wrong |= {f"{naam}, {screen}, {scheme}: {fault}": where for fault, where in found.items()}
    page.set_viewport_size(ENLARGED)
    if out := page.evaluate(STICKS_OUT, ENLARGED["width"]):
        wrong[f"{naam}, vier keer zo groot: steekt uit"] = out
    if out := page.evaluate(SCROLLS):
        wrong[f"{naam}, vier keer zo groot: schuift"] = out
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


def test_axe_would_find_a_fault_of_either_kind(styled: Styled, browser: Browser):
    with browser.new_context(viewport={"width": 390, "height": 844}) as context:
        page = context.new_page()
        page.goto(styled["neutraal"]["site"] + "/api")
        page.evaluate("document.documentElement.removeAttribute('lang')")
        assert list(_faults(page, RULES)) == ["html-has-lang"]
        page.evaluate("document.querySelector('h1').style.color = '#999'")
        page.evaluate("document.querySelector('h1').style.width = '500px'")
        assert list(_faults(page, BY_LOOK)) == ["color-contrast", "steekt uit"]


def test_every_route_for_people_is_in_the_list(site: PublicSite):
    asked = [
        ("GET" if page.form is None else "POST", page.path.partition("?")[0]) for page in every_page(site)
    ]
    missing = [
        (method, route.path)
        for route in site.app().routes
        if isinstance(route, Route)
        for method in ("GET", "POST")
        if method in (route.methods or ())
        if not is_api(route.path) and not is_static(route.path) and not NO_PAGES.fullmatch(route.path)
        if not any(_leads_to(route, method, path) for sent, path in asked if sent == method)
    ]
    assert missing == []


def _leads_to(route: Route, method: str, path: str) -> bool:
    match, _ = route.matches({"type": "http", "method": method, "path": path, "root_path": ""})
    return match is Match.FULL


def test_a_page_fits_its_budget(site: PublicSite, styled: Styled):
    loaded: dict[str, bytes] = {}
    with httpx.Client() as client:
        for shown in every_page(site):
            address = styled["duinrade"][shown.where] + shown.path
            _spend(styled["duinrade"], shown)
            answer = _ask(client, address, shown.form)
            assert answer.status_code == shown.status, shown.naam
            assert len(answer.content) <= PAGE_BYTES, shown.naam
            parts = re.findall(
                r'<link rel="stylesheet" href="([^"]+)"|<script[^>]* src="([^"]+)"', answer.text
            )
            needed = [urljoin(address, sheet or script) for sheet, script in parts]
            assert needed, shown.naam
            for part in needed:
                loaded.setdefault(part, _content(client, part))
            sent = [answer.content, *(loaded[part] for part in needed)]
            assert sum(len(gzip.compress(each)) for each in sent) <= ALL_BYTES, shown.naam


def _ask(client: httpx.Client, address: str, form: Mapping[str, str] | None) -> httpx.Response:
    if form is None:
        return client.get(address)
    return client.post(address, content=urlencode(form), headers={"content-type": FORM})


def _content(client: httpx.Client, address: str) -> bytes:
    answer = client.get(address)
    assert answer.is_success, address
    return answer.content
