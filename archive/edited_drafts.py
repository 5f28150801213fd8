"""Edited drafts that came by mail: which draft each is, what was shown of it by letter, and what answers that."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from sqlalchemy import delete, select, update

from archive.database import insert_if_new, upsert
from archive.schema import brought_draft, edit_answer, mailed_answer, outbox, shown_edit
from archive.transaction import Transaction
from values.draft_marks import DraftIdentity


@dataclass(frozen=True, slots=True)
class ShownEdit:
    """What was listed of an edited draft in a letter out."""

    letter_out: int
    """Id of that letter out."""
    letter: int
    """Id of the letter that brought the file."""
    digest: str
    """Of what was listed (`Proposal.digest`); "" where the letter lists nothing that an answer may take over, and where
    the letter with the file was removed since."""


def record_brought(ledger: Transaction, letter_id: int, drafts: Collection[DraftIdentity]) -> None:
    """Records which drafts the letter's files say they are, in place of what an earlier reading has seen."""
    ledger.sql.execute(delete(brought_draft).where(brought_draft.c.letter_id == letter_id))
    for draft in drafts:
        values = {"series": draft.series, "number": draft.number, "revision": draft.revision}
        insert_if_new(ledger, brought_draft, (), letter_id=letter_id, bulletin=draft.bulletin, **values)


def brings_draft(ledger: Transaction, letter_id: int) -> bool:
    """Whether the letter brings an edited draft."""
    brought = select(brought_draft.c.letter_id).where(brought_draft.c.letter_id == letter_id).limit(1)
    return ledger.sql.execute(brought).first() is not None


def record_shown(ledger: Transaction, message_id: str, letter_id: int, digest: str) -> None:
    """The letter out of that Message-ID lists what the file of the letter would change. digest: as `ShownEdit.digest`.
    Raises NoResultFound."""
    outbox_id = ledger.sql.execute(select(outbox.c.id).where(outbox.c.message_id == message_id)).scalar_one()
    ledger.sql.execute(
        upsert(ledger, shown_edit, ("outbox_id",)), {"outbox_id": outbox_id, "letter_id": letter_id, "digest": digest}
    )


def shown_in(ledger: Transaction, message_ids: Sequence[str]) -> ShownEdit | None:
    """What the first of our letters with these Message-IDs lists; None where none of them lists anything."""
    rows = ledger.sql.execute(
        select(shown_edit, outbox.c.message_id)
        .join(outbox, outbox.c.id == shown_edit.c.outbox_id)
        .where(outbox.c.message_id.in_(list(message_ids)))
    ).all()
    shown = {row.message_id: ShownEdit(row.outbox_id, row.letter_id, row.digest) for row in rows}
    return next((shown[message_id] for message_id in message_ids if message_id in shown), None)


def shown_to(ledger: Transaction, issue_id: int, person: str) -> Sequence[ShownEdit]:
    """What was last listed of each file that the person mailed for that issue, the latest last."""
    rows = ledger.sql.execute(
        select(shown_edit)
        .join(mailed_answer, mailed_answer.c.letter_id == shown_edit.c.letter_id)
        .where(mailed_answer.c.issue_id == issue_id, mailed_answer.c.person == person)
        .order_by(shown_edit.c.outbox_id)
    ).all()
    latest = {row.letter_id: ShownEdit(row.outbox_id, row.letter_id, row.digest) for row in rows}
    return sorted(latest.values(), key=lambda shown: shown.letter_out)


def record_edit_answer(ledger: Transaction, letter_id: int, shown: ShownEdit) -> None:
    """The letter answers the one that lists these changes. Calling it twice changes nothing."""
    insert_if_new(ledger, edit_answer, ("letter_id",), letter_id=letter_id, outbox_id=shown.letter_out)


def shown_for(ledger: Transaction, letter_id: int) -> ShownEdit | None:
    """What the letter that this one answers has listed; None where it is about no edited draft."""
    answered = select(shown_edit).join(edit_answer, edit_answer.c.outbox_id == shown_edit.c.outbox_id)
    row = ledger.sql.execute(answered.where(edit_answer.c.letter_id == letter_id)).first()
    return None if row is None else ShownEdit(row.outbox_id, row.letter_id, row.digest)


def forget_edits(ledger: Transaction, letter_id: int) -> None:
    """Removes what is recorded of the letter's files and answers, together with the letter. That a letter out was about
    its file stays: an answer to that one means no other file."""
    ledger.sql.execute(delete(brought_draft).where(brought_draft.c.letter_id == letter_id))
    ledger.sql.execute(delete(edit_answer).where(edit_answer.c.letter_id == letter_id))
    ledger.sql.execute(update(shown_edit).where(shown_edit.c.letter_id == letter_id).values(digest=""))
