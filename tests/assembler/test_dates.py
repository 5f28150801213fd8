"""Dates as offices print them."""

from __future__ import annotations

from datetime import date

import pytest

from assembler.dates import chinese


@pytest.mark.parametrize(
    ("day", "said"),
    [
        (date(2022, 10, 10), "二〇二二年十月十日"),
        (date(2030, 1, 20), "二〇三〇年一月二十日"),
        (date(2009, 12, 31), "二〇〇九年十二月三十一日"),
    ],
)
def test_a_date_in_chinese_is_read_as_it_is_spoken(day: date, said: str) -> None:
    assert chinese(day) == said
