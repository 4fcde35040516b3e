"""Scans become findable: from the file to the marked word on its picture, with what goes wrong told page by page."""

import re
import signal
import threading
import time
from datetime import timedelta
from pathlib import Path

import pytest

from ingest.bench.brieven import Brief, Laag, Slijtage, born_digital, picture, scan, with_wrong_letters
from ingest.extraction import Extraction
from ingest.recognition import Outcome, Recognition, StoppedError
from tests.flow.installation import ENSCHEDE, TESTER, WOO_VERZOEK, Installation
from woo.domain.document import Bestand, Document, Leesstatus, Pagina
from woo.domain.events import Jobsoort
from woo.sandbox import FileReading
from woo.usecases.document import NieuwDocument, add_document
from woo.usecases.publicatie import NieuwePublicatie, create_publicatie

pytestmark = pytest.mark.needs("tesseract")
DPI = 150
_PATIENCE = 60.0


def brief(word: str) -> Brief:
    sentence = f"Het college heeft besloten over de {word} en maakt de stukken openbaar."
    lines = ["Gemeente Zuiderveld", "", sentence, "Wij wegen het belang van openbaarheid af tegen privacy."]
    lines += ["Bent u het niet eens met dit besluit, dan kunt u binnen zes weken bezwaar maken.", ""]
    return Brief((*lines, "Met vriendelijke groet,", "De gemeentesecretaris"), "Helvetica")


def scanned(*words: str, laag: Laag = Laag.GEEN, slijtage: Slijtage = Slijtage.VUIL) -> bytes:
    letters = [brief(word) for word in words]
    return scan(
        [(picture(letter, dpi=DPI, slijtage=slijtage), letter) for letter in letters], dpi=DPI, laag=laag
    )


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "in"
    made.mkdir()
    return made


def read(installation: Installation) -> dict[str, tuple[Document, tuple[Pagina, ...]]]:
    with installation.platform.registry.read() as reading:
        return {
            document.bestand.naam: (document, tuple(reading.pages(document.id)))
            for document in reading.documents()
            if document.bestand is not None
        }


def eventually(holds: object) -> bool:
    deadline = time.monotonic() + _PATIENCE
    while time.monotonic() < deadline:
        if holds():  # type: ignore[operator]
            return True
        time.sleep(0.05)
    return False


def test_a_scan_is_found_and_its_word_is_marked_on_the_picture(
    installation: Installation, folder: Path
) -> None:
    (folder / "scan.pdf").write_bytes(scanned("kwartelwei", "zilverreiger", slijtage=Slijtage.SCHEEF))
    report = installation.ingest(folder)
    assert [(item["state"], item["text_source"], item["pages"]) for item in report.items] == [
        ("indexed", "ocr", 2)
    ]
    document, pages = read(installation)["scan.pdf"]
    assert document.lezing.extractor == "pdf-1+ocr-1"
    assert all(page.tekstbron == "ocr" and (page.zekerheid or 0) > 0.75 for page in pages)
    visitor = installation.public()
    (hit,) = visitor.zoek("zilverreiger")["resultaten"]
    assert [treffer["pagina"] for treffer in hit["treffers"]] == [2]
    page = visitor.get(f"/v1/documenten/{document.id}/paginas/2", {"woorden": "true"}).json()
    assert page["tekstbron"] == "ocr"
    (word,) = [each for each in page["woorden"] if each["tekst"] == "zilverreiger"]
    assert page["tekst"][word["van"] : word["tot"]] == "zilverreiger"
    x0, y0, x1, y1 = word["kader"]
    assert 0.35 < x0 < x1 < 0.7
    assert 0.08 < y0 < y1 < 0.2
    shown = visitor.get(f"/documenten/{document.id}", {"zoek": "zilverreiger"}).text
    assert "herkend op een scan" in shown
    (left,) = re.findall(r'<rect x="([\d.]+)"', shown)
    assert float(left) == pytest.approx(1000 * x0, abs=8)


def test_the_text_on_an_image_is_found_and_marked_on_the_pdf_that_is_made_of_it(
    installation: Installation, folder: Path
) -> None:
    image = picture(brief("zilverreiger"), dpi=DPI, slijtage=Slijtage.VUIL)
    image.save(folder / "foto.png", dpi=(DPI, DPI))
    installation.ingest(folder)
    document, (page,) = read(installation)["foto.png"]
    assert document.weergave is not None
    assert (document.lezing.status, document.lezing.extractor) == (Leesstatus.GELEZEN, "beeld-1+ocr-1")
    assert page.tekstbron == "ocr"
    visitor = installation.public()
    assert visitor.ids("zilverreiger") == {document.id}
    body = visitor.get(f"/v1/documenten/{document.id}/paginas/1", {"woorden": "true"}).json()
    assert "zilverreiger" in [word["tekst"] for word in body["woorden"]]


def test_a_bad_text_layer_is_replaced_and_a_good_one_is_kept(
    installation: Installation, folder: Path
) -> None:
    (folder / "goed.pdf").write_bytes(scanned("kwartelwei", laag=Laag.GOED))
    (folder / "matig.pdf").write_bytes(scanned("zilverreiger", laag=Laag.MATIG))
    (folder / "verhaspeld.pdf").write_bytes(with_wrong_letters(brief("moerasandoorn")))
    (folder / "gewoon.pdf").write_bytes(born_digital(brief("waterlelie")))
    installation.ingest(folder)
    found = read(installation)
    assert {name: pages[0].tekstbron for name, (_, pages) in found.items()} == {
        "goed.pdf": "pdf",
        "gewoon.pdf": "pdf",
        "matig.pdf": "ocr",
        "verhaspeld.pdf": "ocr",
    }
    assert found["goed.pdf"][0].lezing.extractor == "pdf-1"
    assert any("replaced" in warning for warning in found["matig.pdf"][0].lezing.waarschuwingen)
    visitor = installation.public()
    for word in ("kwartelwei", "zilverreiger", "moerasandoorn", "waterlelie"):
        assert len(visitor.ids(word)) == 1, word


