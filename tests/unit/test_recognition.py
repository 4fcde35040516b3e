"""Recognising the pages of a document: side by side, within limits, and what is told about those that were not."""

import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import pytest

from ingest import recognition as module
from ingest.bench.quality import edit_distance
from ingest.reading import _reading
from ingest.recognition import NOT_INSTALLED, Outcome, Recognition, StoppedError
from tests.unit.test_leesbaarheid import DUTCH, LEESBAARHEID, garbled
from woo.domain.document import Bestand, Leesstatus
from woo.sandbox import ChildCrashed, FileMetadata, FileReading, Limits, PageText, Sandbox
from woo.sandbox.ocr import OcrOptions, OcrPage
from woo.sandbox.place import Place

TASKS = Path(__file__).resolve().parents[1] / "corpus"
BESTAND = Bestand("0" * 64, "scan.pdf", "application/pdf", 10)
OPTIONS = OcrOptions("nld", Path("/nergens"))
SCAN = PageText(1, "", "geen", None, has_image=True, image_share=1.0)
Recognise = Callable[[int], OcrPage]


def reading(*pages: PageText) -> FileReading:
    numbered = tuple(replace(page, number=number) for number, page in enumerate(pages, 1))
    return FileReading(numbered, FileMetadata(), "pypdfium2", ())


@pytest.fixture
def sandbox() -> Iterator[Sandbox]:
    with Sandbox(Limits(), processes=2) as made:
        yield made


@contextmanager
def recognising(
    sandbox: Sandbox,
    monkeypatch: pytest.MonkeyPatch,
    recognise: Recognise,
    *,
    options: OcrOptions | None = OPTIONS,
    pages: int = 100,
) -> Iterator[Recognition]:
    def stand_in(place: object, path: Path, page: int, **_: object) -> OcrPage:
        return recognise(page)

    monkeypatch.setattr(module, "recognise_page", stand_in)
    made = Recognition(sandbox, LEESBAARHEID, options, pages=pages, processes=2)
    try:
        yield made
    finally:
        made.stop()


def good(page: int) -> OcrPage:
    return OcrPage(f"{DUTCH[0]} {page}", b"", 0.9, 500.0)


