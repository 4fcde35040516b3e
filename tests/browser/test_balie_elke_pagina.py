"""Every page of the desk: no barrier that axe finds, nothing that sticks out, and its main action reached with the keyboard."""

from collections.abc import Iterator
from urllib.parse import urlencode

import pytest
from playwright.sync_api import Browser, BrowserContext, Page
from playwright.sync_api import Route as Sent
from starlette.routing import BaseRoute, Match, Route

from publisher.balie.register import DELEN, OPEN
from tests.api.desk import open_desk
from tests.browser.balie_desk import FORM, PROVIDER, Balie, Blad, fill
from tests.browser.test_every_page import AXE, BY_COLOUR, BY_LOOK, LOOKS, RULES, SCREENS, SCROLLS, STICKS_OUT
from tests.servers.served import served

pytestmark = pytest.mark.needs("chromium")
NO_PAGES = {
    "/static/{naam}",  # a sheet or a script
    "/aanmelden/provider",  # leads to the provider
    "/aanmelden/terug",  # leads back from it: test_oidc
    "/statistieken.csv",
    "/publicaties/{id}/inventaris.csv",
    "/publicaties/{id}/inventaris.xlsx",
    "/publicaties/{id}/inventaris.pdf",
    "/ingetrokken/voorstellen/{id}/verklaring",
    "/documenten/{id}/versies/{versie}/bestand",
}
PARTS = 4
ACTIONS = ("button:not(.quiet), a.button:not(.quiet)", "a[href], button, summary")
"""What a page is for: its form or where it sends people; without one the first thing to do on it."""


@pytest.fixture(scope="module")
def balie(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Balie]:
    with open_desk(tmp_path_factory.mktemp("balie")) as desk:
        yield fill(desk)


@pytest.fixture(scope="module")
def address(balie: Balie) -> Iterator[str]:
    with served(balie.desk.app) as address:
        yield address


def context_of(browser: Browser, balie: Balie, address: str, wie: str) -> BrowserContext:
    """The browser of this person, who logged in already."""
    context = browser.new_context(reduced_motion="reduce")
    who = balie.anna if wie == "anna" else balie.half[wie]
    cookies = [{"name": each.name, "value": each.value, "url": address} for each in who.client.cookies.jar]
    context.add_cookies(cookies)  # type: ignore[arg-type]
    context.route(f"{PROVIDER}/**", lambda route: route.fulfill(status=204))  # leaves the page where it is
    return context


@pytest.mark.prove
@pytest.mark.parametrize("part", range(PARTS))
def test_axe_finds_nothing_nothing_sticks_out_and_the_keyboard_gets_there(
    browser: Browser, balie: Balie, address: str, proving: bool, part: int
) -> None:
    """Without a proof each page is looked at once for all rules, and measured on a screen and a phone."""
    wrong: dict[str, object] = {}
    for wie in ("anna", "niemand", "code", "instellen"):
        with context_of(browser, balie, address, wie) as context:
            page = context.new_page()
            page.on("pageerror", lambda error: wrong.update({f"fout in {page.url}": str(error)}))  # noqa: B023
            for blad in (each for each in balie.bladen[part::PARTS] if each.wie == wie):
                other = go(page, address, blad, balie)
                wrong |= other or faults(page, blad, looks=LOOKS if proving else LOOKS[:1])
    assert wrong == {}


def go(page: Page, address: str, blad: Blad, balie: Balie) -> dict[str, object]:
    """Open a page; what a form would send is sent as the form would. Returns what else was answered than was expected."""
    there = address + blad.path
    page.set_viewport_size(SCREENS["scherm"])  # type: ignore[arg-type]

    def send(route: Sent) -> None:
        token = balie.anna.csrf("/mijn/wachtwoord") if blad.wie == "anna" else ""
        data = {**({"csrf": token} if token else {}), **(blad.form or {})}
        headers = {**route.request.headers, **{name.lower(): value for name, value in FORM.items()}}
        headers |= {"origin": address, "sec-fetch-site": "same-origin"}
        route.continue_(method="POST", headers=headers, post_data=urlencode(data, doseq=True))

    if blad.form is not None:
        page.route(there, send)
    answer = page.goto(there)
    if blad.form is not None:
        page.unroute(there, send)
    assert answer is not None
    if (answer.status, page.url) == (blad.status, there):
        return {}
    return {str(blad): (answer.status, page.url, page.locator("main").inner_text()[:200])}


