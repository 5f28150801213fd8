"""Times, days and sizes as the desk shows them."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Final

_UNITS: Final = ("B", "KB", "MB", "GB")


def moment(at: datetime, now: datetime) -> str:
    """今天 16:05, 昨天 16:05, 明天 16:05, 11月8日 16:05, 2021年11月8日 16:05. Both times in the office's time zone."""
    return f"{_relative(at.date(), now.date()) or day(at, now)} {at:%H:%M}"


def day(on: date | datetime, now: datetime) -> str:
    """11月8日, or 2021年11月8日 for a day of another year."""
    year = "" if on.year == now.year else f"{on.year}年"
    return f"{year}{on.month}月{on.day}日"


def size(count: int) -> str:
    """A number of bytes as 812 B, 20 KB, 1.4 MB, in powers of 1,000 like the limits in our messages."""
    amount = float(count)
    for unit in _UNITS:
        if amount < 1000 or unit == _UNITS[-1]:
            break
        amount /= 1000
    return f"{amount:.1f} {unit}" if unit in ("MB", "GB") and amount < 10 else f"{amount:.0f} {unit}"


def _relative(on: date, today: date) -> str:
    names = {today: "今天", today - timedelta(days=1): "昨天", today + timedelta(days=1): "明天"}
    return names.get(on, "")
