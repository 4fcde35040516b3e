"""Pictures that are turned and straightened for recognition, and the way back to the page as it is shown."""

import random

import pytest
from PIL import Image

from woo.sandbox.ocr_picture import as_shown, is_blank, skew_of, straightened, turned

SIZE = (400, 600)
MARK = (250, 100, 330, 130)


def with_mark() -> Image.Image:
    image = Image.new("L", SIZE, 255)
    image.paste(0, MARK)
    return image


def ink_of(image: Image.Image) -> tuple[int, int, int, int]:
    found = image.point([255 if shade < 128 else 0 for shade in range(256)]).getbbox()
    assert found is not None
    return found


@pytest.mark.parametrize("degrees", [0, 90, 180, 270])
@pytest.mark.parametrize("skew", [0.0, -3.0, 4.0])
def test_a_box_comes_back_to_where_it_was_drawn(degrees: int, skew: float) -> None:
    upright = turned(with_mark(), degrees)
    straight = straightened(upright, skew)
    back = as_shown(ink_of(straight), straight.size, skew=skew, degrees=degrees)
    shown = (back[0] * SIZE[0], back[1] * SIZE[1], back[2] * SIZE[0], back[3] * SIZE[1])
    tolerance = 1 if not skew else 5  # a box around a turned mark is a little larger
    assert shown == pytest.approx(MARK, abs=tolerance)


def test_degrees_are_clockwise() -> None:
    left, top, *_ = ink_of(turned(with_mark(), 90))
    assert (left, top) == (SIZE[1] - MARK[3], MARK[0])


def lined(angle: float) -> Image.Image:
    image = Image.new("L", (1200, 1600), 250)
    for y in range(100, 1500, 40):
        for x in range(100, 1100, 50):
            image.paste(20, (x, y, x + 35, y + 14))
    return image.rotate(angle, Image.Resampling.BICUBIC, fillcolor=250)


@pytest.mark.parametrize("angle", [-6.0, -2.5, 2.0, 3.25, 5.0])
def test_lines_that_slope_are_measured(angle: float) -> None:
    assert skew_of(lined(angle)) == pytest.approx(angle, abs=0.25)


@pytest.mark.parametrize("angle", [-1.5, 0.0, 0.5])
def test_lines_that_nearly_lie_straight_are_left_alone(angle: float) -> None:
    assert skew_of(lined(angle)) == 0.0


def test_a_picture_without_lines_has_no_slope() -> None:
    noise = Image.frombytes("L", (300, 400), random.Random(1).randbytes(120_000))
    assert skew_of(noise) == 0.0
    assert skew_of(Image.new("L", (300, 400), 255)) == 0.0
    assert skew_of(lined(0).transpose(Image.Transpose.ROTATE_90)) == 0.0


def test_specks_of_dust_are_no_ink() -> None:
    image = Image.new("L", (1000, 1000), 240)
    assert is_blank(image)
    image.paste(0, (500, 500, 504, 504))
    assert is_blank(image)
    image.paste(0, (500, 500, 540, 504))
    assert not is_blank(image)
    assert not is_blank(Image.eval(image, lambda shade: 255 - shade))
