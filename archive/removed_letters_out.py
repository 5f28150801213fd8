"""Letters out that lose their content together with the letter that they are about."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import Final

from sqlalchemy import ColumnElement, Text, cast, or_, select, update

from archive.outbox import path_of_letter_out
from archive.schema import decision, decision_letter, editor_answer, outbox, revision
from archive.transaction import Transaction
from values.outgoing import OutboxState

_NO_ADDRESS: Final = cast(outbox.c.id, Text)
"""Instead of a recipient: unlike "", it lets several letters out of a kind about one letter be emptied (UNIQUE)."""
_UNSENT: Final = or_(outbox.c.next_attempt_at.is_not(None), outbox.c.state == OutboxState.HELD.value)
"""Will be sent, by itself or when a person releases it."""
_TAKEN_BACK: Final = "所答的来信已删除，不再发出"


def remove_letters_out(ledger: Transaction, letter_id: int, drafts: Sequence[int], *, at: datetime) -> None:
    """Empties the letters out that answer the letter, report decisions about its articles, or bring one of the drafts.

    drafts: ids of revisions of drafts. Those that are still to be sent are given up. An editor's address stays.
    """
    about = (_about(letter_id), outbox.c.removed_at.is_(None))
    brings = (outbox.c.issue_revision_id.in_(list(drafts)), outbox.c.removed_at.is_(None))
    content = {"subject": "", "raw": b"", "path": None, "answer": "", "removed_at": at}
    waiting = {"state": OutboxState.FAILED.value, "next_attempt_at": None, "answer": _TAKEN_BACK}
    for which, more in ((about, {"recipient": _NO_ADDRESS}), (brings, {})):
        ids = ledger.sql.execute(select(outbox.c.id).where(*which)).scalars().all()
        queued = (outbox.c.id.in_(ids), _UNSENT)
        unsent = ledger.sql.execute(select(outbox.c.id).where(*queued)).scalars().all()
        ledger.sql.execute(update(outbox).where(outbox.c.id.in_(ids)).values(content | more))
        ledger.sql.execute(update(outbox).where(outbox.c.id.in_(unsent)).values(waiting))


def has_unsent(ledger: Transaction, letter_id: int) -> bool:
    """Whether a letter out about the letter is still to be sent."""
    unsent = select(outbox.c.id).where(_about(letter_id), _UNSENT).limit(1)
    return ledger.sql.execute(unsent).first() is not None


def removed_letter_files(ledger: Transaction) -> Sequence[Path]:
    """Where the files of emptied letters out were, if they had any, relative to data_dir."""
    message_ids = ledger.sql.execute(select(outbox.c.message_id).where(outbox.c.removed_at.is_not(None)))
    return [path_of_letter_out(message_id) for message_id in message_ids.scalars()]


def _about(letter_id: int) -> ColumnElement[bool]:
    reports = (
        select(decision_letter.c.outbox_id)
        .join(decision, decision.c.id == decision_letter.c.decision_id)
        .join(revision, revision.c.article_id == decision.c.article_id)
        .where(revision.c.letter_id == letter_id)
    )
    by_editors = select(editor_answer.c.outbox_id).where(editor_answer.c.letter_id == letter_id)
    return or_(outbox.c.letter_id == letter_id, outbox.c.id.in_(reports), outbox.c.id.in_(by_editors))
