"""The registry is down: the public site keeps answering, the desk says so in words, workers wait and go on by themselves."""

import os
import random
import signal
import subprocess
import threading
import time
import warnings
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import Any

import httpx
import pytest

from ingest.setup import open_worker
from ingest.sync import Syncer
from ingest.writer import Writer
from publisher.app import create_app
from publisher.keys import create_key
from tests.api.pdfs import write_pdf
from tests.engines.postgresql_server import Server, break_sessions
from tests.flow.installation import ENSCHEDE, TESTER, WOO_VERZOEK, Installation, command, environment, working
from tests.flow.processes import eventually as processes_eventually
from tests.ports import free_port
from woo.domain.actor import Rol
from woo.domain.document import Bestand
from woo.domain.errors import Unavailable
from woo.registry import Job, Reading
from woo.usecases.document import NieuwDocument, add_document
from woo.usecases.publicatie import NieuwePublicatie, create_publicatie, publish

with warnings.catch_warnings():
    # The client works with httpx; starlette announces that it will want a successor of it.
    warnings.simplefilter("ignore")
    from starlette.testclient import TestClient

pytestmark = pytest.mark.needs("postgresql")
_PATIENCE = 120.0


@pytest.fixture
def installation(tmp_path: Path, own_postgresql: Server) -> Iterator[Installation]:
    home = tmp_path / "home"
    home.mkdir()
    password = home / "password"
    password.write_text(own_postgresql.password + "\n")
    url = own_postgresql.url("postgres").set(password=None)
    address = f"postgresql+psycopg://{url.username}@{url.host}:{url.port}/{url.database}"
    environ = {
        "WOO_REGISTRY__URL": address,
        "WOO_REGISTRY__PASSWORD_FILE": str(password),
        "WOO_REGISTRY__CONNECT_SECONDS": "2",
        "WOO_WORKER__PROCESSES": "1",
        "WOO_WORKER__LEASE_SECONDS": "3",
        "WOO_SERVE__PUBLIC_PORT": str(free_port()),
    }
    with Installation(home, **environ) as installation:
        yield installation


@pytest.fixture
def stocked(installation: Installation, tmp_path: Path) -> Installation:
    pages = ["Brief\nOver kwartelwei.", "Blad twee\nOver een zilverreiger."]
    installation.ingest(write_pdf(tmp_path / "brief.pdf", pages))
    return installation


@pytest.fixture
def processes(tmp_path: Path) -> Iterator[Callable[..., subprocess.Popen[bytes]]]:
    """Starts the command line in processes that are ended with the test; what they say stands in `said`."""
    started: list[subprocess.Popen[bytes]] = []

    def start(installation: Installation, *words: str) -> subprocess.Popen[bytes]:
        with (tmp_path / "said").open("ab") as said:
            process = subprocess.Popen(
                command(words),
                env=environment(installation.environ),
                stdin=subprocess.DEVNULL,
                stdout=said,
                stderr=said,
            )
        started.append(process)
        return process

    yield start
    for process in started:
        process.kill()
        process.wait()


eventually = partial(processes_eventually, patience=_PATIENCE)


def answers(address: str) -> Callable[[], bool]:
    def ask() -> bool:
        try:
            return httpx.get(address, timeout=5).status_code == 200
        except httpx.TransportError:
            return False

    return ask


def test_the_public_site_starts_and_answers_everything_while_the_registry_is_down(
    stocked: Installation,
    own_postgresql: Server,
    processes: Callable[..., subprocess.Popen[bytes]],
) -> None:
    [document] = stocked.public().ids("kwartelwei")
    own_postgresql.stop()
    processes(stocked, "service", "search_api")
    site = f"http://127.0.0.1:{stocked.settings.serve.public_port}"
    assert eventually(answers(f"{site}/gezondheid/gereed"))
    found = httpx.get(f"{site}/v1/documenten", params={"zoek": "kwartelwei", "facetten": "true"}).json()
    assert found["totaal"] == 1
    assert "kwartelwei" in found["resultaten"][0]["treffers"][0]["fragment"]
    for path in (
        f"/v1/documenten/{document}",
        f"/v1/documenten/{document}/paginas/2",
        f"/v1/documenten/{document}/paginas/1/afbeelding",
        f"/documenten/{document}?pagina=2&zoek=zilverreiger",
        "/?zoek=kwartelwei",
    ):
        assert httpx.get(f"{site}{path}", timeout=60).status_code == 200, path
    file = httpx.get(found["resultaten"][0]["bestandUrl"].replace(stocked.settings.site.url, site))
    assert file.content.startswith(b"%PDF-")


