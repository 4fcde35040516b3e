"""What every test may ask for: the parts of the machine, the shared corpus, and a clock that stands still."""

import contextlib
import gc
import os
import shutil
import signal
import subprocess
import tempfile
from collections.abc import Iterator
from datetime import UTC, datetime
from functools import cache
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest

from woo.diwoo.termijnen import load_kalender
from woo.domain.kalender import use_kalender
from woo.registry import Registry
from woo.sandbox.ocr import tessdata_folder
from woo.settings import RegistrySettings, config_folder
from woo.usecases import platform

pytest.register_assert_rewrite(
    "tests.contract.inbox_contract",
    "tests.contract.index_contract",
    "tests.contract.index_finding",
    "tests.contract.index_helping",
    "tests.contract.registry_contract",
    "tests.contract.storage_contract",
)
ENGINES = ("clamd", "elasticsearch", "postgresql", "s3")
"""Each has its module under tests/engines, with its fixtures and `why_missing`."""
pytest_plugins = ["tests.engines.together", *(f"tests.engines.{engine}" for engine in ENGINES)]

ROOT = Path(__file__).resolve().parent.parent
SHARED = ROOT.parent / "shared"
NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)


def missing_part(part: str) -> str | None:
    """Return why a part of the machine cannot be used here, or None when it can."""
    if part == "chromium":
        return None if shutil.which("chromium") else "Chromium is not installed (make system-packages)"
    if part == "npm":
        return None if shutil.which("npm") else "npm is not installed (make system-packages)"
    if part == "tesseract":
        return (
            None if tessdata_folder("nld") else "Tesseract's Dutch data is not there (make system-packages)"
        )
    if part == "shared":
        return None if (SHARED / "corpus").is_dir() else "the shared corpus is not beside the checkout"
    if part == "small disk":
        return _why_no_mount()
    if part == "buildah":
        return _missing_builder()
    if part in ENGINES:
        why: str | None = import_module(f"tests.engines.{part}").why_missing()
        return why
    return f"unknown part {part!r}"


def pytest_configure() -> None:
    """Let the processes that tests start be stopped by Ctrl-C, also where this run itself was started in the background."""
    signal.signal(signal.SIGINT, signal.default_int_handler)
    # every process of an installation counts with these days, so no test depends on which ran before it
    use_kalender(load_kalender(config_folder() / "feestdagen.yaml"))


@cache
def _why_no_mount() -> str | None:
    """Return why no file system of a few megabytes can be mounted here; tried once, since rights alone do not tell."""
    if shutil.which("mount") is None:
        return "there is no program to mount a small file system with"
    with tempfile.TemporaryDirectory() as folder:
        tried = subprocess.run(
            ["mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", folder], capture_output=True
        )
        if tried.returncode != 0:
            return "a small file system cannot be mounted here (root may, in most places)"
        subprocess.run(["umount", folder], check=True)
    return None


def _missing_builder() -> str | None:
    missing = [name for name in ("buildah", "podman", "debootstrap") if not shutil.which(name)]
    if missing:
        return f"{', '.join(missing)} not installed (make prove installs them on Debian and Ubuntu)"
    return None if os.geteuid() == 0 else "buildah with chroot isolation builds on debootstrap as root only"


def pytest_collection_finish() -> None:
    """Look for garbage less often, and not among what stays until the end: it was a quarter of the work of these processes."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 20, 20)


def pytest_runtest_setup(item: pytest.Item) -> None:
    for mark in item.iter_markers("needs"):
        require_part(mark.args[0])


def require_part(part: str) -> None:
    """Skip with the reason where a part of the machine is absent; fail where WOO_REQUIRE_ALL=1."""
    why = missing_part(part)
    if why is None:
        return
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


@pytest.fixture(scope="session", autouse=True)
def migrated_once(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """A platform's new SQLite registry is a copy of one that the migrations made once in this run.

    `Registry.create` is left as it is: what opens, makes and migrates a registry is tested with that.
    """
    folder = tmp_path_factory.mktemp("registry")
    really = platform.open_registry

    def copied(settings: RegistrySettings, *, revision: str | None = None, **more: Any) -> Registry:
        path = Path(settings.url.removeprefix("sqlite:///"))
        if settings.url.startswith("sqlite:///") and revision is None and not path.exists():
            model = folder / "registry.sqlite3"
            if not model.exists():
                Registry.create(f"sqlite:///{model}").close()
            with contextlib.suppress(OSError):
                path.parent.mkdir(parents=True, exist_ok=True)
                shutil.copy(model, path)
        return really(settings, revision=revision, **more)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(platform, "open_registry", copied)
        yield
