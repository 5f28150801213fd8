"""The office's days off, and what a bulletin does whose day is one of them.

A plain list in config.toml, as the office has it from the State Council's notice of each year (decision 21).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final, Literal

Holidays = Literal["ignore", "skip", "before", "after"]
"""ignore: due all the same; skip: not at all; before, after: on the last working day before, the first after."""

_DAY: Final = timedelta(days=1)
_LONGEST: Final = 92
"""Days. A school's summer holidays are shorter; what is longer has most likely a wrong year in it."""
_SATURDAY: Final = 5
_FORM: Final = re.compile(r"(\d{4}-\d{2}-\d{2})(?:\s*\.\.\s*(\d{4}-\d{2}-\d{2}))?")
_EXAMPLE: Final = '写成 "2026-10-01" 或 "2026-10-01..2026-10-07"'


@dataclass(frozen=True, slots=True)
class Span:
    """Days from the first to the last, both included."""

    first: date
    last: date

    def __iter__(self) -> Iterator[date]:
        return (self.first + number * _DAY for number in range((self.last - self.first).days + 1))


@dataclass(frozen=True, slots=True)
class DaysOff:
    """free: days off, weekends need not be among them. work: weekend days on which the office works (调休)."""

    free: frozenset[date] = frozenset()
    work: frozenset[date] = frozenset()
    holidays: Holidays = "ignore"

    def is_working(self, day: date) -> bool:
        return day not in self.free and (not is_weekend(day) or day in self.work)


def is_weekend(day: date) -> bool:
    return day.weekday() >= _SATURDAY


def parse_span(value: object) -> Span:
    """ "2026-10-01..2026-10-07", "2026-10-10", or one day as TOML writes days. Raises ValueError, in Chinese."""
    if isinstance(value, date) and not isinstance(value, datetime):
        return Span(value, value)
    found = _FORM.fullmatch(value.strip()) if isinstance(value, str) else None
    if found is None:
        raise ValueError(f"看不懂的日期；{_EXAMPLE}")
    first = _day(found[1])
    last = _day(found[2]) if found[2] else first
    if last < first:
        raise ValueError(f"{first} 在 {last} 之后；先写第一天，再写最后一天")
    if (last - first).days >= _LONGEST:
        raise ValueError(f"从 {first} 到 {last} 超过 {_LONGEST} 天；请核对年份")
    return Span(first, last)


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise ValueError(f"没有 {text} 这一天；{_EXAMPLE}") from None
