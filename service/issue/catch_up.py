"""What the schedule asks for and the ledger does not have yet."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final

import structlog

from archive import schedule_record
from archive.schedule_record import Outcome
from service.issue.assemble import Assembled, assemble
from service.issue.due import due_times
from service.office import Office
from settings.model import BulletinSettings

_log = structlog.get_logger(__name__)

_LOOK_AHEAD: Final = timedelta(days=200)
"""Longer than any days off (settings/days_off.py) and the weeks around them."""


def catch_up(office: Office, bulletin: BulletinSettings) -> list[Assembled]:
    """Handles each due time of the bulletin's schedule that the ledger does not have yet. Any process may call it.

    The first call for a bulletin only records the time from which its schedule counts. After downtime each missed time
    is handled: the first makes the draft, the next ones extend it. A past time that is due only because the
    schedule or the days off were changed was not missed and is skipped.
    """
    now = office.now()
    due: list[datetime] = []
    if bulletin.schedule is not None:
        last = begin_to_watch(office, bulletin)
        due = _missed(office, bulletin, list(due_times(office.settings.service, bulletin, last, now)))
    made = [assemble(office, bulletin, None, moment) for moment in due]
    _note_next(office, bulletin, now)
    return [issue for issue in made if issue is not None]


def begin_to_watch(office: Office, bulletin: BulletinSettings) -> datetime:
    """The last recorded due time; for a bulletin without any, the present time, which is recorded as the baseline."""
    with office.ledger.reading() as ledger:
        last = schedule_record.last_due_time(ledger, bulletin.id)
    if last is not None:
        return last
    now = office.now()
    with office.ledger.writing() as ledger:
        schedule_record.record_due_time(ledger, bulletin.id, now, Outcome.BASELINE, None, at=now)
    return now


def _missed(office: Office, bulletin: BulletinSettings, due: list[datetime]) -> list[datetime]:
    """Those not earlier than the due time that was expected next at the last run of the schedule."""
    with office.ledger.reading() as ledger:
        expected = schedule_record.next_due_time(ledger, bulletin.id)
    if expected is None:
        return due
    missed = [moment for moment in due if expected.fire_time is not None and expected.fire_time <= moment]
    if len(missed) < len(due):
        left_out = [str(office.local(moment)) for moment in due if moment not in missed]
        _log.info("due only since the schedule was changed", bulletin=bulletin.id, left_out=left_out)
    return missed


def _note_next(office: Office, bulletin: BulletinSettings, now: datetime) -> None:
    """Records the next due time when it has changed: after each due time, and after each change of the schedule."""
    until = now + _LOOK_AHEAD
    by_hand = bulletin.schedule is None
    coming = None if by_hand else next(due_times(office.settings.service, bulletin, now, until), until)
    with office.ledger.reading() as ledger:
        noted = schedule_record.next_due_time(ledger, bulletin.id)
    if noted is None or noted.fire_time != coming:
        with office.ledger.writing() as ledger:
            schedule_record.record_next_due_time(ledger, bulletin.id, coming, at=now)
