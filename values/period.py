"""A range of days: a month, a quarter, a year, or from one day to another."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import MINYEAR, date, timedelta
from typing import Final

from values.written_date import date_written

_DAY: Final = timedelta(days=1)
_SLUG: Final = re.compile(r"(?P<year>\d{4})(?:-(?:(?P<month>0[1-9]|1[0-2])|Q(?P<quarter>[1-4])))?", re.ASCII)
_QUARTERS: Final = "一二三四"
_EARLIEST: Final = 1990
_LATEST: Final = 2200
"""Years of a period: a mistyped year must not make a page of thousands of empty months."""


@dataclass(frozen=True, slots=True)
class Period:
    """The days from `first` to `last`, both included; `last` is not before `first`."""

    first: date
    last: date

    @property
    def months(self) -> int:
        """The number of calendar months, 0 when it is not made of whole ones."""
        whole = self.first.day == 1 and (self.last + _DAY).day == 1
        return (self.last.year - self.first.year) * 12 + self.last.month - self.first.month + 1 if whole else 0

    @property
    def kind(self) -> str:
        """month, quarter, year; "" for any other."""
        starts = {1: True, 3: self.first.month % 3 == 1, 12: self.first.month == 1}
        return {1: "month", 3: "quarter", 12: "year"}[self.months] if starts.get(self.months) else ""

    @property
    def slug(self) -> str:
        """As it is written in addresses and file names; `period_of` reads it."""
        match self.kind:
            case "month":
                return f"{self.first:%Y-%m}"
            case "quarter":
                return f"{self.first.year}-Q{(self.first.month + 2) // 3}"
            case "year":
                return f"{self.first.year}"
        return f"{self.first.isoformat()}..{self.last.isoformat()}"

    @property
    def label(self) -> str:
        """2022年10月, 2022年第四季度, 2022年, 2022年9月3日至10月5日."""
        first, last = self.first, self.last
        match self.kind:
            case "month":
                return f"{first.year}年{first.month}月"
            case "quarter":
                return f"{first.year}年第{_QUARTERS[first.month // 3]}季度"
            case "year":
                return f"{first.year}年"
        if first == last:
            return f"{first.year}年{first.month}月{first.day}日"
        if self.months and first.year == last.year:
            return f"{first.year}年{first.month}月至{last.month}月"
        year = "" if first.year == last.year else f"{last.year}年"
        return f"{first.year}年{first.month}月{first.day}日至{year}{last.month}月{last.day}日"

    @property
    def before(self) -> Period:
        """The period of the same length that ends the day before."""
        if self.months:
            return Period(_months_later(self.first, -self.months), self.first - _DAY)
        return Period(self.first - (self.last - self.first) - _DAY, self.first - _DAY)

    @property
    def after(self) -> Period:
        """The period of the same length that begins the day after."""
        start = self.last + _DAY
        if self.months:
            return Period(start, _months_later(start, self.months) - _DAY)
        return Period(start, start + (self.last - self.first))


def month_of(day: date) -> Period:
    return _of_months(day.replace(day=1), 1)


def quarter_of(day: date) -> Period:
    return _of_months(date(day.year, (day.month - 1) // 3 * 3 + 1, 1), 3)


def year_of(day: date) -> Period:
    return _of_months(date(day.year, 1, 1), 12)


def last_months(day: date, count: int) -> Period:
    """That many calendar months, of which the day's is the last."""
    return _of_months(_months_later(day.replace(day=1), 1 - count), count)


def period_of(written: str) -> Period | None:
    """2022, 2022-10, 2022-Q4, 2022-09-03..2022-10-05. None for anything else, also before 1990 and after 2200."""
    if match := _SLUG.fullmatch(written):
        year = int(match["year"])
        start = date(year, 1, 1) if _EARLIEST <= year <= _LATEST else None
        if start is None:
            return None
        if match["month"]:
            return month_of(start.replace(month=int(match["month"])))
        return quarter_of(start.replace(month=int(match["quarter"]) * 3)) if match["quarter"] else year_of(start)
    first, dots, last = written.partition("..")
    return period_between(first, last) if dots else None


def period_between(first: str, last: str) -> Period | None:
    """From one day to the other, in either order; None when one of them is no day with its year.

    first, last: as `date_written` reads them.
    """
    written = (date_written(first, MINYEAR), date_written(last, MINYEAR))
    days = sorted(day for day in written if day is not None)
    if len(days) < len(written):
        return None
    return Period(*days) if days[0].year >= _EARLIEST and days[1].year <= _LATEST else None


def _of_months(start: date, count: int) -> Period:
    return Period(start, _months_later(start, count) - _DAY)


def _months_later(start: date, count: int) -> date:
    months = start.year * 12 + start.month - 1 + count
    return date(months // 12, months % 12 + 1, 1)
