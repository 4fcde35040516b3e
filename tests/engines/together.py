"""With tests side by side (`pytest -n`), one server of each engine for all of them, started when it is first wanted.

The process that hands out the tests starts and ends it; those that run them ask for it through a folder.
"""

import contextlib
import json
import shutil
import tempfile
import threading
import time
from contextlib import AbstractContextManager, nullcontext
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest

SHARED = ("elasticsearch", "postgresql", "s3")
"""Each module under tests/engines has `served()`: a server for as long as the block runs, as plain facts."""

_START_SECONDS = 280.0
_LOOK_SECONDS = 0.05
_folder: Path | None = None
_keeper: "Keeper | None" = None

Facts = dict[str, Any]


def served(engine: str) -> AbstractContextManager[Facts]:
    """The facts of a server of this engine: that of the whole run, or one of this process alone when nothing runs beside it."""
    if _folder is None:
        begun: AbstractContextManager[Facts] = import_module(f"tests.engines.{engine}").served()
        return begun
    return nullcontext(_asked(_folder, engine))


def _asked(folder: Path, engine: str) -> Facts:
    (folder / f"{engine}.wanted").touch()
    deadline = time.monotonic() + _START_SECONDS
    while time.monotonic() < deadline:
        with contextlib.suppress(FileNotFoundError):
            facts: Facts = json.loads((folder / f"{engine}.json").read_text("utf-8"))
            if "failed" in facts:
                raise RuntimeError(facts["failed"])
            return facts
        time.sleep(_LOOK_SECONDS)
    raise RuntimeError(f"{engine} did not start within {_START_SECONDS:.0f} s")


class Keeper:
    """Starts what is asked for in its folder, each in a thread that lives as long as the server (servers end with their thread)."""

    def __init__(self) -> None:
        self.folder = Path(tempfile.mkdtemp(prefix="woo-engines-"))
        self._stop = threading.Event()
        self._threads = [threading.Thread(target=self._keep, args=(engine,)) for engine in SHARED]
        for thread in self._threads:
            thread.start()

    def _keep(self, engine: str) -> None:
        while not (self.folder / f"{engine}.wanted").exists():
            if self._stop.wait(_LOOK_SECONDS):
                return
        try:
            with import_module(f"tests.engines.{engine}").served() as facts:
                self._tell(engine, facts)
                self._stop.wait()
        except Exception as error:
            self._tell(engine, {"failed": f"{type(error).__name__}: {error}"})

    def _tell(self, engine: str, facts: Facts) -> None:
        new = self.folder / f"{engine}.new"
        new.write_text(json.dumps(facts), "utf-8")
        new.rename(self.folder / f"{engine}.json")

    def end(self) -> None:
        self._stop.set()
        for thread in self._threads:
            thread.join()
        shutil.rmtree(self.folder, ignore_errors=True)


def pytest_configure(config: pytest.Config) -> None:
    """In a process that runs tests beside others: where to ask."""
    global _folder
    named = getattr(config, "workerinput", {}).get("engines")
    _folder = Path(named) if named else None


@pytest.hookimpl(optionalhook=True)
def pytest_configure_node(node: Any) -> None:
    """In the process that hands out the tests: tell each of the others where to ask."""
    global _keeper
    _keeper = _keeper or Keeper()
    node.workerinput["engines"] = str(_keeper.folder)


def pytest_unconfigure() -> None:
    """End every server that was started."""
    global _keeper
    keeper, _keeper = _keeper, None
    if keeper is not None:
        keeper.end()
