"""When the work of the night is due."""

from __future__ import annotations

from datetime import date, datetime
from typing import Final

_NIGHT_HOURS: Final = range(2, 6)
"""When nobody works and no issue is due."""
_LONGEST_WAIT_DAYS: Final = 2
"""After so many days it is done by day: a machine in an office may be off each night."""


def is_night_due(last: date, now: datetime) -> bool:
    """Whether the work that was last done, or begun to be waited for, on the day `last` is due. now: on the office's
    clock."""
    waited = (now.date() - last).days
    return waited >= _LONGEST_WAIT_DAYS or (waited >= 1 and now.hour in _NIGHT_HOURS)
