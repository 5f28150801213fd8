"""The number before a line of a list."""

from __future__ import annotations

from service.by_mail.list_number import list_number


def test_number_of_a_list_is_read_and_that_of_an_article_is_not() -> None:
    assert [list_number(line) for line in ("1. 采用 3", "三、缓 2", "采用 1", "12")] == [1, 3, 0, 0]
