"""A disk that is really full: every file ends as a clear item or the command says so, and with room it goes on."""

import hashlib
import io
import json
import random
import shutil
import subprocess
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pikepdf
import pytest

from tests.api.pdfs import write_pdf
from tests.flow.installation import ENSCHEDE, Installation

pytestmark = pytest.mark.needs("small disk")

_FILES = 16
_BALLAST = 400_000
_FULL = ("No space left on device", "disk is full")


class SmallDisk:
    """A file system of so many kilobytes at this path, until the end of the test."""

    def __init__(self, path: Path, kilobytes: int) -> None:
        self.path = path
        path.mkdir(parents=True, exist_ok=True)
        _run("mount", "-t", "tmpfs", "-o", f"size={kilobytes}k", "tmpfs", str(path))

    def grow(self) -> None:
        """Make room, as an operator does who puts in a larger disk."""
        _run("mount", "-o", "remount,size=200m", str(self.path))

    def unmount(self) -> None:
        _run("umount", "--lazy", str(self.path))


def _run(*words: str) -> None:
    subprocess.run(words, check=True, capture_output=True)


@pytest.fixture
def home(tmp_path: Path) -> Path:
    return tmp_path / "home"


@pytest.fixture
def disk() -> Iterator[Callable[[Path, int], SmallDisk]]:
    """Mount small disks; they are gone after the test."""
    with ExitStack() as stack:

        def mounted(path: Path, kilobytes: int) -> SmallDisk:
            disk = SmallDisk(path, kilobytes)
            stack.callback(disk.unmount)
            return disk

        yield mounted


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Files of six megabytes together, in four publicaties."""
    root = tmp_path_factory.mktemp("full") / "in"
    dice = random.Random(20260302)
    for number in range(_FILES):
        below = root / f"dossier-{number % 4}"
        below.mkdir(parents=True, exist_ok=True)
        path = write_pdf(below / f"stuk-{number}.pdf", [f"Stuk {number}\nOver kwartelwei."])
        with pikepdf.open(path, allow_overwriting_input=True) as pdf:
            pdf.Root.Ballast = pdf.make_indirect(pikepdf.Stream(pdf, dice.randbytes(_BALLAST)))
            pdf.save(path)
    return root


def ingest(installation: Installation, folder: Path) -> tuple[int, list[dict[str, Any]], str]:
    """Run the command; returns its exit code, the items of its report (none when it wrote none), and its stderr."""
    report = folder.parent / "report.json"
    report.unlink(missing_ok=True)
    words = ("ingest", str(folder), "--publisher", ENSCHEDE, "--publish", "--report", str(report))
    ended = installation.command(*words)
    items = json.loads(report.read_text("utf-8"))["items"] if report.exists() else []
    return ended.returncode, items, ended.stderr.decode()


def assert_clear_end(code: int, items: list[dict[str, Any]], told: str) -> None:
    """Each file is one item with the reason, or the command ended with words."""
    assert "Traceback" not in told
    if code == 3:
        assert told.splitlines()[-1].startswith("woo: ")
        assert any(why in told for why in _FULL), told
        return
    assert code == 1, told
    assert len(items) == _FILES
    assert {item["state"] for item in items} <= {"indexed", "quarantined"}
    refused = [item for item in items if item["state"] == "quarantined"]
    assert refused
    for item in refused:
        assert any(why in item["reason"] for why in _FULL), item


def assert_nothing_is_half(installation: Installation) -> None:
    """Every file of the archive is what its name says, and no temporary file stays."""
    archive = Path(installation.settings.storage.archive)
    for path in archive.glob("??/**/*"):
        if path.is_file():
            assert path.name == hashlib.sha256(path.read_bytes()).hexdigest()
    for place in (archive / "nieuw", Path(installation.settings.storage.public) / "nieuw"):
        assert not place.exists() or list(place.iterdir()) == []


def assert_everything_is_there(installation: Installation, folder: Path) -> None:
    """Run once more, now that there is room, and compare everything."""
    code, items, told = ingest(installation, folder)
    assert (code, {item["state"] for item in items}) == (0, {"indexed"}), told
    verified = installation.command("verify")
    assert (verified.returncode, verified.stdout.decode()) == (0, "0 differences\n")
    assert_nothing_is_half(installation)
    assert not list(installation.home.rglob(".tmp*"))
    with installation:
        with installation.platform.registry.read() as reading:
            documents = reading.documents()
            assert len(reading.publicaties()) == 4
        digests = {hashlib.sha256(path.read_bytes()).hexdigest() for path in folder.rglob("*.pdf")}
        assert {document.bestand.digest for document in documents if document.bestand} == digests
        assert set(installation.platform.archive.digests()) == digests
        assert len(documents) == _FILES
        assert installation.in_index().documenten == {document.id for document in documents}
        assert installation.public().zoek("kwartelwei")["totaal"] == _FILES


@pytest.mark.parametrize("room", [4, 200, 800, 2000, 4500])
def test_a_full_disk_under_everything_ends_clearly_and_with_room_nothing_is_lost(
    home: Path, folder: Path, disk: Callable[[Path, int], SmallDisk], room: int
) -> None:
    small = disk(home, room)
    installation = Installation(home)
    assert_clear_end(*ingest(installation, folder))
    small.grow()
    assert_nothing_is_half(installation)
    assert_everything_is_there(installation, folder)


def test_a_full_archive_refuses_the_files_it_cannot_take_and_takes_them_when_there_is_room(
    home: Path, folder: Path, disk: Callable[[Path, int], SmallDisk]
) -> None:
    small = disk(home / "archive", 3 * _BALLAST // 1000)
    installation = Installation(home)
    code, items, told = ingest(installation, folder)
    assert_clear_end(code, items, told)
    assert {item["state"] for item in items} == {"indexed", "quarantined"}
    assert all("not registered: archive" in item["reason"] for item in items if item["reason"])
    assert_nothing_is_half(installation)
    assert installation.command("verify").returncode == 0
    small.grow()
    assert_everything_is_there(installation, folder)


def test_a_full_public_store_is_told_per_document_and_shown_by_retry_when_there_is_room(
    home: Path, folder: Path, disk: Callable[[Path, int], SmallDisk]
) -> None:
    small = disk(home / "public", 3 * _BALLAST // 1000)
    installation = Installation(home, WOO_WORKER__ATTEMPTS="2")
    code, items, told = ingest(installation, folder)
    assert_clear_end(code, items, told)
    unseen = [item["document"] for item in items if item["state"] == "quarantined"]
    assert all("woo retry" in item["reason"] for item in items if item["reason"])
    assert_nothing_is_half(installation)
    verified = installation.command("verify")
    assert verified.returncode == 1
    assert all(f"index: {id}: document is public but not there" in verified.stdout.decode() for id in unseen)
    small.grow()
    retried = installation.command("retry")
    assert (retried.returncode, retried.stderr.decode()) == (0, "")
    assert_everything_is_there(installation, folder)


def test_an_index_without_room_is_told_while_the_run_waits_and_with_room_it_ends_well(
    home: Path, folder: Path, disk: Callable[[Path, int], SmallDisk]
) -> None:
    small = disk(home / "index", 4)
    installation = Installation(home)
    process = installation.start("ingest", str(folder), "--publisher", ENSCHEDE, "--publish")
    assert process.stderr is not None
    told = process.stderr.readline().decode()
    assert "index_not_opened" in told
    assert _FULL[0] in told
    assert process.poll() is None
    small.grow()
    process.communicate(timeout=120)
    assert process.returncode == 0
    assert_everything_is_there(installation, folder)


def test_a_run_whose_index_stays_without_room_ends_with_words_and_the_next_one_finishes_its_work(
    home: Path, folder: Path, disk: Callable[[Path, int], SmallDisk]
) -> None:
    small = disk(home / "index", 4)
    hasty = Installation(home, WOO_WORKER__PATIENCE_SECONDS="0.5")
    ended = hasty.command("ingest", str(folder), "--publisher", ENSCHEDE, "--publish")
    assert ended.returncode == 3, ended.stderr.decode()
    assert "woo: the index is not available" in ended.stderr.decode()
    assert "what was read is kept: run the same again" in ended.stderr.decode()
    small.grow()
    again = hasty.command("ingest", str(folder), "--publisher", ENSCHEDE, "--publish")
    assert again.returncode == 0, again.stderr.decode()
    assert_everything_is_there(hasty, folder)


def test_a_withdrawal_on_a_full_disk_says_that_it_was_not_done_and_is_done_when_there_is_room(
    home: Path, folder: Path, disk: Callable[[Path, int], SmallDisk]
) -> None:
    small = disk(home, 100_000)
    installation = Installation(home)
    _, items, _ = ingest(installation, folder)
    document = items[0]["document"]
    filled = fill(home / "ander")
    withdrawn = installation.command("withdraw", document, "--reason", "Er staat een naam in.")
    assert withdrawn.returncode == 3
    assert withdrawn.stderr.decode().startswith("woo: The registry is not available: ")
    assert withdrawn.stdout == b""
    filled.unlink()
    small.grow()
    again = installation.command("withdraw", document, "--reason", "Er staat een naam in.")
    assert again.returncode == 0, again.stderr.decode()
    with installation:
        assert document not in installation.public().ids("kwartelwei")
        assert installation.public().get(f"/v1/documenten/{document}").status_code == 410
    assert installation.command("verify").stdout.decode() == "0 differences\n"


def fill(path: Path) -> Path:
    """Take the last byte of the disk that this file is on."""
    with path.open("wb", buffering=0) as file, pytest.raises(OSError, match=_FULL[0]):
        shutil.copyfileobj(io.BytesIO(bytes(shutil.disk_usage(path.parent).free + 2**20)), file)
    assert shutil.disk_usage(path.parent).free == 0
    return path
