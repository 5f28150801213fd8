"""催稿: departments that have sent nothing for the next issue are asked, once a period unless an editor asks again."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from archive import articles, issues, outbox, senders, urging_letters
from archive.changes import NewChange, record_change
from archive.transaction import Transaction
from archive.urging_letters import UrgingLetter
from courier import plan
from courier.compose_commission import urging_letter
from service.backup.hold import refuse_while_held
from service.commission.letters import NO_SERVER, RECENT_ARTICLES, UnitLetter
from service.dispatch.dispatch import TAKE_BACK_TIME
from service.issue.due import due_times
from service.issue.reporting import reporting
from service.letters.letters_out import letterhead_of, queue_later
from service.office import Office
from service.register.register import register_of
from service.register.unit_address import NO_ADDRESS, unit_address
from settings.model import BulletinSettings
from values.commission import UrgingRequest
from values.errors import BadUsage
from values.outgoing import OutboxState, OutgoingLetter

_LOOK_AHEAD: Final = timedelta(days=62)
"""A draft that is made later is not named in the letter."""


@dataclass(frozen=True, slots=True)
class UrgedDepartment:
    """A department that has sent nothing for the next issue."""

    letter: UnitLetter
    """What it would get, or the last letter that it has got in this period."""
    times: int
    """How often it was urged in this period, without letters that were taken back."""
    again: OutgoingLetter | None
    """What it would get if it is urged once more; None where it was not urged yet, or has no address."""


@dataclass(frozen=True, slots=True)
class _Period:
    """The time since the last ordinary issue was signed off."""

    last_issue: int | None
    """Id of that issue; None: none was signed off."""
    due_at: datetime | None
    """When the next draft is made, in the office's time zone; None: no time is set."""


def silent_departments(office: Office, ledger: Transaction, bulletin: BulletinSettings) -> tuple[UrgedDepartment, ...]:
    """The departments of 本期未报送, in the order of the register, each with its letter. () without a mail server."""
    if not office.settings.smtp.host:
        return ()
    period, register = _period(office, ledger, bulletin), register_of(office, ledger, bulletin)
    addresses = senders.recent_senders(ledger, bulletin.id, most=RECENT_ARTICLES)
    urged = urging_letters.urging_letters(ledger, bulletin.id, period.last_issue)
    listed = []
    for department in reporting(ledger, bulletin, articles.articles_for_issue(ledger, bulletin.id)).silent:
        to = unit_address(register, department, addresses.get(department, ()))
        own = [letter for letter in urged if letter.department == department]
        listed.append(_urged(office, bulletin, period, department, own, to))
    return tuple(listed)


def _urged(
    office: Office,
    bulletin: BulletinSettings,
    period: _Period,
    department: str,
    own: Sequence[UrgingLetter],
    to: str,
) -> UrgedDepartment:
    """own: the letters that urged it in this period. to: its address, "" for none."""
    times = sum(letter.record.delivery.state is not OutboxState.TAKEN_BACK for letter in own)
    if not to:
        last = own[-1].record if own else None
        return UrgedDepartment(UnitLetter(department, None, last, NO_ADDRESS), times, None)
    if not own:
        return UrgedDepartment(
            UnitLetter(department, _letter(office, bulletin, period, department, 0, to), None), 0, None
        )
    last = own[-1].record
    shown = _letter(office, bulletin, period, department, len(own) - 1, last.to or to)
    again = _letter(office, bulletin, period, department, len(own), to)
    is_back = last.delivery.state is OutboxState.TAKEN_BACK
    return UrgedDepartment(UnitLetter(department, shown, last), times, None if is_back else again)


def _letter(
    office: Office, bulletin: BulletinSettings, period: _Period, department: str, number: int, to: str
) -> OutgoingLetter:
    """number: of the letters to the department in this period, from 0."""
    about = (bulletin.id, str(period.last_issue or 0), department, str(number))
    request = UrgingRequest(about, department, f"{bulletin.title}{bulletin.kind}", period.due_at)
    letterhead, at = letterhead_of(office, bulletin), office.local(office.now())
    return urging_letter(request, letterhead, to, phone=bulletin.phone, at=at)


def urge(
    office: Office, bulletin: BulletinSettings, units: Collection[str], *, who: str, again: Collection[str] = ()
) -> int:
    """Queues a letter to each of these departments that was not urged in this period, and another one to each of
    `again`; returns how many. Each waits ten minutes.

    A department that has sent something meanwhile gets none. Raises BadUsage without a mail server.
    """
    refuse_while_held(office)
    if not office.settings.smtp.host:
        raise BadUsage(f"{NO_SERVER}。")
    at, count = office.now(), 0
    with office.ledger.writing() as ledger:
        last_issue = _period(office, ledger, bulletin).last_issue
        for entry in silent_departments(office, ledger, bulletin):
            letter, department = entry.letter, entry.letter.department
            if department in again and entry.again is not None:
                out: OutgoingLetter | None = entry.again
            elif department not in units or not letter.is_to_be_queued:
                continue
            elif letter.record is not None:
                outbox.record_delivery(ledger, letter.record, plan.first_delivery(at + TAKE_BACK_TIME))
                out = None
            else:
                out = letter.out
            if out is not None:
                queue_later(office, ledger, out, bulletin.id, at + TAKE_BACK_TIME, at=at)
                urging_letters.link_urging_letter(ledger, out.message_id, department, last_issue)
            count += 1
        if count:
            line = f"催稿 {count} 个单位，十分钟后寄出"
            record_change(ledger, NewChange(bulletin.id, who, "issue", last_issue or 0, line, at))
    return count


def is_urging_letter(office: Office, bulletin: BulletinSettings, outbox_id: int) -> bool:
    """Whether the letter out urges a department in this period."""
    with office.ledger.reading() as ledger:
        last_issue = _period(office, ledger, bulletin).last_issue
        own = urging_letters.urging_letters(ledger, bulletin.id, last_issue)
    return any(letter.record.id == outbox_id for letter in own)


def _period(office: Office, ledger: Transaction, bulletin: BulletinSettings) -> _Period:
    last, now = issues.last_signed_off(ledger, bulletin.id, supplements=False), office.now()
    due = next(due_times(office.settings.service, bulletin, now, now + _LOOK_AHEAD), None)
    return _Period(last.id if last else None, office.local(due) if due else None)
