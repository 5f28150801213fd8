"""When a bulletin is due. The clock only rings; these times, compared with the ledger, decide."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

from settings.schedule import Schedule

_DAY = timedelta(days=1)


def fire_times(schedule: Schedule, zone: ZoneInfo, after: datetime, until: datetime) -> Iterator[datetime]:
    """Every due time in (after, until], oldest first, in UTC; each day of the schedule has exactly one.

    A local time that the clock shows twice counts the first time, one that it skips counts as much later as the clock
    was put forward (PEP 495, fold=0). APScheduler's CronTrigger (3.11.3) is not asked: after a time that is shown twice
    it answers with that same time for ever.
    """
    day = after.astimezone(zone).date() - _DAY  # yesterday's time may have been put forward past midnight
    while day <= until.astimezone(zone).date():
        moment = datetime.combine(day, time(schedule.hour, schedule.minute), zone).astimezone(UTC)
        if day.weekday() in schedule.days and after < moment <= until:
            yield moment
        day += _DAY
