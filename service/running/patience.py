"""How long a job leaves its work alone after failures in a row."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

from service.running.back_off import pause_after
from values.errors import JianbaoError


class Patience:
    """Of one job, which one thread at a time runs."""

    def __init__(self, every: timedelta, chance: Callable[[], float]) -> None:
        """every: the usual time between two attempts. chance: as in `pause_after`."""
        self.failures = 0
        """In a row."""
        self._every = every
        self._chance = chance
        self._not_before: datetime | None = None

    def is_waiting(self, now: datetime) -> bool:
        """Whether the pause after the last failure is not over."""
        return self._not_before is not None and now < self._not_before

    def failed(self, error: JianbaoError, now: datetime) -> timedelta:
        """Counts a failure; returns the pause that begins with it, in whole seconds."""
        self.failures += 1
        pause = pause_after(self.failures, self._every, error, self._chance())
        rounded = timedelta(seconds=round(pause.total_seconds()))
        self._not_before = now + rounded
        return rounded

    def succeeded(self) -> None:
        """Ends the pauses."""
        self.failures, self._not_before = 0, None