def test_the_desk_answers_503_in_words_and_works_again_by_itself(
    stocked: Installation, own_postgresql: Server
) -> None:
    platform = stocked.platform
    _, secret = create_key(platform, TESTER, "balie", rol=Rol.BEHEERDER, dagen=1)
    app = create_app(platform, stocked.settings)
    client = TestClient(app, base_url="http://balie/v1", headers={"Authorization": f"Bearer {secret}"})
    assert client.get("/publicaties").status_code == 200
    own_postgresql.stop()
    for answer in (client.get("/publicaties"), client.post("/publicaties", json={}), client.get("/status")):
        assert answer.status_code == 503
        assert answer.headers["content-type"].startswith("application/problem+json")
        assert answer.headers["retry-after"]
        assert "even niet bereikbaar" in answer.json()["title"]
        assert own_postgresql.password not in answer.text
        assert "127.0.0.1" not in answer.text
    own_postgresql.start()
    assert client.get("/publicaties").status_code == 200


def test_commands_say_which_part_is_down_and_end_with_code_3(
    stocked: Installation, own_postgresql: Server
) -> None:
    before = stocked.command("doctor").stdout.decode()
    assert "PostgreSQL 1" in before
    own_postgresql.stop()
    for words in (("doctor",), ("status",), ("work", "--until-idle")):
        ended = stocked.command(*words)
        told = (ended.stdout + ended.stderr).decode()
        assert ended.returncode == 3, told
        assert "registry" in told
        assert "refused" in told
        assert "Traceback" not in told
        assert own_postgresql.password not in told + before


def test_a_worker_waits_while_the_registry_is_down_and_goes_on_when_it_returns(
    stocked: Installation,
    own_postgresql: Server,
    processes: Callable[..., subprocess.Popen[bytes]],
    tmp_path: Path,
) -> None:
    own_postgresql.stop()
    worker = processes(stocked, "work")
    assert eventually(lambda: "registry_not_available" in (tmp_path / "said").read_text())
    for round_ in range(2):
        own_postgresql.start()
        assert eventually(lambda: f":{worker.pid}:" in writer(stocked))
        publish_letter(stocked, tmp_path, f"Nieuw {round_}\nOver een roerdomp.")
        expected = round_ + 1
        assert eventually(lambda: len(stocked.public().ids("roerdomp")) == expected)  # noqa: B023 - asked at once
        (tmp_path / "said").write_text("")
        own_postgresql.stop()
        assert eventually(lambda: "registry_not_available" in (tmp_path / "said").read_text())
        assert worker.poll() is None
    own_postgresql.start()
    assert eventually(lambda: stocked.platform.registry.jobs.waiting() == 0)
    assert stocked.platform.registry.jobs.resting() == []
    assert stocked.command("verify").returncode == 0


@pytest.mark.prove
@pytest.mark.timeout(1800)
def test_a_worker_outlives_outages_at_random_moments_of_its_work(
    stocked: Installation,
    own_postgresql: Server,
    processes: Callable[..., subprocess.Popen[bytes]],
    tmp_path: Path,
    seed: int,
    proving: bool,
) -> None:
    dice, outages = random.Random(seed), 60 if proving else 2
    worker = processes(stocked, "work")
    for number in range(outages):
        assert eventually(lambda: f":{worker.pid}:" in writer(stocked))
        publish_letter(stocked, tmp_path, f"Nieuw {number}\nOver een roerdomp.")
        time.sleep(dice.uniform(0.0, 2.0))
        own_postgresql.stop()
        time.sleep(dice.uniform(0.1, 2.5))
        assert worker.poll() is None
        own_postgresql.start()
    public = stocked.public()
    assert eventually(lambda: len(public.ids("roerdomp")) == outages)
    assert eventually(lambda: stocked.platform.registry.jobs.waiting() == 0)
    assert worker.poll() is None
    assert stocked.platform.registry.jobs.resting() == []
    said = (tmp_path / "said").read_text()
    assert "Traceback" not in said
    assert "sync_failed" not in said
    assert "sitemap" not in said
    assert stocked.command("verify").returncode == 0


