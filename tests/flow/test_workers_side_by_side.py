"""Four workers and an ingest on one PostgreSQL, killed -9 at any moment: nothing lost, nothing done twice."""

import os
import random
import shutil
import signal
import subprocess
import time
from collections import Counter
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy.engine import URL

from tests.api.pdfs import write_pdf
from tests.flow.installation import ENSCHEDE, Installation, command, environment
from woo.domain.events import Actie, Jobsoort, Jobwens, Prioriteit

pytestmark = pytest.mark.needs("postgresql")
_WORKERS = 4
_PATIENCE = 900.0


@pytest.fixture
def together(tmp_path: Path, postgresql: URL) -> Iterator[Installation]:
    """An installation whose registry is on a server; its workers read one file at a time."""
    home = tmp_path / "home"
    home.mkdir()
    address = postgresql.render_as_string(hide_password=False)
    environ = {"WOO_REGISTRY__URL": address, "WOO_WORKER__PROCESSES": "1", "WOO_WORKER__LEASE_SECONDS": "5"}
    with Installation(home, **environ) as installation:
        yield installation


class Crew:
    """The processes of one installation, by what they do; one that was killed is started again."""

    def __init__(self, installation: Installation) -> None:
        self._installation = installation
        self.running: dict[str, subprocess.Popen[bytes]] = {}

    def start(self, name: str, *words: str) -> None:
        with (self._installation.home / f"{name}.log").open("ab") as log:
            self.running[name] = subprocess.Popen(
                command(words),
                env=environment(self._installation.environ),
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                start_new_session=True,
            )

    def kill(self, name: str) -> bool:
        """Kill -9; returns whether it was still running."""
        process = self.running.pop(name)
        if process.poll() is not None:
            return False
        os.kill(process.pid, signal.SIGKILL)
        process.wait()
        return True

    def end(self) -> None:
        for process in self.running.values():
            process.terminate()
        for process in self.running.values():
            process.wait(60)

    def told(self) -> str:
        return "".join(path.read_text(errors="replace") for path in self._installation.home.glob("*.log"))


@pytest.fixture
def crew(together: Installation) -> Iterator[Crew]:
    crew = Crew(together)
    yield crew
    for name in list(crew.running):
        crew.kill(name)


def generated(root: Path, files: int) -> Path:
    for number in range(files):
        below = root / f"dossier-{number % 4}"
        below.mkdir(parents=True, exist_ok=True)
        pages = [f"Stuk {number}\nOver kwartelwei, pagina {n}." for n in range(1 + number % 5)]
        write_pdf(below / f"stuk-{number}.pdf", pages)
    return root


def ingest_under_kill(crew: Crew, folder: Path, dice: random.Random, *, kills: int) -> None:
    """Start all, kill any one of them at any moment and start it again, so many times; then let them come to rest."""
    words = {f"worker-{number}": ("work",) for number in range(_WORKERS)}
    words["ingest"] = ("ingest", str(folder), "--publisher", ENSCHEDE, "--publish")
    for name, each in words.items():
        crew.start(name, *each)
    killed = 0
    while killed < kills:
        time.sleep(dice.uniform(0.2, 1.6))
        name = dice.choice(sorted(words))
        killed += crew.kill(name)
        crew.start(name, *words[name])
    assert crew.running["ingest"].wait(_PATIENCE) in (0, 1), crew.told()


