"""The worker loses nothing: not a change that comes at the wrong moment, not its neighbours, not its place."""

import json
import re
import shutil
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from ingest.extraction import Extraction
from ingest.setup import open_house
from ingest.verify import verify
from tests.api.pdfs import write_pdf
from tests.corpus import hostile
from tests.flow.installation import ENSCHEDE, TESTER, WOO_VERZOEK, Installation, within_promise, working
from woo.domain.document import Bestand, Document, Leesstatus
from woo.domain.events import Actie, Jobsoort
from woo.storage.port import Archive, PublicDocument, PublicPage, Withdrawn
from woo.usecases.document import NieuwDocument, add_document, change_document, replace_bestand
from woo.usecases.intrekking import withdraw
from woo.usecases.platform import Platform
from woo.usecases.publicatie import NieuwePublicatie, create_publicatie, publish

_PATIENCE = 60.0


class Held:
    """A door in the way of one call: it says when someone stands before it, and opens when told."""

    def __init__(self) -> None:
        self.reached = threading.Event()
        self.opened = threading.Event()

    def pass_(self) -> None:
        self.reached.set()
        assert self.opened.wait(_PATIENCE)


class HeldStore:
    """The real public store, with a door before `show`."""

    def __init__(self, store: Any, door: Held) -> None:
        self._store = store
        self._door = door

    def __getattr__(self, name: str) -> Any:
        return getattr(self._store, name)

    def show(self, document: PublicDocument, pages: Sequence[PublicPage], source: Archive) -> None:
        self._door.pass_()
        self._store.show(document, pages, source)


class HeldArchive:
    """The real archive, with a door before a file is read."""

    def __init__(self, archive: Any, door: Held) -> None:
        self._archive = archive
        self._door = door

    def __getattr__(self, name: str) -> Any:
        return getattr(self._archive, name)

    @contextmanager
    def local(self, digest: str) -> Iterator[Path]:
        with self._archive.local(digest) as path:
            self._door.pass_()
            yield path


def eventually(holds: Callable[[], bool]) -> bool:
    deadline = time.monotonic() + _PATIENCE
    while time.monotonic() < deadline:
        if holds():
            return True
        time.sleep(0.02)
    return False


def stored(installation: Installation, *lines: str) -> Bestand:
    path = write_pdf(installation.home / "nieuw.pdf", ["\n".join(lines)])
    found = installation.platform.archive.put(path)
    return Bestand(found.digest, "nieuw.pdf", "application/pdf", found.grootte)


def added(installation: Installation, *lines: str) -> Document:
    """A document of a published publicatie, not read yet."""
    platform = installation.platform
    publicatie = create_publicatie(platform, TESTER, NieuwePublicatie(ENSCHEDE, "Dossier", (WOO_VERZOEK,)))
    publish(platform, TESTER, publicatie.id)
    bestand = stored(installation, *lines)
    return add_document(platform, TESTER, publicatie.id, NieuwDocument("Bijlage", bestand))


def test_a_change_that_comes_while_its_document_is_being_shown_is_not_lost(
    installation: Installation,
) -> None:
    document = added(installation, "Brief", "Over kwartelwei.")
    door = Held()
    slow = replace(installation.platform, public=HeldStore(installation.platform.public, door))
    with working(installation, slow):
        assert door.reached.wait(_PATIENCE)
        change_document(installation.platform, TESTER, document.id, {"officiele_titel": "Zilverreiger"})
        door.opened.set()
        assert eventually(lambda: installation.platform.registry.jobs.waiting() == 0)
    shown = installation.platform.public.document(document.id)
    assert shown is not None
    assert shown.kaart["officieleTitel"] == "Zilverreiger"
    assert installation.public().ids("zilverreiger") == {document.id}


def test_a_withdrawal_that_comes_while_its_document_is_being_shown_is_not_lost(
    installation: Installation,
) -> None:
    document = added(installation, "Brief", "Over kwartelwei.")
    door = Held()
    slow = replace(installation.platform, public=HeldStore(installation.platform.public, door))
    with working(installation, slow):
        assert door.reached.wait(_PATIENCE)
        withdraw(installation.platform, TESTER, document.id, reden="Er staat een naam in.")
        door.opened.set()
        assert eventually(lambda: installation.platform.registry.jobs.waiting() == 0)
    assert installation.platform.public.document(document.id) is None
    assert document.id not in installation.in_index().documenten


