"""The visible area of a PDF page, turned as the page is shown."""

from __future__ import annotations

import pytest

from intake.read.pages.pdf_objects import VisibleArea


@pytest.mark.parametrize("turned", [0, 1, 2, 3])
def test_the_corners_of_the_area_are_those_of_the_page_as_shown(turned: int) -> None:
    area = VisibleArea(10, 20, 110, 220, turned)
    across, down = (100, 200) if turned % 2 == 0 else (200, 100)
    corners = {area.matrix.point(x, y) for x in (10, 110) for y in (20, 220)}
    assert corners == {(0, 0), (across, 0), (0, down), (across, down)}


def test_the_top_left_corner_of_an_upright_page_is_the_origin() -> None:
    assert VisibleArea(10, 20, 110, 220, 0).matrix.point(10, 220) == (0, 0)
    assert VisibleArea(10, 20, 110, 220, 1).matrix.point(10, 20) == (0, 0)
