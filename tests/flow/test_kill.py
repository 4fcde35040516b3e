"""kill -9 at any moment: run it again and nothing is lost, nothing is double, only unfinished work is done again."""

import random
from pathlib import Path

import pytest

from tests.api.pdfs import write_pdf
from tests.flow.installation import ENSCHEDE, Installation, wait_until_busy
from tests.flow.killing import kill_at

_FILES = 40


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    root = tmp_path / "in"
    for number in range(_FILES):
        below = root / f"dossier-{number % 4}"
        below.mkdir(parents=True, exist_ok=True)
        pages = [f"Stuk {number}\nOver kwartelwei, pagina {n}." for n in range(1 + number % 5)]
        write_pdf(below / f"stuk-{number}.pdf", pages)
    (root / "dossier-0" / "leeg.pdf").write_bytes(b"")
    return root


def assert_nothing_lost_nothing_double(installation: Installation, folder: Path) -> None:
    """Run to the end once more, and compare files, registry, index and public side."""
    ended = installation.command("ingest", str(folder), "--publisher", ENSCHEDE, "--publish", timeout=300)
    assert ended.returncode == 1, ended.stderr.decode()
    assert f"{_FILES:>8}  indexed" in ended.stdout.decode()
    assert f"{_FILES + 1:>8}  discovered" in ended.stdout.decode()
    with installation.platform.registry.read() as reading:
        documents = reading.documents()
        publicaties = reading.publicaties()
        counts = reading.counts()
    assert len(documents) == _FILES
    assert len({document.bestand.digest for document in documents if document.bestand}) == _FILES
    assert len(publicaties) == 4
    assert counts.items["indexed"] == _FILES
    assert counts.items["quarantined"] == 1
    assert not any(counts.jobs_waiting.values())
    assert not any(counts.jobs_resting.values())
    found = installation.in_index()
    assert found.documenten == {document.id for document in documents}
    assert installation.public().zoek("kwartelwei")["totaal"] == _FILES
    verified = installation.command("verify")
    assert verified.returncode == 0, verified.stdout.decode()


@pytest.mark.prove
@pytest.mark.timeout(3600)
def test_a_killed_ingest_loses_nothing_and_doubles_nothing(
    installation: Installation, folder: Path, seed: int, proving: bool
) -> None:
    dice = random.Random(seed)
    rounds, killed = 50 if proving else 4, 0
    for round_ in range(rounds):
        process = installation.start("ingest", str(folder), "--publisher", ENSCHEDE, "--publish")
        wait_until_busy(installation, process)
        killed += kill_at(process, dice.uniform(0.0, 1.2))
        if round_ % 10 == 9:
            change_something(folder, round_, dice)
    assert killed > 0
    assert_nothing_lost_nothing_double(installation, folder)


@pytest.mark.prove
@pytest.mark.timeout(3600)
def test_a_killed_worker_loses_nothing_and_doubles_nothing(
    installation: Installation, folder: Path, seed: int, proving: bool
) -> None:
    dice = random.Random(seed + 1)
    rounds, killed = 50 if proving else 4, 0
    registering = installation.start("ingest", str(folder), "--publisher", ENSCHEDE, "--publish")
    wait_until_busy(installation, registering)
    kill_at(registering, 0.3)
    for _ in range(rounds):
        process = installation.start("work")
        killed += kill_at(process, dice.uniform(0.8, 2.5))
    assert killed == rounds
    assert_nothing_lost_nothing_double(installation, folder)


def change_something(folder: Path, round_: int, dice: random.Random) -> None:
    """Replace the content of a file between two runs, as people do."""
    number = dice.randrange(_FILES)
    pages = [f"Stuk {number} in ronde {round_}\nOver kwartelwei, gewijzigd."]
    write_pdf(folder / f"dossier-{number % 4}" / f"stuk-{number}.pdf", pages)
