"""Times, days and sizes as people say them."""

from __future__ import annotations

from datetime import date, datetime

import pytest

from desk.formats import day, moment, size
from tests.support.offices import SHANGHAI

NOW = datetime(2022, 11, 8, 16, 0, tzinfo=SHANGHAI)


@pytest.mark.parametrize(
    ("at", "said"),
    [
        (datetime(2022, 11, 8, 9, 5, tzinfo=SHANGHAI), "今天 09:05"),
        (datetime(2022, 11, 7, 23, 59, tzinfo=SHANGHAI), "昨天 23:59"),
        (datetime(2022, 11, 9, 0, 0, tzinfo=SHANGHAI), "明天 00:00"),
        (datetime(2022, 11, 6, 16, 5, tzinfo=SHANGHAI), "11月6日 16:05"),
        (datetime(2021, 11, 8, 16, 5, tzinfo=SHANGHAI), "2021年11月8日 16:05"),
    ],
)
def test_moment_is_written_as_near_as_it_is(at: datetime, said: str) -> None:
    assert moment(at, NOW) == said


def test_a_day_has_its_year_only_when_it_is_another() -> None:
    assert (day(date(2022, 1, 2), NOW), day(date(2023, 1, 2), NOW)) == ("1月2日", "2023年1月2日")


@pytest.mark.parametrize(
    ("count", "said"), [(0, "0 B"), (999, "999 B"), (20_480, "20 KB"), (1_400_000, "1.4 MB"), (20_000_000, "20 MB")]
)
def test_a_size_has_two_figures_or_so(count: int, said: str) -> None:
    assert size(count) == said
