"""What the contract suites share."""

from pathlib import Path

import pytest

from woo.analysis import DutchAnalysis

pytest.register_assert_rewrite(
    "tests.contract.inbox_contract",
    "tests.contract.index_contract",
    "tests.contract.index_finding",
    "tests.contract.registry_contract",
    "tests.contract.storage_contract",
)


@pytest.fixture(scope="session")
def analysis(root: Path) -> DutchAnalysis:
    return DutchAnalysis.load(root / "config" / "zoeken")
