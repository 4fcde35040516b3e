"""A backup is whole, whatever goes on meanwhile; what is restored is the same, and what was taken back stays back."""

import json
import os
import random
import shutil
import signal
import subprocess
import tarfile
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest

from tests.api.pdfs import write_pdf
from tests.flow.engines import Place
from tests.flow.installation import ENSCHEDE, TESTER, Installation
from woo.usecases.intrekking import withdraw
from woo.usecases.publicatie import publish


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    root = tmp_path / "in"
    for number in range(12):
        below = root / f"dossier-{number % 3}"
        below.mkdir(parents=True, exist_ok=True)
        pages = [f"Stuk {number}\nOver kwartelwei, pagina {n}." for n in range(1 + number % 3)]
        write_pdf(below / f"stuk-{number}.pdf", pages)
    return root


@pytest.fixture
def elsewhere(tmp_path: Path, place: Place) -> Installation:
    """A new home, that nothing has opened yet."""
    home = tmp_path / "elsewhere"
    home.mkdir()
    return Installation(home, **place())


@pytest.fixture
def backup(tmp_path: Path) -> Path:
    return tmp_path / "backup.woo"


def saved(installation: Installation, backup: Path) -> Path:
    made = installation.command("backup", str(backup))
    assert made.returncode == 0, made.stderr.decode()
    return backup


def restored(elsewhere: Installation, backup: Path) -> "subprocess.CompletedProcess[bytes]":
    done = elsewhere.command("restore", str(backup))
    assert done.returncode == 0, done.stderr.decode()
    return done


def verified(installation: Installation) -> str:
    return installation.command("verify").stdout.decode()


def test_a_restored_installation_shows_the_same_and_passes_verify(
    installation: Installation, folder: Path, elsewhere: Installation, backup: Path
) -> None:
    installation.ingest(folder / "dossier-0", folder / "dossier-1")
    installation.ingest(folder / "dossier-2", publish=False)
    gone = next(iter(installation.public().ids("kwartelwei")))
    withdraw(installation.platform, TESTER, gone, reden="Er stond een naam in.")
    installation.work()
    before = installation.public().zoek("kwartelwei", aantal="100", sorteer="titel")
    feed = installation.public().get("/v1/wijzigingen").json()
    restored(elsewhere, saved(installation, backup))
    assert verified(elsewhere) == "0 differences\n"
    with elsewhere:
        visitor = elsewhere.public()
        after = visitor.zoek("kwartelwei", aantal="100", sorteer="titel")
        assert visitor.get(f"/v1/documenten/{gone}").status_code == 410
        assert "Er stond een naam in." in visitor.get(f"/documenten/{gone}").text
        assert visitor.get("/v1/wijzigingen", {"na": feed["volgende"]}).status_code == 410
        assert changes(visitor.get("/v1/wijzigingen").json()) == changes(feed)
    assert len(changes(feed)) == 8
    assert before["totaal"] == 7
    assert [hit["id"] for hit in after["resultaten"]] == [hit["id"] for hit in before["resultaten"]]
    assert after["facetten"] == before["facetten"]


def changes(feed: dict[str, Any]) -> dict[str, tuple[str, str | None]]:
    """What the feed of changes tells of each document: its state, and why it was withdrawn."""
    return {each["documentId"]: (each["status"], each.get("reden")) for each in feed["wijzigingen"]}


def test_what_was_taken_in_before_is_known_after_a_restore(
    installation: Installation, folder: Path, elsewhere: Installation, backup: Path
) -> None:
    installation.ingest(folder)
    restored(elsewhere, saved(installation, backup))
    with elsewhere:
        report = elsewhere.ingest(folder)
        with elsewhere.platform.registry.read() as reading:
            assert len(reading.documents()) == 12
    assert report.states["indexed"] == 12


def test_a_backup_made_while_everything_changes_is_of_one_moment(
    installation: Installation, folder: Path, tmp_path: Path, place: Place
) -> None:
    installation.ingest(folder, publish=False)
    stop = threading.Event()
    with ThreadPoolExecutor(1) as pool:
        changes = pool.submit(change_all_the_time, installation, folder, stop)
        try:
            backups = [saved(installation, tmp_path / f"backup-{number}.woo") for number in range(3)]
        finally:
            stop.set()
        changes.result()
    for number, backup in enumerate(backups):
        home = tmp_path / f"home-{number}"
        home.mkdir()
        elsewhere = Installation(home, **place())
        restored(elsewhere, backup)
        assert verified(elsewhere) == "0 differences\n"


