"""Every input of a batch run ends in exactly one state with a reason, whatever it is called and whatever is in it."""

import hashlib
import os
import shutil
import signal
import threading
import zipfile
from pathlib import Path
from typing import Any

import pytest

from ingest.discover import discover
from ingest.report import STATES, Report
from tests.api.pdfs import write_pdf
from tests.corpus import hostile
from tests.flow.installation import ENSCHEDE, TESTER, Installation, wait_until_busy
from woo.usecases.intrekking import withdraw


def by_path(report: Report) -> dict[str, dict[str, Any]]:
    assert len(report.items) == sum(report.states.values())
    assert all(item["state"] in STATES for item in report.items)
    return {item["path"]: item for item in report.items}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    root = tmp_path / "in"
    root.mkdir()
    return root


def test_every_kind_of_bad_file_is_one_clear_item(installation: Installation, folder: Path) -> None:
    write_pdf(folder / "goed.pdf", ["Goed\nEen leesbare pagina."])
    (folder / "leeg.pdf").write_bytes(b"")
    (folder / "geen.pdf").write_bytes(b"dit is gewone tekst\n" * 20)
    (folder / "geluid.mp3").write_bytes(b"ID3\x03\x00" * 20)
    (folder / "op-slot.pdf").write_bytes(hostile.encrypted(user="geheim", owner="baas"))
    (folder / "kringloop.pdf").write_bytes(hostile.page_tree_loop())
    (folder / "geen-xref.pdf").write_bytes(hostile.broken_xref())
    items = by_path(installation.ingest(folder))
    assert {path: item["state"] for path, item in items.items()} == {
        "goed.pdf": "indexed",
        "leeg.pdf": "quarantined",
        "geen.pdf": "quarantined",
        "geluid.mp3": "skipped",
        "op-slot.pdf": "quarantined",
        "kringloop.pdf": items["kringloop.pdf"]["state"],
        "geen-xref.pdf": "indexed",
    }
    assert items["kringloop.pdf"]["state"] in ("quarantined", "no_text", "indexed")
    assert "empty_file" in items["leeg.pdf"]["reason"]
    assert "not_a_pdf" in items["geen.pdf"]["reason"]
    assert "kind not read" in items["geluid.mp3"]["reason"]
    assert "password" in items["op-slot.pdf"]["reason"]


def test_odd_names_are_taken_in_and_told_on_one_line(installation: Installation, folder: Path) -> None:
    names = [
        b"met\nregeleinde.pdf",
        b"geen-utf8-\xff\xfe.pdf",
        b"..pdf",
        b"-rf *.pdf",
        "é ü 漢字.pdf".encode(),
    ]
    for number, name in enumerate(names):
        target = Path(os.fsdecode(os.path.join(os.fsencode(folder), name)))  # noqa: PTH118
        source = write_pdf(folder / "los", [f"Stuk {number}\nTekst {number}."])
        source.rename(target)
    report = installation.ingest(folder)
    assert report.states["indexed"] == len(names)
    assert all("\n" not in item["path"] for item in report.items)
    again = installation.ingest(folder)
    assert {item["document"] for item in again.items} == {item["document"] for item in report.items}


def test_links_and_pipes_are_reported_and_never_opened(installation: Installation, folder: Path) -> None:
    write_pdf(folder / "goed.pdf", ["Goed\nTekst."])
    (folder / "link.pdf").symlink_to(folder / "goed.pdf")
    (folder / "kring").symlink_to(folder)
    os.mkfifo(folder / "pijp.pdf")
    items = by_path(installation.ingest(folder))
    assert {path for path, item in items.items() if item["state"] == "skipped"} == {
        "link.pdf",
        "kring",
        "pijp.pdf",
    }


def test_a_file_that_cannot_be_read_is_one_item_and_the_rest_goes_on(
    installation: Installation, folder: Path
) -> None:
    write_pdf(folder / "goed.pdf", ["Goed\nTekst."])
    unreadable = Path("/proc/self/mem")  # a regular file whose first byte nobody can read, root neither
    items = by_path(installation.ingest(unreadable, folder))
    assert items["goed.pdf"]["state"] == "indexed"
    assert items["mem"]["state"] == "quarantined"
    assert "could not be read" in items["mem"]["reason"]


