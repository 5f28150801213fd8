"""Whether the service does what it is there for: the database answers, the clock rings, mailboxes are polled."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from archive.ledger_format import format_of
from service.health.pulse import Pulse
from service.office import Office
from settings.model import BulletinSettings
from values.errors import StorageFailed

TICK_OVERDUE: Final = timedelta(seconds=90)
"""Three ticks of the clock."""
POLL_OVERDUE: Final = timedelta(minutes=40)
"""Two of the longest pauses after failures, and a poll that takes its whole ten minutes."""


@dataclass(frozen=True, slots=True)
class Health:
    """reasons: why it is not ready, for the operator; none: it is. Ages in seconds, None for what never happened.

    The reasons name bulletins, never addresses or servers: whoever asks need not be logged in.
    """

    reasons: tuple[str, ...]
    tick_age: float | None
    poll_ages: Mapping[str, float | None]


def health(office: Office, pulse: Pulse) -> Health:
    """Where no clock runs in this process, as in `demo`, only the database is asked."""
    now, bulletins = office.now(), office.settings.bulletins
    reasons = [*_database(office), *_clock(pulse, now)]
    if pulse.started_at is not None:
        reasons += [said for bulletin in bulletins for said in _polls(pulse, bulletin, pulse.started_at, now)]
    ages = {bulletin.id: _age(_worked_at(pulse, bulletin), now) for bulletin in bulletins}
    return Health(tuple(reasons), _age(pulse.ticked_at, now), ages)


def _database(office: Office) -> Iterator[str]:
    try:
        with office.ledger.reading() as ledger:
            format_of(ledger)
    except StorageFailed:
        yield "database does not answer"


def _clock(pulse: Pulse, now: datetime) -> Iterator[str]:
    if pulse.ticked_at is not None and now - pulse.ticked_at > TICK_OVERDUE:
        yield "clock stands still"


def _polls(pulse: Pulse, bulletin: BulletinSettings, started_at: datetime, now: datetime) -> Iterator[str]:
    overdue = max(POLL_OVERDUE, timedelta(seconds=3 * bulletin.mailbox.poll_seconds))
    if now - (_worked_at(pulse, bulletin) or started_at) > overdue:
        last = pulse.last_poll(bulletin.id)
        yield f"mailbox of {bulletin.id}: {'polls fail' if last and last.said else 'not polled'}"


def _worked_at(pulse: Pulse, bulletin: BulletinSettings) -> datetime | None:
    last = pulse.last_poll(bulletin.id)
    return last.worked_at if last else None


def _age(at: datetime | None, now: datetime) -> float | None:
    return None if at is None else (now - at).total_seconds()
