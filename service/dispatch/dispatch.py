"""印发, 采用通知: the letters of a signed issue are queued when a person asks for it, and can be taken back."""

from __future__ import annotations

from collections.abc import Collection
from datetime import timedelta
from typing import Final

from archive import issue_letters, issues, outbox
from archive.changes import NewChange, record_change
from archive.outbox import OutboxRecord
from courier import plan
from service.backup.hold import refuse_while_held
from service.dispatch.planned_letters import DispatchKind, planned_letters
from service.letters.letters_out import queue_later
from service.office import Office
from settings.model import BulletinSettings
from values.errors import BadUsage, NotThere
from values.outgoing import OutboxState

TAKE_BACK_TIME: Final = timedelta(minutes=10)
"""How long a letter waits before it is sent for the first time. The time is stored with it, so that a restart of the
service neither shortens nor prolongs it."""
_NAMES: Final[dict[DispatchKind, str]] = {"issue": "印发", "notices": "采用通知"}


def dispatch(
    office: Office, bulletin: BulletinSettings, issue_id: int, kinds: Collection[DispatchKind], who: str
) -> int:
    """Queues the letters of these kinds that are not in the outbox, or were taken back; returns how many.

    Each waits `TAKE_BACK_TIME`. Raises BadUsage for an issue that is not signed off, without a mail server, and where
    there is nobody to write to; NotThere for an unknown issue.
    """
    refuse_while_held(office)
    at = office.now()
    with office.ledger.writing() as ledger:
        issue = issues.issue_of_bulletin(ledger, bulletin.id, issue_id)
        if issue is None:
            raise NotThere("没有这一期。")
        wanted = [letter for letter in planned_letters(office, ledger, bulletin, issue) if letter.kind in kinds]
        if not any(letter.out for letter in wanted):
            raise BadUsage(_nobody(kinds))
        queued: list[DispatchKind] = []
        for letter in wanted:
            if letter.out is None:
                continue
            if letter.record is None:
                queue_later(office, ledger, letter.out, bulletin.id, at + TAKE_BACK_TIME, at=at)
                issue_letters.link_letter(
                    ledger, letter.out.message_id, issue.id, issue.revision, department=letter.department
                )
            elif letter.record.delivery.state is OutboxState.TAKEN_BACK:
                outbox.record_delivery(ledger, letter.record, plan.first_delivery(at + TAKE_BACK_TIME))
            else:
                continue
            queued.append(letter.kind)
        for kind in dict.fromkeys(queued):
            line = f"{issue.number.label}{_NAMES[kind]} {queued.count(kind)} 封，十分钟后寄出"
            record_change(ledger, NewChange(bulletin.id, who, "issue", issue.id, line, at))
    return len(queued)


def _nobody(kinds: Collection[DispatchKind]) -> str:
    if "issue" in kinds:
        return "没有可寄的地址：印发寄给 [[bulletin]] circulate 里的邮箱。"
    return "没有可寄的单位：本期的单位在名录里都没有投稿邮箱。"


def take_back(office: Office, outbox_id: int, *, who: str) -> OutboxRecord:
    """Takes back a letter out that was not tried yet; returns it as it then is.

    Raises BadUsage when there is none of that id, and when it was sent, or may have been.
    """
    with office.ledger.writing() as ledger:
        record = outbox.letter_out(ledger, outbox_id)
        if not outbox.record_delivery(ledger, record, plan.take_back(record.delivery)):
            raise BadUsage("这封信刚刚寄出，收不回来了。")
        line = f"收回{record.kind.chinese}信 {outbox_id}，不再寄出"
        record_change(ledger, NewChange(record.bulletin, who, "outbox", outbox_id, line, office.now()))
        return outbox.letter_out(ledger, outbox_id)
