"""What the flow tests share."""

import random
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.api.pdfs import write_pdf
from tests.conftest import require_part
from tests.flow.engines import ON_ENGINES, Place, engine_place, place
from tests.flow.installation import Installation

__all__ = ["engine_place", "place"]  # fixtures


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """On the engines, leave out what handles the files of the embedded ones."""
    if not ON_ENGINES:
        return
    left_out = [item for item in items if item.get_closest_marker("embedded")]
    config.hook.pytest_deselected(items=left_out)
    items[:] = [item for item in items if item not in left_out]


def pytest_runtest_setup(item: pytest.Item) -> None:
    if ON_ENGINES and "installation" in getattr(item, "fixturenames", ()):
        for part in ("elasticsearch", "postgresql", "s3"):
            require_part(part)


@pytest.fixture
def installation(tmp_path: Path, place: Place) -> Iterator[Installation]:
    home = tmp_path / "home"
    home.mkdir()
    with Installation(home, **place()) as installation:
        yield installation


@pytest.fixture(scope="module")
def no_colours() -> Iterator[None]:
    """Without the variables with which a machine may ask for colours in a pipe."""
    with pytest.MonkeyPatch.context() as patch:
        for name in ("FORCE_COLOR", "PY_COLORS", "GITHUB_ACTIONS"):
            patch.delenv(name, raising=False)
        yield


@pytest.fixture
def dossier(tmp_path: Path) -> Path:
    folder = tmp_path / "dossier"
    folder.mkdir()
    write_pdf(
        folder / "besluit.pdf",
        ["Besluit\nHet college besluit over kwartelwei.", "Bijlage\nKwartelwei kaart."],
    )
    write_pdf(folder / "advies.pdf", ["Advies\nAdvies over de zilverreiger."])
    return folder


@pytest.fixture
def seed(proving: bool) -> int:
    """A fixed seed in `make test`; a fresh one, printed, when proving."""
    chosen = random.SystemRandom().randrange(2**32) if proving else 20260302
    print(f"seed {chosen}")
    return chosen
