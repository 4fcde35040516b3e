"""A real Chromium on a real server with a public site."""

import shutil
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from tests.api.site import PublicSite
from tests.browser.municipality import build
from tests.servers.served import served
from woo.sandbox import Limits, Sandbox

_ARGUMENTS = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--in-process-gpu",
    "--process-per-site",
    "--renderer-process-limit=1",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=_ARGUMENTS)
        yield opened
        opened.close()


@pytest.fixture(scope="session")
def sandbox() -> Iterator[Sandbox]:
    with Sandbox(Limits(seconds=60), processes=1) as opened:
        yield opened


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory, sandbox: Sandbox) -> PublicSite:
    """The municipality of these tests, made once: no test changes what it shows."""
    return build(tmp_path_factory.mktemp("site"), sandbox)


@pytest.fixture(scope="module")
def address(site: PublicSite) -> Iterator[str]:
    with served(site.app()) as address:
        yield address


Open = Callable[..., Page]


@pytest.fixture
def open_page(browser: Browser, address: str) -> Iterator[Open]:
    """Open a path of the site; keyword arguments are those of a browser context. Fails on errors in the console."""
    opened = []
    complaints: list[str] = []

    def open_path(path: str, **context: object) -> Page:
        made = browser.new_context(**{"viewport": {"width": 1280, "height": 900}, **context})
        opened.append(made)
        page = made.new_page()
        page.on(
            "console", lambda message: complaints.append(message.text) if message.type == "error" else None
        )
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.goto(address + path)
        return page

    yield open_path
    for context in opened:
        context.close()
    policy = [complaint for complaint in complaints if "status of 4" not in complaint]
    assert policy == []
