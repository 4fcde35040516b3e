"""A picture becomes a PDF that shows it as it was, a page for each frame, without what went along with it."""

import io
import struct
import zlib
from collections.abc import Callable, Iterator
from pathlib import Path

import pikepdf
import pypdfium2
import pytest
from PIL import Image, ImageDraw

from woo.sandbox import FileReading, FileRefused, Limits, Sandbox
from woo.sandbox.readers import read_file

WHITE, BLACK, RED, BLUE = (255, 255, 255), (0, 0, 0), (255, 0, 0), (0, 0, 255)


@pytest.fixture(scope="module")
def sandbox() -> Iterator[Sandbox]:
    with Sandbox(Limits(seconds=60, pages=6_000)) as sandbox:
        yield sandbox


class Made:
    """What became of a picture: the reading, and the PDF."""

    def __init__(self, reading: FileReading, pdf: Path) -> None:
        self.reading = reading
        self.content = pdf.read_bytes()

    def pixels(self, page: int = 0, *, scale: float = 1.0) -> Image.Image:
        with pypdfium2.PdfDocument(self.content) as document:
            return document[page].render(scale=scale).to_pil().convert("RGB")

    def corner(self, x: float, y: float, page: int = 0) -> tuple[int, ...]:
        """The colour at fractions of the page."""
        shown = self.pixels(page)
        found = shown.getpixel((int(x * (shown.width - 1)), int(y * (shown.height - 1))))
        assert isinstance(found, tuple)
        return found


Make = Callable[..., Made]


@pytest.fixture
def make(sandbox: Sandbox, tmp_path: Path) -> Make:
    def made(content: bytes, mime: str) -> Made:
        path, rendition = tmp_path / "beeld", tmp_path / "weergave.pdf"
        path.write_bytes(content)
        return Made(read_file(sandbox, path, mime, rendition=rendition), rendition)

    return made