def test_a_folder_that_vanishes_half_way_is_accounted_for(installation: Installation, folder: Path) -> None:
    write_pdf(folder / "a.pdf", ["A\nTekst."])
    (folder / "b").mkdir()
    write_pdf(folder / "b" / "b.pdf", ["B\nTekst."])
    found = discover([folder])
    first = next(found)
    (folder / "b" / "b.pdf").unlink()
    (folder / "b").rmdir()
    rest = list(found)
    assert first.problem is None
    assert [item.problem for item in rest] == ["the folder could not be read: No such file or directory"]


@pytest.mark.embedded
def test_what_the_archive_cannot_take_is_an_item_with_that_reason_and_the_rest_goes_on(
    installation: Installation, folder: Path
) -> None:
    digest = hashlib.sha256(write_pdf(folder / "a.pdf", ["A\nTekst."]).read_bytes()).hexdigest()
    write_pdf(folder / "b.pdf", ["B\nTekst."])
    obstacle = Path(installation.settings.storage.archive) / digest[:2]
    obstacle.write_text("geen map")
    items = by_path(installation.ingest(folder))
    assert items["a.pdf"]["state"] == "quarantined"
    assert "not registered: archive" in items["a.pdf"]["reason"]
    assert items["b.pdf"]["state"] == "indexed"
    obstacle.unlink()
    assert by_path(installation.ingest(folder))["a.pdf"]["state"] == "indexed"


def test_the_same_file_in_one_publicatie_is_a_duplicate_and_in_two_it_is_two_documents(
    installation: Installation, folder: Path
) -> None:
    brief = write_pdf(folder.parent / "brief.pdf", ["Brief\nDezelfde brief."])
    for name in ("een/a.pdf", "een/b.pdf", "twee/a.pdf"):
        path = folder / name
        path.parent.mkdir(exist_ok=True)
        shutil.copyfile(brief, path)
    report = installation.ingest(folder)
    assert (report.states["indexed"], report.states["duplicate"]) == (2, 1)
    items = by_path(report)
    assert items["een/a.pdf"]["document"] == items["een/b.pdf"]["document"] != items["twee/a.pdf"]["document"]


def test_members_of_a_zip_are_items_and_their_names_are_never_paths(
    installation: Installation, folder: Path
) -> None:
    inner = write_pdf(folder / "los.pdf", ["Los\nTekst."]).read_bytes()
    (folder / "los.pdf").unlink()
    with zipfile.ZipFile(folder / "dossier.zip", "w") as archive:
        archive.writestr("brief.pdf", inner)
        archive.writestr("../../ontsnapt.pdf", write_pdf(folder / "x", ["X\nTekst."]).read_bytes())
        archive.writestr("map/geluid.mp3", b"ID3\x03\x00")
    (folder / "x").unlink()
    items = by_path(installation.ingest(folder))
    assert {path: item["state"] for path, item in items.items()} == {
        "dossier.zip!/brief.pdf": "indexed",
        "dossier.zip!/../../ontsnapt.pdf": "indexed",
        "dossier.zip!/map/geluid.mp3": "skipped",
        "dossier.zip": "unpacked",
    }
    assert not list(folder.parent.rglob("ontsnapt.pdf"))
    assert by_path(installation.ingest(folder)) == items


