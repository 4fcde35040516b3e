"""What the contract suites share."""

from pathlib import Path

import pytest

from woo.analysis import DutchAnalysis


@pytest.fixture(scope="session")
def analysis(root: Path) -> DutchAnalysis:
    return DutchAnalysis.load(root / "config" / "zoeken")
