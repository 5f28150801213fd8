"""When the service last did what it does all the time; kept in the process only, for whoever asks how it is."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime


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
