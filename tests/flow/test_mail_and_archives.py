"""Messages with what hangs on them and archives of every kind: each member is one item, tied to what it belongs to."""

import gzip
import io
import signal
import tarfile
import zipfile
from email.message import EmailMessage
from pathlib import Path
from typing import Any

import py7zr
import pytest

from ingest.report import STATES, Report
from tests.api.pdfs import write_pdf
from tests.corpus.outlook import OutlookMessage
from tests.flow.installation import ENSCHEDE, Installation, wait_until_busy
from woo.domain.document import Relatiesoort


def by_path(report: Report) -> dict[str, dict[str, Any]]:
    assert len(report.items) == sum(report.states.values())
    assert all(item["state"] in STATES for item in report.items)
    found = {item["path"]: item for item in report.items}
    assert len(found) == len(report.items)
    return found


def states(report: Report) -> dict[str, str]:
    return {path: item["state"] for path, item in by_path(report).items()}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    root = tmp_path / "in"
    root.mkdir()
    return root


def pdf(folder: Path, text: str) -> bytes:
    path = folder.parent / "los.pdf"
    return write_pdf(path, [f"Stuk\n{text}"]).read_bytes()


def message(
    number: int, *files: tuple[str, bytes], answers: str | None = None, text: str = "Tekst."
) -> bytes:
    made = EmailMessage()
    made["From"], made["To"] = "griffie@waterdam.example", "wijkraad@waterdam.example"
    made["Subject"], made["Message-ID"] = f"Vraag {number}", f"<{number}@waterdam.example>"
    made["Date"] = f"Tue, {number + 1:02} Mar 2024 09:30:00 +0100"
    if answers is not None:
        made["In-Reply-To"] = made["References"] = f"<{answers}@waterdam.example>"
    made.set_content(f"{text} Bericht nummer {number}.")
    for name, content in files:
        made.add_attachment(content, maintype="application", subtype="octet-stream", filename=name)
    return bytes(made)


def zipped(*entries: tuple[str, bytes]) -> bytes:
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in entries:
            archive.writestr(zipfile.ZipInfo(name), content)
    return written.getvalue()


def tarred(*entries: tuple[str, bytes]) -> bytes:
    written = io.BytesIO()
    with tarfile.open(fileobj=written, mode="w") as archive:
        for name, content in entries:
            info = tarfile.TarInfo(name)
            info.size = len(content)
            archive.addfile(info, io.BytesIO(content))
    return written.getvalue()


def sevened(*entries: tuple[str, bytes], password: str | None = None) -> bytes:
    written = io.BytesIO()
    with py7zr.SevenZipFile(written, "w", password=password) as archive:
        for name, content in entries:
            archive.writef(io.BytesIO(content), name)
    return written.getvalue()


def relations(installation: Installation, id: str) -> set[tuple[str, str, str]]:
    with installation.platform.registry.read() as reading:
        return {(relatie.van, relatie.soort.value, relatie.naar) for relatie in reading.relaties(id)}


def test_a_message_is_found_by_its_words_and_tied_to_what_hangs_on_it(
    installation: Installation, folder: Path
) -> None:
    attached = ("besluit.pdf", pdf(folder, "Over de zilverreiger."))
    (folder / "vraag.eml").write_bytes(message(1, attached, text="Over de kwartelwei."))
    report = installation.ingest(folder)
    items = by_path(report)
    assert states(report) == {"vraag.eml": "indexed", "vraag.eml!/besluit.pdf": "indexed"}
    mail, file = items["vraag.eml"]["document"], items["vraag.eml!/besluit.pdf"]["document"]
    assert relations(installation, mail) == {(mail, Relatiesoort.HEEFT_BIJLAGE.value, file)}
    visitor = installation.public()
    assert visitor.ids("kwartelwei") == {mail}
    assert visitor.ids("zilverreiger") == {file}
    assert by_path(installation.ingest(folder)) == items


@pytest.mark.parametrize("order", [(1, 2, 3), (3, 2, 1), (2, 3, 1)])
def test_answers_are_tied_to_what_they_answer_in_whatever_order_they_come(
    installation: Installation, folder: Path, order: tuple[int, ...]
) -> None:
    attached = ("besluit.pdf", pdf(folder, "Over de zilverreiger."))
    contents = {1: message(1, attached), 2: message(2, attached, answers="1"), 3: message(3, answers="2")}
    for place, number in enumerate(order):
        (folder / f"{place}-bericht-{number}.eml").write_bytes(contents[number])
    items = by_path(installation.ingest(folder))
    ids = {path.split("-bericht-")[1]: item["document"] for path, item in items.items()}
    one, two, three = ids["1.eml"], ids["2.eml"], ids["3.eml"]
    file = ids["1.eml!/besluit.pdf"]
    assert file == ids["2.eml!/besluit.pdf"]
    answer, has = Relatiesoort.REACTIE_OP.value, Relatiesoort.HEEFT_BIJLAGE.value
    assert relations(installation, two) == {(two, answer, one), (three, answer, two), (two, has, file)}
    assert relations(installation, file) == {(one, has, file), (two, has, file)}
    found = sorted(item["state"] for path, item in items.items() if path.endswith("besluit.pdf"))
    assert found == ["duplicate", "indexed"]


