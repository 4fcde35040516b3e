"""Reading again: only what is older, by whoever works, and the public keeps the old text until the new one is there."""

import os
import signal
import time
from dataclasses import replace
from pathlib import Path

import pytest

from ingest.extraction import NOT_AGAIN
from tests.api.pdfs import write_pdf
from tests.flow.commands import run
from tests.flow.installation import TESTER, Installation
from woo.domain.document import Document, Leesstatus
from woo.domain.errors import InvalidValue
from woo.domain.events import Jobsoort
from woo.sandbox import EXTRACTOR_VERSION
from woo.usecases.herlezen import reread

OLD = "pdf-0"


@pytest.fixture
def taken_in(installation: Installation, dossier: Path, no_colours: None) -> Installation:
    installation.ingest(dossier)
    return installation


def documents(installation: Installation) -> list[Document]:
    with installation.platform.registry.read() as reading:
        return reading.documents()


def make_old(installation: Installation, *names: str) -> None:
    """As an older reader left them: its version, and other text."""
    with installation.platform.registry.transaction() as tx:
        for document in tx.documents():
            if document.bestand is not None and document.bestand.naam in names:
                old = replace(document.lezing, extractor=OLD)
                tx.save_document(replace(document, lezing=old))
                tx.save_pages(document.id, [replace(page, tekst="vroeger") for page in tx.pages(document.id)])


def texts(installation: Installation) -> set[str]:
    with installation.platform.registry.read() as reading:
        return {page.tekst for document in reading.documents() for page in reading.pages(document.id)}


def test_only_what_an_older_reader_read_is_read_again(taken_in: Installation) -> None:
    make_old(taken_in, "besluit.pdf")
    ended = run(taken_in, "reextract", "--kind", "pdf", "--older-than", EXTRACTOR_VERSION)
    assert (ended.returncode, ended.stdout) == (0, b"1 document is read again.\n"), ended
    assert {each.lezing.extractor for each in documents(taken_in)} == {EXTRACTOR_VERSION}
    assert "vroeger" not in texts(taken_in)
    again = run(taken_in, "reextract", "--kind", "pdf", "--older-than", EXTRACTOR_VERSION)
    assert (again.returncode, again.stdout) == (0, b"0 documents are read again.\n")
    other = run(taken_in, "reextract", "--kind", "docx")
    assert (other.returncode, other.stdout) == (0, b"0 documents are read again.\n")
    everything = run(taken_in, "reextract")
    assert (everything.returncode, everything.stdout) == (0, b"2 documents are read again.\n")


def test_a_newer_recognition_reads_again_only_what_was_recognised(taken_in: Installation) -> None:
    assert reread(taken_in.platform, TESTER, [], "ocr-9") == 0
    with taken_in.platform.registry.transaction() as tx:
        scan = tx.documents()[0]
        lezing = replace(scan.lezing, extractor=f"{EXTRACTOR_VERSION}+ocr-1")
        tx.save_document(replace(scan, lezing=lezing))
    assert reread(taken_in.platform, TESTER, [], "ocr-1") == 0
    assert reread(taken_in.platform, TESTER, ["pdf"], "ocr-9") == 1
    with pytest.raises(InvalidValue, match="no version of what reads docx"):
        reread(taken_in.platform, TESTER, ["docx", "pdf"], "ocr-9")


def test_a_worker_that_runs_does_it(taken_in: Installation) -> None:
    make_old(taken_in, "besluit.pdf", "advies.pdf")
    worker = taken_in.start("work")
    try:
        deadline = time.monotonic() + 60
        leases = taken_in.platform.registry.leases
        while leases.holder("schrijver", now=taken_in.platform.now()) is None and time.monotonic() < deadline:
            time.sleep(0.05)
        ended = run(taken_in, "reextract", "--older-than", EXTRACTOR_VERSION)
        assert ended.returncode == 0, ended
        assert ended.stdout.decode().splitlines() == [
            "2 documents are read again.",
            "A worker is running; it does so as soon as it can.",
        ]
        while "vroeger" in texts(taken_in) and time.monotonic() < deadline:
            time.sleep(0.05)
    finally:
        worker.send_signal(signal.SIGTERM)
        worker.communicate(timeout=60)
    assert "vroeger" not in texts(taken_in)


