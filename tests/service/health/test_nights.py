"""When the work of the night is due."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from service.health.nights import is_night_due


@pytest.mark.parametrize(
    ("now", "due"),
    [
        (datetime(2022, 11, 8, 3, tzinfo=UTC), False),
        (datetime(2022, 11, 9, 1, tzinfo=UTC), False),
        (datetime(2022, 11, 9, 2, tzinfo=UTC), True),
        (datetime(2022, 11, 9, 6, tzinfo=UTC), False),
        (datetime(2022, 11, 10, 12, tzinfo=UTC), True),
    ],
)
def test_once_a_night_and_by_day_after_two(now: datetime, due: bool) -> None:
    assert is_night_due(date(2022, 11, 8), now) is due