def test_a_new_file_that_comes_while_the_old_one_is_being_read_is_the_one_that_is_found(
    installation: Installation,
) -> None:
    document = added(installation, "Brief", "Over kwartelwei.")
    door = Held()
    slow = replace(installation.platform, archive=HeldArchive(installation.platform.archive, door))
    with working(installation, slow):
        assert door.reached.wait(_PATIENCE)
        new = stored(installation, "Brief", "Over zilverreiger.")
        replace_bestand(installation.platform, TESTER, document.id, new)
        door.opened.set()
        assert eventually(lambda: installation.platform.registry.jobs.waiting() == 0)
    with installation.platform.registry.read() as reading:
        read = reading.document(document.id)
        assert "zilverreiger" in reading.pages(document.id)[0].tekst
    assert (read.versie, read.lezing.status) == (2, Leesstatus.GELEZEN)
    visitor = installation.public()
    assert visitor.ids("zilverreiger") == {document.id}
    assert visitor.ids("kwartelwei") == set()


def test_metadata_that_a_person_gives_while_the_file_is_being_read_stays(
    installation: Installation, tmp_path: Path
) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    (folder / "a.pdf").write_bytes(hostile.described(info=b"/Title(Titel uit het bestand)"))
    door = Held()
    slow = replace(installation.platform, archive=HeldArchive(installation.platform.archive, door))
    with working(installation, slow):
        thread = threading.Thread(target=lambda: installation.ingest(folder))
        thread.start()
        assert door.reached.wait(_PATIENCE)
        with installation.platform.registry.read() as reading:
            (document,) = reading.documents()
        change_document(installation.platform, TESTER, document.id, {"officiele_titel": "Titel van de balie"})
        door.opened.set()
        thread.join()
    with installation.platform.registry.read() as reading:
        assert reading.document(document.id).officiele_titel == "Titel van de balie"


def test_a_reading_that_another_worker_took_over_and_wrote_down_is_not_written_again(
    installation: Installation, monkeypatch: pytest.MonkeyPatch
) -> None:
    document = added(installation, "Brief", "Over kwartelwei.")
    platform, door = installation.platform, Held()
    slow = replace(platform, archive=HeldArchive(platform.archive, door))
    with working(installation, slow) as worker:
        assert door.reached.wait(_PATIENCE)
        monkeypatch.setattr(worker._extraction, "take", lambda **_: 0)  # or it might take its own job again
        assert eventually(lambda: platform.registry.jobs.release_owner(worker.name) == 1)
        with working(installation):
            assert eventually(lambda: _readings(platform, document.id) == 1)
        door.opened.set()
        assert eventually(lambda: worker.progress.documents == 1)
        assert eventually(lambda: platform.registry.jobs.waiting() == 0)
    assert _readings(platform, document.id) == 1


def test_a_reading_whose_job_the_same_worker_claimed_twice_is_written_down_once(
    installation: Installation,
) -> None:
    document = added(installation, "Brief", "Over kwartelwei.")
    platform, door = installation.platform, Held()
    slow = replace(platform, archive=HeldArchive(platform.archive, door))
    extraction = Extraction(slow, installation.sandbox, processes=2, actor=TESTER)
    lease = timedelta(minutes=1)
    assert extraction.take(owner="deze", lease=lease) == 1
    assert platform.registry.jobs.release_owner("deze") == 1
    assert extraction.take(owner="deze", lease=lease) == 1
    door.opened.set()
    assert eventually(lambda: extraction._done.qsize() == 2)
    assert extraction.collect(wait=0.0)
    extraction.flush()
    extraction.close()
    with platform.registry.read() as reading:
        assert reading.document(document.id).lezing.status is Leesstatus.GELEZEN
    assert _readings(platform, document.id) == 1
    assert platform.registry.jobs.waiting([Jobsoort.EXTRACT]) == 0


def test_documents_that_are_shown_before_their_publicatie_are_told_as_they_are(
    installation: Installation,
) -> None:
    """An outage may keep the job of the publicatie back until its documents were shown and told."""
    platform, jobs = installation.platform, installation.platform.registry.jobs
    installation.work()
    document = added(installation, "Brief", "Over kwartelwei.")
    lease = timedelta(hours=1)
    held = jobs.claim("elders", now=platform.now(), soorten=[Jobsoort.SYNC_PUBLICATIE], limit=9, lease=lease)
    assert len(held) == 1

    def told() -> bool:
        with platform.registry.read() as reading:
            return document.id in reading.wijzigingen.van([document.id])

    with working(installation):
        assert eventually(told)
        jobs.release(held)
        assert eventually(lambda: jobs.waiting() == 0)
    assert verify(platform, installation.in_index, repair=False) == []


