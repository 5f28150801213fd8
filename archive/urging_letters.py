"""催稿: the letters out to departments that had sent nothing for the next issue."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import insert, select

from archive.outbox import OutboxRecord, letters_out_with_ids
from archive.schema import outbox, urging_letter
from archive.transaction import Transaction


@dataclass(frozen=True, slots=True)
class UrgingLetter:
    """A letter out that urges a department."""

    record: OutboxRecord
    department: str
    """To which it goes."""


def link_urging_letter(ledger: Transaction, message_id: str, department: str, last_issue: int | None) -> None:
    """Records that the letter out of this Message-ID urges the department, after that issue was signed off.

    last_issue: id of the last ordinary issue that was signed off; None: none was. Raises NoResultFound when there is no
    such letter, IntegrityError when it is linked already.
    """
    letter_out = ledger.sql.execute(select(outbox.c.id).where(outbox.c.message_id == message_id)).scalar_one()
    values = {"outbox_id": letter_out, "department": department, "issue_id": last_issue}
    ledger.sql.execute(insert(urging_letter).values(values))


def urging_letters(ledger: Transaction, bulletin: str, last_issue: int | None) -> Sequence[UrgingLetter]:
    """Those of the bulletin that were written after that issue and before the next one, in their order."""
    same = urging_letter.c.issue_id.is_(None) if last_issue is None else urging_letter.c.issue_id == last_issue
    rows = ledger.sql.execute(
        select(urging_letter.c.outbox_id, urging_letter.c.department)
        .join(outbox, outbox.c.id == urging_letter.c.outbox_id)
        .where(outbox.c.bulletin == bulletin, same)
    )
    departments = {row.outbox_id: row.department for row in rows}
    records = letters_out_with_ids(ledger, list(departments))
    return [UrgingLetter(record, departments[record.id]) for record in records]
