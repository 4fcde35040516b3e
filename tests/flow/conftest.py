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
