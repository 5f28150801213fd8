"""How long the periodic work takes, since the start of the process; for monitoring."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum


class Work(StrEnum):
    """Work of the running service. Each time counts in which there was something to do."""

    POLL = "poll"
    """Fetching the letters of a mailbox, and reading them."""
    READ = "read"
    """Reading letters that a person has imported or reopened."""
    ASSEMBLE = "assemble"
    """Making an issue that was due."""
    SEND = "send"
    """Sending the letters that were due."""
    BACKUP = "backup"
    """The scheduled backup."""


@dataclass(frozen=True, slots=True)
class Taken:
    """How long one kind of work has taken."""

    times: int = 0
    total: float = 0.0
    """Seconds of all times."""
    last: float = 0.0
    """Seconds of the last time."""


class Durations:
    """Written by the threads of the service, read by the desk's. clock: monotonic seconds."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._taken = dict.fromkeys(Work, Taken())
        self._lock = threading.Lock()

    def begin(self, work: Work) -> Callable[[], None]:
        """Returns what is to be called at the end if there was something to do: the time between counts."""
        began = self._clock()

        def done() -> None:
            seconds = self._clock() - began
            with self._lock:
                before = self._taken[work]
                self._taken[work] = Taken(before.times + 1, before.total + seconds, seconds)

        return done

    def taken(self) -> Mapping[Work, Taken]:
        """All kinds of work, also those not done yet."""
        with self._lock:
            return dict(self._taken)
