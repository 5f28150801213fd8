"""Alarms: what the maintainer should hear of, once a day for each cause and not at every poll."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

import structlog

from values.errors import JianbaoError, TryLater

_log = structlog.get_logger(__name__)

_EVERY: Final = timedelta(days=1)
_PASSING: Final = 5
"""Failures in a row from which on a mailbox that merely does not answer is no passing trouble any more."""


@dataclass(frozen=True, slots=True)
class Alarm:
    """Something the service cannot mend itself. said: Chinese, with the remedy.

    cause: one word that stays the same while the trouble lasts. urgent: no letters come in, or no issue is made.
    """

    bulletin: str
    cause: str
    said: str
    at: datetime
    urgent: bool = True


def to_the_log(alarm: Alarm) -> None:
    """An alarm as a log line."""
    write = _log.error if alarm.urgent else _log.warning
    write("alarm", bulletin=alarm.bulletin, cause=alarm.cause, said=alarm.said)


class Alarms:
    """Passes each cause on once a day for a bulletin. `hear` gets what is passed on; threads may share one."""

    def __init__(self, hear: Callable[[Alarm], None] = to_the_log) -> None:
        self._hear = hear
        self._last: dict[tuple[str, str], datetime] = {}
        self._lock = threading.Lock()

    def ring(self, alarm: Alarm) -> None:
        key = (alarm.bulletin, alarm.cause)
        with self._lock:
            last = self._last.get(key)
            if last is not None and alarm.at - last < _EVERY:
                return
            self._last[key] = alarm.at
        self._hear(alarm)


def needs_a_hand(error: JianbaoError, failures: int) -> bool:
    """Whether a failed poll is a matter for the maintainer: at once when nothing will mend it but a person."""
    return type(error) is not TryLater or failures >= _PASSING
