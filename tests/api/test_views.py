"""The views: Dutch dates and sizes, marked text, boxes on pictures, and the cache of page pictures."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.api.pdfs import write_pdf
from woo.domain.errors import Unavailable
from woo.sandbox import Limits, Sandbox, WordBox
from woo.views.dutch import counted, day, number, size
from woo.views.facts import text_note
from woo.views.marking import Box, boxes, joined, pieces, reflowed, turned
from woo.views.pictures import NoPictureError, PageKey, PagePictures


def test_a_moment_is_shown_as_the_day_it_was_in_the_netherlands():
    assert day("2024-03-14") == "14 maart 2024"
    assert day(date(2023, 5, 1)) == "1 mei 2023"
    assert day("2023-12-31T23:30:00Z") == "1 januari 2024"
    assert day(datetime(2024, 6, 30, 21, 59, tzinfo=UTC)) == "30 juni 2024"
    with pytest.raises(ValueError, match="Invalid isoformat"):
        day("gisteren")


def test_numbers_and_sizes_are_written_the_dutch_way():
    assert number(12408) == "12.408"
    assert counted(1, "document", "documenten") == "1 document"
    assert counted(1200, "document", "documenten") == "1.200 documenten"
    assert [size(n) for n in (0, 999, 84_000, 2_340_000, 84_000_000, 1_200_000_000, 5_000_000_000_000)] == [
        "0 bytes",
        "999 bytes",
        "84 kB",
        "2,3 MB",
        "84 MB",
        "1,2 GB",
        "5000 GB",
    ]


@given(st.text(max_size=60), st.lists(st.tuples(st.integers(0, 60), st.integers(0, 60)), max_size=6))
def test_the_pieces_of_a_text_always_give_the_text_back(text: str, marks: list[tuple[int, int]]):
    ordered = sorted((min(pair), max(pair)) for pair in marks)
    assert "".join(piece.tekst for piece in pieces(text, ordered)) == text


def test_the_words_of_a_phrase_are_marked_as_one():
    text = "een open\nnorm, en norm"
    assert joined(text, [(4, 8), (9, 13), (18, 22)]) == ((4, 13), (18, 22))
    assert [piece.tekst for piece in pieces(text, [(4, 8), (9, 13)]) if piece.marked] == ["open\nnorm"]


@given(st.text(alphabet="ab \n-", max_size=400))
def test_reflowing_never_changes_where_a_character_stands(text: str):
    flowed = reflowed(text)
    assert len(flowed) == len(text)
    assert all(old == new or (old, new) == ("\n", " ") for old, new in zip(text, flowed, strict=True))


def test_full_lines_flow_and_short_ones_stay_lines():
    line = "Deze regel van een alinea is ongeveer even lang als de andere regels"
    text = f"Kop\n{line}\n{line}\nen hij eindigt kort.\n- punt een\n- punt twee\n{line[:-3]}ver-\ngunning"
    assert reflowed(text).split("\n") == [
        "Kop",
        f"{line} {line} en hij eindigt kort.",
        "- punt een",
        "- punt twee",
        f"{line[:-3]}ver-",
        "gunning",
    ]
    assert reflowed("naam  bedrag\na  1\nb  2\nc  3") == "naam  bedrag\na  1\nb  2\nc  3"


def word(text: str, start: int, x0: float, y0: float) -> WordBox:
    return WordBox(text=text, x0=x0, y0=y0, x1=x0 + 0.05, y1=y0 + 0.02, start=start, end=start + len(text))


def test_words_beside_each_other_share_a_box_and_a_word_on_the_next_line_has_its_own():
    text = "een open norm geldt open\nnorm"
    placed = [
        word("een", 0, 0.1, 0.1),
        word("open", 4, 0.2, 0.1),
        word("norm", 9, 0.26, 0.1),
        word("geldt", 14, 0.4, 0.1),
        word("open", 20, 0.8, 0.1),
        word("norm", 25, 0.1, 0.13),
    ]
    found = boxes(placed, text, [(4, 8), (9, 13), (20, 24), (25, 29)])
    assert found == (Box(200, 100, 110, 20, 1), Box(800, 100, 50, 20, 2), Box(100, 130, 50, 20, 2))
    assert [piece.treffer for piece in pieces(text, [(4, 8), (9, 13), (20, 24)]) if piece.marked] == [1, 2]


def test_a_box_turns_with_its_picture():
    box = Box(200, 100, 110, 20, 3)
    assert turned(box, 0) == box
    assert turned(box, 90) == Box(880, 200, 20, 110, 3)
    assert turned(box, 180) == Box(690, 880, 110, 20, 3)
    assert turned(box, 270) == Box(100, 690, 20, 110, 3)
    assert turned(turned(box, 90), 270) == box


def test_a_word_whose_offsets_tell_of_another_text_gets_no_box():
    assert boxes([word("open", 3, 0.2, 0.1)], "een open norm", [(4, 8)]) == ()


def test_the_note_on_a_text_says_how_far_to_trust_it():
    assert "93 procent" in text_note(tekstbron="ocr", leesbaar=True, zekerheid=0.93, empty=False)
    assert "niet lezen" in text_note(tekstbron="geen", leesbaar=False, zekerheid=None, empty=True)
    assert "geen tekst" in text_note(tekstbron="geen", leesbaar=True, zekerheid=None, empty=True)
    sure, unsure = (
        text_note(tekstbron="ocr", leesbaar=True, zekerheid=how, empty=False) for how in (0.75, 0.74)
    )
    assert "Er kunnen fouten in staan" in sure
    assert "u vindt niet alle woorden" in unsure
    part = text_note(tekstbron="geen", leesbaar=False, zekerheid=None, empty=True, has_pages=False)
    assert "pagina" not in part
    for bron in ("pdf", "pdfminer", "docx", "eml"):
        note = text_note(tekstbron=bron, leesbaar=True, zekerheid=None, empty=False)
        assert note == "Deze tekst komt uit het bestand zelf."


class Source:
    """A file that counts how often it is opened, and can be held shut."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.opened = 0
        self.gate = threading.Event()
        self.gate.set()
        self.waiting = threading.Event()

    @contextmanager
    def __call__(self) -> Iterator[Path]:
        self.opened += 1
        self.waiting.set()
        assert self.gate.wait(30)
        yield self.path


