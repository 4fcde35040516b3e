"""Building the index anew: no search fails meanwhile, and a kill in the middle costs nothing."""

import os
import signal
import subprocess
import threading
import time
from pathlib import Path

import pytest

from ingest.setup import open_house
from tests.api.pdfs import write_pdf
from tests.flow.installation import TESTER, Installation, Visitor
from woo.domain.events import Jobsoort, Jobwens, Prioriteit
from woo.usecases.document import change_document

_FILES = 24


@pytest.fixture
def stocked(installation: Installation, tmp_path: Path) -> Installation:
    folder = tmp_path / "in"
    folder.mkdir()
    for number in range(_FILES):
        pages = [f"Stuk {number}\nOver kwartelwei, deel {part}." for part in range(40)]
        write_pdf(folder / f"stuk-{number}.pdf", pages)
    installation.ingest(folder)
    return installation


class Questions:
    """Asks without a pause from a thread of its own until told to stop, and keeps what came back."""

    def __init__(self, visitor: Visitor) -> None:
        self._visitor = visitor
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._run)
        self.failures: list[str] = []
        self.totals: list[int] = []

    def _run(self) -> None:
        while not self._stop.is_set():
            answer = self._visitor.get("/v1/documenten", {"zoek": "kwartelwei", "aantal": "5"})
            if answer.status_code != 200:
                self.failures.append(answer.text)
            else:
                self.totals.append(answer.json()["totaal"])

    def __enter__(self) -> "Questions":
        self._thread.start()
        return self

    def __exit__(self, *exc: object) -> None:
        self._stop.set()
        self._thread.join()


def indices(installation: Installation) -> set[str]:
    return set(open_house(installation.settings).names())


def test_no_search_fails_or_misses_anything_while_another_process_builds_the_index(
    stocked: Installation,
) -> None:
    (before,) = indices(stocked)
    with Questions(stocked.public()) as questions:
        for _ in range(2):
            ended = stocked.command("reindex")
            assert ended.returncode == 0, ended.stderr.decode()
    assert questions.failures == []
    assert set(questions.totals) == {_FILES}
    (after,) = indices(stocked)
    assert after != before
    assert len(stocked.in_index().documenten) == _FILES


def test_what_changes_while_the_index_is_built_is_in_the_new_one(stocked: Installation) -> None:
    stocked.platform.registry.jobs.want(
        Jobwens(Jobsoort.REINDEX, "index", Prioriteit.NORMAAL), now=stocked.platform.now()
    )
    with stocked.platform.registry.read() as reading:
        documents = reading.documents()
    thread = threading.Thread(target=stocked.work)
    thread.start()
    for document in documents:
        change_document(
            stocked.platform, TESTER, document.id, {"officiele_titel": f"Zilverreiger {document.id}"}
        )
    thread.join()
    stocked.work()
    assert stocked.public().ids("zilverreiger") == {document.id for document in documents}
    assert stocked.command("verify").returncode == 0


def kill_while_building(installation: Installation, process: "subprocess.Popen[bytes]") -> bool:
    """Kill -9 as soon as a second index is there; returns whether it was in the middle."""
    before = indices(installation)
    try:
        while process.poll() is None:
            if indices(installation) - before:
                os.kill(process.pid, signal.SIGKILL)
                process.wait()
                return True
            time.sleep(0.001)
    finally:
        process.communicate()
    return False


def test_a_kill_in_the_middle_leaves_the_old_index_live_and_the_next_worker_finishes(
    stocked: Installation,
) -> None:
    house = open_house(stocked.settings)
    for _ in range(10):  # a busy machine may kill too late
        (before,) = indices(stocked)
        assert kill_while_building(stocked, stocked.start("reindex"))
        if house.live() == before:
            break
        stocked.work()
    assert house.live() == before
    assert len(indices(stocked)) == 2
    assert stocked.public().zoek("kwartelwei")["totaal"] == _FILES
    assert stocked.platform.registry.jobs.waiting([Jobsoort.REINDEX]) == 1
    stocked.work()
    assert stocked.platform.registry.jobs.waiting() == 0
    assert indices(stocked) == {house.live()} != {before}
    assert stocked.public().zoek("kwartelwei")["totaal"] == _FILES
    assert stocked.command("verify").returncode == 0
