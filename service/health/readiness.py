"""Whether the service does its work: data folder, disk and database are there, the scheduler runs its jobs, mailboxes
are polled, letters are read, issues are made."""

from __future__ import annotations

import shutil
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from archive.ledger_format import format_of
from intake.fetch.mailbox import LETTER_LIMIT
from service.health.activity import Activity
from service.health.alarms import LASTING_FAILURES, AlarmCause
from service.office import Office
from settings.model import BulletinSettings
from values.errors import StorageFailed

TICK_OVERDUE: Final = timedelta(seconds=90)
"""Three ticks of the scheduler."""
POLL_OVERDUE: Final = timedelta(minutes=40)
"""Two of the longest pauses after failures (15 minutes), and a poll that takes its whole ten minutes."""
WAITING_OVERDUE: Final = timedelta(hours=1)
"""So long some ten thousand letters are read, or a thousand that LibreOffice converts."""
_WORK: Final = {AlarmCause.READING: "reading", AlarmCause.ASSEMBLING: "assembling"}
"""Work without which no letter is read or no issue is made; polls have reasons of their own."""
_POLLS_MISSED: Final = 3
"""How many polls may be missing where a bulletin is polled less often than POLL_OVERDUE."""


@dataclass(frozen=True, slots=True)
class Readiness:
    """What monitoring is answered. It names bulletins, never addresses or servers: the caller need not be logged in."""

    reasons: tuple[str, ...]
    """Why the service is not ready, for the operator, in English; none when it is."""
    tick_age: float | None
    """Seconds since the scheduler last ran its job, None where none runs."""
    poll_ages: Mapping[str, float | None]
    """By bulletin, seconds since a poll last succeeded, None for never."""


def readiness_of(office: Office, activity: Activity) -> Readiness:
    """Where no scheduler runs in this process, as in `demo`, only database and disk count."""
    now, bulletins = office.now(), office.settings.bulletins
    reasons = [*_database_reasons(office), *_disk_reasons(office), *_scheduler_reasons(activity, now)]
    if activity.started_at is not None:
        reasons += [
            reason for bulletin in bulletins for reason in _poll_reasons(activity, bulletin, activity.started_at, now)
        ]
    reasons += _work_reasons(activity, now)
    reasons += [
        f"letters of {bulletin.id}: not read for {WAITING_OVERDUE.total_seconds() / 60:.0f} minutes"
        for bulletin in bulletins
        if is_waiting_too_long(activity, bulletin, now)
    ]
    ages = {bulletin.id: _age(_succeeded_at(activity, bulletin), now) for bulletin in bulletins}
    return Readiness(tuple(reasons), _age(activity.ticked_at, now), ages)


def _database_reasons(office: Office) -> Iterator[str]:
    try:
        with office.ledger.reading() as ledger:
            format_of(ledger)
    except StorageFailed:
        yield "database does not answer"


def _disk_reasons(office: Office) -> Iterator[str]:
    try:
        office.require_data()
        free = shutil.disk_usage(office.data_dir).free
    except (StorageFailed, OSError):
        yield "data folder is gone"
    else:
        if free < LETTER_LIMIT:
            yield "disk is full"


def _work_reasons(activity: Activity, now: datetime) -> Iterator[str]:
    for alarm in activity.current_alarms(now):
        if alarm.cause in _WORK:
            yield f"{_WORK[alarm.cause]} of {alarm.bulletin} fails"


def is_waiting_too_long(activity: Activity, bulletin: BulletinSettings, now: datetime) -> bool:
    """Whether letters of the bulletin have been waiting to be read for longer than a flood takes."""
    since = activity.waiting_since(bulletin.id)
    return since is not None and now - since > WAITING_OVERDUE


def _scheduler_reasons(activity: Activity, now: datetime) -> Iterator[str]:
    if activity.ticked_at is not None and now - activity.ticked_at > TICK_OVERDUE:
        yield "clock stands still"


def _poll_reasons(activity: Activity, bulletin: BulletinSettings, started_at: datetime, now: datetime) -> Iterator[str]:
    overdue = max(POLL_OVERDUE, timedelta(seconds=_POLLS_MISSED * bulletin.mailbox.poll_seconds))
    last = activity.last_poll(bulletin.id)
    failing = last is not None and last.failures >= LASTING_FAILURES
    if failing or now - (_succeeded_at(activity, bulletin) or started_at) > overdue:
        yield f"mailbox of {bulletin.id}: {'polls fail' if last and last.failed else 'not polled'}"


def _succeeded_at(activity: Activity, bulletin: BulletinSettings) -> datetime | None:
    last = activity.last_poll(bulletin.id)
    return last.succeeded_at if last else None


def _age(at: datetime | None, now: datetime) -> float | None:
    return None if at is None else (now - at).total_seconds()