@pytest.fixture
def source(tmp_path: Path) -> Source:
    return Source(write_pdf(tmp_path / "a.pdf", ["Een\nblad", "Twee\nblad", "Drie\nblad"]))


def test_a_picture_is_made_once_and_the_cache_stays_within_its_bound(sandbox: Sandbox, source: Source):
    pictures = PagePictures(sandbox, cache_bytes=10**6)
    first = pictures.picture(PageKey("d", 1), width=300, source=source)
    assert first[8:12] == b"WEBP"
    assert pictures.picture(PageKey("d", 1), width=300, source=source) == first
    assert source.opened == 1
    small = PagePictures(sandbox, cache_bytes=len(first) + 10)
    for page in (1, 2, 1):
        small.picture(PageKey("d", page), width=300, source=source)
    assert source.opened == 4


def test_words_and_pictures_of_one_page_do_not_get_mixed_up(sandbox: Sandbox, source: Source):
    pictures = PagePictures(sandbox, cache_bytes=10**6)
    assert pictures.picture(PageKey("d", 1), width=300, source=source)[:4] == b"RIFF"
    assert [word.text for word in pictures.words(PageKey("d", 1), source=source)] == ["Een", "blad"]
    assert [word.text for word in pictures.words(PageKey("d", 2), source=source)] == ["Twee", "blad"]


def test_a_page_that_failed_is_not_tried_again_at_once(sandbox: Sandbox, tmp_path: Path):
    broken = Source(tmp_path / "broken.pdf")
    broken.path.write_bytes(b"no pdf at all")
    pictures = PagePictures(sandbox, cache_bytes=10**6)
    for _ in range(3):
        with pytest.raises(NoPictureError):
            pictures.picture(PageKey("x", 1), width=300, source=broken)
    assert broken.opened == 1


def test_callers_beyond_the_limit_are_told_to_come_back(sandbox: Sandbox, source: Source):
    pictures = PagePictures(sandbox, cache_bytes=10**6, waiting=1)
    source.gate.clear()
    made: list[bytes] = []
    first = threading.Thread(
        target=lambda: made.append(pictures.picture(PageKey("d", 1), width=300, source=source))
    )
    first.start()
    assert source.waiting.wait(30)
    with pytest.raises(Unavailable, match="too many"):
        pictures.picture(PageKey("d", 2), width=300, source=source)
    source.gate.set()
    first.join(30)
    assert made[0][8:12] == b"WEBP"
    assert pictures.picture(PageKey("d", 2), width=300, source=source)


def test_small_pictures_leave_places_for_pages_to_read(sandbox: Sandbox, source: Source):
    pictures = PagePictures(sandbox, cache_bytes=10**6, waiting=2)
    source.gate.clear()
    made: list[bytes] = []
    first = threading.Thread(
        target=lambda: made.append(pictures.picture(PageKey("d", 1), width=120, source=source))
    )
    first.start()
    assert source.waiting.wait(30)
    with pytest.raises(Unavailable, match="too many"):
        pictures.picture(PageKey("d", 2), width=120, source=source)
    large = threading.Thread(
        target=lambda: made.append(pictures.picture(PageKey("d", 3), width=300, source=source))
    )
    large.start()
    source.gate.set()
    first.join(30)
    large.join(30)
    assert [picture[8:12] for picture in made] == [b"WEBP", b"WEBP"]


def test_a_page_that_takes_too_long_is_unavailable_and_not_broken(source: Source):
    with Sandbox(Limits(seconds=0.001)) as hasty:
        pictures = PagePictures(hasty, cache_bytes=10**6)
        with pytest.raises(Unavailable):
            pictures.picture(PageKey("d", 1), width=300, source=source)
