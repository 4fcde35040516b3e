"""Reading a PDF: what comes out of good files, and the one clear reason why nothing comes out of others."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.corpus import hostile
from woo.sandbox import FileRefused, Limits, MemoryLimit, OutputLimit, Sandbox, TimeLimit, pdf, read_pdf
from woo.sandbox.errors import ChildCrashed
from woo.sandbox.frames import Frame
from woo.sandbox.pdf_attempt import Attempt

SMALL = Limits(seconds=30, memory_bytes=256 * 2**20, pages=200, output_bytes=2**20)


@pytest.fixture(scope="module")
def sandbox() -> Iterator[Sandbox]:
    with Sandbox(SMALL) as made:
        yield made


@pytest.fixture
def write(tmp_path: Path) -> Callable[[bytes], Path]:
    def written(content: bytes) -> Path:
        path = tmp_path / "file.pdf"
        path.write_bytes(content)
        return path

    return written


Write = Callable[[bytes], Path]


def test_a_letter_is_read(sandbox: Sandbox, write: Write) -> None:
    reading = read_pdf(sandbox, write(hostile.letter("Geachte mevrouw,", "Wij wijzen uw verzoek af.")))
    (page,) = reading.pages
    assert (reading.method, reading.warnings) == ("pypdfium2", ())
    assert page.text == "Geachte mevrouw,\nWij wijzen uw verzoek af."
    assert (page.number, page.source, page.error, page.has_image) == (1, "pdf", None, False)


def test_a_scan_has_no_text_and_an_image(sandbox: Sandbox, write: Write) -> None:
    (page,) = read_pdf(sandbox, write(hostile.grey_image())).pages
    assert (page.text, page.source, page.error, page.has_image) == ("", "geen", None, True)


def test_pages_come_in_order_and_all(sandbox: Sandbox, write: Write) -> None:
    pages = read_pdf(sandbox, write(hostile.report(200))).pages
    assert [page.number for page in pages] == list(range(1, 201))
    assert [page.text for page in pages] == [f"Bladzijde {number}" for number in range(1, 201)]


@pytest.mark.parametrize(
    ("content", "method"),
    [
        (hostile.broken_xref(), "pypdfium2"),
        (b"x" * 500 + hostile.report(3), "pypdfium2"),
        (b"\n" * 5000 + hostile.report(3), "pikepdf+pypdfium2"),
        (hostile.without_trailer(), "pikepdf+pypdfium2"),
        (hostile.truncated(), "pikepdf+pypdfium2"),
        (hostile.truncated(0.5), "pikepdf+pypdfium2"),
        (hostile.report(3).replace(b"/Count 3", b"/Count 900000"), "pikepdf+pypdfium2"),
        (hostile.wrong_root(), "pdfminer"),
    ],
)
def test_a_damaged_file_is_read_by_the_first_method_that_can(
    sandbox: Sandbox, write: Write, content: bytes, method: str
) -> None:
    reading = read_pdf(sandbox, write(content))
    assert reading.method == method
    assert reading.pages[0].text == "Bladzijde 1"
    assert reading.pages[0].source == ("pdfminer" if method == "pdfminer" else "pdf")
    assert bool(reading.warnings) == (method != "pypdfium2")


def test_the_last_method_reads_turned_pages_too(sandbox: Sandbox, write: Write) -> None:
    page = b"/MediaBox[0 0 595 842]/Rotate 90"
    turned = hostile.document(hostile.line("Besluit op uw verzoek"), page=page)
    reading = read_pdf(sandbox, write(turned.replace(b"/Root 1 0 R", b"/Root 3 0 R")))
    assert (reading.method, reading.pages[0].text) == ("pdfminer", "Besluit op uw verzoek")


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "empty_file"),
        (b"<html>geen pdf</html>" * 100, "not_a_pdf"),
        (b"PK\x03\x04" + b"\x00" * 5000, "not_a_pdf"),
        (b"%PDF-1.7\n", "damaged"),
        (b"%PDF-1.7\n" + bytes(range(256)) * 40, "damaged"),
        (hostile.document(), "no_pages"),
        (hostile.encrypted(user="geheim", owner="baas"), "password_needed"),
        (hostile.encrypted(user="geheim", owner="baas", revision=3), "password_needed"),
        (hostile.report(201), "too_many_pages"),
        (hostile.page_tree_loop(), "too_many_pages"),
        (hostile.nested_pages(3000), "damaged"),
    ],
)
def test_a_file_that_cannot_be_read_is_refused_with_its_reason(
    sandbox: Sandbox, write: Write, content: bytes, code: str
) -> None:
    with pytest.raises(FileRefused) as caught:
        read_pdf(sandbox, write(content))
    assert caught.value.code == code
    assert caught.value.reason.startswith(("The file ", "The PDF "))


@pytest.mark.parametrize("revision", [3, 6])
def test_a_file_that_only_its_owner_may_change_is_read(sandbox: Sandbox, write: Write, revision: int) -> None:
    content = hostile.encrypted(user="", owner="baas", revision=revision)
    assert read_pdf(sandbox, write(content)).pages[0].text == "geheim"


def test_a_missing_page_does_not_shift_the_others(sandbox: Sandbox, write: Write) -> None:
    pages = read_pdf(sandbox, write(hostile.missing_page())).pages
    assert [page.text for page in pages] == ["Bladzijde 1", "", "Bladzijde 3"]
    assert [page.error for page in pages] == [None, "The page could not be loaded.", None]


def test_a_bomb_costs_its_own_page(sandbox: Sandbox, write: Write) -> None:
    reading = read_pdf(sandbox, write(hostile.bomb_between("een", 400, "drie")))
    assert [page.text for page in reading.pages] == ["een", "", "drie"]
    assert [page.error is None for page in reading.pages] == [True, False, True]
    assert "256 MiB" in str(reading.pages[1].error)


def test_a_file_that_is_only_a_bomb_names_the_limit(sandbox: Sandbox, write: Write) -> None:
    with pytest.raises(MemoryLimit):
        read_pdf(sandbox, write(hostile.bomb(400)))


def test_a_page_that_takes_too_long_does_not_stop_the_others(write: Write) -> None:
    path = write(hostile.form_bomb(60))
    with Sandbox(Limits(seconds=10)) as sandbox:
        reading = read_pdf(sandbox, path)
    assert [page.text for page in reading.pages] == ["een", "", "drie"]
    assert reading.pages[1].error == "The reader was stopped because it took longer than 2.5 seconds."


def test_a_file_of_slow_pages_ends_at_the_limit_and_keeps_what_came_before(write: Write) -> None:
    path = write(hostile.form_bomb(60, slow=5))
    with Sandbox(Limits(seconds=2.0)) as sandbox:
        reading = read_pdf(sandbox, path)
    assert [page.text for page in reading.pages] == ["een", *[""] * 6]
    assert [page.error is None for page in reading.pages] == [True, *[False] * 6]
    assert "longer than 2 seconds" in str(reading.pages[-1].error)
    assert str(reading.cut).startswith("it was read as far as page ")


def test_a_file_of_which_no_page_comes_within_the_time_names_the_limit(write: Write) -> None:
    path = write(hostile.many_objects(60_000))
    with Sandbox(Limits(seconds=0.001)) as sandbox, pytest.raises(TimeLimit):
        read_pdf(sandbox, path)


def test_pages_that_came_before_the_limit_of_output_are_kept(write: Write) -> None:
    path = write(hostile.report(50))
    with Sandbox(Limits()) as sandbox:
        whole = read_pdf(sandbox, path)
    half = sum(len(page.text.encode()) for page in whole.pages[:20])
    with Sandbox(Limits(output_bytes=half)) as sandbox:
        reading = read_pdf(sandbox, path)
    kept = [page for page in reading.pages if page.error is None]
    assert len(reading.pages) == 50
    assert 0 < len(kept) <= 20
    assert kept == list(whole.pages[: len(kept)])
    assert {page.text for page in reading.pages[len(kept) :]} == {""}
    assert str(reading.cut).startswith(f"it was read as far as page {len(kept)}: ")


def test_of_a_page_with_endless_text_the_first_part_is_kept_and_that_is_said(
    sandbox: Sandbox, write: Write, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = write(hostile.many_objects(2_000))
    assert read_pdf(sandbox, path).cut is None
    monkeypatch.setattr(pdf, "MOST_TEXT", 1_500)
    reading = read_pdf(sandbox, path)
    assert len(reading.pages[0].text) == 1_500
    assert reading.cut == "only the first 1,500 characters were kept of page 1"


def test_sixty_thousand_letters_on_a_page_are_read(sandbox: Sandbox, write: Write) -> None:
    (page,) = read_pdf(sandbox, write(hostile.many_objects(60_000))).pages
    assert page.text.count("x") == 60_000


def test_text_that_is_larger_than_an_answer_may_be_is_refused(write: Write) -> None:
    path = write(hostile.many_objects(20_000))
    with Sandbox(Limits(output_bytes=10_000)) as sandbox, pytest.raises(OutputLimit):
        read_pdf(sandbox, path)


def test_arrays_in_arrays_in_arrays_do_no_harm(sandbox: Sandbox, write: Write) -> None:
    assert read_pdf(sandbox, write(hostile.nested(100_000))).pages[0].text == "diep"


def test_a_file_that_is_not_there_is_said_to_be_so(sandbox: Sandbox, tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        read_pdf(sandbox, tmp_path / "nergens.pdf")


@pytest.mark.parametrize(
    "header",
    [
        {"page": 3, "image": False},
        {"page": 0, "image": False},
        {"page": True, "image": 1},
        {"page": 1},
        {"pages": 201, "docinfo": {}},
        {"pages": 0, "docinfo": {}},
        {"pages": "2", "docinfo": {}},
        {},
    ],
)
def test_a_page_that_was_not_asked_for_is_not_believed(header: dict[str, object]) -> None:
    attempt = Attempt("pypdfium2", SMALL)
    attempt.take(Frame({"pages": 2, "docinfo": {}}, b""))
    with pytest.raises(ChildCrashed):
        attempt.take(Frame(header, b"tekst"))


@pytest.mark.parametrize("body", [b"\xff", b"\xed\xa0\x80", b"a\r\n", b"a\x00", "a\ufffe".encode()])
def test_text_that_is_not_clean_is_not_believed(body: bytes) -> None:
    attempt = Attempt("pypdfium2", SMALL)
    attempt.take(Frame({"pages": 2, "docinfo": {}}, b""))
    with pytest.raises(ChildCrashed):
        attempt.take(Frame({"page": 1, "image": False}, body))
