"""When the service last did what it does all the time; kept in the process only, for whoever asks how it is."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Final

from service.health.alarms import Alarm

_RINGS: Final = timedelta(hours=25)
"""An alarm comes again each day while its cause lasts."""


@dataclass(frozen=True, slots=True)
class LastPoll:
    """at: when the last poll ended. said: why it failed, "" for one that worked. worked_at: when one last did."""

    at: datetime
    said: str
    worked_at: datetime | None


@dataclass(slots=True)
class Pulse:
    """Written by the clock's threads, read by the desk's. An empty one: nothing has happened since the start.

    started_at, ticked_at: when the clock began to run, and last rang; None where none runs, as in `demo`.
    """

    started_at: datetime | None = None
    ticked_at: datetime | None = None
    _polls: dict[str, LastPoll] = field(default_factory=dict)
    _troubles: dict[tuple[str, str], Alarm] = field(default_factory=dict)
    _rung: dict[tuple[str, str], Alarm] = field(default_factory=dict)

    def start(self, at: datetime) -> None:
        self.started_at = self.ticked_at = at

    def tick(self, at: datetime) -> None:
        self.ticked_at = at

    def polled(self, bulletin: str, at: datetime, said: str = "") -> None:
        before = self._polls.get(bulletin)
        worked_at = at if not said else before.worked_at if before else None
        self._polls[bulletin] = LastPoll(at, said, worked_at)

    def last_poll(self, bulletin: str) -> LastPoll | None:
        return self._polls.get(bulletin)

    def rang(self, alarm: Alarm) -> None:
        self._rung[alarm.bulletin, alarm.cause] = alarm

    def tried(self, bulletin: str, what: str, at: datetime, said: str = "") -> None:
        """Something other than a poll was tried; said: why it failed, "" when it worked, which ends the trouble.

        bulletin: "" for what all of them share. what: one word, in Chinese.
        """
        before = self._troubles.get((bulletin, what))
        if not said:
            self._troubles.pop((bulletin, what), None)
        elif before is None or before.said != said:
            self._troubles[bulletin, what] = Alarm(bulletin, what, said, at)

    def ringing(self, now: datetime) -> tuple[Alarm, ...]:
        """What is wrong now, as far as this process has met it; polls that fail are told by `last_poll` alone."""
        rung = (one for one in list(self._rung.values()) if not one.urgent and now - one.at < _RINGS)
        return (*list(self._troubles.values()), *rung)