def destroyed(platform: Platform, id: str) -> None:
    """Withdrawn and erased, as a destruction that two people approved does in the end."""
    withdraw(platform, TESTER, id, reden="Een fout.")
    with platform.registry.transaction() as tx:
        tx.erase("document", id, platform.now())


def nothing_left(platform: Platform, id: str) -> bool:
    with platform.registry.read() as reading:
        document = reading.document(id)
        assert document.lezing.status is Leesstatus.OVERGESLAGEN
        assert document.weergave is None
        assert platform.registry.jobs.resting() == []
        return reading.pages(id) == () and _readings(platform, id) == 0


@pytest.mark.parametrize("kind", ["pdf", "mail"])
def test_nothing_comes_back_of_a_document_that_is_destroyed_while_it_is_being_read(
    installation: Installation, kind: str
) -> None:
    document = added(installation, "Brief", "Over kwartelwei.")
    platform, door = installation.platform, Held()
    if kind == "mail":  # of which a PDF is made
        mail = installation.home / "bericht.eml"
        mail.write_text("From: a@example.nl\nSubject: Brief\nMIME-Version: 1.0\n\nOver kwartelwei.\n")
        kept = platform.archive.put(mail)
        bestand = Bestand(kept.digest, "bericht.eml", "message/rfc822", kept.grootte)
        document = replace_bestand(platform, TESTER, document.id, bestand)
    before = set(platform.archive.digests())
    slow = replace(platform, archive=HeldArchive(platform.archive, door))
    with working(installation, slow) as worker:
        assert door.reached.wait(_PATIENCE)
        destroyed(platform, document.id)
        door.opened.set()
        assert eventually(lambda: worker.progress.documents == 1)
        assert eventually(lambda: platform.registry.jobs.waiting() == 0)
        assert worker.progress.failed == 0
    assert nothing_left(platform, document.id)
    assert set(platform.archive.digests()) == before


def test_a_document_that_was_destroyed_before_it_was_read_leaves_no_work_that_fails(
    installation: Installation,
) -> None:
    document = added(installation, "Brief", "Over kwartelwei.")
    platform = installation.platform
    destroyed(platform, document.id)
    with working(installation) as worker:
        assert eventually(lambda: platform.registry.jobs.waiting() == 0)
        assert worker.progress.failed == 0
    assert nothing_left(platform, document.id)


def _readings(platform: Platform, document_id: str) -> int:
    with platform.registry.read() as reading:
        lines = reading.events(object_id=document_id)
    return sum(line.actie is Actie.TEXT_EXTRACTED for line in lines)


def test_a_poisonous_file_costs_its_own_limit_and_its_neighbours_are_read(tmp_path: Path) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    (folder / "a-bom.pdf").write_bytes(hostile.bomb(400))
    (folder / "b-lang.pdf").write_bytes(hostile.report(3000))
    for number in range(6):
        write_pdf(folder / f"c-{number}.pdf", [f"Brief {number}\nOver kwartelwei."])
    (tmp_path / "home").mkdir()
    limits = {"WOO_LIMITS__SECONDS": "20", "WOO_LIMITS__MEMORY_MB": "256", "WOO_LIMITS__PAGES": "2000"}
    with Installation(tmp_path / "home", **limits) as installation:
        report = installation.ingest(folder)
        reasons = {item["path"]: item["reason"] for item in report.items if item["state"] == "quarantined"}
        assert {path: reason.split(":")[0] for path, reason in reasons.items()} == {
            "a-bom.pdf": "memory_limit",
            "b-lang.pdf": "too_many_pages",
        }
        assert report.states["indexed"] == 6
        assert len(installation.public().ids("kwartelwei")) == 6
        assert installation.platform.registry.jobs.resting() == []


def test_a_file_over_the_time_limit_is_stopped_and_its_neighbours_are_read(tmp_path: Path) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    (folder / "a.pdf").write_bytes(hostile.report(20_000))
    write_pdf(folder / "b.pdf", ["Brief\nOver kwartelwei."])
    (tmp_path / "home").mkdir()
    with Installation(tmp_path / "home", WOO_LIMITS__SECONDS="0.7") as installation:
        items = {item["path"]: item for item in installation.ingest(folder).items}
    assert items["a.pdf"]["state"] in ("partial", "quarantined")  # what came before the limit is kept
    # One page may take a quarter of the limit; on a machine that does other things it may be that which stops the file.
    assert re.search(r"took longer than (0\.7|0\.175) seconds", items["a.pdf"]["reason"])
    assert items["b.pdf"]["state"] in ("indexed", "quarantined")


