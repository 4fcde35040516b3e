"""`woo serve` as a machine runs it: real processes and ports, nothing left behind however it ends."""

import json
import os
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

import httpx
import pytest

from tests.api.pdfs import write_pdf
from tests.flow.installation import ENSCHEDE, Installation, within_promise
from tests.flow.processes import Process, all_gone, descendants, eventually, of_home
from tests.ports import free_ports

pytestmark = pytest.mark.skipif(
    sys.platform != "linux", reason="what becomes of processes is told by the kernel of Linux"
)


class Serving:
    """A `woo serve` on two free ports, and what may be asked of it."""

    def __init__(self, home: Path) -> None:
        self.public_port, self.desk_port = free_ports(2)
        self.home = home
        home.mkdir(parents=True, exist_ok=True)
        self.installation = Installation(home, WOO_WORKER__PROCESSES="1")
        self.site = httpx.Client(base_url=f"http://127.0.0.1:{self.public_port}", timeout=30)
        self.desk = httpx.Client(base_url=f"http://127.0.0.1:{self.desk_port}", timeout=30)

    @contextmanager
    def started(self, *words: str) -> Iterator["subprocess.Popen[bytes]"]:
        """Start it; whatever the test did, nothing of it runs on afterwards."""
        ports = ["--public-port", str(self.public_port), "--desk-port", str(self.desk_port)]
        process = self.installation.start("serve", *ports, *words)
        try:
            yield process
        finally:
            for left in of_home(self.home):
                with suppress(ProcessLookupError):
                    os.kill(left.pid, signal.SIGKILL)
            process.communicate()
            self.site.close()
            self.desk.close()

    def listens(self, port: int) -> bool:
        """Whether someone takes up the phone; nothing is asked, since the desk counts who asks without a key."""
        try:
            socket.create_connection(("127.0.0.1", port), timeout=5).close()
        except OSError:
            return False
        return True

    def is_up(self) -> bool:
        """Whether both sites listen, and the public one has its index."""
        try:
            ready = self.site.get("/gezondheid/gereed").status_code == 200
        except httpx.TransportError:
            return False
        return ready and self.listens(self.desk_port)

    def found(self, words: str) -> list[dict[str, Any]]:
        answer = self.site.get("/v1/documenten", params={"zoek": words})
        assert answer.status_code == 200, answer.text
        results: list[dict[str, Any]] = answer.json()["resultaten"]
        return results


def named(processes: list[Process], *words: str) -> list[Process]:
    """Those that were started as `woo` with these words."""
    return [each for each in processes if each.words[1 : 3 + len(words)] == ["-m", "woo", *words]]


@pytest.fixture(scope="module")
def serving(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Serving]:
    serving = Serving(tmp_path_factory.mktemp("serve") / "home")
    with serving.started():
        assert eventually(serving.is_up)
        yield serving


def test_the_public_site_and_the_desk_answer(serving: Serving) -> None:
    page = serving.site.get("/")
    assert (page.status_code, page.headers["content-type"]) == (200, "text/html; charset=utf-8")
    assert serving.site.get("/v1/openapi.json").json()["servers"] == [
        {"url": f"http://127.0.0.1:{serving.public_port}/v1"}
    ]


def test_the_desk_answers_nothing_without_a_key_and_something_with_one(serving: Serving) -> None:
    assert serving.desk.get("/v1/status").status_code == 401
    made = serving.installation.command("key", "create", "--naam", "tests", "--rol", "lezer", "--dagen", "1")
    key = made.stdout.decode().strip()
    assert serving.desk.get("/v1/status", headers={"Authorization": f"Bearer {key}"}).status_code == 200
    assert serving.desk.get("/v1/status", headers={"Authorization": f"Bearer {key}x"}).status_code == 401


def ingested(serving: Serving, folder: Path, word: str) -> str:
    """Take a document in from another process; returns its id."""
    folder.mkdir()
    write_pdf(folder / "brief.pdf", [f"Brief\nOver {word}."])
    report = folder.parent / "report.json"
    words = ["ingest", str(folder), "--publisher", ENSCHEDE, "--publish", "--report", str(report)]
    ended = serving.installation.command(*words)
    assert ended.returncode == 0, ended.stderr.decode()
    [item] = json.loads(report.read_text("utf-8"))["items"]
    return str(item["document"])