def change_all_the_time(installation: Installation, folder: Path, stop: threading.Event) -> None:
    """Take in, publish and withdraw, until told to stop."""
    number = 0
    while not stop.is_set():
        write_pdf(
            folder / f"dossier-{number % 3}" / f"nieuw-{number}.pdf", [f"Nieuw {number}\nOver kwartelwei."]
        )
        installation.ingest(folder, publish=number % 2 == 1)
        found = sorted(installation.public().ids("nieuw"))
        if found:
            withdraw(installation.platform, TESTER, found[0], reden="Vergissing.")
        number += 1


@pytest.mark.embedded
def test_what_was_withdrawn_after_the_backup_stays_withdrawn(
    installation: Installation, folder: Path, elsewhere: Installation, backup: Path
) -> None:
    """The disk with the registry is lost, the public store with its withdrawn list is not."""
    installation.ingest(folder)
    saved(installation, backup)
    gone = next(iter(installation.public().ids("kwartelwei")))
    withdraw(installation.platform, TESTER, gone, reden="Er stond een naam in.")
    installation.work()
    shutil.copytree(installation.home / "public", elsewhere.home / "public")
    done = restored(elsewhere, backup)
    assert f"{gone}: withdrawn again" in done.stdout.decode()
    assert verified(elsewhere) == "0 differences\n"
    with elsewhere:
        visitor = elsewhere.public()
        assert gone not in visitor.ids("kwartelwei")
        assert visitor.get(f"/v1/documenten/{gone}").status_code == 410


@pytest.mark.embedded
def test_an_entry_of_the_list_for_what_is_a_concept_in_the_backup_is_named(
    installation: Installation, folder: Path, elsewhere: Installation, backup: Path
) -> None:
    installation.ingest(folder, publish=False)
    saved(installation, backup)
    with installation.platform.registry.read() as reading:
        id = reading.publicaties()[0].id
    publish(installation.platform, TESTER, id)
    withdraw(installation.platform, TESTER, id, reden="Te vroeg.")
    shutil.copytree(installation.home / "public", elsewhere.home / "public")
    done = restored(elsewhere, backup)
    assert f"{id}: on the withdrawn list, and a concept in the backup" in done.stdout.decode()


@pytest.mark.prove
@pytest.mark.timeout(1800)
def test_a_backup_that_is_cut_off_or_changed_anywhere_is_refused_and_leaves_nothing(
    installation: Installation, folder: Path, elsewhere: Installation, backup: Path, proving: bool
) -> None:
    installation.ingest(folder)
    whole = saved(installation, backup).read_bytes()
    dice = random.Random(7)
    for number in range(60 if proving else 3):
        broken = bytearray(whole)
        place = 20
        while number and (place == 20 or not whole[place]):  # a zero may be padding, which carries nothing
            place = dice.randrange(len(whole) - 20_000)
        if number % 2:
            broken = broken[:place]
        else:
            broken[place] ^= 0xFF
        backup.write_bytes(broken)
        done = elsewhere.command("restore", str(backup))
        assert done.returncode == 1, f"byte {place}: {done.stderr.decode()}"
        assert b"Cannot restore this backup" in done.stderr, done.stderr.decode()
        with elsewhere, elsewhere.platform.registry.read() as reading:
            assert reading.publicaties() == []
    backup.write_bytes(whole)
    restored(elsewhere, backup)
    assert verified(elsewhere) == "0 differences\n"


def test_a_restore_that_is_killed_can_be_done_again(
    installation: Installation, folder: Path, elsewhere: Installation, backup: Path
) -> None:
    installation.ingest(folder)
    saved(installation, backup)
    killed = 0
    for moment in (0.4, 0.6, 0.7, 0.8):
        process = elsewhere.start("restore", str(backup))
        killed += kill_unless_done(process, moment)
        with elsewhere, elsewhere.platform.registry.read() as reading:
            if reading.publicaties():
                break
    assert killed
    again = elsewhere.command("restore", str(backup))
    if again.returncode == 1:
        assert b"it is in use" in again.stderr
        assert elsewhere.command("work", "--until-idle").returncode == 0
    assert verified(elsewhere) == "0 differences\n"


def kill_unless_done(process: "subprocess.Popen[bytes]", moment: float) -> bool:
    try:
        process.communicate(timeout=moment)
    except subprocess.TimeoutExpired:
        os.kill(process.pid, signal.SIGKILL)
        process.communicate()
        return True
    return False


def test_nothing_is_restored_over_what_is_there(
    installation: Installation, folder: Path, elsewhere: Installation, backup: Path
) -> None:
    installation.ingest(folder / "dossier-0")
    saved(installation, backup)
    with elsewhere:
        elsewhere.ingest(folder / "dossier-1")
        key = (elsewhere.home / "sleutels" / "log.key").read_bytes()
        done = elsewhere.command("restore", str(backup))
        assert (done.returncode, b"it is in use" in done.stderr) == (1, True)
        assert (elsewhere.home / "sleutels" / "log.key").read_bytes() == key
        assert elsewhere.public().zoek("kwartelwei")["totaal"] == 4
    assert verified(elsewhere) == "0 differences\n"


