"""Numbers of articles as people write them."""

from __future__ import annotations

import pytest

from service.by_mail.numbers import lists_at, number_of


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("3", 3),
        ("第三篇", 3),
        ("十", 10),
        ("十二", 12),
        ("二十", 20),
        ("二十一", 21),
        ("③", 3),
        ("3号稿件", 3),
        ("一二", 0),
    ],
)
def test_a_number_is_read(text: str, number: int) -> None:
    assert number_of(text) == number


@pytest.mark.parametrize(
    ("text", "longest"),
    [
        ("1,3", (1, 3)),
        ("1-3", (1, 2, 3)),
        ("第一、三篇", (1, 3)),
        ("①②", (1, 2)),
        ("3 3", (3,)),
        ("3-1", None),
        ("-1", None),
    ],
)
def test_a_list_is_read_to_its_longest(text: str, longest: tuple[int, ...] | None) -> None:
    readings = list(lists_at(text, 0))
    assert (readings[-1][0].named if readings else None) == longest


def test_all_the_rest_and_exceptions() -> None:
    assert next(lists_at("其余", 0))[0].rest
    assert next(lists_at("全部", 0))[0].all_but
    [excepted] = [numbers for numbers, end in lists_at("除 3、4 以外都", 0) if end == 9]
    assert (excepted.named, excepted.all_but) == ((3, 4), True)
