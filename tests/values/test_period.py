"""Periods as they are written, shown, and counted on."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from values.period import Period, last_months, month_of, period_between, period_of, quarter_of, year_of

DAYS = st.dates(date(1991, 1, 1), date(2198, 12, 31))
DAY = timedelta(days=1)


@pytest.mark.parametrize(
    ("slug", "label", "first", "last"),
    [
        ("2022-10", "2022年10月", date(2022, 10, 1), date(2022, 10, 31)),
        ("2024-02", "2024年2月", date(2024, 2, 1), date(2024, 2, 29)),
        ("2022-Q1", "2022年第一季度", date(2022, 1, 1), date(2022, 3, 31)),
        ("2022-Q4", "2022年第四季度", date(2022, 10, 1), date(2022, 12, 31)),
        ("2022", "2022年", date(2022, 1, 1), date(2022, 12, 31)),
        ("2022-09-03..2022-10-05", "2022年9月3日至10月5日", date(2022, 9, 3), date(2022, 10, 5)),
        ("2022-12-03..2023-01-05", "2022年12月3日至2023年1月5日", date(2022, 12, 3), date(2023, 1, 5)),
        ("2022-01-01..2022-06-30", "2022年1月至6月", date(2022, 1, 1), date(2022, 6, 30)),
        ("2022-02-01..2022-04-30", "2022年2月至4月", date(2022, 2, 1), date(2022, 4, 30)),
        ("2022-11-08..2022-11-08", "2022年11月8日", date(2022, 11, 8), date(2022, 11, 8)),
    ],
)
def test_period_is_written_and_shown_as_offices_do(slug: str, label: str, first: date, last: date) -> None:
    period = period_of(slug)
    assert period == Period(first, last)
    assert (period.slug, period.label) == (slug, label)


@pytest.mark.parametrize("text", ["", "2022-13", "2022-Q5", "22", "2022-1", "0001", "9999", "..", "x..y", "２０２２"])
def test_anything_else_is_no_period(text: str) -> None:
    assert period_of(text) is None


def test_days_may_come_in_either_order_and_a_whole_month_is_one() -> None:
    assert period_between("2022-10-31", "2022-10-01") == month_of(date(2022, 10, 8))
    assert period_between("2022-10-31", "") is None
    assert period_between("0001-01-01", "2022-01-01") is None


@given(DAYS)
def test_calendar_periods_hold_their_day_and_follow_each_other(day: date) -> None:
    for period in (month_of(day), quarter_of(day), year_of(day), Period(day, day + 9 * DAY)):
        assert period.first <= day <= period.last
        assert period.after.first == period.last + DAY
        assert period.before.last == period.first - DAY
        assert (period.after.before, period.before.after) == (period, period)
        assert period_of(period.slug) == period


def test_twelve_months_end_with_that_of_the_day() -> None:
    assert last_months(date(2022, 3, 31), 12) == Period(date(2021, 4, 1), date(2022, 3, 31))