def test_a_backup_of_a_newer_version_is_refused_with_words(
    installation: Installation, elsewhere: Installation, backup: Path, tmp_path: Path
) -> None:
    newer = tmp_path / "newer.woo"
    with tarfile.open(saved(installation, backup)) as old, tarfile.open(newer, "w") as new:
        for info in old:
            content = old.extractfile(info)
            assert content is not None
            if info.name == "woo-backup.json":
                head = json.dumps({**json.loads(content.read()), "schema": "9999"}).encode()
                (tmp_path / "head").write_bytes(head)
                info.size, content = len(head), (tmp_path / "head").open("rb")
            with content:
                new.addfile(info, content)
    done = elsewhere.command("restore", str(newer))
    assert (done.returncode, b"a newer version of this program made it" in done.stderr) == (1, True)


@pytest.mark.embedded
def test_a_file_that_the_archive_has_lost_is_named_and_the_rest_is_saved(
    installation: Installation, folder: Path, elsewhere: Installation, backup: Path
) -> None:
    installation.ingest(folder)
    lost = next(path for path in (installation.home / "archive").rglob("*") if len(path.name) == 64)
    lost.unlink()
    done = installation.command("backup", str(backup))
    assert done.returncode == 1
    assert lost.name in done.stderr.decode()
    soon = Installation(elsewhere.home, WOO_WORKER__ATTEMPTS="2")
    restored(soon, backup)
    assert f"archive: {lost.name}: a file of the registry is not in the archive" in verified(soon)


@pytest.mark.parametrize("command", ["backup", "restore"])
def test_a_place_that_cannot_be_is_wrong_usage(
    installation: Installation, tmp_path: Path, command: str
) -> None:
    for place in (tmp_path / "no" / "folder.woo", tmp_path):
        done = installation.command(command, str(place))
        assert (done.returncode, done.stdout) == (2, b""), done.stderr.decode()
    assert list(tmp_path.glob("*.tmp")) == []


def test_only_the_owner_may_read_a_backup(installation: Installation, backup: Path) -> None:
    assert saved(installation, backup).stat().st_mode & 0o777 == 0o600


@pytest.mark.embedded
def test_moving_takes_everything_along_and_refuses_while_somebody_works(
    installation: Installation, folder: Path, tmp_path: Path
) -> None:
    installation.ingest(folder)
    config = tmp_path / "new.yaml"
    new = tmp_path / "new"
    config.write_text(
        f"registry:\n  url: sqlite:///{new}/registry.sqlite3\nindex:\n  url: tantivy://{new}/index\n"
        f"storage:\n  archive: {new}/archive\n  public: {new}/public\n"
    )
    worker = installation.start("work")
    try:
        wait_for_a_writer(installation)
        refused = installation.command("move", str(config))
    finally:
        worker.send_signal(signal.SIGTERM)
        worker.communicate()
    assert (refused.returncode, b"a worker is at work" in refused.stderr) == (1, True)
    moved = installation.command("move", str(config))
    assert moved.returncode == 0, moved.stderr.decode()
    there = Installation(installation.home, WOO_CONFIG=str(config))
    assert verified(there) == "0 differences\n"
    assert verified(installation) == "0 differences\n"
    with there:
        assert there.public().zoek("kwartelwei")["totaal"] == 12


@pytest.mark.embedded
def test_moving_to_oneself_is_refused(installation: Installation, tmp_path: Path) -> None:
    config = tmp_path / "same.yaml"
    config.write_text("site:\n  naam: Gemeente Voorbeeld\n")
    done = installation.command("move", str(config))
    assert (done.returncode, b"the registry of the present installation" in done.stderr) == (1, True)


def wait_for_a_writer(installation: Installation) -> None:
    leases, deadline = installation.platform.registry.leases, time.monotonic() + 30
    while leases.holder("schrijver", now=installation.platform.now()) is None:
        assert time.monotonic() < deadline
        time.sleep(0.05)


def test_the_command_to_take_in_works_on_a_restored_home(
    installation: Installation, folder: Path, elsewhere: Installation, backup: Path
) -> None:
    installation.ingest(folder / "dossier-0")
    restored(elsewhere, saved(installation, backup))
    done = elsewhere.command("ingest", str(folder), "--publisher", ENSCHEDE, "--publish")
    assert done.returncode == 0, done.stderr.decode()
    assert verified(elsewhere) == "0 differences\n"
