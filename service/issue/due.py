"""When a bulletin is due. The scheduler only runs jobs; these times, compared with the ledger, decide."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from settings.days_off import DaysOff
from settings.model import BulletinSettings, ServiceSettings
from settings.schedule import Schedule

_DAY: Final = timedelta(days=1)
_NO_DAYS_OFF: Final = DaysOff()


def due_times(
    service: ServiceSettings, bulletin: BulletinSettings, after: datetime, until: datetime
) -> Iterator[datetime]:
    """`fire_times` of a bulletin by its configuration; none for a bulletin that is made by hand."""
    if bulletin.schedule is not None:
        days_off = service.days_off(bulletin.holidays)
        yield from fire_times(bulletin.schedule, service.timezone, after, until, days_off)


def fire_times(
    schedule: Schedule, zone: ZoneInfo, after: datetime, until: datetime, days_off: DaysOff = _NO_DAYS_OFF
) -> Iterator[datetime]:
    """Every due time in (after, until], oldest first, in UTC; each day has at most one.

    A day of the schedule that is a day off is moved to another day or skipped, as `days_off` says; if that other day
    is due itself, there is one time for both.
    A local time that occurs twice counts the first time; one that is skipped is later by as much as the clock was put
    forward (PEP 495, fold=0). APScheduler's CronTrigger (3.11.3) is not used: after a time that occurs twice it returns
    the same time for ever.
    """
    day = after.astimezone(zone).date() - _DAY  # yesterday's time may have been put forward past midnight
    while day <= until.astimezone(zone).date():
        moment = datetime.combine(day, time(schedule.hour, schedule.minute), zone).astimezone(UTC)
        if after < moment <= until and _is_due(day, schedule, days_off):
            yield moment
        day += _DAY


def _is_due(day: date, schedule: Schedule, days_off: DaysOff) -> bool:
    """Decided for each day by itself, so that every interval has the same due days."""
    named = day.weekday() in schedule.days
    if named and (day not in days_off.free or days_off.holidays == "ignore"):
        return True
    if days_off.holidays in ("ignore", "skip") or not days_off.is_working(day):
        return False
    step = _DAY if days_off.holidays == "before" else -_DAY
    other = day + step
    while not days_off.is_working(other):  # over the days off and weekends next to a working day
        if other in days_off.free and other.weekday() in schedule.days:
            return True
        other += step
    return False
