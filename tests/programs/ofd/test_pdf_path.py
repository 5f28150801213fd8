from __future__ import annotations

import pytest

from programs.ofd.page import Extent
from programs.ofd.pdf_path import PathBuilder
from values.matrix import Matrix

PAPER = Matrix()


def test_segments_are_on_the_paper() -> None:
    path = PathBuilder()
    moved = Matrix(2, 0, 0, 2, 10, 20)
    path.move(moved, 1, 1)
    path.line(moved, 2, 1)
    path.curve_from_here(moved, [3, 1, 3, 2])
    path.close()
    segments, rectangle = path.taken()
    assert list(segments) == [
        ("M", ((12, 22),)),
        ("L", ((14, 22),)),
        ("B", ((14, 22), (16, 22), (16, 24))),
        ("C", ()),
    ]
    assert rectangle is None
    assert path.taken() == ((), None)


def test_rectangle_is_recognised_however_it_is_drawn() -> None:
    path = PathBuilder()
    path.rectangle(PAPER, 1, 2, 3, -4)
    assert path.taken()[1] == Extent(1, -2, 4, 2)
    path.move(PAPER, 0, 0)
    for x, y in ((5, 0), (5, 6), (0, 6), (0, 0)):
        path.line(PAPER, x, y)
    assert path.taken()[1] == Extent(0, 0, 5, 6)


@pytest.mark.parametrize(
    ("space", "corners"),
    [
        (Matrix(0.8, 0.6, -0.6, 0.8), ((0, 0), (5, 0), (5, 6), (0, 6))),
        (PAPER, ((0, 0), (5, 6), (5, 0), (0, 6))),
        (PAPER, ((0, 0), (5, 0), (5, 6), (1, 6))),
        (PAPER, ((0, 0), (5, 0), (5, 6))),
    ],
    ids=["turned", "crossed", "trapezium", "triangle"],
)
def test_other_shapes_are_no_rectangle(space: Matrix, corners: tuple[tuple[float, float], ...]) -> None:
    path = PathBuilder()
    path.move(space, *corners[0])
    for corner in corners[1:]:
        path.line(space, *corner)
    path.close()
    assert path.taken()[1] is None
