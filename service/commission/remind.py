"""Reminders: once, before the deadline, to each department that has not answered a commission."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Final

import structlog

from archive import commissions
from archive.transaction import Transaction
from courier.compose_commission import commission_letter
from service.commission.deadline import reminder_time
from service.letters.letters_out import letterhead_of, queue_later
from service.office import Office
from settings.model import BulletinSettings
from values.commission import Commission, CommissionRequest
from values.outgoing import LetterKind, OutboxState

_log = structlog.get_logger(__name__)

_ASKED_BY: Final = (LetterKind.COMMISSION, LetterKind.AMENDMENT)
_NOT_ASKED: Final = (OutboxState.TAKEN_BACK, OutboxState.DROPPED, OutboxState.FAILED)


@dataclass(frozen=True, slots=True)
class _Reminder:
    """A reminder that is due."""

    commission: Commission
    department: str
    to: str
    """The address that the commission was sent to."""


def queue_reminders(office: Office, bulletin: BulletinSettings) -> int:
    """Queues the reminders that are due; returns how many.

    A department is reminded once of a commission, whatever becomes of the letter and of the deadline; that is recorded
    in the transaction that queues it. Never one that has answered, that was not asked by a letter of ours, or asked
    later than the reminder would be; never after the deadline. Raises StorageFailed.
    """
    at = office.now()
    if bulletin.commission_reminder is None or not office.settings.smtp.host:
        return 0
    with office.ledger.reading() as ledger:
        if not _due(office, ledger, bulletin, at):
            return 0
    with office.ledger.writing() as ledger:
        due = _due(office, ledger, bulletin, at)
        for reminder in due:
            commissions.record_reminded(ledger, reminder.commission.id, [reminder.department], at)
            _queue(office, ledger, bulletin, reminder, at)
    _log.info("reminders queued", bulletin=bulletin.id, letters=len(due))
    return len(due)


def pass_over_reminders(office: Office, ledger: Transaction, before: datetime) -> None:
    """Records that nobody is reminded whose reminder was due before that moment: the ledger was restored from a backup,
    and the service may have sent it after that."""
    for bulletin in office.settings.bulletins:
        for reminder in _due(office, ledger, bulletin, before):
            commissions.record_reminded(ledger, reminder.commission.id, [reminder.department], office.now())


def _due(office: Office, ledger: Transaction, bulletin: BulletinSettings, at: datetime) -> tuple[_Reminder, ...]:
    """The reminders that are due at that moment and were not queued or passed over."""
    span, zone = bulletin.commission_reminder, office.settings.service.timezone
    days_off = office.settings.service.days_off(bulletin.holidays)
    waiting = commissions.unreminded(ledger, bulletin.id, at)
    if span is None or not waiting:
        return ()
    due = []
    for commission in commissions.commissions_to_match(ledger, bulletin.id, at, ()):
        moment = reminder_time(commission.due_at, span, zone, days_off)
        names = [name for name in waiting.get(commission.id, ()) if not commission.answers_of(name)]
        if names and moment <= at < commission.due_at:
            asked = _asked(ledger, commission, moment)
            due += [_Reminder(commission, name, asked[name]) for name in names if name in asked]
    return tuple(due)


def _asked(ledger: Transaction, commission: Commission, before: datetime) -> Mapping[str, str]:
    """By department, the address to which the last letter about the commission went, of those that were first asked
    before that moment."""
    asked: dict[str, str] = {}
    for entry in commissions.letters_about(ledger, commission.id):
        record = entry.record
        counts = record.kind in _ASKED_BY and record.delivery.state not in _NOT_ASKED and record.to
        if counts and (entry.department in asked or record.created_at < before):
            asked[entry.department] = record.to
    return asked


def _queue(office: Office, ledger: Transaction, bulletin: BulletinSettings, reminder: _Reminder, at: datetime) -> None:
    commission = reminder.commission
    request = CommissionRequest(
        about=(str(commission.id), reminder.department),
        id=commission.id,
        department=reminder.department,
        topic=commission.topic,
        demands=commission.demands,
        due_at=office.local(commission.due_at),
    )
    letterhead, local = letterhead_of(office, bulletin), office.local(at)
    out = commission_letter(LetterKind.REMINDER, request, letterhead, reminder.to, phone=bulletin.phone, at=local)
    queue_later(office, ledger, out, bulletin.id, at, at=at)
    commissions.link_letter(ledger, out.message_id, commission.id, reminder.department)