def test_a_page_over_its_time_is_told_and_the_rest_is_read(tmp_path: Path, folder: Path) -> None:
    (folder / "gewoon.pdf").write_bytes(born_digital(brief("kwartelwei")))
    (folder / "scan.pdf").write_bytes(scanned("zilverreiger"))
    home = tmp_path / "haast"
    home.mkdir()
    with Installation(home, WOO_OCR__SECONDS="0.02") as installation:
        states = {Path(item["path"]).name: item for item in installation.ingest(folder).items}
        assert states["gewoon.pdf"]["state"] == "indexed"
        assert states["scan.pdf"]["state"] == "no_text"
        assert "pages that could not be read: 1" in states["scan.pdf"]["reason"]
        _, (page,) = read(installation)["scan.pdf"]
        assert (page.leesbaar, page.tekst) == (False, "")
        assert (page.fout or "").startswith("text recognition: The reader was stopped")


@pytest.mark.parametrize(
    ("environ", "reason"),
    [
        ({"WOO_OCR__LANGUAGES": "nld+xxx"}, "text recognition is not installed (make system-packages)"),
        ({"WOO_OCR__ENABLED": "false"}, "text recognition is switched off (ocr.enabled)"),
    ],
)
def test_without_recognition_everything_works_and_a_scan_says_why_it_has_no_text(
    tmp_path: Path, folder: Path, environ: dict[str, str], reason: str
) -> None:
    (folder / "scan.pdf").write_bytes(scanned("zilverreiger"))
    (folder / "gewoon.pdf").write_bytes(born_digital(brief("kwartelwei")))
    home = tmp_path / "zonder"
    home.mkdir()
    with Installation(home, **environ) as installation:
        states = {Path(item["path"]).name: item for item in installation.ingest(folder).items}
        assert states["gewoon.pdf"]["state"] == "indexed"
        assert (states["scan.pdf"]["state"], states["scan.pdf"]["reason"]) == (
            "no_text",
            f"no page has text; {reason}",
        )
        told = installation.command("doctor").stdout.decode()
        assert any(line.startswith("missing") and " ocr " in line for line in told.splitlines())


def test_a_killed_run_is_repeated_and_every_page_is_there_once(
    installation: Installation, folder: Path
) -> None:
    (folder / "lang.pdf").write_bytes(scanned(*["kwartelwei"] * 8))
    (folder / "kort.pdf").write_bytes(scanned("zilverreiger"))
    words = ("ingest", str(folder), "--publisher", ENSCHEDE, "--publish")
    process = installation.start(*words)
    assert eventually(lambda: process.poll() is not None or installation.platform.registry.jobs.owners())
    process.kill()
    process.communicate()
    ended = installation.command(*words)
    assert ended.returncode == 0, ended.stderr.decode()
    found = read(installation)
    assert {name: len(pages) for name, (_, pages) in found.items()} == {"lang.pdf": 8, "kort.pdf": 1}
    assert all(page.tekstbron == "ocr" for _, pages in found.values() for page in pages)
    assert installation.public().zoek("kwartelwei")["totaal"] == 1


class Waiting(Recognition):
    """Recognises nothing until it is stopped."""

    def __init__(self) -> None:
        self.begun, self.told = threading.Event(), threading.Event()

    def look_at(self, read: FileReading, path: Path) -> Outcome:
        self.begun.set()
        assert self.told.wait(_PATIENCE)
        raise StoppedError

    def stop(self) -> None:
        self.told.set()


def test_closing_stops_recognition_before_it_waits_for_it(installation: Installation, folder: Path) -> None:
    (folder / "scan.pdf").write_bytes(scanned("zilverreiger"))
    registry = installation.platform.registry
    stored = installation.platform.archive.put(folder / "scan.pdf")
    publicatie = create_publicatie(
        installation.platform, TESTER, NieuwePublicatie(ENSCHEDE, "Dossier", (WOO_VERZOEK,))
    )
    bestand = Bestand(stored.digest, "scan.pdf", "application/pdf", stored.grootte)
    add_document(installation.platform, TESTER, publicatie.id, NieuwDocument("Scan", bestand))
    waiting = Waiting()
    extraction = Extraction(
        installation.platform, installation.sandbox, processes=1, actor=TESTER, recognition=waiting
    )
    assert extraction.take(owner="deze", lease=timedelta(minutes=1)) == 1
    assert waiting.begun.wait(_PATIENCE)
    extraction.close()
    assert waiting.told.is_set()
    assert registry.jobs.owners() == []
    assert registry.jobs.waiting(soorten=[Jobsoort.EXTRACT]) == 1


def test_a_worker_that_is_stopped_gives_the_document_back(installation: Installation, folder: Path) -> None:
    (folder / "lang.pdf").write_bytes(scanned(*["kwartelwei"] * 100))
    words = ("ingest", str(folder), "--publisher", ENSCHEDE, "--publish")
    process = installation.start(*words)
    jobs = installation.platform.registry.jobs
    assert eventually(lambda: process.poll() is not None or jobs.owners())
    process.send_signal(signal.SIGINT)
    process.communicate(timeout=_PATIENCE)
    document, pages = read(installation)["lang.pdf"]
    assert (document.lezing.status, pages) == (Leesstatus.WACHT, ())
    assert jobs.owners() == []
    assert jobs.waiting(soorten=[Jobsoort.EXTRACT]) == 1
