"""The calendar of a period: due times, what was signed off, the office's days off, and today."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from archive import schedule_record
from archive.schedule_record import Outcome
from service.issue.assemble import assemble
from service.issue.period_calendar import (
    CalendarDay,
    CalendarEvent,
    CalendarKind,
    PeriodCalendar,
    Rhythm,
    calendar_of,
    period_calendar,
)
from service.issue.sign_off import sign_off
from service.office import Office
from settings.days_off import DaysOff
from settings.schedule import parse_schedule
from tests.support.offices import hand_in

SHANGHAI = ZoneInfo("Asia/Shanghai")
TUESDAY = datetime(2022, 11, 8, 9, 0, tzinfo=SHANGHAI)
WEEKLY = Rhythm(parse_schedule("fri 16:00"), SHANGHAI, DaysOff())


def day_of(calendar: PeriodCalendar, month: int, day: int) -> CalendarDay:
    return next(each for week in calendar.weeks for each in week if each.day == date(2022, month, day))


def events_of(calendar: PeriodCalendar) -> dict[str, str]:
    """What each day has, by month and day."""
    return {
        f"{day.day:%m-%d}": " ".join(f"{event.kind.chinese} {event.detail}" for event in day.events)
        for week in calendar.weeks
        for day in week
        if day.events
    }


def test_four_weeks_from_the_monday_before() -> None:
    calendar = period_calendar(WEEKLY, TUESDAY, ())
    assert [len(week) for week in calendar.weeks] == [7, 7, 7, 7]
    assert (calendar.weeks[0][0].day, calendar.weeks[-1][-1].day) == (date(2022, 10, 31), date(2022, 11, 27))
    assert calendar.today == day_of(calendar, 11, 8)
    assert [day.day for week in calendar.weeks for day in week if day.is_today] == [TUESDAY.date()]


def test_due_times_to_come_and_what_has_happened() -> None:
    signed = CalendarEvent(date(2022, 11, 4), CalendarKind.SIGNED, "第69期")
    calendar = period_calendar(WEEKLY, TUESDAY, [signed])
    assert events_of(calendar) == {
        "11-04": "签发 第69期",
        "11-11": "截稿、送审 16:00",
        "11-18": "截稿、送审 16:00",
        "11-25": "截稿、送审 16:00",
    }
    assert calendar.next_due == datetime(2022, 11, 11, 16, 0, tzinfo=SHANGHAI)


@pytest.mark.parametrize(
    ("now", "due"),
    [
        (datetime(2022, 11, 11, 15, 59, tzinfo=SHANGHAI), "截稿、送审 16:00"),
        (datetime(2022, 11, 11, 16, 0, tzinfo=SHANGHAI), ""),
    ],
)
def test_what_is_due_today_is_due_until_its_time(now: datetime, due: str) -> None:
    today = period_calendar(WEEKLY, now, ()).today
    assert " ".join(f"{event.kind.chinese} {event.detail}" for event in today.events) == due


def test_days_off_and_worked_weekends_are_those_of_the_office() -> None:
    days_off = DaysOff(frozenset({date(2022, 11, 11), date(2022, 11, 12)}), frozenset({date(2022, 11, 13)}), "before")
    calendar = period_calendar(Rhythm(WEEKLY.schedule, SHANGHAI, days_off), TUESDAY, ())
    assert {day: (shown.is_off, shown.is_listed) for day in range(10, 14) for shown in [day_of(calendar, 11, day)]} == {
        10: (False, False),
        11: (True, True),
        12: (True, False),
        13: (False, True),
    }
    assert events_of(calendar)["11-10"] == "截稿、送审 16:00"  # moved before the holiday
    assert "11-11" not in events_of(calendar)


def test_a_bulletin_that_is_made_by_hand_has_no_due_time() -> None:
    calendar = period_calendar(Rhythm(None, SHANGHAI, DaysOff()), TUESDAY, ())
    assert (calendar.next_due, events_of(calendar)) == (None, {})


def test_a_due_time_beyond_the_four_weeks_is_the_next_one_all_the_same() -> None:
    long = frozenset(date(2022, 11, 9) + number * timedelta(days=1) for number in range(40))
    calendar = period_calendar(Rhythm(WEEKLY.schedule, SHANGHAI, DaysOff(long, holidays="skip")), TUESDAY, ())
    assert calendar.next_due == datetime(2022, 12, 23, 16, 0, tzinfo=SHANGHAI)
    assert events_of(calendar) == {}


def test_today_is_that_of_the_office_whatever_the_zone_of_the_clock() -> None:
    late = datetime(2022, 11, 8, 17, 0, tzinfo=ZoneInfo("UTC"))
    assert period_calendar(WEEKLY, late, ()).today.day == date(2022, 11, 9)


def test_the_ledger_gives_what_was_drafted_and_signed_off(office: Office) -> None:
    hand_in(office, "甲文")
    bulletin = office.bulletin(None)
    made = assemble(office, bulletin, date(2022, 11, 8))
    assert made is not None
    with office.ledger.writing() as ledger:
        for day, outcome in ((4, Outcome.ASSEMBLED), (7, Outcome.EMPTY)):
            due = datetime(2022, 11, day, 16, 0, tzinfo=SHANGHAI)
            schedule_record.record_due_time(ledger, bulletin.id, due, outcome, None, at=office.now())
    sign_off(office, bulletin, made.issue.number.number, "王编辑")
    with office.ledger.reading() as ledger:
        shown = events_of(calendar_of(office, ledger, bulletin))
    assert (shown["11-04"], shown["11-08"], "11-07" in shown) == ("已送审 16:00", "签发 第70期", False)
