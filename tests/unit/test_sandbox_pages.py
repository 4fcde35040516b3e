"""Word boxes and pictures of pages: however a page is turned and cropped, the boxes lie on the ink."""

import io
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest
from PIL import Image

from tests.corpus import hostile
from woo.domain.errors import InvalidValue
from woo.sandbox import (
    FileRefused,
    Limits,
    MemoryLimit,
    Sandbox,
    WordBox,
    page_words,
    read_pdf,
    render_page,
)

DARK = 128


@pytest.fixture(scope="module")
def sandbox() -> Iterator[Sandbox]:
    with Sandbox(Limits(seconds=30, memory_bytes=768 * 2**20)) as made:
        yield made


def written(tmp_path: Path, content: bytes) -> Path:
    path = tmp_path / "file.pdf"
    path.write_bytes(content)
    return path


def picture(sandbox: Sandbox, path: Path, page: int = 1, *, width: int = 600, turn: int = 0) -> Image.Image:
    image = Image.open(io.BytesIO(render_page(sandbox, path, page, width=width, turn=turn)))
    assert image.format == "WEBP"
    return image.convert("L")


def ink_in(image: Image.Image, box: WordBox) -> int:
    area = (box.x0 * image.width, box.y0 * image.height, box.x1 * image.width, box.y1 * image.height)
    part = image.crop(tuple(round(value) for value in area))  # type: ignore[arg-type]
    return sum(part.histogram()[:DARK])


CONTENT = hostile.line("Besluit", x=120, y=600, size=24) + hostile.line(
    "openbaarmaking", x=200, y=400, size=18
)
TURNS = [f"/Rotate {degrees}" for degrees in (0, 90, 180, 270, -90, 450)]
BOXES = [
    "/MediaBox[0 0 595 842]",
    "/MediaBox[0 0 595 842]/CropBox[100 350 500 700]",
    "/MediaBox[-50 100 595 842]",
    "/MediaBox[595 842 0 0]",
    "/MediaBox[0 0 595 842]/UserUnit 2",
]


@pytest.mark.parametrize("turn", TURNS)
@pytest.mark.parametrize("boxes", BOXES)
def test_word_boxes_lie_on_the_ink(sandbox: Sandbox, tmp_path: Path, boxes: str, turn: str) -> None:
    path = written(tmp_path, hostile.document(CONTENT, page=(boxes + turn).encode()))
    text = read_pdf(sandbox, path).pages[0].text
    words = page_words(sandbox, path, 1)
    image = picture(sandbox, path)
    assert [word.text for word in words] == text.split()
    assert [text[word.start : word.end] for word in words] == text.split()
    inks = [ink_in(image, word) for word in words]
    assert min(inks) > 50
    assert sum(inks) == pytest.approx(sum(image.histogram()[:DARK]), rel=0.02)


@pytest.mark.parametrize("turn", [90, 180, 270])
def test_a_page_is_drawn_turned_and_the_boxes_turn_with_it(
    sandbox: Sandbox, tmp_path: Path, turn: int
) -> None:
    page = b"/MediaBox[0 0 595 842]/CropBox[100 350 500 700]/Rotate 90"
    path = written(tmp_path, hostile.document(CONTENT, page=page))
    upright, image = picture(sandbox, path), picture(sandbox, path, turn=turn)
    assert image.width == 600
    ratio = upright.height / upright.width
    assert image.height / image.width == pytest.approx(ratio if turn == 180 else 1 / ratio, rel=0.01)
    back = image.rotate(turn, expand=True).resize(upright.size)
    inks = [ink_in(back, word) for word in page_words(sandbox, path, 1)]
    assert min(inks) > 50
    assert sum(inks) == pytest.approx(sum(back.histogram()[:DARK]), rel=0.02)


def test_a_turn_out_of_reason_is_refused(sandbox: Sandbox, tmp_path: Path) -> None:
    with pytest.raises(InvalidValue, match="turn"):
        render_page(sandbox, tmp_path / "any.pdf", 1, width=100, turn=45)


def test_a_word_outside_the_page_has_no_box_but_is_read(sandbox: Sandbox, tmp_path: Path) -> None:
    page = b"/MediaBox[0 0 595 842]/CropBox[0 500 595 842]"
    path = written(tmp_path, hostile.document(CONTENT, page=page))
    assert read_pdf(sandbox, path).pages[0].text.split() == ["Besluit", "openbaarmaking"]
    assert [word.text for word in page_words(sandbox, path, 1)] == ["Besluit"]


def test_offsets_count_characters_also_after_an_emoji(sandbox: Sandbox, tmp_path: Path) -> None:
    path = written(
        tmp_path, hostile.to_unicode({"A": "D83DDE00", "B": "00660066", "C": "D83D"}, "xA yBz C q")
    )
    text = read_pdf(sandbox, path).pages[0].text
    assert text == "x😀 yffz  q"
    found = page_words(sandbox, path, 1)
    assert [(word.text, text[word.start : word.end]) for word in found] == [
        (word, word) for word in text.split()
    ]
    plain = page_words(sandbox, written(tmp_path, hostile.to_unicode({}, "xA yBz C q")), 1)
    assert [(word.x0, word.x1) for word in found] == [(plain[at].x0, plain[at].x1) for at in (0, 1, 3)]


@pytest.mark.parametrize("shown", ["ABCxyABC", "BBBxyBBB", "CBAxyB", "xBy"])
def test_glyphs_without_meaning_leave_no_trace(sandbox: Sandbox, tmp_path: Path, shown: str) -> None:
    path = written(tmp_path, hostile.to_unicode({"A": "0000", "B": "FFFE", "C": "DE00"}, shown))
    assert read_pdf(sandbox, path).pages[0].text == "xy"
    assert [word.text for word in page_words(sandbox, path, 1)] == ["xy"]


