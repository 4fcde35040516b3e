"""Elasticsearch goes down in the middle of taking in and of searching: right errors, nothing lost, and it catches up by itself."""

import subprocess
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

import pytest

from tests.api.pdfs import write_pdf
from tests.elasticsearch_node.node import ElasticsearchNode
from tests.flow.installation import ENSCHEDE, TESTER, WOO_VERZOEK, Installation, Visitor, within_promise
from tests.flow.processes import eventually as processes_eventually
from woo.domain.document import Bestand
from woo.usecases.document import NieuwDocument, add_document
from woo.usecases.intrekking import withdraw
from woo.usecases.publicatie import NieuwePublicatie, create_publicatie, publish

pytestmark = pytest.mark.needs("elasticsearch")
_FILES = 40
_PATIENCE = 180.0


@pytest.fixture
def node() -> Iterator[ElasticsearchNode]:
    """A node of this test's own, to be stopped and started."""
    node = ElasticsearchNode()
    try:
        node.start()
        yield node
    finally:
        node.remove()


@pytest.fixture
def installation(tmp_path: Path, node: ElasticsearchNode) -> Iterator[Installation]:
    (tmp_path / "home").mkdir()
    environ = {"WOO_INDEX__URL": f"{node.url}/woo", "WOO_INDEX__TIMEOUT_SECONDS": "10"}
    with Installation(tmp_path / "home", WOO_WORKER__PATIENCE_SECONDS="300", **environ) as installation:
        yield installation


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    root = tmp_path / "in"
    for number in range(_FILES):
        below = root / f"dossier-{number % 4}"
        below.mkdir(parents=True, exist_ok=True)
        pages = [f"Stuk {number}\nOver kwartelwei, pagina {n}." for n in range(1 + number % 5)]
        write_pdf(below / f"stuk-{number}.pdf", pages)
    return root


@pytest.fixture
def ingesting(installation: Installation) -> Iterator[Callable[[Path], "subprocess.Popen[bytes]"]]:
    """Starts `woo ingest`, which is ended with the test."""
    started: list[subprocess.Popen[bytes]] = []

    def start(folder: Path) -> "subprocess.Popen[bytes]":
        started.append(installation.start("ingest", str(folder), "--publisher", ENSCHEDE, "--publish"))
        return started[-1]

    yield start
    for process in started:
        if process.poll() is None:
            process.kill()
            process.communicate()


eventually = partial(processes_eventually, patience=_PATIENCE)


def total(visitor: Visitor) -> int:
    """How many documents are found now; 0 while the engine does not answer."""
    answer = visitor.get("/v1/documenten", {"zoek": "kwartelwei"})
    return int(answer.json()["totaal"]) if answer.status_code == 200 else 0


class Searcher:
    """Asks without a pause from a thread of its own, and counts the answers by status."""

    def __init__(self, visitor: Visitor) -> None:
        self._visitor = visitor
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._run)
        self.statuses: Counter[int] = Counter()

    def _run(self) -> None:
        while not self._stop.wait(0.02):
            answer = self._visitor.get("/v1/documenten", {"zoek": "kwartelwei", "facetten": "true"})
            self.statuses[answer.status_code] += 1

    def __enter__(self) -> "Searcher":
        self._thread.start()
        return self

    def __exit__(self, *exc: object) -> None:
        self._stop.set()
        self._thread.join()


def published_meanwhile(installation: Installation) -> str:
    """Publish a document as the desk does; returns its id."""
    nieuw = NieuwePublicatie(ENSCHEDE, "Besluit van vandaag", (WOO_VERZOEK,))
    publicatie = create_publicatie(installation.platform, TESTER, nieuw)
    stored = installation.platform.archive.put(
        write_pdf(installation.home / "vandaag.pdf", ["Besluit\nOver kwartelwei."])
    )
    bestand = Bestand(stored.digest, "vandaag.pdf", "application/pdf", stored.grootte)
    document = add_document(installation.platform, TESTER, publicatie.id, NieuwDocument("Besluit", bestand))
    publish(installation.platform, TESTER, publicatie.id)
    return document.id


def assert_search_is_down_in_words_and_the_rest_answers(visitor: Visitor, id: str) -> None:
    answer = visitor.get("/v1/documenten", {"zoek": "kwartelwei"})
    assert (answer.status_code, answer.headers["content-type"]) == (503, "application/problem+json")
    assert "zoek" in answer.json()["detail"].lower()
    assert visitor.get("/", {"zoek": "kwartelwei"}).status_code == 503
    health = visitor.get("/gezondheid/gereed")
    assert (health.status_code, health.json()["onderdelen"]) == (
        503,
        {"index": "onbereikbaar", "opslag": "ok"},
    )
    for address in (f"/v1/documenten/{id}", f"/v1/documenten/{id}/paginas/1", f"/documenten/{id}"):
        assert visitor.get(address).status_code == 200, address


def test_an_engine_that_goes_down_in_the_middle_costs_nothing_and_all_catches_up(
    installation: Installation,
    node: ElasticsearchNode,
    folder: Path,
    ingesting: Callable[[Path], "subprocess.Popen[bytes]"],
) -> None:
    visitor = installation.public()
    process = ingesting(folder)
    with Searcher(visitor) as searcher:
        assert eventually(lambda: total(visitor))
        there = sorted(installation.in_index().documenten)
        node.stop(kill=True)
        assert_search_is_down_in_words_and_the_rest_answers(visitor, there[0])
        added = published_meanwhile(installation)
        withdraw(installation.platform, TESTER, there[0], reden="Er stond een naam in.")
        assert within_promise(lambda: visitor.get(f"/v1/documenten/{there[0]}").status_code == 410)
        assert installation.platform.registry.jobs.waiting() > 0
        node.start()
        started = time.monotonic()
        process.communicate(timeout=_PATIENCE)
        assert process.returncode == 0
        installation.work()
        assert eventually(lambda: total(visitor) == _FILES)
        print(f"caught up in {time.monotonic() - started:.1f} s after the engine answered again")
    assert set(searcher.statuses) == {200, 503}
    assert added in visitor.ids("kwartelwei")
    assert there[0] not in visitor.ids("kwartelwei")
    verified = installation.command("verify")
    assert verified.stdout == b"0 differences\n", verified.stderr.decode()


def test_what_is_taken_in_while_the_engine_is_down_is_kept_and_the_next_run_makes_it_findable(
    installation: Installation, node: ElasticsearchNode, folder: Path
) -> None:
    node.stop()
    hasty = Installation(installation.home, **installation.environ | {"WOO_WORKER__PATIENCE_SECONDS": "1"})
    ended = hasty.command("ingest", str(folder), "--publisher", ENSCHEDE, "--publish")
    assert ended.returncode == 3
    assert "what was read is kept: run the same again" in ended.stderr.decode()
    asked = hasty.command("search", "kwartelwei")
    assert (asked.returncode, asked.stdout) == (3, b"")
    examined = hasty.command("doctor")
    assert examined.returncode == 3
    assert b"broken   index " in examined.stdout
    node.start()
    assert b"reachable; no index yet" in hasty.command("doctor").stdout
    again = hasty.command("ingest", str(folder), "--publisher", ENSCHEDE, "--publish")
    assert again.returncode == 0, again.stderr.decode()
    assert f"{_FILES:>8}  indexed" in again.stdout.decode()
    assert total(installation.public()) == _FILES
    assert hasty.command("verify").stdout == b"0 differences\n"
    assert f"ok       index          {node.url}/woo: woo-v2-" in hasty.command("doctor").stdout.decode()
