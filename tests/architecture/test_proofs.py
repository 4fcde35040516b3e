"""`make prove` runs exactly the tests that have full numbers."""

import subprocess
import sys
from pathlib import Path

import pytest

_COLLECT = """
import sys
import pytest

class Ask:
    def pytest_collection_finish(self, session):
        for item in session.items:
            asks, marked = "proving" in item.fixturenames, item.get_closest_marker("prove") is not None
            if asks or marked:
                print("FOUND", asks, marked, item.nodeid)

sys.exit(pytest.main(["--collect-only", "-q", "tests"], plugins=[Ask()]))
"""


@pytest.fixture(scope="module")
def found(root: Path) -> list[tuple[str, str, str]]:
    """Whether it asks for the rounds of a proof, whether it is marked as one, and its name."""
    collected = subprocess.run(
        [sys.executable, "-c", _COLLECT], cwd=root, capture_output=True, text=True, timeout=280
    )
    assert collected.returncode == 0, collected.stdout[-2000:]
    lines = [line.split(maxsplit=3) for line in collected.stdout.splitlines() if line.startswith("FOUND ")]
    return [(asks, marked, name) for _, asks, marked, name in lines]


def test_a_test_with_full_numbers_is_marked_as_a_proof_and_no_other(
    found: list[tuple[str, str, str]],
) -> None:
    assert len(found) >= 4
    assert [name for asks, marked, name in found if asks != marked] == []


def test_nothing_but_the_fixture_asks_whether_this_is_a_proof(root: Path) -> None:
    name = "WOO_" + "PROVE"
    asking = [path for path in (root / "tests").rglob("*.py") if name in path.read_text("utf-8")]
    assert {str(path.relative_to(root)) for path in asking} == {
        "tests/conftest.py",
        "tests/unit/test_settings.py",
    }
