"""What the flow tests share."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.flow.installation import Installation


@pytest.fixture
def installation(tmp_path: Path) -> Iterator[Installation]:
    home = tmp_path / "home"
    home.mkdir()
    with Installation(home) as installation:
        yield installation


@pytest.fixture(scope="module")
def no_colours() -> Iterator[None]:
    """Without the variables with which a machine may ask for colours in a pipe."""
    with pytest.MonkeyPatch.context() as patch:
        for name in ("FORCE_COLOR", "PY_COLORS", "GITHUB_ACTIONS"):
            patch.delenv(name, raising=False)
        yield
