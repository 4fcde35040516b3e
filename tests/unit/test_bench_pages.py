"""`woo bench pages` says what it misses before it makes anything; what it tells is the paint of each page."""

import sys

import pytest

from ingest.bench import pages
from woo.domain.errors import Unavailable


def test_without_playwright_it_says_so_and_makes_nothing(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setitem(sys.modules, "playwright.sync_api", None)
    monkeypatch.setattr(pages, "_load", lambda _: pytest.fail("the demo was made"))
    with pytest.raises(Unavailable, match="Playwright"):
        pages.bench_pages(rounds=1)


def test_without_chromium_it_says_so_and_makes_nothing(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(pages.shutil, "which", lambda _: None)
    monkeypatch.setattr(pages, "_load", lambda _: pytest.fail("the demo was made"))
    with pytest.raises(Unavailable, match="Chromium"):
        pages.bench_pages(rounds=1)


def test_it_tells_each_page_on_a_line():
    told = list(pages.describe([pages.PageTiming("start", 12.5, 180.0, 220.4, 31.2)]))
    assert told[1].split() == ["start", "12.5", "180.0", "220.4", "31.2"]
    assert len(told[0]) == len(told[1])
