"""The calendar of a bulletin's period: 截稿 and 送审, 签发, days off; past, today and to come."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Final
from zoneinfo import ZoneInfo

from archive import issues, schedule_record
from archive.schedule_record import Outcome
from archive.transaction import Transaction
from service.issue.due import due_times, fire_times
from service.office import Office
from settings.days_off import DaysOff, is_weekend
from settings.model import BulletinSettings
from settings.schedule import Schedule
from values.issue import IssueStatus

_DAY: Final = timedelta(days=1)
_WEEK: Final = 7 * _DAY
_WEEKS: Final = 4
"""The week before, this one and two to come: a weekly bulletin shows its last issue and its next two."""
_LOOK_AHEAD: Final = timedelta(days=200)
"""As in `service.issue.catch_up`: longer than any days off and the weeks around them."""


class CalendarKind(StrEnum):
    """What happens on a day."""

    DUE = "due"
    """截稿、送审: the issue is made of what has arrived, and goes to the editors."""
    DRAFTED = "drafted"
    """已送审: a due time that was handled."""
    SIGNED = "signed"
    """签发: an issue of that date was signed off."""

    @property
    def chinese(self) -> str:
        return _IN_CHINESE[self]


_IN_CHINESE: Final = {
    CalendarKind.DUE: "截稿、送审",
    CalendarKind.DRAFTED: "已送审",
    CalendarKind.SIGNED: "签发",
}


@dataclass(frozen=True, slots=True)
class CalendarEvent:
    """Something that happens, or has happened, on a day."""

    day: date
    """By the office's clock."""
    kind: CalendarKind
    detail: str = ""
    """The time of day (16:00) or the 期号; "" for neither."""


@dataclass(frozen=True, slots=True)
class CalendarDay:
    """A day of the calendar."""

    day: date
    is_today: bool
    is_off: bool
    """Whether the office does not work: by its list, or on a weekend that is not worked."""
    is_listed: bool
    """Whether the office's own list says so, against the weekend: a holiday, or a weekend day that is worked (调休)."""
    events: tuple[CalendarEvent, ...]


@dataclass(frozen=True, slots=True)
class PeriodCalendar:
    """Four weeks of a bulletin, from Monday to Sunday, with what is due next."""

    weeks: tuple[tuple[CalendarDay, ...], ...]
    next_due: datetime | None
    """By the office's clock; None for a bulletin that is assembled by hand."""
    today: CalendarDay


@dataclass(frozen=True, slots=True)
class Rhythm:
    """By what a bulletin's due times are computed."""

    schedule: Schedule | None
    """None: it is assembled by hand."""
    zone: ZoneInfo
    days_off: DaysOff


def period_calendar(rhythm: Rhythm, now: datetime, past: Iterable[CalendarEvent]) -> PeriodCalendar:
    """The calendar around `now`. past: what the ledger records."""
    local = now.astimezone(rhythm.zone)
    first = local.date() - local.weekday() * _DAY - _WEEK
    coming = _due_from(rhythm, now, now + _LOOK_AHEAD)
    events = sorted(
        [*past, *(CalendarEvent(due.date(), CalendarKind.DUE, f"{due:%H:%M}") for due in coming)],
        key=lambda event: (event.day, event.kind is CalendarKind.DUE),
    )
    days = [_day(first + number * _DAY, local.date(), rhythm.days_off, events) for number in range(7 * _WEEKS)]
    return PeriodCalendar(
        weeks=tuple(tuple(days[start : start + 7]) for start in range(0, len(days), 7)),
        next_due=coming[0] if coming else None,
        today=next(day for day in days if day.is_today),
    )


def next_due_time(office: Office, bulletin: BulletinSettings) -> datetime | None:
    """When the bulletin is assembled next, by the office's clock; None for one that is assembled by hand."""
    now = office.now()
    coming = due_times(office.settings.service, bulletin, now, now + _LOOK_AHEAD)
    return next((office.local(due) for due in coming), None)


def calendar_of(office: Office, ledger: Transaction, bulletin: BulletinSettings) -> PeriodCalendar:
    """The calendar of the bulletin, by its settings and the ledger."""
    service = office.settings.service
    rhythm = Rhythm(bulletin.schedule, service.timezone, service.days_off(bulletin.holidays))
    return period_calendar(rhythm, office.now(), _past_events(office, ledger, bulletin))


def _past_events(office: Office, ledger: Transaction, bulletin: BulletinSettings) -> Sequence[CalendarEvent]:
    now = office.local(office.now())
    since = now - 2 * _WEEK
    drafted = [
        CalendarEvent(office.local(due).date(), CalendarKind.DRAFTED, f"{office.local(due):%H:%M}")
        for due, outcome in schedule_record.outcomes_since(ledger, bulletin.id, since)
        if outcome in (Outcome.ASSEMBLED, Outcome.ABSORBED)
    ]
    last = now.date() + 2 * _WEEK  # an issue may bear a date that is still to come
    signed = [
        CalendarEvent(record.dated, CalendarKind.SIGNED, record.number.label)
        for record in issues.closed_issues(ledger, bulletin.id, since.date(), last)
        if record.status is IssueStatus.SIGNED_OFF
    ]
    return [*drafted, *signed]


def _due_from(rhythm: Rhythm, after: datetime, until: datetime) -> list[datetime]:
    """The due times of the calendar, and the next one where that is later, by the office's clock."""
    if rhythm.schedule is None:
        return []
    coming: list[datetime] = []
    for due in fire_times(rhythm.schedule, rhythm.zone, after, until, rhythm.days_off):
        if coming and due - after > _WEEKS * _WEEK:
            break
        coming.append(due.astimezone(rhythm.zone))
    return coming


def _day(day: date, today: date, days_off: DaysOff, events: Sequence[CalendarEvent]) -> CalendarDay:
    is_off = not days_off.is_working(day)
    return CalendarDay(
        day=day,
        is_today=day == today,
        is_off=is_off,
        is_listed=is_off is not is_weekend(day),
        events=tuple(event for event in events if event.day == day),
    )
