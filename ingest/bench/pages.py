"""`woo bench pages`: the pages of the demo opened in Chromium, as somebody who comes for the first time sees them appear."""

import shutil
import statistics
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import httpx

from ingest.bench.service import free_port, service
from ingest.demo.load import load_demo
from ingest.demo.model import AANVULLING
from ingest.setup import open_sandbox, open_worker
from woo.domain.errors import Unavailable
from woo.settings import load_settings
from woo.usecases.platform import open_platform

if TYPE_CHECKING:
    from playwright.sync_api import Browser

_ARGUMENTS = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--no-first-run",
    "--disable-background-networking",
)
_WORD = "vergunning"
_PAINT = """() => new Promise(done => new PerformanceObserver(list => {
    const paint = list.getEntriesByName('first-contentful-paint')[0];
    if (paint) done([paint.startTime, ...performance.getEntriesByType('navigation').map(n => n.responseStart)]);
}).observe({type: 'paint', buffered: true}))"""
_BYTES = """() => [...performance.getEntriesByType('navigation'), ...performance.getEntriesByType('resource')]
    .filter(each => !each.name.includes('/afbeelding')).reduce((sum, each) => sum + each.encodedBodySize, 0)"""


@dataclass(frozen=True, slots=True)
class PageTiming:
    """One page: milliseconds from asking to the first byte and to the first text on the screen, and kB without pictures of pages."""

    page: str
    first_byte: float
    first_paint: float
    slowest_paint: float
    kilobytes: float


def bench_pages(*, rounds: int) -> tuple[PageTiming, ...]:
    """Load the demo into an installation of its own, serve it, and open each page `rounds` times with an empty cache.

    Raises Unavailable where Chromium or Playwright is not installed.
    """
    try:
        from playwright.sync_api import sync_playwright
    except ImportError as error:
        raise Unavailable("Playwright", "it is not installed (make setup-test)") from error
    chromium = shutil.which("chromium")
    if chromium is None:
        raise Unavailable("Chromium", "it is not installed (make system-packages)")
    with tempfile.TemporaryDirectory(prefix="woo-bench-") as home:
        environ = _environ(home)
        address = _load(environ)
        with service(environ, address), sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=chromium, args=list(_ARGUMENTS))
            paths = _paths(address)
            measured = tuple(_measure(browser, name, address + path, rounds) for name, path in paths.items())
            browser.close()
    return measured


def _environ(home: str) -> dict[str, str]:
    return {
        "WOO_HOME": home,
        "WOO_SERVE__PUBLIC_PORT": str(free_port()),
        "WOO_WAARDELIJSTEN__AANVULLING": str(AANVULLING),
        "WOO_LOGGING__LEVEL": "error",
    }


def _load(environ: Mapping[str, str]) -> str:
    """Make and read the documents of the demo; returns the address at which they will be served."""
    settings = load_settings(environ, cwd=Path.cwd())
    with open_platform(settings) as platform, open_sandbox(settings) as sandbox:
        load_demo(platform, settings.home / "documenten")
        open_worker(platform, sandbox, settings).run(until_idle=True)
    return f"http://127.0.0.1:{settings.serve.public_port}"


def _paths(address: str) -> dict[str, str]:
    """The pages on the way from a question to a marked page, and a publication."""
    answer = (
        httpx.get(f"{address}/v1/documenten", params={"zoek": _WORD}, timeout=30).raise_for_status().json()
    )
    found = answer["resultaten"][0]
    return {
        "start": "/",
        "search": f"/?zoek={_WORD}",
        "document": f"/documenten/{found['id']}?zoek={_WORD}",
        "publications": "/publicaties",
        "publication": f"/publicaties/{found['publicatie']['id']}",
        "accessibility": "/toegankelijkheid",
    }


def _measure(browser: "Browser", name: str, address: str, rounds: int) -> PageTiming:
    seen: list[tuple[float, float, float]] = []
    for _ in range(rounds):
        with browser.new_context(viewport={"width": 1280, "height": 900}) as context:
            page = context.new_page()
            page.goto(address)
            paint, byte = page.evaluate(_PAINT)
            seen.append((byte, paint, page.evaluate(_BYTES) / 1000))
    bytes_first, paints, kilobytes = zip(*seen, strict=True)
    return PageTiming(
        name,
        round(statistics.median(bytes_first), 1),
        round(statistics.median(paints), 1),
        round(max(paints), 1),
        round(max(kilobytes), 1),
    )


def describe(measured: Sequence[PageTiming]) -> Iterator[str]:
    """Lines for people."""
    yield f"{'page':<16}{'first byte ms':>15}{'first paint ms':>16}{'slowest':>10}{'kB':>8}"
    for each in measured:
        yield f"{each.page:<16}{each.first_byte:>15}{each.first_paint:>16}{each.slowest_paint:>10}{each.kilobytes:>8}"
