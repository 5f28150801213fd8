"""When a commission is due, and when departments are reminded of it. Pure.

A deadline heeds the office's days off as the schedule does (`[[bulletin]] holidays`, docs/decisions/0021): before moves
it to the last working day before, after to the first one after; ignore and skip leave it where it is, since nobody
drops a deadline. A reminder that would fall on a day off is moved to the last working day before in either case.
"""

from __future__ import annotations

import re
from datetime import date, datetime, time, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from settings.days_off import DaysOff
from settings.remind_before import RemindBefore
from values.errors import BadUsage
from values.written_date import date_written

END_OF_DAY: Final = time(18)
"""The hour of a deadline that is given as a day: offices close then."""
_DAY: Final = timedelta(days=1)
_HEEDED: Final = ("before", "after")
_TIME: Final = re.compile(r"(?P<day>.*?)(?:[\sTt]+|(?<=日))(?P<hour>\d{1,2})[:：时](?P<minute>\d{2})?分?\s*")
_EXAMPLE: Final = "应如 2026-12-08 或 2026-12-08 17:00。"


def due_written(text: str, now: datetime, days_off: DaysOff) -> datetime:
    """The deadline that a person writes, on the clock of `now`: a day, or a day and a time; moved from a day off.

    A day without a year is the next one of its kind. Raises BadUsage for what is no moment, and for one that is over.
    """
    match = _TIME.fullmatch(text.strip())
    day = _day(match["day"] if match else text, now.date())
    if day is None:
        raise BadUsage(f"看不懂截稿时间“{text.strip()}”，{_EXAMPLE}")
    clock = _clock(int(match["hour"]), int(match["minute"] or 0)) if match else END_OF_DAY
    if clock is None:
        raise BadUsage(f"“{text.strip()}”里的时间不对，{_EXAMPLE}")
    due = datetime.combine(moved_from_day_off(day, days_off), clock, now.tzinfo)
    if due <= now:
        raise BadUsage(f"截稿时间 {due:%Y-%m-%d %H:%M} 已经过了，请另定。")
    return due


def moved_from_day_off(day: date, days_off: DaysOff) -> date:
    """The day on which something is due that would be due on this one."""
    if day not in days_off.free or days_off.holidays not in _HEEDED:
        return day
    return _next_working(day, days_off, _DAY if days_off.holidays == "after" else -_DAY)


def reminder_time(due_at: datetime, before: RemindBefore, zone: ZoneInfo, days_off: DaysOff) -> datetime:
    """When departments are reminded of what is due then."""
    moment = before.before(due_at.astimezone(zone))
    if moment.date() not in days_off.free or days_off.holidays not in _HEEDED:
        return moment
    return datetime.combine(_next_working(moment.date(), days_off, -_DAY), moment.time(), zone)


def _next_working(day: date, days_off: DaysOff, step: timedelta) -> date:
    while not days_off.is_working(day):
        day += step
    return day


def _day(text: str, today: date) -> date | None:
    """A day without a year: of this year or, where that is over, of the next one."""
    this_year, next_year = date_written(text, today.year), date_written(text, today.year + 1)
    if this_year is None or (this_year != next_year and this_year < today):
        return next_year
    return this_year


def _clock(hour: int, minute: int) -> time | None:
    try:
        return time(hour, minute)
    except ValueError:
        return None