def everything(folder: Path) -> None:
    """Archives, mailboxes and messages of every kind, some in each other."""
    files = [(f"stuk-{number}.pdf", pdf(folder, f"Stuk {number}.")) for number in range(9)]
    mark = b"From - Mon Jan  1 10:00:00 2024\n"
    outlook = OutlookMessage(
        {0x0037: "Outlook", 0x1000: "Tekst van Outlook.", 0x1035: "<o@w.example>"},
        attachments=(
            OutlookMessage({0x3707: "stuk-0.pdf"}, contents={0x3701: files[0][1]}, numbers={0x3705: 1}),
            OutlookMessage(
                numbers={0x3705: 5}, embedded=OutlookMessage({0x0037: "Binnen", 0x1000: "In Outlook."})
            ),
        ),
    )
    (folder / "a.zip").write_bytes(
        zipped(files[1], ("map/b.tar", tarred(files[2], ("c.7z", sevened(files[3])))))
    )
    (folder / "d.tgz").write_bytes(gzip.compress(tarred(files[4], files[5]), mtime=0))
    (folder / "e.pdf.gz").write_bytes(gzip.compress(files[6][1], mtime=0))
    (folder / "f.mbox").write_bytes(mark + message(4) + b"\n" + mark + message(5, files[7], answers="4"))
    (folder / "g.msg").write_bytes(outlook.written())
    (folder / "h.eml").write_bytes(message(6, ("i.zip", zipped(("j.eml", message(7, files[8]))))))


EXPECTED = {
    "a.zip": "unpacked",
    "a.zip!/stuk-1.pdf": "indexed",
    "a.zip!/map/b.tar": "unpacked",
    "a.zip!/map/b.tar!/stuk-2.pdf": "indexed",
    "a.zip!/map/b.tar!/c.7z": "unpacked",
    "a.zip!/map/b.tar!/c.7z!/stuk-3.pdf": "indexed",
    "d.tgz": "unpacked",
    "d.tgz!/stuk-4.pdf": "indexed",
    "d.tgz!/stuk-5.pdf": "indexed",
    "e.pdf.gz": "unpacked",
    "e.pdf.gz!/e.pdf": "indexed",
    "f.mbox": "unpacked",
    "f.mbox!/bericht-0001.eml": "indexed",
    "f.mbox!/bericht-0002.eml": "indexed",
    "f.mbox!/bericht-0002.eml!/stuk-7.pdf": "indexed",
    "g.msg": "indexed",
    "g.msg!/stuk-0.pdf": "indexed",
    "g.msg!/Binnen.eml": "indexed",
    "h.eml": "indexed",
    "h.eml!/i.zip": "unpacked",
    "h.eml!/i.zip!/j.eml": "indexed",
    "h.eml!/i.zip!/j.eml!/stuk-8.pdf": "indexed",
}


def test_every_kind_of_archive_is_taken_apart_and_a_second_run_tells_the_same(
    installation: Installation, folder: Path
) -> None:
    everything(folder)
    report = installation.ingest(folder)
    assert states(report) == EXPECTED
    assert by_path(installation.ingest(folder)) == by_path(report)
    items = by_path(report)
    outer, inner = items["h.eml"]["document"], items["h.eml!/i.zip!/j.eml"]["document"]
    has = Relatiesoort.HEEFT_BIJLAGE.value
    assert (outer, has, inner) in relations(installation, outer)
    assert (inner, has, items["h.eml!/i.zip!/j.eml!/stuk-8.pdf"]["document"]) in relations(
        installation, inner
    )


@pytest.mark.prove
def test_a_run_that_is_killed_loses_nothing_and_doubles_nothing(
    installation: Installation, folder: Path, proving: bool
) -> None:
    everything(folder)
    for _ in range(8 if proving else 2):
        process = installation.start("ingest", str(folder), "--publisher", ENSCHEDE, "--publish")
        wait_until_busy(installation, process)
        process.send_signal(signal.SIGKILL)
        process.communicate(timeout=60)
    report = installation.ingest(folder)
    assert states(report) == EXPECTED
    documents = {item["document"] for item in report.items if item["document"]}
    assert len(documents) == sum(state == "indexed" for state in EXPECTED.values())
    assert installation.in_index().documenten >= documents
    with installation.platform.registry.read() as reading:
        assert sum(reading.counts().documenten.values()) == len(documents)