@pytest.mark.embedded
def test_a_worker_that_cannot_write_the_index_waits_and_goes_on(installation: Installation) -> None:
    first = added(installation, "Een", "Over kwartelwei.")
    installation.work()
    other = open_house(installation.settings).open_live()
    assert other is not None
    second = added(installation, "Twee", "Over kwartelwei.")
    with working(installation) as worker:
        assert eventually(lambda: status_of(installation, second) is Leesstatus.GELEZEN)
        assert not worker.is_writer
        assert installation.in_index().documenten == {first.id}
        other.index.close()
        assert eventually(lambda: second.id in installation.in_index().documenten)
        assert worker.is_writer


@pytest.mark.embedded
def test_what_was_read_and_cannot_be_shown_is_not_in_an_index_built_anew(tmp_path: Path) -> None:
    (tmp_path / "home").mkdir()
    with Installation(tmp_path / "home", WOO_WORKER__ATTEMPTS="2") as installation:
        good = added(installation, "Een", "Over kwartelwei.")
        installation.work()
        other = open_house(installation.settings).open_live()
        assert other is not None
        bad = added(installation, "Twee", "Over kwartelwei.")
        with working(installation):
            assert eventually(lambda: status_of(installation, bad) is Leesstatus.GELEZEN)
        other.index.close()
        archived(installation, bad).unlink()
        shutil.rmtree(installation.settings.index.folder)
        installation.work()
        assert installation.in_index().documenten == {good.id}
        assert installation.public().ids("kwartelwei") == {good.id}


def status_of(installation: Installation, document: Document) -> Leesstatus:
    with installation.platform.registry.read() as reading:
        return reading.document(document.id).lezing.status


def remove(folder: Path) -> None:
    shutil.rmtree(folder)


def make_old(folder: Path) -> None:
    (version,) = folder.glob("v*/woo-index.json")
    version.write_text(json.dumps({"schema": 1, "analysis": "een vorige"}))


def empty_version(folder: Path) -> None:
    (version,) = folder.glob("v*/woo-index.json")
    version.write_text("")


def damage(folder: Path) -> None:
    (meta,) = folder.glob("v*/meta.json")
    meta.write_text("{")


@pytest.mark.embedded
@pytest.mark.parametrize("harm", [remove, make_old, empty_version, damage])
def test_an_index_that_is_gone_or_of_another_version_is_built_anew(
    installation: Installation, harm: Callable[[Path], None]
) -> None:
    documents = {added(installation, "Brief", f"Over kwartelwei {n}.").id for n in range(3)}
    installation.work()
    harm(installation.settings.index.folder)
    installation.work()
    assert installation.in_index().documenten == documents
    assert installation.public().ids("kwartelwei") == documents
    assert len(list(installation.settings.index.folder.glob("v*"))) == 1


@pytest.mark.embedded
def test_an_index_that_is_deleted_under_a_running_worker_comes_back(installation: Installation) -> None:
    first = added(installation, "Een", "Over kwartelwei.")
    with working(installation):
        assert eventually(lambda: is_indexed(installation, first))
        assert eventually(lambda: gone(installation.settings.index.folder))
        second = added(installation, "Twee", "Over kwartelwei.")
        assert eventually(lambda: is_indexed(installation, first) and is_indexed(installation, second))
    assert installation.public().ids("kwartelwei") == {first.id, second.id}


def gone(folder: Path) -> bool:
    """Whether a folder that somebody else may be writing in could be removed."""
    shutil.rmtree(folder, ignore_errors=True)
    return not folder.exists()


def is_indexed(installation: Installation, document: Document) -> bool:
    return installation.settings.index.folder.joinpath("actueel").exists() and (
        document.id in installation.in_index().documenten
    )


def archived(installation: Installation, document: Document) -> Path:
    assert document.bestand is not None
    digest = document.bestand.digest
    return Path(installation.settings.storage.archive) / digest[:2] / digest[2:4] / digest


def test_an_archive_that_fails_is_tried_again_then_rests_and_a_person_brings_it_back(tmp_path: Path) -> None:
    (tmp_path / "home").mkdir()
    with Installation(tmp_path / "home", WOO_WORKER__ATTEMPTS="3") as installation:
        document = added(installation, "Brief", "Over kwartelwei.")
        file = archived(installation, document)
        file.rename(tmp_path / "weg")
        installation.work()
        (job,) = installation.platform.registry.jobs.resting()
        assert (job.object_id, job.attempts) == (document.id, 3)
        with installation.platform.registry.read() as reading:
            lezing = reading.document(document.id).lezing
        assert lezing.status is Leesstatus.QUARANTAINE
        assert str(lezing.reden).startswith("not_read: NotFound")
        (tmp_path / "weg").rename(file)
        ended = installation.command("retry")
        assert (ended.returncode, ended.stdout) == (0, b"1 jobs and 1 documents are tried again.\n")
        installation.work()
        assert installation.platform.registry.jobs.resting() == []
        assert installation.public().ids("kwartelwei") == {document.id}


