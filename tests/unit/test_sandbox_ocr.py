"""Recognising a page: its text, the places of its words however it lies, and what becomes of a child that lies or hangs."""

import threading
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PIL import Image

from ingest.bench.brieven import Brief, Slijtage, letters, picture, scan
from ingest.bench.quality import character_error
from tests.corpus import hostile
from woo.sandbox import ChildCrashed, FileRefused, Limits, Sandbox, TimeLimit, WordBox
from woo.sandbox.frames import Frame
from woo.sandbox.ocr import OcrOptions, OcrPage, _Taken, recognise_page, tessdata_folder
from woo.sandbox.ocr_text import Recognised, laid_out, words_of
from woo.sandbox.reading import BOX, word_boxes

pytestmark = pytest.mark.needs("tesseract")
BRIEF = letters(1, seed=4)[0]
SHORT = Brief(("Gemeente Zuiderveld", "", "Besluit over de zilverreiger en de kwartelwei."), "Helvetica")
DPI = 200
TURNS = {90: Image.Transpose.ROTATE_90, 180: Image.Transpose.ROTATE_180, 270: Image.Transpose.ROTATE_270}


@pytest.fixture(scope="module")
def sandbox() -> Iterator[Sandbox]:
    with Sandbox(Limits(seconds=60)) as made:
        yield made


@pytest.fixture(scope="module")
def options() -> OcrOptions:
    folder = tessdata_folder("nld")
    assert folder is not None
    return OcrOptions("nld", folder)


def recognised(sandbox: Sandbox, path: Path, content: bytes, options: OcrOptions) -> OcrPage:
    path = path / "scan.pdf"
    path.write_bytes(content)
    with sandbox.borrow() as place:
        return recognise_page(place, path, 1, options=options)


def place_of(page: OcrPage, text: str) -> WordBox:
    (found,) = [word for word in word_boxes(page.words, page.text) if word.text == text]
    return found


def test_a_scan_at_200_dpi_is_read_nearly_without_a_fault(
    sandbox: Sandbox, tmp_path: Path, options: OcrOptions
) -> None:
    image = picture(BRIEF, dpi=DPI, slijtage=Slijtage.VUIL)
    page = recognised(sandbox, tmp_path, scan([(image, BRIEF)], dpi=DPI), options)
    assert character_error(BRIEF.tekst, page.text) <= 0.03
    assert page.confidence > 0.85
    assert (page.dpi, page.turned, page.blank, page.cut) == (200, 0, False, None)
    words = word_boxes(page.words, page.text)
    assert "".join(word.text for word in words) == "".join(page.text.split())
    assert all(0 < word.y1 - word.y0 < 0.03 for word in words)


@pytest.mark.parametrize("turn", [0, 90, 180, 270])
def test_a_word_is_found_where_it_is_drawn_however_the_page_lies(
    sandbox: Sandbox, tmp_path: Path, options: OcrOptions, turn: int
) -> None:
    image = picture(SHORT, dpi=DPI, slijtage=Slijtage.SCHOON)
    if turn:
        image = image.transpose(TURNS[turn])
    page = recognised(sandbox, tmp_path, scan([(image, SHORT)], dpi=DPI), options)
    word = place_of(page, "zilverreiger")
    box = (word.x0 * image.width, word.y0 * image.height, word.x1 * image.width, word.y1 * image.height)
    inside = image.crop(tuple(map(round, box)))
    assert inside.getextrema()[0] < 100, "there is no ink"
    wider = image.crop((round(box[0]) - 4, round(box[1]) - 4, round(box[2]) + 4, round(box[3]) + 4))
    edge = wider.copy()
    edge.paste(255, (4, 4, wider.width - 4, wider.height - 4))
    assert sum(edge.histogram()[:100]) < 20, "the word sticks out of its box"
    assert (word.x1 - word.x0 > word.y1 - word.y0) == (turn in (0, 180))


@pytest.mark.parametrize("angle", [-3.0, 1.5, 2.5, 5.0])
def test_a_skewed_page_is_straightened_and_its_words_stay_where_they_are_drawn(
    sandbox: Sandbox, tmp_path: Path, options: OcrOptions, angle: float
) -> None:
    image = picture(BRIEF, dpi=DPI, slijtage=Slijtage.SCHOON)
    skewed = image.rotate(angle, Image.Resampling.BICUBIC, fillcolor=255)
    page = recognised(sandbox, tmp_path, scan([(skewed, BRIEF)], dpi=DPI), options)
    assert page.skew == pytest.approx(angle if abs(angle) >= 2 else 0, abs=0.3)
    assert character_error(BRIEF.tekst, page.text) <= 0.03
    for word in word_boxes(page.words, page.text):
        box = (word.x0 * image.width, word.y0 * image.height, word.x1 * image.width, word.y1 * image.height)
        assert skewed.crop(tuple(map(round, box))).getextrema()[0] < 160


