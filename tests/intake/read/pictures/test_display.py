"""How a document displays a picture: crop, orientation, size."""

from __future__ import annotations

from intake.read.pictures.display import PictureDisplay, crop_of
from tests.support.photographs import (
    BLACK,
    GREEN,
    colours,
    corners,
    png_of,
    quarters,
    saved,
)
from tests.support.prepared_pictures import image, ready

_MM = 36_000


def test_picture_is_cropped_before_it_is_turned() -> None:
    shown = PictureDisplay(40 * _MM, 20 * _MM, crop=crop_of(50_000, 0, 0, 0), orientation=6)
    made = ready(png_of(quarters(80, 40)), shown)
    assert colours(image(made)) == {GREEN, BLACK}
    assert corners(image(made)) == [BLACK, GREEN, BLACK, GREEN]
    assert (made.picture.width, made.picture.height) == (20 * _MM, 40 * _MM)


def test_crop_that_cuts_through_a_pixel_leaves_it_out() -> None:
    made = ready(saved(quarters(10, 10), "PNG"), PictureDisplay(crop=crop_of(49_000, 0, 0, 49_000)))
    assert colours(image(made)) == {GREEN}
    assert image(made).size == (5, 5)


def test_without_a_size_it_has_its_own_at_96_dots_an_inch() -> None:
    made = ready(saved(quarters(96, 48), "PNG"))
    assert (made.picture.width, made.picture.height) == (914_400, 457_200)
