"""Transformations of a page follow one another, and tell whether text on it is level."""

from __future__ import annotations

from values.matrix import Matrix


def test_a_matrix_followed_by_another_maps_points_through_both() -> None:
    turned = Matrix(0, 1, -1, 0).then(Matrix(e=10, f=20))
    assert turned.point(1, 0) == (10, 21)
    assert turned.turns
    assert not Matrix(1, 0.05, 0, 1).turns


def test_upright_is_what_is_enlarged_alike_and_not_turned_or_mirrored() -> None:
    assert [Matrix(*numbers).is_upright for numbers in ((2, 0, 0, 2), (2, 0, 0, 3), (0, 2, -2, 0), (-2, 0, 0, -2))] == [
        *(True, False, False, False)
    ]


def test_scale_is_the_root_of_the_area() -> None:
    assert Matrix(2, 0, 0, 8).scale == 4
    assert Matrix(0, 3, -3, 0).scale == 3
