"""The office's days off, and what a bulletin does that is due on one of them.

They are a plain list in config.toml, copied from the State Council's notice of each year (docs/decisions/0021).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final, Literal

Holidays = Literal["ignore", "skip", "before", "after"]
"""What becomes of a due time on a day off. ignore: nothing; skip: it is dropped; before: it moves to the last working
day before; after: to the first working day after."""

_DAY: Final = timedelta(days=1)
_LONGEST: Final = 92
"""Days in one span: longer than a school's summer holidays. In a longer one the year is most likely wrong."""
_SATURDAY: Final = 5
"""As `date.weekday` counts."""

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
    """The office's calendar, and what a bulletin does on a day off."""

    free: frozenset[date] = frozenset()
    """Days off; weekends need not be among them."""
    work: frozenset[date] = frozenset()
    """Weekend days on which the office works (调休)."""
    holidays: Holidays = "ignore"

    def is_working(self, day: date) -> bool:
        """Whether the office works on that day."""
        return day not in self.free and (not is_weekend(day) or day in self.work)


def is_weekend(day: date) -> bool:
    """Whether it is a Saturday or a Sunday."""
    return day.weekday() >= _SATURDAY


def parse_span(value: object) -> Span:
    """ "2026-10-01..2026-10-07", "2026-10-10", or a day of TOML → `Span`. Raises ValueError with a Chinese sentence."""
    if isinstance(value, date) and not isinstance(value, datetime):
        return Span(value, value)
    written = _FORM.fullmatch(value.strip()) if isinstance(value, str) else None
    if written is None:
        raise ValueError(f"看不懂的日期；{_EXAMPLE}")
    first = _day(written[1])
    last = _day(written[2]) if written[2] else first
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