def test_small_print_is_looked_at_again_and_the_better_attempt_is_kept(
    sandbox: Sandbox, tmp_path: Path, options: OcrOptions
) -> None:
    image = picture(BRIEF, dpi=100, slijtage=Slijtage.VUIL)
    content = scan([(image, BRIEF)], dpi=100)
    first = recognised(sandbox, tmp_path, content, replace(options, dpi=70, confidence_again=0.0))
    again = recognised(sandbox, tmp_path, content, replace(options, dpi=70, confidence_again=1.0))
    assert (first.dpi, again.dpi) == (70, 300)
    assert again.letters > first.letters


def test_an_empty_page_is_blank_and_a_grey_surface_gives_no_text(
    sandbox: Sandbox, tmp_path: Path, options: OcrOptions
) -> None:
    white = Image.new("L", (827, 1169), 250)
    assert recognised(sandbox, tmp_path, scan([(white, SHORT)], dpi=100), options).blank
    spotted = white.copy()
    spotted.paste(120, (100, 100, 700, 600))
    page = recognised(sandbox, tmp_path, scan([(spotted, SHORT)], dpi=100), options)
    assert (page.text, page.words, page.blank) == ("", b"", False)


def test_a_page_larger_than_a_wall_is_drawn_smaller(
    sandbox: Sandbox, tmp_path: Path, options: OcrOptions
) -> None:
    huge = hostile.document(
        hostile.line("ZILVERREIGER", x=1000, y=7000, size=900), page=b"/MediaBox[0 0 14400 14400]"
    )
    assert recognised(sandbox, tmp_path, huge, options).text.strip() == "ZILVERREIGER"


@pytest.mark.parametrize(
    ("content", "page", "code"),
    [
        (hostile.report(2), 3, "no_such_page"),
        (b"geen pdf", 1, "not_a_pdf"),
        (hostile.encrypted(user="a", owner="b"), 1, "password_needed"),
    ],
)
def test_what_cannot_be_drawn_is_refused_with_its_reason(
    sandbox: Sandbox, tmp_path: Path, options: OcrOptions, content: bytes, page: int, code: str
) -> None:
    (tmp_path / "x.pdf").write_bytes(content)
    with sandbox.borrow() as place, pytest.raises(FileRefused) as refused:
        recognise_page(place, tmp_path / "x.pdf", page, options=options)
    assert refused.value.code == code


def test_a_language_that_is_not_installed_is_named(
    sandbox: Sandbox, tmp_path: Path, options: OcrOptions
) -> None:
    assert tessdata_folder("nld+xxx") is None
    image = picture(SHORT, dpi=100, slijtage=Slijtage.SCHOON)
    with pytest.raises(FileRefused) as refused:
        recognised(sandbox, tmp_path, scan([(image, SHORT)], dpi=100), replace(options, languages="xxx"))
    assert refused.value.code == "no_language"
    assert "make system-packages" in refused.value.reason


def test_a_folder_that_the_child_may_not_read_does_not_count(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "nld.traineddata").write_bytes(b"x")
    monkeypatch.setenv("TESSDATA_PREFIX", str(tmp_path))
    assert tessdata_folder("nld") != tmp_path


def test_a_page_over_its_time_costs_only_itself(
    sandbox: Sandbox, tmp_path: Path, options: OcrOptions
) -> None:
    image = picture(BRIEF, dpi=DPI, slijtage=Slijtage.VUIL)
    content = scan([(image, BRIEF)], dpi=DPI)
    with pytest.raises(TimeLimit):
        recognised(sandbox, tmp_path, content, replace(options, seconds=0.05))
    assert recognised(sandbox, tmp_path, content, options).text


def test_a_call_is_ended_from_another_thread_and_the_place_goes_on(
    sandbox: Sandbox, tmp_path: Path, options: OcrOptions
) -> None:
    images = [(picture(BRIEF, dpi=DPI, slijtage=Slijtage.VUIL), BRIEF)]
    (tmp_path / "scan.pdf").write_bytes(scan(images, dpi=DPI))
    with sandbox.borrow() as place:
        recognise_page(place, tmp_path / "scan.pdf", 1, options=options)  # the child is there
        ender = threading.Timer(0.2, place.end_call)
        ender.start()
        with pytest.raises(ChildCrashed):
            recognise_page(place, tmp_path / "scan.pdf", 1, options=replace(options, dpi=600))
        ender.join()
        assert recognise_page(place, tmp_path / "scan.pdf", 1, options=options).text


TEXT = {"kind": "text", "confidence": 0.9, "letters": 3.0, "dpi": 200, "turned": 0, "skew": 0.0}


