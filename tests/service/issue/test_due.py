"""When a bulletin is due: on the days it says, once a day, whatever the clocks of the country do."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.issue.due import fire_times
from settings.days_off import DaysOff, Holidays
from settings.schedule import DAY_NAMES, Schedule, parse_schedule

SHANGHAI = ZoneInfo("Asia/Shanghai")
BERLIN = ZoneInfo("Europe/Berlin")
SECOND = timedelta(seconds=1)
NO_DAYS_OFF = DaysOff()


def due(schedule: str, zone: ZoneInfo, after: datetime, until: datetime, days_off: DaysOff = NO_DAYS_OFF) -> list[str]:
    """What a clock on the office's wall shows, with the day, at each due time."""
    parsed = parse_schedule(schedule)
    assert parsed is not None
    return [f"{moment.astimezone(zone):%a %m-%d %H:%M}" for moment in fire_times(parsed, zone, after, until, days_off)]


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


def test_due_times_are_in_utc() -> None:
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


# 国庆节 2026: 1 October is a Thursday; the office works on Sunday 20 September and Saturday 10 October instead.
OCTOBER = frozenset(date(2026, 10, day) for day in range(1, 8))
WORKED = frozenset({date(2026, 9, 20), date(2026, 10, 10)})


def around_october(schedule: str, holidays: Holidays, free: frozenset[date] = OCTOBER) -> list[str]:
    after, until = datetime(2026, 9, 24, tzinfo=SHANGHAI), datetime(2026, 10, 17, tzinfo=SHANGHAI)
    return due(schedule, SHANGHAI, after, until, DaysOff(free, WORKED, holidays))


@pytest.mark.parametrize(
    ("holidays", "between"),
    [
        ("ignore", ["Fri 10-02 16:00"]),
        ("skip", []),
        ("before", ["Wed 09-30 16:00"]),
        ("after", ["Thu 10-08 16:00"]),
    ],
)
def test_a_friday_in_the_october_holidays_is_due_as_the_office_says(holidays: Holidays, between: list[str]) -> None:
    fridays = ["Fri 09-25 16:00", *between, "Fri 10-09 16:00", "Fri 10-16 16:00"]
    assert around_october("fri 16:00", holidays) == fridays


def test_a_time_that_comes_to_fall_on_another_day_of_the_schedule_is_one_time() -> None:
    eighth = "Thu 10-08 09:30"
    assert around_october("thu 09:30", "after") == ["Thu 09-24 09:30", eighth, "Thu 10-15 09:30"]
    wednesdays = ["Wed 09-30 09:30", "Wed 10-14 09:30"]  # the 7th is moved onto the 30th, which is due anyway
    assert around_october("wed 09:30", "before") == wednesdays


def test_several_days_of_one_holiday_are_one_time() -> None:
    assert around_october("mon,tue,thu,fri 09:30", "after")[3:5] == ["Tue 09-29 09:30", "Thu 10-08 09:30"]
    assert around_october("mon,tue,thu,fri 09:30", "before")[3:6] == [
        "Tue 09-29 09:30",
        "Wed 09-30 09:30",
        "Thu 10-08 09:30",
    ]


def test_weekends_are_passed_over_unless_the_office_works_on_them() -> None:
    friday_and_monday = frozenset({date(2026, 10, 9), date(2026, 10, 12)})
    assert "Sat 10-10 16:00" in around_october("fri 16:00", "after", friday_and_monday)
    assert "Sat 10-10 16:00" in around_october("mon 16:00", "before", friday_and_monday)
    next_friday = frozenset({date(2026, 10, 16)})
    after, until = datetime(2026, 10, 15, tzinfo=SHANGHAI), datetime(2026, 10, 21, tzinfo=SHANGHAI)
    moved = due("fri 16:00", SHANGHAI, after, until, DaysOff(next_friday, WORKED, "after"))
    assert moved == ["Mon 10-19 16:00"]


def test_a_weekend_that_the_schedule_names_is_due_when_it_is_no_holiday() -> None:
    assert around_october("sat 09:30", "after") == [
        "Sat 09-26 09:30",
        "Thu 10-08 09:30",
        "Sat 10-10 09:30",
    ]


DAYS = st.dates(date(2026, 1, 1), date(2026, 12, 31))
FREE = st.lists(st.tuples(DAYS, st.integers(0, 12)), max_size=6).map(
    lambda spans: frozenset(first + timedelta(days=number) for first, length in spans for number in range(length + 1))
)
SATURDAYS = st.sets(DAYS, max_size=10).map(lambda days: frozenset(day for day in days if day.weekday() >= 5))


@given(
    days=st.sets(st.integers(0, 6), min_size=1).map(lambda days: tuple(sorted(days))),
    hour=st.integers(0, 23),
    zone=st.sampled_from([SHANGHAI, BERLIN]),
    free=FREE,
    work=SATURDAYS,
    holidays=st.sampled_from(["ignore", "skip", "before", "after"]),
    cuts=st.lists(st.integers(1, 60 * 24 * 390), max_size=4).map(sorted),
)
def test_days_off_lose_no_time_and_tell_none_twice_wherever_one_looks(
    days: tuple[int, ...],
    hour: int,
    zone: ZoneInfo,
    free: frozenset[date],
    work: frozenset[date],
    holidays: Holidays,
    cuts: list[int],
) -> None:
    schedule, days_off = Schedule(days, hour, 30), DaysOff(free, work - free, holidays)
    begin = datetime(2025, 12, 15, tzinfo=UTC)
    looks = [begin, *(begin + timedelta(minutes=cut) for cut in cuts), begin + timedelta(days=391)]
    once = list(fire_times(schedule, zone, looks[0], looks[-1], days_off))
    often = [moment for last, now in pairwise(looks) for moment in fire_times(schedule, zone, last, now, days_off)]
    assert often == once == sorted(set(once))

    on = [moment.astimezone(zone).date() for moment in once]
    plain = [moment.astimezone(zone).date() for moment in fire_times(schedule, zone, looks[0], looks[-1])]
    assert len(on) == len(set(on))
    kept = {day for day in plain if day not in free}
    if holidays == "ignore":
        assert on == plain
    else:
        assert free.isdisjoint(on)
        assert kept <= set(on)
        assert all(days_off.is_working(day) for day in set(on) - kept)
    if holidays == "skip":
        assert set(on) == kept
    if holidays == "after":
        for day in set(plain) - kept:
            landed = next(day + timedelta(days=n) for n in range(400) if days_off.is_working(day + timedelta(days=n)))
            assert landed in on or landed > max(plain)