def test_the_public_keeps_the_old_text_until_the_new_one_is_there(taken_in: Installation) -> None:
    assert reread(taken_in.platform, TESTER, ["pdf"], None) == 2
    assert {each.lezing.status for each in documents(taken_in)} == {Leesstatus.GELEZEN}
    taken_in_public = taken_in.public()
    assert taken_in_public.zoek("kwartelwei")["totaal"] == 1
    assert taken_in.platform.registry.jobs.waiting([Jobsoort.EXTRACT]) == 2
    assert reread(taken_in.platform, TESTER, ["pdf"], None) == 2  # asked twice is done once
    taken_in.work()
    assert taken_in.platform.registry.jobs.waiting() == 0
    assert taken_in.public().zoek("kwartelwei")["totaal"] == 1


def test_what_can_not_be_read_any_more_keeps_the_text_that_there_is_and_says_so(
    taken_in: Installation,
) -> None:
    narrow = Installation(taken_in.home, **{**taken_in.environ, "WOO_LIMITS__PAGES": "1"})
    for _ in range(2):  # a second time does not say it twice
        ended = run(narrow, "reextract")
        assert (ended.returncode, ended.stdout) == (0, b"2 documents are read again.\n"), ended
    found = {each.bestand.naam: each.lezing for each in documents(taken_in) if each.bestand is not None}
    assert found["advies.pdf"].waarschuwingen == ()
    assert (found["besluit.pdf"].status, found["besluit.pdf"].paginas) == (Leesstatus.GELEZEN, 2)
    [warning] = found["besluit.pdf"].waarschuwingen
    assert warning.startswith(f"{NOT_AGAIN}: too_many_pages")
    assert taken_in.public().zoek("kwartelwei")["totaal"] == 1


@pytest.mark.embedded
def test_a_file_that_is_gone_from_the_archive_keeps_its_text_too(taken_in: Installation) -> None:
    once = Installation(taken_in.home, **{**taken_in.environ, "WOO_WORKER__ATTEMPTS": "1"})
    [digest] = [
        each.bestand.digest
        for each in documents(taken_in)
        if each.bestand and each.bestand.naam == "besluit.pdf"
    ]
    for path in Path(taken_in.settings.storage.archive).rglob(f"*{digest}*"):
        path.unlink()
    assert run(once, "reextract").returncode == 0
    found = {each.bestand.naam: each.lezing for each in documents(taken_in) if each.bestand is not None}
    assert found["besluit.pdf"].status is Leesstatus.GELEZEN
    assert found["besluit.pdf"].waarschuwingen[0].startswith(NOT_AGAIN)
    assert taken_in.public().zoek("kwartelwei")["totaal"] == 1


def test_what_could_not_be_read_is_tried_again(installation: Installation, dossier: Path) -> None:
    narrow = Installation(installation.home, **{**installation.environ, "WOO_LIMITS__PAGES": "1"})
    assert run(narrow, "ingest", str(dossier), "--publisher", "gm0153", "--publish").returncode == 1
    assert {each.lezing.status for each in documents(installation)} == {
        Leesstatus.GELEZEN,
        Leesstatus.QUARANTAINE,
    }
    assert run(installation, "reextract", "--kind", "pdf").returncode == 0
    assert {each.lezing.status for each in documents(installation)} == {Leesstatus.GELEZEN}


def test_killed_half_way_nothing_is_lost(installation: Installation, tmp_path: Path) -> None:
    folder = tmp_path / "veel"
    folder.mkdir()
    names = [f"brief-{number}.pdf" for number in range(12)]
    for name in names:
        write_pdf(folder / name, [f"Brief {name}\nOver zwartkopmeeuw."])
    installation.ingest(folder)
    make_old(installation, *names)
    started = installation.start("reextract", "--older-than", EXTRACTOR_VERSION)
    deadline = time.monotonic() + 60
    while started.poll() is None and time.monotonic() < deadline:
        if any(each.lezing.extractor == EXTRACTOR_VERSION for each in documents(installation)):
            break
        time.sleep(0.005)
    os.killpg(started.pid, signal.SIGKILL)
    started.communicate(timeout=30)
    installation.work()
    assert {each.lezing.extractor for each in documents(installation)} == {EXTRACTOR_VERSION}
    assert "vroeger" not in texts(installation)
    assert installation.public().zoek("zwartkopmeeuw")["totaal"] == 12