def faults(page: Page, blad: Blad, *, looks: tuple[tuple[str, str], ...]) -> dict[str, object]:
    """What is wrong with the page that is open, by what it is."""
    naam = f"{'POST ' if blad.form is not None else ''}{blad.path}"
    wrong: dict[str, object] = {}
    page.evaluate("document.querySelectorAll('details').forEach(each => each.open = true)")
    if not reached(page):
        wrong[f"{naam}: no way to the action by keyboard"] = page.locator("main").inner_text()[:200]
    page.evaluate(AXE)
    for screen, scheme in looks:
        page.set_viewport_size(SCREENS[screen])  # type: ignore[arg-type]
        page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
        rules = RULES if (screen, scheme) == LOOKS[0] else BY_LOOK if scheme == "light" else BY_COLOUR
        found = page.evaluate(
            """async rules => (await axe.run(document, {...rules, resultTypes: ['violations']})).violations
                .map(each => [each.id, each.nodes.map(node => node.html.slice(0, 200) + ' ' + node.failureSummary)])""",
            rules,
        )
        wrong |= {f"{naam}, {screen}, {scheme}: {rule}": where for rule, where in found}
    for screen, size in SCREENS.items():
        page.set_viewport_size(size)  # type: ignore[arg-type]
        if out := page.evaluate(STICKS_OUT, size["width"]):
            wrong[f"{naam}, {screen}: sticks out"] = out
    if out := page.evaluate(SCROLLS):
        wrong[f"{naam}, {screen}: has to be moved sideways"] = out
    return wrong


def reached(page: Page) -> bool:
    """Whether Tab comes to the action of the page, over the link that skips the menu; true where a page has none."""
    main = page.locator("main")
    found = [main.locator(each).locator("visible=true").first for each in ACTIONS]
    action = next((each for each in found if each.count()), None)
    if action is None:
        return True
    page.evaluate("document.activeElement.blur()")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    for _ in range(250):  # every action of the rights matrix is a box to tick on the page of keys
        page.keyboard.press("Tab")
        if action.evaluate("each => each === document.activeElement"):
            return True
    return False


def routes_of(routes: list[BaseRoute]) -> Iterator[Route]:
    for route in routes:
        if isinstance(route, Route):
            yield route
        else:
            yield from routes_of(route.original_router.routes)  # type: ignore[attr-defined]


def test_every_page_of_the_desk_is_in_the_list(balie: Balie) -> None:
    asked = [blad.path.partition("?")[0] for blad in balie.bladen if blad.form is None]
    routers = (*OPEN, *(deel.router for deel in DELEN))
    served_here = [route for router in routers for route in routes_of(router.routes)]
    missing = [
        route.path
        for route in served_here
        if "GET" in (route.methods or ()) and route.path not in NO_PAGES
        if not any(_leads_to(route, path) for path in asked)
    ]
    assert missing == []
    assert {route.path for route in served_here} >= NO_PAGES


def _leads_to(route: Route, path: str) -> bool:
    match, _ = route.matches({"type": "http", "method": "GET", "path": path, "root_path": ""})
    return match is Match.FULL


def test_a_barrier_a_wide_table_and_a_trap_would_be_found(
    browser: Browser, balie: Balie, address: str
) -> None:
    blad = Blad("/mijn/wachtwoord")
    with context_of(browser, balie, address, "anna") as context:
        page = context.new_page()
        assert go(page, address, blad, balie) == {}
        page.evaluate("document.documentElement.removeAttribute('lang')")
        page.evaluate("document.querySelector('h1').style.width = '500px'")
        page.evaluate("document.querySelectorAll('main a, main button').forEach(each => each.tabIndex = -1)")
        found = [each.rpartition(": ")[2] for each in faults(page, blad, looks=LOOKS[:1])]
    assert found == ["no way to the action by keyboard", "html-has-lang", "sticks out"]
