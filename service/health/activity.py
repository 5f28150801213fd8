"""When the service last did what it does all the time; kept in the process only, for the desk and for monitoring."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Final

from service.health.alarms import REPEAT_AFTER, Alarm, AlarmCause
from service.health.durations import Durations

_SHOWN_FOR: Final = REPEAT_AFTER + timedelta(hours=1)
"""How long an alarm that was raised counts as present: it is raised again each day while its cause lasts."""


@dataclass(frozen=True, slots=True)
class LastPoll:
    """How the last poll of a bulletin's mailbox went."""

    ended_at: datetime
    error: str
    """Why it failed, in Chinese; "" for one that succeeded."""
    succeeded_at: datetime | None
    """When a poll last succeeded; None for never since the start."""
    failures: int = 0
    """How many polls in a row have failed, this one among them."""

    @property
    def failed(self) -> bool:
        return bool(self.error)


@dataclass(slots=True)
class Activity:
    """What happened since the start, at first nothing. The running service's threads write it, the desk's read it."""

    started_at: datetime | None = None
    """When the periodic work began; None where none runs in this process, as in `demo`."""
    ticked_at: datetime | None = None
    """When the scheduler last ran its job; None as above."""
    _polls: dict[str, LastPoll] = field(default_factory=dict)
    """By bulletin."""
    _failing: dict[tuple[str, AlarmCause], Alarm] = field(default_factory=dict)
    """Work that failed at its last attempt."""
    _raised: dict[tuple[str, AlarmCause], Alarm] = field(default_factory=dict)
    """The last alarm of each bulletin and cause."""

    durations: Durations = field(default_factory=Durations)
    _waiting: dict[str, datetime] = field(default_factory=dict)
    """By bulletin, since when letters wait to be read."""

    def record_start(self, at: datetime) -> None:
        """The periodic work begins."""
        self.started_at = self.ticked_at = at

    def record_tick(self, at: datetime) -> None:
        """The scheduler ran its job."""
        self.ticked_at = at

    def record_poll(self, bulletin: str, at: datetime, error: str = "") -> None:
        """error: why it failed, "" for one that succeeded."""
        last = self._polls.get(bulletin)
        succeeded_at = at if not error else last.succeeded_at if last else None
        failures = (last.failures if last else 0) + 1 if error else 0
        self._polls[bulletin] = LastPoll(at, error, succeeded_at, failures)

    def record_alarm(self, alarm: Alarm) -> None:
        """An alarm was raised and passed on."""
        self._raised[alarm.bulletin, alarm.cause] = alarm

    def record_attempt(self, bulletin: str, work: AlarmCause, at: datetime, error: str = "") -> None:
        """Work other than a poll was attempted.

        bulletin: "" for what all of them share. error: why it failed, in Chinese; "" when it succeeded, which ends the
        alarm. The alarm of work that fails again in the same way keeps its first time.
        """
        failing = self._failing.get((bulletin, work))
        if not error:
            self._failing.pop((bulletin, work), None)
        elif failing is None or failing.message != error:
            self._failing[bulletin, work] = Alarm(bulletin, work, error, at)

    def record_waiting(self, bulletin: str, at: datetime, *, waiting: bool) -> None:
        """waiting: whether letters wait to be read."""
        if waiting:
            self._waiting.setdefault(bulletin, at)
        else:
            self._waiting.pop(bulletin, None)

    def waiting_since(self, bulletin: str) -> datetime | None:
        """Since when there have always been letters that wait to be read; None for none."""
        return self._waiting.get(bulletin)

    def last_poll(self, bulletin: str) -> LastPoll | None:
        """None when this process has not polled the bulletin's mailbox."""
        return self._polls.get(bulletin)

    def current_alarms(self, now: datetime) -> tuple[Alarm, ...]:
        """What is wrong now, as far as this process knows. Failed polls are not among it: see `last_poll`."""
        raised = (alarm for alarm in list(self._raised.values()) if not alarm.urgent and now - alarm.at < _SHOWN_FOR)
        return (*list(self._failing.values()), *raised)
