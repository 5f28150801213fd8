"""Days and time of a bulletin's schedule."""

from __future__ import annotations

import pytest

from settings.schedule import Schedule
from tests.support.configs import (
    read,
    reason,
    with_bulletin,
)


@pytest.mark.parametrize(
    ("written", "schedule"),
    [
        ("fri 16:00", Schedule((4,), 16, 0)),
        ("mon,thu 09:30", Schedule((0, 3), 9, 30)),
        ("Thu, Mon 9:30", Schedule((0, 3), 9, 30)),
        ("sun 00:00", Schedule((6,), 0, 0)),
        ("", None),
    ],
)
def test_schedule_is_parsed(written: str, schedule: Schedule | None) -> None:
    assert read(with_bulletin(f'schedule = "{written}"')).bulletins[0].schedule == schedule


@pytest.mark.parametrize(
    ("written", "hint"),
    [
        ("5 16:00", "星期只用英文缩写"),
        ("0 16 * * 5", "星期只用英文缩写"),
        ("fri", "看不懂的时间"),
        ("fri 16", "看不懂的时间"),
        ("fri 24:00", "没有 24:00 这个时间"),
        ("fri 16:60", "没有 16:60 这个时间"),
        ("周五 16:00", "是不是 fri？"),
        ("星期日 16:00", "是不是 sun？"),
        ("friday 16:00", "是不是 fri？"),
        ("fry 16:00", "fry 不是星期的英文缩写"),
    ],
)
def test_schedule_that_is_none_is_refused(written: str, hint: str) -> None:
    assert hint in reason(with_bulletin(f'schedule = "{written}"'))


def test_schedule_reads_back_as_it_is_written() -> None:
    assert str(Schedule((0, 3), 9, 30)) == "mon,thu 09:30"