def assert_nothing_lost_nothing_double(installation: Installation, files: int) -> None:
    with installation.platform.registry.read() as reading:
        counts, documents = reading.counts(), reading.documents(limit=10_000)
        events, items = reading.events(limit=1_000_000), reading.items_below("")
    assert sum(counts.items.values()) == files
    assert counts.items["waiting"] == 0
    assert not any(counts.jobs_waiting.values()), counts
    assert not any(counts.jobs_resting.values()), counts
    digests = Counter((d.publicatie_id, d.bestand.digest if d.bestand else None) for d in documents)
    assert set(digests.values()) == {1}
    own = Counter(item.document_id for item in items if item.staat is None)
    assert own == Counter(document.id for document in documents)
    for actie in (Actie.DOCUMENT_ADDED, Actie.TEXT_EXTRACTED):
        told = Counter(event.object_id for event in events if event.actie is actie)
        assert told == Counter(document.id for document in documents), actie
    verified = installation.command("verify", timeout=300)
    assert verified.returncode == 0, verified.stdout.decode() + verified.stderr.decode()
    assert "0 differences" in verified.stdout.decode()


@pytest.mark.prove
@pytest.mark.timeout(7200)
def test_workers_and_an_ingest_that_are_killed_lose_nothing_and_double_nothing(
    together: Installation, crew: Crew, tmp_path: Path, seed: int, proving: bool
) -> None:
    files = 400 if proving else 48
    folder = generated(tmp_path / "in", files)
    ingest_under_kill(crew, folder, random.Random(seed), kills=150 if proving else 10)
    crew.end()
    assert_nothing_lost_nothing_double(together, files)
    assert together.public().zoek("kwartelwei")["totaal"] == files


@pytest.mark.prove
@pytest.mark.needs("shared")
@pytest.mark.timeout(7200)
def test_real_documents_are_ingested_under_kill_by_four_workers(
    together: Installation, crew: Crew, shared: Path, tmp_path: Path, seed: int, proving: bool
) -> None:
    folder = shared / "corpus" / "nl-gov-pdf"
    if not proving:
        some = sorted(path for path in (folder / "kamervragen").rglob("*") if path.is_file())[:12]
        folder = tmp_path / "in"
        folder.mkdir()
        for path in some:
            shutil.copy(path, folder)
    files = sum(path.is_file() for path in folder.rglob("*"))
    ingest_under_kill(crew, folder, random.Random(seed), kills=60 if proving else 5)
    crew.end()
    assert_nothing_lost_nothing_double(together, files)


def test_every_worker_takes_part_and_one_at_a_time_writes(
    together: Installation, crew: Crew, tmp_path: Path
) -> None:
    together.environ["WOO_WORKER__LEASE_SECONDS"] = "60"
    files = 48
    folder = generated(tmp_path / "in", files)
    crew.start("ingest", "ingest", str(folder), "--publisher", ENSCHEDE, "--publish")
    registry, owners, writers = together.platform.registry, set[str](), list[str]()
    for number in range(_WORKERS):
        crew.start(f"worker-{number}", "work")
    deadline = time.monotonic() + _PATIENCE
    while crew.running["ingest"].poll() is None and time.monotonic() < deadline:
        owners.update(registry.jobs.owners())
        holder = registry.leases.holder("schrijver", now=together.platform.now())
        if holder and writers[-1:] != [holder]:
            writers.append(holder)
        time.sleep(0.02)
    assert crew.running["ingest"].poll() == 0, crew.told()
    crew.end()
    assert len(owners) > 1
    assert writers, "nobody wrote"
    assert len(writers) == len(set(writers)), "the lease went to and fro"
    assert "writer_lease_lost" not in crew.told()
    assert_nothing_lost_nothing_double(together, files)


def test_work_of_a_worker_that_died_on_another_machine_is_taken_over_after_its_lease(
    together: Installation,
) -> None:
    platform, jobs = together.platform, together.platform.registry.jobs
    jobs.want(Jobwens(Jobsoort.REINDEX, "index", Prioriteit.NORMAAL), now=platform.now())
    [taken] = jobs.claim(
        "elders:1:1#dood",
        now=platform.now(),
        soorten=[Jobsoort.REINDEX],
        limit=1,
        lease=timedelta(seconds=2),
    )
    together.work()
    assert jobs.waiting() == 0
    assert jobs.done([taken], now=platform.now()) == [taken]