def test_a_page_of_glyphs_without_meaning_has_no_text(sandbox: Sandbox, tmp_path: Path) -> None:
    path = written(tmp_path, hostile.to_unicode({"B": "FFFE"}, "BBB"))
    assert read_pdf(sandbox, path).pages[0].source == "geen"
    assert page_words(sandbox, path, 1) == ()


def test_a_word_over_two_lines_has_a_box_on_each(sandbox: Sandbox, tmp_path: Path) -> None:
    path = written(tmp_path, hostile.letter("Dit is een voor-", "geschreven zin"))
    assert read_pdf(sandbox, path).pages[0].text == "Dit is een voorgeschreven zin"
    words = page_words(sandbox, path, 1)
    assert [word.text for word in words] == ["Dit", "is", "een", "voor", "geschreven", "zin"]
    assert words[4].y0 > words[3].y0
    assert words[4].x0 < words[3].x0


def test_words_of_a_page_without_text_are_none(sandbox: Sandbox, tmp_path: Path) -> None:
    assert page_words(sandbox, written(tmp_path, hostile.grey_image()), 1) == ()


def test_words_of_a_repaired_file_need_its_method(sandbox: Sandbox, tmp_path: Path) -> None:
    path = written(tmp_path, hostile.truncated())
    reading = read_pdf(sandbox, path)
    assert reading.method == "pikepdf+pypdfium2"
    assert page_words(sandbox, path, 7) == ()
    found = page_words(sandbox, path, 7, method=reading.method)
    assert " ".join(word.text for word in found) == reading.pages[6].text == "Bladzijde 7"


@pytest.mark.parametrize("number", [0, -1, 4, 2**31])
def test_a_page_that_is_not_there_is_refused(sandbox: Sandbox, tmp_path: Path, number: int) -> None:
    path = written(tmp_path, hostile.report(3))
    for ask in (page_words, lambda *call: render_page(*call, width=100)):
        with pytest.raises(FileRefused) as caught:
            ask(sandbox, path, number)  # type: ignore[operator]
        assert caught.value.code == "no_such_page"


def test_a_picture_has_the_width_that_was_asked(sandbox: Sandbox, tmp_path: Path) -> None:
    path = written(tmp_path, hostile.letter("tekst"))
    for width in (1, 100, 797, 2000):
        image = picture(sandbox, path, width=width)
        assert image.width == width
        assert image.height == pytest.approx(width * 842 / 595, abs=1)


@pytest.mark.parametrize(
    ("box", "width"),
    [
        ("0 0 14400 14400", 8000),
        ("0 0 1000000 1000000", 500),
        ("0 0 100 1000000", 8000),
        ("0 0 1000000 1", 8000),
        ("0 0 3e38 3e38", 500),
        ("0 0 0 0", 500),
        ("0 0 0.001 0.001", 500),
    ],
)
def test_a_page_of_any_size_gives_a_picture_within_bounds(
    sandbox: Sandbox, tmp_path: Path, box: str, width: int
) -> None:
    path = written(tmp_path, hostile.document(CONTENT, page=b"/MediaBox[%s]/UserUnit 75000" % box.encode()))
    image = picture(sandbox, path, width=width)
    assert image.width <= width
    assert image.width * image.height <= 16_000_000


def test_a_picture_shows_form_fields_and_annotations(sandbox: Sandbox, tmp_path: Path) -> None:
    appearance = hostile.stream(b"0 g 0 0 100 100 re f", b"/Type/XObject/Subtype/Form/BBox[0 0 100 100]")
    note = b"<</Type/Annot/Subtype/Stamp/Rect[100 100 200 200]/F 4/AP<</N 4 0 R>>>>"
    path = written(
        tmp_path,
        hostile.document(b" ", page=b"/MediaBox[0 0 595 842]/Annots[5 0 R]", extra=[appearance, note]),
    )
    assert sum(picture(sandbox, path, width=595).histogram()[:DARK]) == pytest.approx(10_000, rel=0.05)


@pytest.mark.parametrize("width", [0, -5, 8001])
def test_a_width_out_of_reason_is_refused(sandbox: Sandbox, tmp_path: Path, width: int) -> None:
    with pytest.raises(InvalidValue, match="width"):
        render_page(sandbox, tmp_path / "any.pdf", 1, width=width)


def test_a_picture_of_a_damaged_file_is_of_its_repair(sandbox: Sandbox, tmp_path: Path) -> None:
    path = written(tmp_path, hostile.truncated())
    assert sum(picture(sandbox, path).histogram()[:DARK]) > 50


def test_a_page_that_is_missing_is_not_drawn_as_another(sandbox: Sandbox, tmp_path: Path) -> None:
    path = written(tmp_path, hostile.missing_page())
    assert render_page(sandbox, path, 3, width=50)
    with pytest.raises(FileRefused) as caught:
        render_page(sandbox, path, 2, width=50)
    assert caught.value.code == "page_unreadable"
    assert render_page(sandbox, path, 2, width=50, method="pikepdf+pypdfium2")


@pytest.mark.parametrize("side", [65_000, 2**31 - 1])
@pytest.mark.parametrize("make", [hostile.jpx_bomb, hostile.jbig2_bomb])
def test_an_image_that_claims_to_be_huge_costs_no_more_than_the_limit(
    sandbox: Sandbox, tmp_path: Path, make: object, side: int
) -> None:
    path = written(tmp_path, make(side))  # type: ignore[operator]
    with suppress(MemoryLimit):
        assert picture(sandbox, path).width == 600
    assert render_page(sandbox, written(tmp_path, hostile.letter("daarna")), 1, width=50)