def test_a_file_that_cannot_be_shown_rests_with_its_reason_and_others_are_shown(tmp_path: Path) -> None:
    (tmp_path / "home").mkdir()
    with Installation(tmp_path / "home", WOO_WORKER__ATTEMPTS="2") as installation:
        bad, good = (added(installation, "Brief", f"Over kwartelwei, {n}.") for n in ("een", "twee"))
        door = Held()
        slow = replace(installation.platform, public=HeldStore(installation.platform.public, door))
        with working(installation, slow):
            assert door.reached.wait(_PATIENCE)
            archived(installation, bad).rename(tmp_path / "weg")
            door.opened.set()
            assert eventually(lambda: installation.platform.registry.jobs.waiting() == 0)
        (job,) = installation.platform.registry.jobs.resting()
        assert job.object_id == bad.id
        assert installation.public().ids("kwartelwei") == {good.id}
        (tmp_path / "weg").rename(archived(installation, bad))
        assert installation.command("retry", bad.id).returncode == 0
        installation.work()
        assert installation.public().ids("kwartelwei") == {bad.id, good.id}


def test_heads_that_cannot_be_exported_do_not_stop_the_worker(tmp_path: Path) -> None:
    (tmp_path / "home").mkdir()
    (tmp_path / "geen-map").write_text("")
    with Installation(tmp_path / "home", WOO_AUDIT__HEADS=str(tmp_path / "geen-map")) as installation:
        document = added(installation, "Brief", "Over kwartelwei.")
        installation.work()
        assert installation.public().ids("kwartelwei") == {document.id}


def test_an_entry_without_a_withdrawal_hides_until_it_was_checked_a_minute_later(
    installation: Installation,
) -> None:
    document = added(installation, "Brief", "Over kwartelwei.")
    installation.work()
    visitor = installation.public()
    platform = installation.platform
    at = platform.now()
    entry = Withdrawn(
        document.id, "document", at, "De bewaarplaats viel weg.", publicatie_id=document.publicatie_id
    )
    platform.public.withdraw(entry)
    assert within_promise(lambda: visitor.ids("kwartelwei") == set())
    assert visitor.get(f"/v1/documenten/{document.id}").status_code == 410
    for seconds, expected in ((30, []), (59, []), (61, [document.id]), (62, [])):
        later = replace(platform, now=lambda seconds=seconds: at + timedelta(seconds=seconds))
        assert [d.object_id for d in verify(later, installation.in_index, repair=False)] == expected
        assert (document.id in platform.public.withdrawn()) == (seconds < 60)
    assert within_promise(lambda: visitor.ids("kwartelwei") == {document.id})


def test_a_withdrawal_whose_commit_fails_hides_all_the_same(installation: Installation) -> None:
    document = added(installation, "Brief", "Over kwartelwei.")
    installation.work()
    visitor = installation.public()
    readonly = replace(installation.platform, registry=_without_key(installation))
    with pytest.raises(Exception, match="key of the log"):
        withdraw(readonly, TESTER, document.id, reden="Er staat een naam in.")
    readonly.registry.close()
    with installation.platform.registry.read() as reading:
        assert reading.document(document.id).intrekking is None
    assert within_promise(lambda: visitor.ids("kwartelwei") == set())


def _without_key(installation: Installation) -> Any:
    return type(installation.platform.registry).open(installation.settings.registry.url)


def test_an_installation_lives_in_a_folder_of_any_name(tmp_path: Path) -> None:
    home = tmp_path / "een map met 100% é 'aanhaling' en {haken} en %20"
    home.mkdir()
    with Installation(home) as installation:
        document = added(installation, "Brief", "Over kwartelwei.")
        installation.work()
        assert installation.public().ids("kwartelwei") == {document.id}
        assert (home / "registry.sqlite3").is_file()
        assert installation.command("verify").returncode == 0


@pytest.mark.parametrize("name", ["wat?", "nr#1"])
def test_a_folder_whose_name_an_address_cannot_hold_is_refused_by_name(tmp_path: Path, name: str) -> None:
    installation = Installation(tmp_path)
    installation.environ["WOO_HOME"] = str(tmp_path / name)
    ended = installation.command("status")
    assert ended.returncode == 2
    assert b"WOO_HOME" in ended.stderr
    assert not (tmp_path / name).exists()
