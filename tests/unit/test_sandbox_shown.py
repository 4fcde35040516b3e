"""What reading a PDF tells of a page beside its text: how much of it is image, and what of it has no letter."""

from collections.abc import Callable, Iterator
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from tests.api.pdfs import write_pdf
from tests.corpus import hostile
from woo.sandbox import ChildCrashed, Limits, PageText, Sandbox, read_pdf
from woo.sandbox.frames import Frame
from woo.sandbox.pdf_attempt import Attempt

Draw = Callable[[Canvas, ImageReader], None]


@pytest.fixture(scope="module")
def sandbox() -> Iterator[Sandbox]:
    with Sandbox(Limits(seconds=30)) as made:
        yield made


def page_of(sandbox: Sandbox, path: Path, draw: Draw) -> PageText:
    written = BytesIO()
    canvas = Canvas(written, pagesize=(400, 400), invariant=1)
    draw(canvas, ImageReader(Image.new("L", (20, 20), 90)))
    canvas.save()
    (path / "x.pdf").write_bytes(written.getvalue())
    (page,) = read_pdf(sandbox, path / "x.pdf").pages
    return page


def in_a_form(canvas: Canvas, image: ImageReader) -> None:
    """A whole page with an image on it, drawn at half its size."""
    canvas.beginForm("blad", 0, 0, 400, 400)
    canvas.drawImage(image, 0, 0, 400, 400)
    canvas.endForm()
    canvas.scale(0.5, 0.5)
    canvas.doForm("blad")


@pytest.mark.parametrize(
    ("draw", "share"),
    [
        (lambda canvas, image: canvas.drawImage(image, 0, 0, 400, 400), 1.0),
        (lambda canvas, image: canvas.drawImage(image, 0, 0, 200, 400), 0.5),
        (lambda canvas, image: [canvas.drawImage(image, 0, 0, 400, 400) for _ in range(3)], 1.0),
        (in_a_form, 0.25),
    ],
)
def test_the_share_of_a_page_that_is_image_is_measured(
    sandbox: Sandbox, tmp_path: Path, draw: Draw, share: float
) -> None:
    page = page_of(sandbox, tmp_path, draw)
    assert page.has_image
    assert page.image_share == pytest.approx(share, abs=0.01)
    assert page.is_drawn


def test_text_alone_and_nothing_at_all_show_no_image(sandbox: Sandbox, tmp_path: Path) -> None:
    def text(canvas: Canvas, image: ImageReader) -> None:
        canvas.drawString(50, 50, "Besluit")

    shown = page_of(sandbox, tmp_path, text)
    assert (shown.has_image, shown.image_share, shown.is_drawn, shown.lost) == (False, 0.0, False, 0)
    empty = page_of(sandbox, tmp_path, lambda canvas, image: canvas.showPage())
    assert (empty.text, empty.has_image, empty.is_drawn) == ("", False, False)


def test_surfaces_without_text_are_something_drawn(sandbox: Sandbox, tmp_path: Path) -> None:
    (page,) = read_pdf(sandbox, write_pdf(tmp_path / "x.pdf", [""])).pages
    assert (page.text, page.has_image, page.is_drawn) == ("", False, True)


def test_glyphs_without_a_letter_are_counted(sandbox: Sandbox, tmp_path: Path) -> None:
    path = tmp_path / "x.pdf"
    path.write_bytes(hostile.to_unicode({"A": "E012", "B": "0042"}, "ABABAA"))
    (page,) = read_pdf(sandbox, path).pages
    assert page.lost == 4


@pytest.mark.parametrize("share", [-1, 2, 10**400, "1", None, float("nan")])
def test_a_share_that_cannot_be_is_not_believed(share: object) -> None:
    made = Attempt("pypdfium2", Limits())
    made.take(Frame({"pages": 1, "docinfo": {}}, b""))
    made.take(Frame({"page": 1, "image": True, "share": share, "lost": -3, "drawn": 1}, b"x"))
    page = made.pages[1]
    assert (page.image_share, page.lost, page.is_drawn) == (0.0, 0, False)


def test_a_page_without_a_word_on_images_is_no_page() -> None:
    made = Attempt("pypdfium2", Limits())
    made.take(Frame({"pages": 1, "docinfo": {}}, b""))
    with pytest.raises(ChildCrashed):
        made.take(Frame({"page": 1}, b"x"))
