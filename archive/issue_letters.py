"""The letters out about an issue: requests and results of its approval, the signed issue, and 采用通知."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import insert, select

from archive.database import insert_if_new
from archive.outbox import OutboxRecord, letters_out_with_ids
from archive.schema import issue_letter, outbox
from archive.transaction import Transaction


@dataclass(frozen=True, slots=True)
class IssueLetter:
    """A letter out about an issue."""

    record: OutboxRecord
    department: str
    """To which a 采用通知 goes; "" for every other letter."""


def link_letter(ledger: Transaction, message_id: str, issue_id: int, revision: int, *, department: str = "") -> None:
    """Records that the letter out of this Message-ID is about that revision of the issue.

    Raises NoResultFound when there is no such letter, IntegrityError when it is linked already.
    """
    letter_out = ledger.sql.execute(select(outbox.c.id).where(outbox.c.message_id == message_id)).scalar_one()
    values = {"outbox_id": letter_out, "issue_id": issue_id, "revision": revision, "department": department}
    ledger.sql.execute(insert(issue_letter).values(values))


def link_letter_once(ledger: Transaction, message_id: str, issue_id: int, revision: int) -> None:
    """`link_letter`, for a letter out that may be linked already. Raises NoResultFound."""
    letter_out = ledger.sql.execute(select(outbox.c.id).where(outbox.c.message_id == message_id)).scalar_one()
    values = {"issue_id": issue_id, "revision": revision, "department": ""}
    insert_if_new(ledger, issue_letter, ("outbox_id",), outbox_id=letter_out, **values)


def letters_about(ledger: Transaction, issue_id: int) -> Sequence[IssueLetter]:
    """The letters out about the issue, in the order they were written."""
    rows = ledger.sql.execute(
        select(issue_letter.c.outbox_id, issue_letter.c.department).where(issue_letter.c.issue_id == issue_id)
    )
    departments = {row.outbox_id: row.department for row in rows}
    records = letters_out_with_ids(ledger, list(departments))
    return [IssueLetter(record, departments[record.id]) for record in records]
