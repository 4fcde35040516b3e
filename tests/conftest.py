"""What every test may ask for: the parts of the machine, the shared corpus, and a clock that stands still."""

import os
import shutil
from datetime import UTC, datetime
from pathlib import Path

import pytest

pytest_plugins = ("tests.engines.elasticsearch",)

ROOT = Path(__file__).resolve().parent.parent
SHARED = ROOT.parent / "shared"
NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)


def missing_part(part: str) -> str | None:
    """Return why a part of the machine cannot be used here, or None when it can."""
    if part == "chromium":
        return None if shutil.which("chromium") else "Chromium is not installed (make system-packages)"
    if part == "shared":
        return None if (SHARED / "corpus").is_dir() else "the shared corpus is not beside the checkout"
    if part == "elasticsearch":
        from tests.engines.elasticsearch import missing_elasticsearch

        return missing_elasticsearch()
    return f"unknown part {part!r}"


def pytest_runtest_setup(item: pytest.Item) -> None:
    for mark in item.iter_markers("needs"):
        why = missing_part(mark.args[0])
        if why is None:
            continue
        if os.environ.get("WOO_REQUIRE_ALL") == "1":
            pytest.fail(f"{why}, and WOO_REQUIRE_ALL=1", pytrace=False)
        pytest.skip(why)


@pytest.fixture
def now() -> datetime:
    return NOW


@pytest.fixture
def shared() -> Path:
    """The folder of real files beside the checkout; use with @pytest.mark.needs("shared")."""
    return SHARED


@pytest.fixture(scope="session")
def root() -> Path:
    return ROOT


@pytest.fixture(scope="session")
def proving() -> bool:
    """Whether this run proves with full numbers (make prove)."""
    return os.environ.get("WOO_PROVE") == "1"
