"""The letters about a commission: looked at before they go, queued when a person asks for it, taken back."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from email import message_from_bytes
from email.policy import default
from typing import Final

from archive import commissions, outbox, senders
from archive.changes import NewChange, record_change
from archive.commissions import CommissionLetter
from archive.outbox import OutboxRecord
from archive.transaction import Transaction
from courier import plan
from courier.compose_commission import commission_letter
from service.backup.hold import refuse_while_held
from service.commission.seen_commission import seen_commission
from service.dispatch.dispatch import TAKE_BACK_TIME
from service.letters.letters_out import letterhead_of, queue_later
from service.office import Office
from service.register.register import register_of
from service.register.unit_address import NO_ADDRESS, unit_address
from settings.model import BulletinSettings
from values.commission import Commission, CommissionRequest
from values.errors import BadUsage
from values.outgoing import LetterKind, OutboxState, OutgoingLetter

RECENT_ARTICLES: Final = 1_000
"""Articles among whose senders a department's address is looked for: about a year of a busy office."""
_NOT_SENT: Final = (OutboxState.TAKEN_BACK, OutboxState.DROPPED)
_INFORMS: Final = (LetterKind.COMMISSION, LetterKind.AMENDMENT)
NO_SERVER: Final = "没有配置发信服务器（[smtp]），寄不了信"


@dataclass(frozen=True, slots=True)
class UnitLetter:
    """A letter to a department that would go out, or is in the outbox."""

    department: str
    """Canonical name."""
    out: OutgoingLetter | None
    """None where no letter is written."""
    record: OutboxRecord | None
    """How far it is; None: nobody has asked for it yet."""
    why_not: str = ""
    """Why no letter is written, in Chinese; "" where one is."""

    @property
    def is_to_be_queued(self) -> bool:
        """Whether asking for it queues it."""
        is_back = self.record is not None and self.record.delivery.state is OutboxState.TAKEN_BACK
        return self.out is not None and (self.record is None or is_back)

    @property
    def text(self) -> str:
        """What the department reads; "" where no letter is written."""
        if self.out is None:
            return ""
        body = message_from_bytes(self.out.raw, policy=default).get_body(("plain",))
        return "" if body is None else str(body.get_content())


def planned_letters(
    office: Office, ledger: Transaction, bulletin: BulletinSettings, commission: Commission
) -> tuple[UnitLetter, ...]:
    """The letter that each department would get now, or has got: the commission itself, or what has changed since.

    Whoever has answered gets none. () without a mail server.
    """
    if not office.settings.smtp.host:
        return ()
    addresses = senders.recent_senders(ledger, bulletin.id, most=RECENT_ARTICLES)
    register, about = register_of(office, ledger, bulletin), commissions.letters_about(ledger, commission.id)
    planned = []
    for department in commission.departments:
        own = [entry for entry in about if entry.department == department]
        to = unit_address(register, department, addresses.get(department, ()))
        planned.append(_planned(office, bulletin, commission, department, own, to))
    return tuple(planned)


def _planned(
    office: Office,
    bulletin: BulletinSettings,
    commission: Commission,
    department: str,
    own: Sequence[CommissionLetter],
    to: str,
) -> UnitLetter:
    """own: the letters about the commission that the department has got. to: its address, "" for none."""
    gone = [entry.record for entry in own if _informs(entry)]
    last = gone[-1] if gone else None
    if last is None and commission.cancelled_at is not None:
        return UnitLetter(department, None, None, "约稿已取消，没有给它寄过信")
    if last is not None and last.to:
        to = last.to
    if not to:
        return UnitLetter(department, None, last, NO_ADDRESS)
    first, change = (_letter(office, bulletin, commission, department, kind, to) for kind in _INFORMS)
    current = (change,) if commission.cancelled_at is not None else (first, change)
    for out in current:
        if last is not None and last.message_id == out.message_id:
            return UnitLetter(department, out, last)
    if commission.cancelled_at is None and commission.answers_of(department):
        return UnitLetter(department, None, None, "已经报来，不必写信")
    out = first if last is None else change
    before = next((entry.record for entry in own if entry.record.message_id == out.message_id), None)
    return UnitLetter(department, out, before)


def _informs(entry: CommissionLetter) -> bool:
    """Whether the department knows the deadline from it, as far as we can tell."""
    return entry.record.kind in _INFORMS and entry.record.delivery.state not in _NOT_SENT


def _letter(
    office: Office, bulletin: BulletinSettings, commission: Commission, department: str, kind: LetterKind, to: str
) -> OutgoingLetter:
    is_cancelled = commission.cancelled_at is not None
    due_at = office.local(commission.due_at)
    until = "cancelled" if is_cancelled and kind is LetterKind.AMENDMENT else commission.due_at.isoformat()
    request = CommissionRequest(
        about=(str(commission.id), department, until),
        id=commission.id,
        department=department,
        topic=commission.topic,
        demands=commission.demands,
        due_at=due_at,
        is_cancelled=is_cancelled,
    )
    at = office.local(office.now())
    return commission_letter(kind, request, letterhead_of(office, bulletin), to, phone=bulletin.phone, at=at)


def send_letters(office: Office, bulletin: BulletinSettings, id: int, *, who: str, seen: int | None = None) -> int:
    """Queues the letters of the commission that are not in the outbox, or were taken back; returns how many.

    Each waits ten minutes. seen: the version of the commission that the person has looked at, None for the present one.
    Raises NotThere; BadUsage without a mail server, and where nobody can be written to; Changed.
    """
    refuse_while_held(office)
    at = office.now()
    with office.ledger.writing() as ledger:
        commission = seen_commission(ledger, bulletin, id, seen)
        if not office.settings.smtp.host:
            raise BadUsage(f"{NO_SERVER}。")
        planned = planned_letters(office, ledger, bulletin, commission)
        if not any(letter.out for letter in planned):
            raise BadUsage("没有可寄的单位：" + "；".join(dict.fromkeys(letter.why_not for letter in planned)) + "。")
        count = 0
        for letter in planned:
            if letter.out is None or not letter.is_to_be_queued:
                continue
            if letter.record is None:
                queue_later(office, ledger, letter.out, bulletin.id, at + TAKE_BACK_TIME, at=at)
                commissions.link_letter(ledger, letter.out.message_id, id, letter.department)
            else:
                outbox.record_delivery(ledger, letter.record, plan.first_delivery(at + TAKE_BACK_TIME))
            count += 1
        if count:
            line = f"{commission.label}：寄信 {count} 封，十分钟后寄出"
            record_change(ledger, NewChange(bulletin.id, who, "commission", id, line, at))
    return count


def keep_back_letters(ledger: Transaction, id: int) -> None:
    """Takes back the letters about the commission that were never tried: what they say holds no longer."""
    for entry in commissions.letters_about(ledger, id):
        delivery = entry.record.delivery
        if delivery.state is OutboxState.QUEUED and not delivery.attempts:
            outbox.record_delivery(ledger, entry.record, plan.take_back(delivery))
        elif delivery.state is OutboxState.HELD:
            outbox.record_delivery(ledger, entry.record, plan.drop(delivery))
