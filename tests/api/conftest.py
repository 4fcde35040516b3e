"""A fresh public site per test; the analysis, the value lists and the sandbox are made once."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.api.site import PublicSite, load_analysis, load_lijsten, make_settings
from woo.analysis import DutchAnalysis
from woo.diwoo.waardelijsten import Waardelijsten
from woo.sandbox import Limits, Sandbox


@pytest.fixture(scope="session")
def analysis() -> DutchAnalysis:
    return load_analysis()


@pytest.fixture(scope="session")
def lijsten() -> Waardelijsten:
    return load_lijsten()


@pytest.fixture(scope="session")
def sandbox() -> Iterator[Sandbox]:
    with Sandbox(Limits(seconds=60), processes=1) as opened:
        yield opened


@pytest.fixture
def site(tmp_path: Path, analysis: DutchAnalysis, lijsten: Waardelijsten, sandbox: Sandbox) -> PublicSite:
    return PublicSite(tmp_path, make_settings(tmp_path), analysis, lijsten, sandbox)
