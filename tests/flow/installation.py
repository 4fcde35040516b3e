"""A whole installation in a folder: registry, archive, index, store, a worker to call, and the public site over them."""

import os
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path
from types import TracebackType
from typing import Any, Self
from urllib.parse import urlencode

import httpx
from fastapi import FastAPI

from ingest.errands import run_batch
from ingest.register import Opdracht
from ingest.report import Report
from ingest.setup import load_analysis, open_house, open_sandbox, open_worker
from ingest.worker import Worker
from search_api.app import create_app
from search_api.opening import make_parts
from tests.api.asking import Client
from woo.domain.actor import Actor, Rol
from woo.index.open import open_reader
from woo.sandbox import Sandbox
from woo.settings import Settings, load_settings
from woo.storage.open import open_inbox_adder, open_public_reader
from woo.usecases.platform import Platform, load_lijsten, open_platform

ENSCHEDE = "gm0153"
WOO_VERZOEK = "c_3baef532"
TESTER = Actor("tester", Rol.BEHEERDER, "tests")


class Installation:
    """Everything real, in one folder; `command` runs the command line in a process of its own."""

    def __init__(self, home: Path, **environ: str) -> None:
        self.home = home
        self.environ = {
            "WOO_HOME": str(home),
            "WOO_WORKER__BACKOFF_SECONDS": "0.1",
            "WOO_WORKER__PROCESSES": "2",
            "WOO_WORKER__ATTEMPTS": "1000",
            "WOO_LOGGING__LEVEL": "error",
            **environ,
        }
        self.settings: Settings = load_settings(self.environ, cwd=home)
        self._stack = ExitStack()

    def __enter__(self) -> Self:
        self.platform: Platform = self._stack.enter_context(open_platform(self.settings))
        self.sandbox: Sandbox = self._stack.enter_context(open_sandbox(self.settings))
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._stack.close()

    def work(self) -> None:
        """Let a worker do everything that is waiting."""
        open_worker(self.platform, self.sandbox, self.settings).run(until_idle=True)

    def ingest(self, *paths: Path, publish: bool = True) -> Report:
        """A batch run in this process, as the command does it."""
        return run_batch(self.settings, Opdracht(ENSCHEDE, WOO_VERZOEK, publish), list(paths))

    def public(self) -> "Visitor":
        """The public site as a visitor meets it, over its own reading ends."""
        index = open_reader(self.settings.index, load_analysis())
        self._stack.callback(index.close)
        return Visitor(
            create_app(
                make_parts(
                    index=index,
                    store=open_public_reader(self.settings.storage.public, self.settings.storage),
                    inbox=open_inbox_adder(self.settings.storage.inbox, self.settings.storage),
                    settings=self.settings,
                    analysis=load_analysis(),
                    lijsten=load_lijsten(self.settings),
                    sandbox=self.sandbox,
                )
            )
        )

    def in_index(self) -> Any:
        reader = open_house(self.settings).open_reader()
        try:
            return reader.ids()
        finally:
            reader.close()

    def start(self, *words: str) -> subprocess.Popen[bytes]:
        """Start the command line with these words, in a session of its own."""
        return subprocess.Popen(
            command(words),
            env=environment(self.environ),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            start_new_session=True,
        )

    def command(self, *words: str, timeout: float = 120) -> "subprocess.CompletedProcess[bytes]":
        """Run the command line with these words to its end."""
        return subprocess.run(
            command(words), env=environment(self.environ), capture_output=True, timeout=timeout, check=False
        )


@contextmanager
def working(installation: Installation, platform: Platform | None = None) -> Iterator[Worker]:
    """A worker in a thread, which still works when the block ends well; what stops it is raised here."""
    worker = open_worker(platform or installation.platform, installation.sandbox, installation.settings)
    failures: list[BaseException] = []

    def run() -> None:
        try:
            worker.run()
        except BaseException as error:
            failures.append(error)

    thread = threading.Thread(target=run)
    thread.start()
    try:
        yield worker
        assert thread.is_alive(), failures
    finally:
        worker.stop.set()
        thread.join()
    assert failures == []


PROMISE_SECONDS = 5.0
"""What citizens are promised: what is withdrawn is gone everywhere within this time."""


class Visitor:
    """Someone on the public site."""

    def __init__(self, app: FastAPI) -> None:
        self.client = Client(app)

    def get(self, path: str, params: Mapping[str, str] | None = None) -> httpx.Response:
        return self.client.get(f"{path}?{urlencode(params)}" if params else path)

    def zoek(self, words: str, **params: str) -> dict[str, Any]:
        """What the API answers to a search, facets included."""
        answer = self.get("/v1/documenten", {"zoek": words, "facetten": "true", **params})
        assert answer.status_code == 200, answer.text
        found: dict[str, Any] = answer.json()
        return found

    def ids(self, words: str) -> set[str]:
        return {hit["id"] for hit in self.zoek(words, aantal="100")["resultaten"]}


def within_promise(holds: Callable[[], bool]) -> bool:
    """Whether something comes to hold within the time that citizens are promised."""
    deadline = time.monotonic() + PROMISE_SECONDS
    while time.monotonic() < deadline:
        if holds():
            return True
        time.sleep(0.02)
    return holds()


def wait_until_busy(installation: Installation, process: "subprocess.Popen[bytes]") -> None:
    """Wait until a command writes the registry, so that what is done to it falls in its work and not before."""
    before, deadline = _written(installation), time.monotonic() + 30
    while process.poll() is None and time.monotonic() < deadline:
        if _written(installation) != before:
            return
        time.sleep(0.01)


def _written(installation: Installation) -> tuple[object, ...]:
    """What changes as soon as another process writes the registry."""
    registry = installation.platform.registry
    with registry.read() as reading:
        counts = reading.counts()
    return (
        counts,
        registry.jobs.owners(),
        registry.leases.holder("schrijver", now=installation.platform.now()),
    )


def command(words: Sequence[str]) -> list[str]:
    return [sys.executable, "-m", "woo", *words]


def environment(own: Mapping[str, str]) -> dict[str, str]:
    """The environment of a command: ours without any WOO_ setting of the machine's."""
    return {**{k: v for k, v in os.environ.items() if not k.startswith("WOO_")}, **own}
