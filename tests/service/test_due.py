"""When a bulletin is due: on the days it says, once a day, whatever the clocks of the country do."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.due import fire_times
from settings.schedule import DAY_NAMES, Schedule, parse_schedule

SHANGHAI = ZoneInfo("Asia/Shanghai")
BERLIN = ZoneInfo("Europe/Berlin")
SECOND = timedelta(seconds=1)


def due(schedule: str, zone: ZoneInfo, after: datetime, until: datetime) -> list[str]:
    """What a clock on the office's wall shows, with the day, at each due time."""
    parsed = parse_schedule(schedule)
    assert parsed is not None
    return [f"{moment.astimezone(zone):%a %m-%d %H:%M}" for moment in fire_times(parsed, zone, after, until)]


def test_friday_is_friday_and_not_saturday() -> None:
    after, until = datetime(2022, 11, 1, tzinfo=SHANGHAI), datetime(2022, 11, 20, tzinfo=SHANGHAI)
    assert due("fri 16:00", SHANGHAI, after, until) == ["Fri 11-04 16:00", "Fri 11-11 16:00", "Fri 11-18 16:00"]


@pytest.mark.parametrize(("index", "day"), list(enumerate(DAY_NAMES)))
def test_each_day_name_means_its_day(index: int, day: str) -> None:
    monday = datetime(2022, 11, 7, tzinfo=SHANGHAI)
    (moment,) = fire_times(Schedule((index,), 9, 30), SHANGHAI, monday, monday + timedelta(days=7))
    assert f"{moment.astimezone(SHANGHAI):%a}".lower() == day


def test_several_days_come_in_order() -> None:
    after, until = datetime(2022, 11, 7, tzinfo=SHANGHAI), datetime(2022, 11, 17, tzinfo=SHANGHAI)
    assert due("thu,mon 09:30", SHANGHAI, after, until) == ["Mon 11-07 09:30", "Thu 11-10 09:30", "Mon 11-14 09:30"]


def test_due_times_are_told_in_utc() -> None:
    after = datetime(2022, 11, 10, tzinfo=UTC)
    (moment,) = fire_times(Schedule((4,), 16, 0), SHANGHAI, after, after + timedelta(days=3))
    assert moment == datetime(2022, 11, 11, 8, 0, tzinfo=UTC)
    assert moment.tzinfo is UTC


def test_time_is_due_after_the_beginning_and_until_the_end_inclusive() -> None:
    at, four = datetime(2022, 11, 11, 16, 0, tzinfo=SHANGHAI), ["Fri 11-11 16:00"]
    assert due("fri 16:00", SHANGHAI, at - SECOND, at) == four
    assert due("fri 16:00", SHANGHAI, at - SECOND, at - SECOND / 1000) == []
    assert due("fri 16:00", SHANGHAI, at, at + SECOND) == []
    assert due("fri 16:00", SHANGHAI, at - SECOND / 1_000_000, at + SECOND) == four
    assert due("fri 16:00", SHANGHAI, at, at - SECOND) == []


def test_day_of_the_office_counts_and_not_the_day_in_london() -> None:
    after, until = datetime(2022, 11, 10, 20, 0, tzinfo=UTC), datetime(2022, 11, 11, 20, 0, tzinfo=UTC)
    assert due("fri 07:00", SHANGHAI, after, until) == ["Fri 11-11 07:00"]
    assert due("thu 07:00", SHANGHAI, after, until) == []


def test_time_that_the_clock_skips_comes_once_and_later() -> None:
    after, until = datetime(2026, 3, 27, tzinfo=UTC), datetime(2026, 4, 6, tzinfo=UTC)
    assert due("sun 02:30", BERLIN, after, until) == ["Sun 03-29 03:30", "Sun 04-05 02:30"]


def test_time_that_the_clock_shows_twice_comes_once() -> None:
    after, until = datetime(2026, 10, 23, tzinfo=UTC), datetime(2026, 11, 2, tzinfo=UTC)
    assert due("sun 02:30", BERLIN, after, until) == ["Sun 10-25 02:30", "Sun 11-01 02:30"]
    between_the_two = datetime(2026, 10, 25, 0, 45, tzinfo=UTC)
    assert due("sun 02:30", BERLIN, between_the_two, until) == ["Sun 11-01 02:30"]


def test_afternoon_stays_the_afternoon_in_summer_and_winter() -> None:
    after, until = datetime(2026, 1, 1, tzinfo=BERLIN), datetime(2027, 1, 1, tzinfo=BERLIN)
    year = due("fri 16:00", BERLIN, after, until)
    assert len(year) == 52
    assert {time[-5:] for time in year} == {"16:00"}


@given(
    days=st.sets(st.integers(0, 6), min_size=1),
    hour=st.integers(0, 23),
    minute=st.integers(0, 59),
    zone=st.sampled_from(["Asia/Shanghai", "Europe/Berlin", "America/Havana", "Australia/Lord_Howe", "UTC"]),
    start=st.datetimes(datetime(2000, 1, 1), datetime(2040, 1, 1)),  # noqa: DTZ001 - hypothesis wants them naive
    cuts=st.lists(st.integers(1, 60 * 24 * 400), max_size=4).map(sorted),
)
def test_looking_often_finds_what_looking_once_finds(
    days: set[int], hour: int, minute: int, zone: str, start: datetime, cuts: list[int]
) -> None:
    """No due time is lost or told twice between one look at the clock and the next."""
    schedule, begin = Schedule(tuple(sorted(days)), hour, minute), start.replace(tzinfo=UTC)
    looks = [begin, *(begin + timedelta(minutes=cut) for cut in cuts), begin + timedelta(days=401)]
    once = list(fire_times(schedule, ZoneInfo(zone), looks[0], looks[-1]))
    often = [moment for last, now in pairwise(looks) for moment in fire_times(schedule, ZoneInfo(zone), last, now)]
    assert often == once
    assert once == sorted(set(once))
    assert abs(len(once) - 401 * len(days) / 7) <= len(days) + 1
