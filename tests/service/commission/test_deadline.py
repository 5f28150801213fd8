"""When a commission is due, and when it is reminded of: days off are heeded as the schedule heeds them."""

from __future__ import annotations

from datetime import date, datetime

import pytest

from service.commission.deadline import due_written, reminder_time
from settings.days_off import DaysOff, Holidays
from settings.remind_before import RemindBefore
from tests.support.offices import SHANGHAI
from values.errors import BadUsage

NOW = datetime(2026, 9, 28, 9, 30, tzinfo=SHANGHAI)
FREE = frozenset(date(2026, 10, day) for day in range(1, 8))


def days_off(holidays: Holidays) -> DaysOff:
    """National Day, Thursday to Wednesday; Saturday 10 October is worked."""
    return DaysOff(FREE, frozenset({date(2026, 10, 10)}), holidays)


@pytest.mark.parametrize(
    ("text", "due"),
    [
        ("2026-09-30", "2026-09-30 18:00"),
        ("2026-09-30 17:05", "2026-09-30 17:05"),
        ("2026-09-30T17:05", "2026-09-30 17:05"),
        ("9月30日", "2026-09-30 18:00"),
        ("9月30日17时", "2026-09-30 17:00"),
        ("９月３０日 17：30", "2026-09-30 17:30"),
        ("1月8日 12:00", "2027-01-08 12:00"),
        ("2026/9/28 10:00", "2026-09-28 10:00"),
    ],
)
def test_a_deadline_is_read_as_people_write_it(text: str, due: str) -> None:
    assert f"{due_written(text, NOW, DaysOff()):%Y-%m-%d %H:%M}" == due


@pytest.mark.parametrize("text", ["", "下周五", "2026-09-31", "2026-09-28 09:00", "2026-09-30 25:00", "2025-09-30"])
def test_what_is_no_deadline_is_refused(text: str) -> None:
    with pytest.raises(BadUsage, match=r"看不懂截稿时间|时间不对|已经过了"):
        due_written(text, NOW, DaysOff())


@pytest.mark.parametrize(
    ("holidays", "due"), [("ignore", "10-03"), ("skip", "10-03"), ("before", "09-30"), ("after", "10-08")]
)
def test_a_deadline_on_a_day_off_moves_as_the_schedule_does(holidays: Holidays, due: str) -> None:
    assert f"{due_written('10月3日', NOW, days_off(holidays)):%m-%d %H:%M}" == f"{due} 18:00"


@pytest.mark.parametrize(
    ("span", "holidays", "moment"),
    [
        (RemindBefore(1, "d"), "ignore", "10-07 18:00"),
        (RemindBefore(1, "d"), "after", "09-30 18:00"),
        (RemindBefore(2, "h"), "after", "10-08 16:00"),
    ],
)
def test_a_reminder_on_a_day_off_comes_before_it(span: RemindBefore, holidays: Holidays, moment: str) -> None:
    due = datetime(2026, 10, 8, 18, 0, tzinfo=SHANGHAI)
    assert f"{reminder_time(due, span, SHANGHAI, days_off(holidays)):%m-%d %H:%M}" == moment