def picture(mode: str = "RGB", size: tuple[int, int] = (300, 200)) -> Image.Image:
    """White, with a red square above on the left and a blue bar below."""
    drawn = Image.new("RGB", size, WHITE)
    draw = ImageDraw.Draw(drawn)
    draw.rectangle((0, 0, size[0] // 3, size[1] // 3), fill=RED)
    draw.rectangle((0, size[1] * 2 // 3, *size), fill=BLUE)
    return drawn.convert(mode)


def saved(image: Image.Image, form: str, **options: object) -> bytes:
    written = io.BytesIO()
    image.save(written, form, **options)
    return written.getvalue()


def near(found: tuple[int, ...], wanted: tuple[int, int, int], *, by: int = 40) -> bool:
    return all(abs(one - other) <= by for one, other in zip(found, wanted, strict=True))


@pytest.mark.parametrize(
    ("form", "mime"),
    [
        ("PNG", "image/png"),
        ("JPEG", "image/jpeg"),
        ("TIFF", "image/tiff"),
        ("GIF", "image/gif"),
        ("WEBP", "image/webp"),
        ("BMP", "image/bmp"),
        ("JPEG2000", "image/jp2"),
    ],
)
def test_each_kind_of_picture_is_shown_as_it_was(make: Make, form: str, mime: str) -> None:
    made = make(saved(picture(), form), mime)
    (page,) = made.reading.pages
    assert (page.text, page.has_image, page.error) == ("", True, None)
    assert made.reading.rendition
    assert near(made.corner(0.1, 0.1), RED)
    assert near(made.corner(0.9, 0.1), WHITE)
    assert near(made.corner(0.5, 0.9), BLUE)


@pytest.mark.parametrize("mode", ["1", "L", "P", "LA", "RGBA", "I;16", "I", "F", "CMYK"])
def test_each_way_to_write_colours_is_shown_light_and_dark_where_it_was(make: Make, mode: str) -> None:
    grey = Image.new("L", (300, 200), 255)
    ImageDraw.Draw(grey).rectangle((0, 0, 100, 60), fill=0)
    if mode == "I;16":
        image = grey.convert("I").point(lambda value: value * 257).convert("I;16")
    else:
        image = grey.convert("F" if mode == "F" else mode)
    form = "PNG" if mode in ("LA", "I;16") else "TIFF"
    made = make(saved(image, form), "image/png" if form == "PNG" else "image/tiff")
    assert near(made.corner(0.1, 0.1), BLACK)
    assert near(made.corner(0.9, 0.9), WHITE)


def test_grey_of_sixteen_bits_is_as_dark_as_it_was(make: Make) -> None:
    image = Image.new("I", (20, 20), 0x8000).convert("I;16")
    made = make(saved(image, "PNG"), "image/png")
    assert near(made.corner(0.5, 0.5), (128, 128, 128), by=3)


def test_a_cmyk_jpeg_keeps_its_colours(make: Make) -> None:
    made = make(saved(picture("CMYK"), "JPEG", quality=95), "image/jpeg")
    assert near(made.corner(0.1, 0.1), RED, by=70)
    assert near(made.corner(0.9, 0.1), WHITE)


def test_what_is_transparent_is_white(make: Make) -> None:
    image = Image.new("RGBA", (200, 200), (0, 0, 0, 0))
    ImageDraw.Draw(image).rectangle((0, 0, 50, 50), fill=(255, 0, 0, 255))
    made = make(saved(image, "PNG"), "image/png")
    assert near(made.corner(0.1, 0.1), RED)
    assert near(made.corner(0.9, 0.9), WHITE)


def test_a_jpeg_is_passed_on_as_it_is_without_what_was_noted_with_it(make: Make) -> None:
    exif = Image.Exif()
    exif[0x010E] = "geheime omschrijving"
    exif.get_ifd(0x8825)[1] = "N"
    original = saved(picture(), "JPEG", exif=exif, comment=b"geheime opmerking", quality=90)
    assert b"geheime" in original
    made = make(original, "image/jpeg")
    assert b"geheime" not in made.content
    with pikepdf.Pdf.open(io.BytesIO(made.content)) as pdf:
        stored = pdf.pages[0].obj.Resources.XObject.Im0.read_raw_bytes()
    assert b"Exif" not in stored
    with Image.open(io.BytesIO(stored)) as kept, Image.open(io.BytesIO(original)) as first:
        assert kept.tobytes() == first.tobytes()


@pytest.mark.parametrize("form", ["JPEG", "PNG", "TIFF", "WEBP"])
@pytest.mark.parametrize(
    ("orientation", "red"),
    [
        (1, (0.1, 0.1)),
        (2, (0.9, 0.1)),
        (3, (0.9, 0.9)),
        (4, (0.1, 0.9)),
        (5, (0.1, 0.1)),
        (6, (0.9, 0.1)),
        (7, (0.9, 0.9)),
        (8, (0.1, 0.9)),
    ],
)
def test_a_picture_that_was_taken_askew_stands_upright(
    make: Make, form: str, orientation: int, red: tuple[float, float]
) -> None:
    exif = Image.Exif()
    exif[0x0112] = orientation
    options = {"tiffinfo": {274: orientation}} if form == "TIFF" else {"exif": exif}
    image = Image.new("RGB", (300, 200), WHITE)
    ImageDraw.Draw(image).rectangle((0, 0, 80, 60), fill=RED)
    made = make(saved(image, form, **options), f"image/{form.lower()}")
    assert near(made.corner(*red), RED)
    shown = made.pixels()
    assert (shown.width > shown.height) == (orientation < 5)


def test_a_page_is_as_large_as_the_picture_says_or_as_a_scan_would_be(make: Make) -> None:
    said = make(saved(picture(size=(1240, 1754)), "PNG", dpi=(150, 150)), "image/png")
    silent = make(saved(picture(size=(1654, 2339)), "PNG"), "image/png")
    screen = make(saved(picture(size=(1654, 2339)), "PNG", dpi=(72, 72)), "image/png")
    for made in (said, silent, screen):
        with pypdfium2.PdfDocument(made.content) as document:
            width, height = document[0].get_size()
        assert width == pytest.approx(595, abs=2)
        assert height == pytest.approx(842, abs=2)


def test_black_and_white_costs_little(make: Make) -> None:
    page = Image.new("1", (1654, 2339), 1)
    draw = ImageDraw.Draw(page)
    for line in range(60):
        draw.text((100, 100 + line * 35), "De gemeenteraad besluit " * 8, fill=0)
    made = make(saved(page, "TIFF"), "image/tiff")
    assert len(made.content) < 100_000
    assert near(made.corner(0.01, 0.01), WHITE)


def tiff(frames: int) -> bytes:
    """Frames of eight by one, black and white by turns (TIFF 6.0)."""
    tags = {256: 8, 257: 1, 258: 1, 259: 1, 262: 1, 273: 0, 277: 1, 278: 1, 279: 1}
    length = 2 + 12 * len(tags) + 4 + 2
    content = bytearray(b"II*\0" + struct.pack("<I", 8))
    for number in range(frames):
        at = 8 + number * length
        tags[273] = at + length - 2
        content += struct.pack("<H", len(tags))
        content += b"".join(struct.pack("<HHII", tag, 4, 1, value) for tag, value in tags.items())
        content += struct.pack("<I", 0 if number == frames - 1 else at + length)
        content += b"\xff\0" if number % 2 else b"\0\0"
    return bytes(content)


@pytest.mark.prove
def test_each_frame_of_a_tiff_is_a_page_and_five_thousand_are_no_trouble(make: Make, proving: bool) -> None:
    count = 5000 if proving else 500
    made = make(tiff(count), "image/tiff")
    assert len(made.reading.pages) == count
    assert near(made.corner(0.5, 0.5, page=count - 2), BLACK)
    assert near(made.corner(0.5, 0.5, page=count - 1), WHITE)


def test_more_frames_than_pages_are_allowed_is_refused(tmp_path: Path) -> None:
    frames = [Image.new("L", (8, 8), number) for number in range(5)]
    path = tmp_path / "x.tiff"
    path.write_bytes(saved(frames[0], "TIFF", save_all=True, append_images=frames[1:]))
    with Sandbox(Limits(pages=4)) as sandbox, pytest.raises(FileRefused, match="more pages"):
        read_file(sandbox, path, "image/tiff", rendition=tmp_path / "w.pdf")


@pytest.mark.parametrize(("count", "pages"), [(3, 3), (20, 20), (21, 1)])
def test_a_moving_picture_shows_its_frames_or_only_the_first(make: Make, count: int, pages: int) -> None:
    frames = [Image.new("L", (16, 16), number * 10) for number in range(count)]
    made = make(saved(frames[0], "GIF", save_all=True, append_images=frames[1:]), "image/gif")
    assert len(made.reading.pages) == pages
    assert any("moving image" in warning for warning in made.reading.warnings) == (count > 20)


def png(width: int, height: int) -> bytes:
    """A picture that says to be so large, and is nothing."""

    def chunk(kind: bytes, content: bytes) -> bytes:
        return (
            struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))
        )

    header = struct.pack(">2I5B", width, height, 1, 0, 0, 0, 0)
    rows = zlib.compress(b"\x00" * 10_000)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")


def test_sixty_thousand_by_sixty_thousand_is_refused_without_looking(make: Make) -> None:
    with pytest.raises(FileRefused) as refused:
        make(png(60_000, 60_000), "image/png")
    assert refused.value.code == "image_too_large"


def test_a_frame_that_is_too_large_is_an_empty_page_that_says_so(make: Make) -> None:
    frames = [Image.new("L", (8, 8), 0), Image.new("L", (8, 8), 0)]
    content = bytearray(saved(frames[0], "TIFF", save_all=True, append_images=frames[1:]))
    first = struct.unpack_from("<I", content, 4)[0]
    for tag in range(struct.unpack_from("<H", content, first)[0]):
        at = first + 2 + 12 * tag
        if struct.unpack_from("<H", content, at)[0] in (256, 257):
            struct.pack_into("<HII", content, at + 2, 4, 1, 60_000)
    one, two = make(bytes(content), "image/tiff").reading.pages
    assert "150 million" in str(one.error)
    assert (two.error, two.has_image) == (None, True)


@pytest.mark.parametrize(("form", "mime"), [("JPEG", "image/jpeg"), ("PNG", "image/png")])
def test_a_picture_that_was_cut_off_shows_what_is_there_and_says_so(make: Make, form: str, mime: str) -> None:
    noise = Image.effect_noise((400, 400), 90).convert("RGB")
    noise.paste(RED, (0, 0, 400, 60))
    content = saved(noise, form)
    made = make(content[: len(content) // 2], mime)
    assert any("cut off" in warning for warning in made.reading.warnings)
    assert near(made.corner(0.5, 0.05), RED, by=70)


@pytest.mark.parametrize(
    "content", [b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n", b"GIF8", b"II*\x00\xff\xff\xff\xff"]
)
def test_what_only_begins_like_a_picture_is_refused_with_the_reason(make: Make, content: bytes) -> None:
    with pytest.raises(FileRefused) as refused:
        make(content + b"\x00" * 40, "image/png")
    assert refused.value.code == "damaged_image"


def test_damage_anywhere_ends_in_a_picture_or_a_reason(make: Make) -> None:
    for form, mime in (
        ("PNG", "image/png"),
        ("JPEG", "image/jpeg"),
        ("TIFF", "image/tiff"),
        ("GIF", "image/gif"),
    ):
        whole = saved(picture(size=(60, 40)), form)
        for number in range(40):
            broken = bytearray(whole)
            broken[(number * 7919) % len(whole)] ^= 0xFF
            broken[(number * 104_729) % len(whole)] = number
            try:
                made = make(bytes(broken), mime)
            except FileRefused as refused:
                assert refused.code in ("damaged_image", "image_too_large", "too_many_pages")  # noqa: PT017
            else:
                assert made.reading.pages


def test_the_same_picture_always_gives_the_same_pdf(make: Make) -> None:
    content = saved(picture(), "PNG")
    assert make(content, "image/png").content == make(content, "image/png").content
