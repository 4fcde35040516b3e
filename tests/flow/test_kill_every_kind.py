"""kill -9 while mail, archives and scans are in flight: run again, everything is there once, as if nothing had happened."""

import io
import json
import random
import zipfile
from collections import Counter
from email.message import EmailMessage
from pathlib import Path
from typing import Any

import pytest
from PIL import Image, ImageDraw, ImageFont

from tests.api.pdfs import write_pdf
from tests.flow.installation import ENSCHEDE, Installation, wait_until_busy
from tests.flow.killing import kill_at

_MAILS, _ZIPS, _SCANS = 8, 3, 3


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A dossier as it comes: a thread of mail with attachments, zips with mail in them, scans."""
    root = tmp_path / "in" / "dossier"
    root.mkdir(parents=True)
    for number in range(_MAILS):
        (root / f"mail-{number}.eml").write_bytes(_mail(tmp_path, number))
    for number in range(_ZIPS):
        with zipfile.ZipFile(root / f"map-{number}.zip", "w") as archive:
            for inner in range(4):
                archive.writestr(f"stukken/nota-{inner}.txt", f"Nota {number}.{inner} over kwartelwei.\n")
            archive.writestr("doorgestuurd.eml", _mail(tmp_path, 100 + number))
    for number in range(_SCANS):
        _scan(f"Brief {number} over kwartelwei").save(root / f"scan-{number}.png", dpi=(150, 150))
    return tmp_path / "in"


def _mail(folder: Path, number: int) -> bytes:
    mail = EmailMessage()
    mail["From"], mail["To"] = "beleid@voorbeeldstad.example", "archief@voorbeeldstad.example"
    mail["Subject"], mail["Date"] = f"Stuk {number}", "Tue, 03 Mar 2026 10:00:00 +0100"
    mail["Message-ID"] = f"<{number}@voorbeeldstad.example>"
    if number:
        mail["In-Reply-To"] = f"<{number - 1}@voorbeeldstad.example>"
    mail.set_content(f"Hierbij stuk {number} over kwartelwei.\n")
    note = write_pdf(folder / "bijlage.pdf", [f"Bijlage bij {number}\nOver kwartelwei."]).read_bytes()
    mail.add_attachment(note, maintype="application", subtype="pdf", filename=f"bijlage-{number}.pdf")
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("binnenin.txt", f"Binnenin stuk {number}: kwartelwei.\n")
    mail.add_attachment(packed.getvalue(), maintype="application", subtype="zip", filename="map.zip")
    return mail.as_bytes()


def _scan(text: str) -> Image.Image:
    page = Image.new("L", (1240, 500), 255)
    font = ImageFont.load_default(size=40)
    ImageDraw.Draw(page).text(
        (80, 120), f"{text}\nvan het college van burgemeester en wethouders", 0, font=font
    )
    return page


def _finish(installation: Installation, folder: Path) -> Counter[tuple[str, str]]:
    """Run to the end; every item with its state, and that the public side agrees."""
    report = folder.parent / "verslag.json"
    words = ("ingest", str(folder), "--publisher", ENSCHEDE, "--publish", "--report", str(report))
    ended = installation.command(*words, timeout=300)
    assert ended.returncode == 0, ended.stdout.decode() + ended.stderr.decode()
    items: list[dict[str, Any]] = json.loads(report.read_text())["items"]
    with installation.platform.registry.read() as reading:
        documents = reading.documents()
        counts = reading.counts()
    assert not any(counts.jobs_waiting.values())
    assert not any(counts.jobs_resting.values())
    assert installation.in_index().documenten == {document.id for document in documents}
    verified = installation.command("verify")
    assert verified.returncode == 0, verified.stdout.decode()
    return Counter((item["path"], item["state"]) for item in items)


def _told(installation: Installation) -> tuple[Counter[str], int, int]:
    """What there is, whatever the ids: titles, relations, and documents that are found."""
    with installation.platform.registry.read() as reading:
        documents = reading.documents()
        relations = {relatie for document in documents for relatie in reading.relaties(document.id)}
    kinds = Counter(relatie.soort.name for relatie in relations if relatie.soort.name != "LIJKT_OP")
    found = installation.public().zoek("kwartelwei", aantal="100")["totaal"]
    return Counter(document.officiele_titel for document in documents), sum(kinds.values()), found


@pytest.mark.prove
@pytest.mark.needs("tesseract")
@pytest.mark.timeout(3600)
def test_killed_with_mail_archives_and_scans_in_flight(
    installation: Installation, folder: Path, tmp_path: Path, seed: int, proving: bool
) -> None:
    with Installation(tmp_path / "ongestoord") as undisturbed:
        expected_items, expected = _finish(undisturbed, folder), _told(undisturbed)
    dice = random.Random(seed)
    rounds, killed = 50 if proving else 4, 0
    for _ in range(rounds):
        process = installation.start("ingest", str(folder), "--publisher", ENSCHEDE, "--publish")
        wait_until_busy(installation, process)
        killed += kill_at(process, dice.uniform(0.0, 2.5))
    assert killed > 0
    assert _finish(installation, folder) == expected_items
    assert _told(installation) == expected