def test_all_pages_of_one_document_are_recognised_side_by_side_and_in_their_place(
    sandbox: Sandbox, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    together = threading.Barrier(2, timeout=30)

    def both(page: int) -> OcrPage:
        together.wait()
        return good(page)

    with recognising(sandbox, monkeypatch, both) as made:
        read = reading(*[SCAN] * 20)
        result = _reading(read, BESTAND, made.look_at(read, tmp_path))
    assert [page.tekst for page in result.pages] == [good(n).text for n in range(1, 21)]
    assert {(page.tekstbron, page.zekerheid, page.leesbaar) for page in result.pages} == {("ocr", 0.9, True)}
    assert (result.lezing.status, result.lezing.reden) == (Leesstatus.GELEZEN, None)
    assert (result.lezing.tekstbron, result.lezing.extractor) == ("ocr", "pdf-1+ocr-1")


def test_ordinary_pages_are_not_looked_at(
    sandbox: Sandbox, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    def never(page: int) -> OcrPage:
        raise AssertionError(page)

    text = PageText(1, DUTCH[0], "pdf", None, has_image=False)
    with recognising(sandbox, monkeypatch, never) as made:
        read = reading(text, text)
        result = _reading(read, BESTAND, made.look_at(read, tmp_path))
    assert (result.lezing.extractor, result.lezing.tekstbron) == ("pdf-1", "pdf")


def test_a_page_that_crashes_is_told_and_the_others_are_read(
    sandbox: Sandbox, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    def second_crashes(page: int) -> OcrPage:
        if page == 2:
            raise ChildCrashed("its process was ended by SIGSEGV")
        return good(page)

    with recognising(sandbox, monkeypatch, second_crashes) as made:
        read = reading(SCAN, SCAN, SCAN)
        result = _reading(read, BESTAND, made.look_at(read, tmp_path))
    assert result.lezing.status is Leesstatus.DEELS
    assert result.lezing.reden == "pages that could not be read: 2"
    assert (result.lezing.onleesbaar, result.lezing.onzeker) == (1, 0)
    assert "SIGSEGV" in (result.pages[1].fout or "")
    assert [page.leesbaar for page in result.pages] == [True, False, True]


def test_a_bad_text_layer_stays_where_recognition_crashes(
    sandbox: Sandbox, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    def crashes(page: int) -> OcrPage:
        raise ChildCrashed("its process was ended by SIGSEGV")

    text = PageText(1, garbled(DUTCH[0]), "pdf", None, has_image=False)
    with recognising(sandbox, monkeypatch, crashes) as made:
        read = reading(text)
        result = _reading(read, BESTAND, made.look_at(read, tmp_path))
    assert (result.pages[0].tekst, result.pages[0].fout) == (text.text, None)
    assert result.lezing.status is Leesstatus.GELEZEN
    assert any("was kept" in warning and "pages 1" in warning for warning in result.lezing.waarschuwingen)


def test_a_replaced_text_layer_is_told(
    sandbox: Sandbox, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    bad = PageText(1, garbled(DUTCH[0]), "pdf", None, has_image=False)
    text = PageText(1, DUTCH[0], "pdf", None, has_image=False)
    with recognising(sandbox, monkeypatch, good) as made:
        read = reading(text, bad)
        result = _reading(read, BESTAND, made.look_at(read, tmp_path))
    assert [page.tekstbron for page in result.pages] == ["pdf", "ocr"]
    assert result.lezing.tekstbron == "ocr+pdf"
    (warning,) = result.lezing.waarschuwingen
    assert "replaced" in warning
    assert warning.endswith("pages 2.")


def test_what_was_recognised_with_little_certainty_is_counted(
    sandbox: Sandbox, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    with recognising(sandbox, monkeypatch, lambda page: replace(good(page), confidence=0.5)) as made:
        read = reading(SCAN, SCAN)
        result = _reading(read, BESTAND, made.look_at(read, tmp_path))
    assert (result.lezing.onzeker, result.lezing.onleesbaar) == (2, 0)


def test_pages_over_the_limit_are_told(
    sandbox: Sandbox, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    with recognising(sandbox, monkeypatch, good, pages=2) as made:
        read = reading(SCAN, SCAN, SCAN, SCAN)
        result = _reading(read, BESTAND, made.look_at(read, tmp_path))
    assert result.lezing.status is Leesstatus.DEELS
    assert "(ocr.pages): 3, 4" in (result.lezing.reden or "")
    assert [page.leesbaar for page in result.pages] == [True, True, False, False]


def test_where_nothing_is_installed_a_scan_says_so_and_text_is_read_as_before(
    sandbox: Sandbox, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    text = PageText(1, DUTCH[0], "pdf", None, has_image=False)
    with recognising(sandbox, monkeypatch, good, options=None) as made:
        scan, mixed = reading(SCAN), reading(text, SCAN)
        of_scan = _reading(scan, BESTAND, made.look_at(scan, tmp_path)).lezing
        of_mixed = _reading(mixed, BESTAND, made.look_at(mixed, tmp_path)).lezing
    assert (of_scan.status, of_scan.reden) == (Leesstatus.GEEN_TEKST, f"no page has text; {NOT_INSTALLED}")
    assert (of_mixed.status, of_mixed.onleesbaar) == (Leesstatus.GELEZEN, 1)
    assert NOT_INSTALLED in of_mixed.waarschuwingen[0]
    assert of_mixed.waarschuwingen[0].endswith("pages 2.")


def test_a_blank_scan_is_no_page_that_could_not_be_read(
    sandbox: Sandbox, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    with recognising(sandbox, monkeypatch, lambda _: OcrPage(blank=True)) as made:
        read = reading(SCAN)
        result = _reading(read, BESTAND, made.look_at(read, tmp_path))
    assert result.lezing.status is Leesstatus.GEEN_TEKST
    assert result.lezing.reden == "no page has text, and none was recognised on their pictures"
    assert result.pages[0].leesbaar


def test_stopping_ends_documents_at_work_and_begins_no_other(
    sandbox: Sandbox, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    begun, go_on = threading.Event(), threading.Event()

    def slow(page: int) -> OcrPage:
        begun.set()
        assert go_on.wait(30)
        return good(page)

    read = reading(*[SCAN] * 50)
    with recognising(sandbox, monkeypatch, slow) as made, ThreadPoolExecutor(2) as threads:
        at_work = threads.submit(made.look_at, read, tmp_path)
        assert begun.wait(30)
        stopping = threads.submit(made.stop)
        assert made._stopped.wait(30)
        go_on.set()
        with pytest.raises(StoppedError):
            at_work.result(30)
        stopping.result(30)
        with pytest.raises(StoppedError):
            made.look_at(read, tmp_path)


def test_stopping_ends_a_page_that_hangs(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    begun = threading.Event()

    def hang(place: Place, path: Path, page: int, **_: object) -> OcrPage:
        place.call("hostile_tasks:sleep", receive=lambda _: begun.set())
        raise AssertionError(page)

    monkeypatch.setattr(module, "recognise_page", hang)
    with Sandbox(Limits(seconds=600), code=[TASKS]) as sandbox, ThreadPoolExecutor(2) as threads:
        made = Recognition(sandbox, LEESBAARHEID, OPTIONS, pages=9, processes=1)
        at_work = threads.submit(made.look_at, reading(SCAN), tmp_path)
        assert begun.wait(30)
        threads.submit(made.stop).result(30)
        with pytest.raises(StoppedError):
            at_work.result(30)
        assert sandbox.call("hostile_tasks:echo").parts


def test_a_long_document_does_not_keep_a_short_one_waiting(
    sandbox: Sandbox, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    short_done, done = threading.Event(), []

    def held_at_the_end(page: int) -> OcrPage:
        if page > 20:  # the long document cannot end before the short one has
            assert short_done.wait(30)
        done.append(page)
        return good(page)

    with recognising(sandbox, monkeypatch, held_at_the_end) as made, ThreadPoolExecutor(2) as threads:
        long = threads.submit(made.look_at, reading(*[SCAN] * 60), tmp_path)
        while len(done) < 5:
            pass
        made.look_at(reading(SCAN), tmp_path)
        short_done.set()
        assert len(long.result(30).pages) == 60


def test_nothing_looked_at_is_an_empty_outcome() -> None:
    assert not Outcome().was_used


@pytest.mark.parametrize(
    ("a", "b", "distance"),
    [
        ("", "", 0),
        ("", "abc", 3),
        ("abc", "", 3),
        ("kitten", "sitting", 3),
        ("besluit", "besiult", 2),
        ("a" * 200, "b" * 150, 200),
    ],
)
def test_the_distance_of_the_benchmark_counts_edits(a: str, b: str, distance: int) -> None:
    assert edit_distance(a, b) == edit_distance(b, a) == distance
