"""A batch run with a metadata sheet: its values go before all that programs find, and a wrong sheet changes nothing."""

import json
import zipfile
from pathlib import Path

import pytest

from ingest.errands import run_batch
from ingest.register import Opdracht
from ingest.report import Report
from ingest.sheet.errors import SheetRefused
from tests.api.pdfs import write_pdf
from tests.flow.installation import ENSCHEDE, TESTER, WOO_VERZOEK, Installation
from woo.domain.document import Document
from woo.domain.events import Actie
from woo.usecases.document import change_document

LETTER = """Gemeente Enschede
Datum 12 maart 2021
Ons kenmerk Z/21/004512
Onderwerp Sluiting van het zwembad
Geachte heer,
In deze brief staat wat wij hebben besloten over het zwembad en de sporthal in de wijk, en wat dat voor u betekent.
Wij hebben het besluit genomen omdat het gebouw oud is en niet meer kan worden hersteld met het geld dat er is.
Hoogachtend, het college"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    root = tmp_path / "in"
    root.mkdir()
    write_pdf(root / "brief.pdf", [LETTER])
    write_pdf(root / "kaart.pdf", ["Kaart\nVan de wijk."])
    return root


def ingest(installation: Installation, folder: Path, sheet: str, *, naam: str = "lijst.csv") -> Report:
    path = folder.parent / naam
    path.write_text(sheet, "utf-8")
    opdracht = Opdracht(ENSCHEDE, WOO_VERZOEK, publish=True)
    return run_batch(installation.settings, opdracht, [folder], metadata=path)


def documents(installation: Installation, report: Report) -> dict[str, Document]:
    with installation.platform.registry.read() as reading:
        return {item["path"]: reading.document(item["document"]) for item in report.items if item["document"]}


def changes(installation: Installation, id: str) -> list[str]:
    with installation.platform.registry.read() as reading:
        events = reading.events(object_id=id)
    return [event.details["velden"] for event in events if event.actie is Actie.DOCUMENT_CHANGED]


def test_the_text_fills_what_nobody_said(installation: Installation, folder: Path) -> None:
    document = documents(installation, installation.ingest(folder))["brief.pdf"]
    assert document.officiele_titel == "Sluiting van het zwembad"
    assert document.creatiedatum is not None
    assert document.creatiedatum.isoformat() == "2021-03-12"
    assert document.kenmerk == "Z/21/004512"
    assert document.taal == "NLD"
    assert document.herkomst["creatiedatum"] == "tekst:datumregel"
    assert {v.veld for v in document.voorstellen} >= {"creatiedatum", "kenmerk", "bestuursorgaan", "taal"}


def test_the_sheet_goes_before_what_programs_find_and_the_site_says_so(
    installation: Installation, folder: Path
) -> None:
    sheet = "bestandsnaam;titel;datum;soort;taal\nbrief.pdf;Van de lijst;2020-01-31;besluit;en\n"
    report = ingest(installation, folder, sheet)
    document = documents(installation, report)["brief.pdf"]
    assert document.officiele_titel == "Van de lijst"
    assert document.creatiedatum is not None
    assert document.creatiedatum.isoformat() == "2020-01-31"
    assert document.taal == "ENG"
    assert document.kenmerk == "Z/21/004512"
    assert document.herkomst["officiele_titel"] == "sheet:lijst.csv"
    assert any("files without a row: kaart.pdf" in note for note in report.notes)
    assert not report.refused
    page = installation.public().get(f"/documenten/{document.id}").text
    assert "uit de metadatalijst" in page
    assert "uit de tekst van het document" in page


def test_a_changed_sheet_changes_only_what_it_says_and_the_log_tells(
    installation: Installation, folder: Path
) -> None:
    ingest(installation, folder, "bestand;titel;kenmerk\nbrief.pdf;Eén;K-1\n")
    before = documents(
        installation, ingest(installation, folder, "bestand;titel;kenmerk\nbrief.pdf;Eén;K-1\n")
    )
    assert changes(installation, before["brief.pdf"].id) == []
    after = documents(
        installation, ingest(installation, folder, "bestand;titel;kenmerk\nbrief.pdf;Twee;K-1\n")
    )
    assert after["brief.pdf"].officiele_titel == "Twee"
    assert after["brief.pdf"].versie == 1
    assert changes(installation, before["brief.pdf"].id) == ["officiele_titel"]
    assert after["kaart.pdf"] == before["kaart.pdf"]


def test_what_the_desk_changed_stays_and_is_told(installation: Installation, folder: Path) -> None:
    report = ingest(installation, folder, "bestand;titel\nbrief.pdf;Eén\n")
    id = documents(installation, report)["brief.pdf"].id
    change_document(installation.platform, TESTER, id, {"officiele_titel": "Van de balie"})
    report = ingest(installation, folder, "bestand;titel\nbrief.pdf;Twee\n")
    assert documents(installation, report)["brief.pdf"].officiele_titel == "Van de balie"
    assert any("row 2: officiele_titel not used: the desk" in note for note in report.notes)


def test_a_new_version_is_read_anew_and_keeps_what_the_sheet_said(
    installation: Installation, folder: Path
) -> None:
    sheet = "bestand;titel\nbrief.pdf;Van de lijst\n"
    ingest(installation, folder, sheet)
    write_pdf(folder / "brief.pdf", [LETTER.replace("12 maart", "15 april")])
    document = documents(installation, installation.ingest(folder))["brief.pdf"]
    assert (document.versie, document.officiele_titel) == (2, "Van de lijst")
    assert document.creatiedatum is not None
    assert document.creatiedatum.isoformat() == "2021-04-15"


def test_a_member_of_a_zip_has_its_row_too(installation: Installation, folder: Path) -> None:
    pytest.importorskip("woo.sandbox.archives", reason="zip files are not unpacked yet")
    with zipfile.ZipFile(folder / "dossier.zip", "w") as archive:
        archive.write(folder / "kaart.pdf", "map/plattegrond.pdf")
        archive.writestr("map/tekst.pdf", (folder / "brief.pdf").read_bytes() + b"\n")
    report = ingest(
        installation, folder, "bestand;titel\ndossier.zip/map/tekst.pdf;In de zip\nnergens.pdf;Weg\n"
    )
    titles = {document.officiele_titel for document in documents(installation, report).values()}
    assert "In de zip" in titles
    assert report.refused
    assert any("row 3: 'nergens.pdf'" in problem for problem in report.problems)


def test_a_wrong_sheet_changes_nothing(installation: Installation, folder: Path) -> None:
    with pytest.raises(SheetRefused) as told:
        ingest(installation, folder, "bestand;datum\nbrief.pdf;03/26/2020\nweg.pdf;2020-01-01\n")
    assert len(told.value.errors) == 2
    with installation.platform.registry.read() as reading:
        assert sum(reading.counts().documenten.values()) == 0


def test_the_sheet_itself_is_no_document(installation: Installation, folder: Path) -> None:
    sheet = folder / "lijst.csv"
    sheet.write_text("bestand;titel\nbrief.pdf;Eén\n", "utf-8")
    opdracht = Opdracht(ENSCHEDE, WOO_VERZOEK, publish=True)
    report = run_batch(installation.settings, opdracht, [folder], metadata=sheet)
    assert sorted(item["path"] for item in report.items) == ["brief.pdf", "kaart.pdf"]


def test_the_command_tells_every_error_and_ends_with_code_1(installation: Installation, folder: Path) -> None:
    sheet = folder.parent / "lijst.csv"
    sheet.write_text("bestand;datum\nbrief.pdf;03/26/2020\nweg.pdf;\n", "utf-8")
    words = ("ingest", str(folder), "--publisher", ENSCHEDE, "--metadata", str(sheet))
    done = installation.command(*words)
    assert done.returncode == 1
    told = done.stderr.decode()
    assert "row 2, column 'datum': '03/26/2020'" in told
    assert "row 3: 'weg.pdf'" in told
    assert "Traceback" not in told
    sheet.write_text("bestand;datum;zomaar\nbrief.pdf;2020-03-26;x\n", "utf-8")
    report = folder.parent / "report.json"
    done = installation.command(*words, "--report", str(report))
    assert done.returncode == 0, done.stderr
    assert "'zomaar'" in done.stdout.decode()
    assert any("'zomaar'" in line for line in json.loads(report.read_text("utf-8"))["metadata"])


def test_a_sheet_that_is_not_there_is_wrong_use(installation: Installation, folder: Path) -> None:
    done = installation.command("ingest", str(folder), "--metadata", str(folder / "geen.csv"))
    assert done.returncode == 2
    assert b"geen.csv" in done.stderr