def test_the_last_whole_attempt_is_the_page() -> None:
    taken = _Taken()
    for text, end in ((b"eerst", 5), (b"daarna", 6)):
        taken.take(Frame(TEXT, text))
        taken.take(Frame({"kind": "boxes"}, BOX.pack(0, 0, 1, 1, 0, end)))
    taken.take(Frame(TEXT, b"half"))
    assert taken.page is not None
    assert taken.page.text == "daarna"


@pytest.mark.parametrize(
    "frames",
    [
        [Frame({"kind": "boxes"}, b"")],
        [Frame({"kind": "blank"}, b""), Frame({"kind": "blank"}, b"")],
        [Frame(TEXT, b"\xff")],
        [Frame(TEXT, b"a\x00bcd")],
        [Frame(TEXT | {"confidence": 1.5}, b"abcd")],
        [Frame(TEXT | {"letters": 99}, b"abcd")],
        [Frame(TEXT | {"turned": 45}, b"abcd")],
        [Frame(TEXT | {"dpi": 0}, b"abcd")],
        [Frame(TEXT | {"dpi": "200"}, b"abcd")],
        [Frame(TEXT | {"skew": float("nan")}, b"abcd")],
        [Frame(TEXT | {"skew": 10**400}, b"abcd")],
        [Frame(TEXT, b"abcd"), Frame(TEXT, b"abcd")],
        [Frame(TEXT, b"abcd"), Frame({"kind": "boxes"}, b"123")],
        [Frame(TEXT, b"abcd"), Frame({"kind": "boxes"}, BOX.pack(0, 0, 1, 1, 0, 5))],
        [Frame(TEXT, b"abcd"), Frame({"kind": "boxes"}, BOX.pack(0, 0, 1, 1, 2, 2))],
        [Frame(TEXT, b"abcd"), Frame({"kind": "boxes"}, BOX.pack(0.5, 0, 0.4, 1, 0, 4))],
        [Frame(TEXT, b"abcd"), Frame({"kind": "boxes"}, BOX.pack(float("nan"), 0, 1, 1, 0, 4))],
        [Frame({}, b"")],
    ],
)
def test_nothing_of_what_the_child_sends_is_believed(frames: list[Frame]) -> None:
    taken = _Taken()
    *before, last = frames
    for frame in before:
        taken.take(frame)
    with pytest.raises(ChildCrashed):
        taken.take(last)


def word(text: str, line: int, left: int, *, height: int = 20, pitch: int = 30) -> Recognised:
    top = 100 + line * pitch
    return Recognised(text, (left, top, left + 10 * len(text), top + height), 90.0, ("1", str(line)))


def test_lines_become_lines_and_broken_words_are_joined() -> None:
    layout = laid_out(
        [
            word("Het", 1, 0),
            word("voor-", 1, 50),
            word("geschreven", 2, 0),
            word("EU-", 2, 150),
            word("Lidstaat", 3, 0),
            word("Ondertekend", 6, 0),
            word("Wob-", 7, 0),
            word("verzoek", 8, 0),
        ]
    )
    assert layout.text == "Het voorgeschreven EU-Lidstaat\n\nOndertekend\nWob-verzoek"
    assert [layout.text[start:end] for start, end, _ in layout.places] == [
        "Het", "voor", "geschreven", "EU-", "Lidstaat", "Ondertekend", "Wob-", "verzoek",
    ]  # fmt: skip
    assert [part.text for _, _, part in layout.places][1:3] == ["voor-", "geschreven"]


def test_columns_do_not_run_into_each_other() -> None:
    words = [word("links", 1, 0), word("onder-", 2, 0), word("rechts", 1, 400), word("verder", 2, 400)]
    words[2] = replace(words[2], line=("2", "1"))
    words[3] = replace(words[3], line=("2", "2"))
    assert laid_out(words).text == "links\nonder-\n\nrechts\nverder"


def test_specks_that_are_no_letters_are_left_out() -> None:
    rows = [
        "5\t1\t1\t1\t1\t1\t10\t10\t50\t20\t96.5\tBesluit",
        "5\t1\t1\t1\t1\t2\t70\t10\t5\t5\t12.0\t~",
        "5\t1\t1\t1\t1\t3\t80\t10\t5\t20\t91.0\t€",
        "4\t1\t1\t1\t1\t0\t10\t10\t50\t20\t-1\t",
        "5\t1\t1\t1\t1\t4\t90\t10\t5\t20\t95\t\u2028",
    ]
    assert [found.text for found in words_of("\n".join(rows))] == ["Besluit", "€"]


def test_an_empty_layout_is_empty() -> None:
    layout = laid_out([])
    assert (layout.text, layout.places, layout.confidence, layout.sure_letters) == ("", [], 0.0, 0.0)
