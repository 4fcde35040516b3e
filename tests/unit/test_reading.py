"""What a file says of itself is taken over where it says something, and never over what a person said."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ingest.metadata.zoeken import ZEKER_GENOEG
from ingest.own_metadata import language_code, with_metadata
from ingest.reading import read_document
from tests.corpus import hostile
from woo.diwoo.waardelijsten import Waardelijst, Waardelijsten
from woo.domain.document import Bestand, Document, Leesstatus, Voorstel
from woo.domain.errors import NotFound
from woo.sandbox import FileMetadata, Limits, Sandbox
from woo.settings import config_folder
from woo.storage.open import open_archive
from woo.storage.port import Archive

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
TALEN: Waardelijst = Waardelijsten.load(config_folder() / "waardelijsten").talen
DOCUMENT = Document(
    id="d1",
    publicatie_id="p1",
    volgnummer=1,
    officiele_titel="scan 0001",
    aangemaakt_op=NOW,
    gewijzigd_op=NOW,
    bestand=Bestand("0" * 64, "scan_0001.pdf", "application/pdf", 10),
    herkomst={"officiele_titel": "bestandsnaam"},
)


def told(document: Document = DOCUMENT, **values: object) -> Document:
    metadata = FileMetadata(**values, sources=dict.fromkeys(values, "docinfo"))  # type: ignore[arg-type]
    return with_metadata(document, metadata, TALEN, now=NOW)


def test_a_title_that_says_something_takes_the_place_of_the_file_name() -> None:
    document = told(title="  Besluit op\n uw verzoek ")
    assert document.officiele_titel == "Besluit op uw verzoek"
    assert document.herkomst["officiele_titel"] == "bestand:docinfo"


@pytest.mark.parametrize(
    "title",
    [
        "",
        "   ",
        "abc",
        "Untitled",
        "untitled-1",
        "Microsoft Word - brief.doc",
        "MICROSOFT EXCEL - lijst",
        "Document1",
        "document",
        "Naamloos",
        "scan_0001.pdf",
        "SCAN_0001.PDF",
        "2024 - 001",
        "------",
    ],
)
def test_a_title_that_a_program_made_up_is_left_out(title: str) -> None:
    assert told(title=title) == DOCUMENT


@pytest.mark.parametrize("bron", ["balie", "inventaris", "demo"])
def test_a_title_that_a_person_gave_stays(bron: str) -> None:
    given_ = replace(DOCUMENT, herkomst={"officiele_titel": bron})
    assert told(given_, title="Besluit op uw verzoek") == given_


@pytest.mark.parametrize(
    ("made", "taken"),
    [
        (datetime(1979, 12, 31, 23, 59, tzinfo=UTC), None),
        (datetime(1980, 1, 1, tzinfo=UTC), date(1980, 1, 1)),
        (NOW, NOW.date()),
        (NOW + timedelta(seconds=1), None),
        (datetime(9999, 12, 31, tzinfo=UTC), None),
        (datetime(1, 1, 1, tzinfo=UTC), None),
    ],
)
def test_a_date_is_taken_from_1980_up_to_this_moment(made: datetime, taken: date | None) -> None:
    document = told(creation_date=made)
    assert document.creatiedatum == taken
    assert ("creatiedatum" in document.herkomst) == (taken is not None)


def test_a_date_and_a_language_that_are_known_stay() -> None:
    known = replace(DOCUMENT, creatiedatum=date(2020, 5, 1), taal="ENG")
    assert told(known, creation_date=NOW, language="nl") == known


@pytest.mark.parametrize("tag", ["nl", "NL", "nl-NL", "nl_BE", "nl-Latn-NL"])
def test_a_language_tag_is_read_in_its_spellings(tag: str) -> None:
    found = language_code(tag, TALEN)
    assert found is not None
    assert TALEN.get(found).extra["bcp47"] == "nl"
    assert told(language=tag).taal == found


@pytest.mark.parametrize("tag", ["", "-", "xx", "klingon", "dutch", "x-default", "n l"])
def test_a_language_that_is_not_on_the_list_is_left_out(tag: str) -> None:
    assert told(language=tag) == DOCUMENT


@settings(deadline=None)
@given(st.text(max_size=30), st.datetimes(timezones=st.just(UTC)), st.text(max_size=12))
def test_whatever_a_file_says_the_document_stays_one(title: str, made: datetime, language: str) -> None:
    document = told(title=title, creation_date=made, language=language)
    assert document.officiele_titel.strip()
    assert document.creatiedatum is None or document.creatiedatum.year >= 1980
    assert document.taal is None or TALEN.get(document.taal)
    assert set(document.herkomst) >= {"officiele_titel"}


@pytest.fixture(scope="module")
def sandbox() -> object:
    with Sandbox(Limits(seconds=30), processes=1) as sandbox:
        yield sandbox


def kept(tmp_path: Path, content: bytes) -> tuple[Archive, Document]:
    archive = open_archive(str(tmp_path / "archive"))
    (tmp_path / "file").write_bytes(content)
    stored = archive.put(tmp_path / "file")
    bestand = Bestand(stored.digest, "a.pdf", "application/pdf", stored.grootte)
    return archive, replace(DOCUMENT, bestand=bestand)


@pytest.mark.parametrize(
    ("content", "status", "reason"),
    [
        (hostile.report(3), Leesstatus.GELEZEN, ""),
        (hostile.missing_page(), Leesstatus.DEELS, "pages that could not be read: 2"),
        (hostile.grey_image(), Leesstatus.GEEN_TEKST, "no page has text"),
        (hostile.encrypted(user="a", owner="b"), Leesstatus.QUARANTAINE, "password_needed: "),
        (b"geen pdf", Leesstatus.QUARANTAINE, "not_a_pdf: "),
    ],
)
def test_each_way_a_file_can_be_is_a_status_with_its_reason(
    tmp_path: Path, sandbox: Sandbox, content: bytes, status: Leesstatus, reason: str
) -> None:
    archive, document = kept(tmp_path, content)
    reading = read_document(document, archive=archive, sandbox=sandbox)
    assert reading.lezing.status is status
    assert (reading.lezing.reden or "").startswith(reason)
    assert (reading.lezing.reden is None) == (status is Leesstatus.GELEZEN)
    assert reading.lezing.paginas == len(reading.pages)
    assert reading.lezing.extractor


def test_a_file_that_the_archive_lost_is_not_the_fault_of_the_file(tmp_path: Path, sandbox: Sandbox) -> None:
    archive = open_archive(str(tmp_path / "archive"))
    with pytest.raises(NotFound):
        read_document(DOCUMENT, archive=archive, sandbox=sandbox)


def suggested(veld: str, waarde: str, zekerheid: float, bron: str = "tekst:regel") -> Voorstel:
    return Voorstel(veld, waarde, zekerheid, bron, 1)


def filled(document: Document, *voorstellen: Voorstel, **values: object) -> Document:
    metadata = FileMetadata(**values, sources=dict.fromkeys(values, "docinfo"))  # type: ignore[arg-type]
    return with_metadata(document, metadata, TALEN, now=NOW, voorstellen=voorstellen)


SURE = ZEKER_GENOEG
UNSURE = ZEKER_GENOEG - 0.01


def test_a_sure_suggestion_goes_before_the_file_and_an_unsure_one_after_it() -> None:
    made = datetime(2024, 5, 1, tzinfo=UTC)
    for zekerheid, expected, bron in (
        (SURE, date(2021, 3, 12), "tekst:regel"),
        (UNSURE, date(2024, 5, 1), "bestand:docinfo"),
    ):
        document = filled(DOCUMENT, suggested("creatiedatum", "2021-03-12", zekerheid), creation_date=made)
        assert (document.creatiedatum, document.herkomst["creatiedatum"]) == (expected, bron)
        assert document.voorstellen == (suggested("creatiedatum", "2021-03-12", zekerheid),)


def test_the_name_of_the_file_is_the_last_resort() -> None:
    named = suggested("creatiedatum", "2020-12-03", 0.6, "bestandsnaam")
    assert filled(DOCUMENT, named).herkomst["creatiedatum"] == "bestandsnaam"
    made = filled(DOCUMENT, named, creation_date=NOW)
    assert made.creatiedatum == NOW.date()


@pytest.mark.parametrize("bron", ["balie", "sheet:lijst.csv", "demo"])
def test_what_a_person_or_a_sheet_said_stays_also_when_it_is_empty(bron: str) -> None:
    said = replace(
        DOCUMENT,
        kenmerk=None,
        creatiedatum=date(2019, 1, 1),
        herkomst={"kenmerk": bron, "creatiedatum": bron},
    )
    document = filled(
        said,
        suggested("kenmerk", "Z-1", 0.99),
        suggested("creatiedatum", "2021-03-12", 0.99),
        creation_date=NOW,
    )
    assert (document.kenmerk, document.creatiedatum) == (None, date(2019, 1, 1))
    assert document.herkomst["kenmerk"] == bron


def test_reading_again_says_anew_what_programs_said_before() -> None:
    first = filled(
        DOCUMENT, suggested("kenmerk", "Z-1", SURE), suggested("officiele_titel", "Eerste titel", SURE)
    )
    assert (first.kenmerk, first.officiele_titel) == ("Z-1", "Eerste titel")
    second = filled(first, suggested("kenmerk", "Z-2", SURE))
    assert (second.kenmerk, second.officiele_titel) == ("Z-2", "scan 0001")
    assert second.herkomst == {"kenmerk": "tekst:regel", "officiele_titel": "bestandsnaam"}
    assert filled(second).kenmerk is None


def test_suggestions_without_a_field_are_kept_and_change_nothing_else() -> None:
    ground = suggested("grond", "5.1.2.e", 0.95)
    assert filled(DOCUMENT, ground) == replace(DOCUMENT, voorstellen=(ground,))


def test_the_head_of_a_message_goes_before_its_text() -> None:
    metadata = FileMetadata(title="Eigen onderwerp", sources={"title": "eml"})
    quoted = suggested("officiele_titel", "Onderwerp van een ander", SURE)
    document = with_metadata(DOCUMENT, metadata, TALEN, now=NOW, voorstellen=[quoted])
    assert document.officiele_titel == "Eigen onderwerp"
    assert document.herkomst["officiele_titel"] == "bestand:eml"