def test_a_zip_that_grows_beyond_its_limits_is_refused_and_the_rest_goes_on(
    tmp_path: Path, folder: Path
) -> None:
    with zipfile.ZipFile(folder / "bom.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("bom.pdf", b"\x00" * 50_000_000)
        archive.writestr("goed.pdf", write_pdf(folder / "x", ["Goed\nTekst."]).read_bytes())
    (folder / "x").unlink()
    with Installation(tmp_path / "home") as installation:
        items = by_path(installation.ingest(folder))
    assert items["bom.zip!/bom.pdf"]["state"] == "quarantined"
    assert "limits.zip_ratio" in items["bom.zip!/bom.pdf"]["reason"]
    assert items["bom.zip!/goed.pdf"]["state"] == "indexed"
    assert items["bom.zip"]["state"] == "partial"


def test_zips_inside_each_other_end_at_the_limit(installation: Installation, folder: Path) -> None:
    content = b"\x00\x01"
    for depth in range(9):
        path = folder / "nest.zip"
        with zipfile.ZipFile(path, "w") as archive:
            archive.writestr(f"laag-{depth}.zip" if depth else "kern.bin", content)
        content = path.read_bytes()
    report = installation.ingest(folder)
    assert report.states["quarantined"] == 1
    assert any("limits.zip_depth" in (item["reason"] or "") for item in report.items)


def test_a_changed_file_becomes_a_new_version_of_its_document(
    installation: Installation, folder: Path
) -> None:
    write_pdf(folder / "a.pdf", ["A\nOver kwartelwei."])
    first = by_path(installation.ingest(folder))["a.pdf"]
    write_pdf(folder / "a.pdf", ["A\nOver zilverreiger."])
    second = by_path(installation.ingest(folder))["a.pdf"]
    assert second["document"] == first["document"]
    assert second["sha256"] != first["sha256"]
    visitor = installation.public()
    assert visitor.ids("kwartelwei") == set()
    assert visitor.ids("zilverreiger") == {first["document"]}
    with installation.platform.registry.read() as reading:
        assert [version.versie for version in reading.versions(first["document"])] == [1, 2]


def test_a_withdrawn_file_does_not_come_back_with_the_next_run(
    installation: Installation, folder: Path
) -> None:
    write_pdf(folder / "a.pdf", ["A\nOver kwartelwei."])
    document = by_path(installation.ingest(folder))["a.pdf"]["document"]
    withdraw(installation.platform, TESTER, document, reden="Er staat een naam in.")
    shutil.copyfile(folder / "a.pdf", folder / "kopie.pdf")
    report = installation.ingest(folder)
    assert report.states["withdrawn"] == 2
    assert installation.public().ids("kwartelwei") == set()
    write_pdf(folder / "a.pdf", ["A\nOver kwartelwei, gewijzigd."])
    assert installation.ingest(folder).states["withdrawn"] == 2
    assert installation.public().ids("kwartelwei") == set()


def test_an_interrupted_command_says_so_and_goes_on_next_time(
    installation: Installation, folder: Path
) -> None:
    for number in range(20):
        write_pdf(folder / f"{number}.pdf", [f"Stuk {number}\nTekst."])
    process = installation.start("ingest", str(folder), "--publisher", ENSCHEDE, "--publish")
    wait_until_busy(installation, process)
    process.send_signal(signal.SIGINT)
    _, errors = process.communicate(timeout=60)
    assert process.returncode in (130, 0)
    assert b"Traceback" not in errors
    assert installation.ingest(folder).states["indexed"] == 20


def test_two_runs_side_by_side_take_every_file_once(installation: Installation, folder: Path) -> None:
    for number in range(12):
        write_pdf(folder / f"{number}.pdf", [f"Stuk {number}\nTekst."])
    reports: list[Report] = []
    threads = [threading.Thread(target=lambda: reports.append(installation.ingest(folder))) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert [report.states["indexed"] for report in reports] == [12, 12]
    assert len(installation.in_index().documenten) == 12


def test_a_page_of_thirty_thousand_images_costs_itself_and_no_other(
    installation: Installation, folder: Path
) -> None:
    (folder / "plaatjes.pdf").write_bytes(hostile.many_images(30_000, words="kwartelwei"))
    write_pdf(folder / "goed.pdf", ["Goed\nEen leesbare pagina."])
    items = by_path(installation.ingest(folder))
    assert items["goed.pdf"]["state"] == "indexed"
    assert items["plaatjes.pdf"]["state"] in ("indexed", "partial")
    assert items["plaatjes.pdf"]["pages"] == 2
    assert installation.public().zoek("kwartelwei")["resultaten"][0]["treffers"][0]["pagina"] == 2