def writer(installation: Installation) -> str:
    """Who holds the writer's lease, as far as the registry can be asked."""
    try:
        platform = installation.platform
        return platform.registry.leases.holder("schrijver", now=platform.now()) or ""
    except Unavailable:
        return ""


def publish_letter(installation: Installation, folder: Path, text: str) -> None:
    """At the desk, so that only a running worker can read and show it."""
    platform = installation.platform
    publicatie = create_publicatie(platform, TESTER, NieuwePublicatie(ENSCHEDE, "Dossier", (WOO_VERZOEK,)))
    publish(platform, TESTER, publicatie.id)
    stored = platform.archive.put(write_pdf(folder / "nieuw.pdf", [text]))
    bestand = Bestand(stored.digest, "nieuw.pdf", "application/pdf", stored.grootte)
    add_document(platform, TESTER, publicatie.id, NieuwDocument("Brief", bestand))


def test_a_registry_that_goes_away_again_and_again_during_ingest_costs_no_document(
    installation: Installation,
    own_postgresql: Server,
    processes: Callable[..., subprocess.Popen[bytes]],
    tmp_path: Path,
) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    for number in range(30):
        write_pdf(folder / f"stuk-{number}.pdf", [f"Stuk {number}\nOver kwartelwei."])
    order = ("ingest", str(folder), "--publisher", "gm0153", "--publish")
    worker = processes(installation, "work")
    run = processes(installation, *order)
    for pause in (2.0, 0.7, 1.1):
        time.sleep(pause)
        own_postgresql.stop()
        time.sleep(0.5)
        own_postgresql.start()
        if run.poll() is not None:
            run = processes(installation, *order)
    run.wait(_PATIENCE)
    ended = installation.command(*order)
    assert ended.returncode == 0, ended.stderr.decode() + (tmp_path / "said").read_text()
    assert worker.poll() is None
    with installation.platform.registry.read() as reading:
        assert reading.counts().items["indexed"] == 30
        assert len(reading.documents()) == 30
    assert installation.command("verify").returncode == 0
    os.kill(worker.pid, signal.SIGTERM)
    assert worker.wait(60) == 0


@pytest.mark.parametrize("step", ["take_one", "commit"])
def test_a_session_that_breaks_while_a_document_is_being_shown_costs_its_job_nothing(
    stocked: Installation,
    own_postgresql: Server,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    step: str,
) -> None:
    url, does, broken = own_postgresql.url("postgres"), getattr(Syncer, step), threading.Event()

    def break_once(self: Syncer, *given: Any) -> Any:
        if not broken.is_set():
            broken.set()
            assert break_sessions(url) >= 1
        return does(self, *given)

    monkeypatch.setattr(Syncer, step, break_once)
    why_not, blamed = Writer._why_not, []

    def blame(self: Writer, job: Job, reading: Reading) -> str | None:
        why = why_not(self, job, reading)
        blamed.append(why)
        return why

    monkeypatch.setattr(Writer, "_why_not", blame)
    publish_letter(stocked, tmp_path, "Nieuw\nOver een roerdomp.")
    with working(stocked):
        assert eventually(lambda: len(stocked.public().ids("roerdomp")) == 1)
    assert broken.is_set()
    assert set(blamed) == {None}


def test_the_fault_that_ends_a_worker_is_told_and_not_that_it_could_not_tidy_up(
    installation: Installation, monkeypatch: pytest.MonkeyPatch
) -> None:
    worker = open_worker(installation.platform, installation.sandbox, installation.settings)

    def breaks(*_: object, **__: object) -> None:
        raise ZeroDivisionError

    def away(*_: object, **__: object) -> None:
        raise Unavailable("The registry", "it is away")

    monkeypatch.setattr(worker, "_turn", breaks)
    monkeypatch.setattr(worker, "_finish", away)
    with pytest.raises(ZeroDivisionError):
        worker.run()
