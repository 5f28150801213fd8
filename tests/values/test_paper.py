"""Units of length agree with each other."""

from __future__ import annotations

from values.paper import EMU_PER_INCH, EMU_PER_MM, EMU_PER_POINT, HIGHEST_PICTURE, TEXT_WIDTH


def test_an_inch_has_72_points_and_25_4_millimetres() -> None:
    assert EMU_PER_POINT * 72 == EMU_PER_INCH
    assert EMU_PER_MM * 254 == EMU_PER_INCH * 10


def test_the_largest_picture_fits_into_the_text_area() -> None:
    assert (TEXT_WIDTH // EMU_PER_MM, HIGHEST_PICTURE // EMU_PER_MM) == (156, 200)
