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
    """Does what the bulletin's schedule asks for and the ledger does not have yet. Any process may call it at any time.

    The first call for a bulletin only notes where watching begins. After downtime each missed time is handled: the
    first makes the draft, the next ones find it open and extend it. A time that has passed and is due only since the
    schedule or the days off were changed is none that was missed: it is left out.
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
    """The last due time that is known; for a bulletin never watched before, now, and noted as such."""
    with office.ledger.reading() as ledger:
        last = schedule_record.last_due_time(ledger, bulletin.id)
    if last is not None:
        return last
    now = office.now()
    with office.ledger.writing() as ledger:
        schedule_record.record_due_time(ledger, bulletin.id, now, Outcome.BASELINE, None, at=now)
    return now


def _missed(office: Office, bulletin: BulletinSettings, due: list[datetime]) -> list[datetime]:
    """Those that come no earlier than what was expected when the schedule was last looked at."""
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
    """Written when it is another than before: once for each firing, and once for each change of the schedule."""
    until = now + _LOOK_AHEAD
    by_hand = bulletin.schedule is None
    coming = None if by_hand else next(due_times(office.settings.service, bulletin, now, until), until)
    with office.ledger.reading() as ledger:
        noted = schedule_record.next_due_time(ledger, bulletin.id)
    if noted is None or noted.fire_time != coming:
        with office.ledger.writing() as ledger:
            schedule_record.record_next_due_time(ledger, bulletin.id, coming, at=now)