def test_a_message_whose_attachments_were_not_all_taken_is_looked_at_again(
    installation: Installation, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (folder / "vraag.eml").write_bytes(message(1, ("a.pdf", pdf(folder, "A.")), ("b.pdf", pdf(folder, "B."))))

    def stopped(*given: object, **named: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr("ingest.register.Registrar._attach", stopped)
        with pytest.raises(KeyboardInterrupt):
            installation.ingest(folder)
    assert states(installation.ingest(folder)) == {
        "vraag.eml": "indexed",
        "vraag.eml!/a.pdf": "indexed",
        "vraag.eml!/b.pdf": "indexed",
    }


@pytest.mark.timeout(60)
def test_an_interrupt_in_the_middle_of_an_archive_ends_the_run(
    installation: Installation, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (folder / "a.zip").write_bytes(zipped(("a.pdf", pdf(folder, "A.")), ("b.pdf", pdf(folder, "B."))))

    def interrupted(*given: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr("ingest.run.BatchRun._add", interrupted)
        with pytest.raises(KeyboardInterrupt):
            installation.ingest(folder)
    assert installation.ingest(folder).states["indexed"] == 2


def test_messages_inside_each_other_end_at_the_limit(installation: Installation, folder: Path) -> None:
    made = message(0, ("kern.pdf", pdf(folder, "Kern.")))
    for number in range(1, 10):
        outer = EmailMessage()
        outer["From"], outer["Subject"] = "griffie@waterdam.example", f"Laag {number}"
        outer.set_content(f"Laag {number}.")
        outer.add_attachment(
            made, maintype="application", subtype="octet-stream", filename=f"laag-{number}.eml"
        )
        made = bytes(outer)
    (folder / "diep.eml").write_bytes(made)
    report = installation.ingest(folder)
    assert report.states["indexed"] == 7
    (item,) = [item for item in report.items if item["state"] == "quarantined"]
    assert "limits.zip_depth" in item["reason"]


def test_what_is_wrong_with_an_archive_is_said_and_the_rest_goes_on(tmp_path: Path, folder: Path) -> None:
    good = ("goed.pdf", pdf(folder, "Goed."))
    (folder / "op-slot.7z").write_bytes(sevened(good, password="geheim"))
    (folder / "afgekapt.zip").write_bytes(zipped(good, ("b.pdf", pdf(folder, "B.")))[:-60])
    (folder / "afgekapt.tar").write_bytes(tarred(("a.pdf", good[1]), ("b.pdf", bytes(50_000)))[:20_000])
    (folder / "bom.gz").write_bytes(gzip.compress(bytes(80_000_000)))
    (folder / "veel.zip").write_bytes(zipped(*((f"{number}.bin", b"\0") for number in range(60))))
    (folder / "goed.eml").write_bytes(message(1, good))
    with Installation(tmp_path / "home", WOO_LIMITS__ZIP_MEMBERS="50") as installation:
        report = installation.ingest(folder)
        items = by_path(report)
        assert by_path(installation.ingest(folder)) == items
    assert items["op-slot.7z!/goed.pdf"]["reason"].startswith("encrypted")
    assert items["op-slot.7z"]["state"] == "partial"
    assert items["afgekapt.zip"]["reason"].startswith("damaged_archive")
    assert items["afgekapt.tar!/a.pdf"]["state"] in ("indexed", "duplicate")
    assert items["afgekapt.tar!/b.pdf"]["reason"].startswith("damaged_member")
    assert items["afgekapt.tar"]["state"] == "partial"
    assert items["bom.gz!/bom"]["reason"].startswith("ratio")
    assert items["veel.zip!/..."]["reason"].startswith("too_many_members: 10 more")
    assert items["veel.zip"]["state"] == "partial"
    assert items["goed.eml!/goed.pdf"]["state"] in ("indexed", "duplicate")


def test_a_message_is_shown_as_a_pdf_and_never_as_it_came(installation: Installation, folder: Path) -> None:
    (folder / "vraag.eml").write_bytes(message(1, text="Over de kwartelwei."))
    document = by_path(installation.ingest(folder))["vraag.eml"]["document"]
    visitor = installation.public()
    answer = visitor.get(f"/v1/documenten/{document}/bestand/vraag.pdf")
    assert answer.status_code == 200, answer.text
    assert answer.headers["content-type"] == "application/pdf"
    assert answer.content.startswith(b"%PDF-")
    assert visitor.get(f"/v1/documenten/{document}/bestand/vraag.eml").status_code == 404