def test_what_another_process_takes_in_is_found_and_what_it_withdraws_is_gone_as_promised(
    serving: Serving, tmp_path: Path
) -> None:
    id = ingested(serving, tmp_path / "in", "kwartelwei")
    assert eventually(lambda: [hit["id"] for hit in serving.found("kwartelwei")] == [id])
    [hit] = serving.found("kwartelwei")
    assert serving.site.get(hit["bestandUrl"]).content.startswith(b"%PDF-")
    withdrawn = serving.installation.command("withdraw", id, "--reason", "Er staat een naam in.")
    assert withdrawn.returncode == 0, withdrawn.stderr.decode()
    assert within_promise(
        lambda: (
            serving.found("kwartelwei") == []
            and serving.site.get(f"/v1/documenten/{id}").status_code == 410
            and serving.site.get(hit["bestandUrl"]).status_code == 410
        )
    )


@pytest.mark.parametrize("words", [("service", "search_api"), ("service", "publisher"), ("work",)])
def test_a_service_that_is_killed_is_started_again(serving: Serving, words: tuple[str, ...]) -> None:
    [before] = named(of_home(serving.home), *words)
    os.kill(before.pid, signal.SIGKILL)
    assert all_gone([before])
    assert eventually(lambda: len(named(of_home(serving.home), *words)) == 1)
    assert named(of_home(serving.home), *words) != [before]
    assert eventually(serving.is_up)


def test_after_its_worker_was_killed_a_document_is_still_shown(serving: Serving, tmp_path: Path) -> None:
    [worker] = named(of_home(serving.home), "work")
    os.kill(worker.pid, signal.SIGKILL)
    id = ingested(serving, tmp_path / "in", "zilverreiger")
    assert eventually(lambda: [hit["id"] for hit in serving.found("zilverreiger")] == [id])


def test_without_worker_there_is_none_and_searching_says_that_there_is_no_index(tmp_path: Path) -> None:
    serving = Serving(tmp_path / "home")
    with serving.started("--no-worker") as process:
        assert eventually(lambda: serving.listens(serving.public_port))
        assert eventually(lambda: serving.listens(serving.desk_port))
        running = descendants(process.pid)
        assert len(named(running, "service", "search_api")) == 1
        assert len(named(running, "service", "publisher")) == 1
        assert named(running, "work") == []
        answer = serving.site.get("/v1/documenten")
        assert (answer.status_code, answer.headers["content-type"]) == (503, "application/problem+json")


@pytest.mark.parametrize("which", ["public_port", "desk_port"])
def test_a_port_that_is_taken_is_named_and_nothing_is_started(tmp_path: Path, which: str) -> None:
    serving = Serving(tmp_path / "home")
    port = getattr(serving, which)
    with socket.create_server(("127.0.0.1", port)), serving.started() as process:
        output, told = process.communicate(timeout=60)
        assert (process.returncode, output) == (3, b"")
        assert f"cannot listen on 127.0.0.1:{port}: Address already in use" in told.decode()
        assert len(told.decode().splitlines()) == 1
        assert of_home(serving.home) == []


@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGTERM, signal.SIGKILL], ids=lambda how: how.name)
def test_however_it_ends_every_process_of_it_ends_too(tmp_path: Path, how: signal.Signals) -> None:
    serving = Serving(tmp_path / "home")
    with serving.started() as process:
        assert eventually(serving.is_up)
        running = descendants(process.pid)
        assert len(named(running, "work")) == 1
        assert len(named(running, "service", "search_api")) == 1
        assert len(named(running, "service", "publisher")) == 1
        process.send_signal(how)
        _, told = process.communicate(timeout=60)
        assert process.returncode == (-signal.SIGKILL if how is signal.SIGKILL else 0)
        assert b"Traceback" not in told
        assert all_gone(running)
        assert of_home(serving.home) == []
        assert not serving.listens(serving.public_port)
        assert not serving.listens(serving.desk_port)
