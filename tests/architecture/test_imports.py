"""The import rules of pyproject.toml hold, and the public side loads nothing of the registry."""

import subprocess
import sys
from pathlib import Path

_FORBIDDEN = (
    "woo.registry",
    "woo.usecases",
    "woo.projection",
    "sqlalchemy",
    "alembic",
    "publisher",
    "ingest",
)
_LOADED = "import sys, search_api.main; print(*sorted(sys.modules), sep='\\n')"


def test_every_contract_is_kept(root: Path, tmp_path: Path) -> None:
    code = "import sys; from importlinter.cli import lint_imports; sys.exit(lint_imports(no_cache=True))"
    checked = subprocess.run(
        [sys.executable, "-c", code], cwd=root, capture_output=True, text=True, timeout=120
    )
    assert checked.returncode == 0, checked.stdout[-4000:] + checked.stderr[-4000:]
    assert " 0 broken." in checked.stdout


def test_the_public_side_starts_without_loading_anything_that_could_reach_the_registry(root: Path) -> None:
    started = subprocess.run(
        [sys.executable, "-c", _LOADED], cwd=root, capture_output=True, text=True, timeout=120
    )
    assert started.returncode == 0, started.stderr
    loaded = started.stdout.split()
    assert "search_api.main" in loaded
    assert [name for name in loaded if name.startswith(tuple(f"{each}." for each in _FORBIDDEN))] == []
    assert set(loaded) & set(_FORBIDDEN) == set()
