"""Letters out that lose their content together with the letter that they are about."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import Final

from sqlalchemy import ColumnElement, Text, and_, cast, exists, func, or_, select, update

from archive.outbox import path_of_letter_out
from archive.revision_letters import has_text_of
from archive.schema import (
    decision,
    decision_letter,
    editor_answer,
    issue_article,
    issue_letter,
    issue_revision,
    letter,
    outbox,
    revision,
)
from archive.transaction import Transaction
from values.outgoing import LetterKind, OutboxState

_NO_ADDRESS: Final = cast(outbox.c.id, Text)
"""Instead of a recipient: unlike "", it lets several letters out of a kind about one letter be emptied (UNIQUE)."""
_UNSENT: Final = or_(outbox.c.next_attempt_at.is_not(None), outbox.c.state == OutboxState.HELD.value)
"""Will be sent, by itself or when a person releases it."""
_TAKEN_BACK: Final = "所答的来信已删除，不再发出"


def remove_letters_out(ledger: Transaction, letter_id: int, drafts: Sequence[int], *, at: datetime) -> None:
    """Empties the letters out that answer the letter, report decisions about its articles, bring one of the drafts or
    ask for its approval, tell the sender that it is printed, or may list its articles for a writer of their unit.

    drafts: ids of revisions of drafts. Those that are still to be sent are given up. An editor's address stays.
    """
    about = (
        or_(_about(letter_id), _notifies_sender(letter_id), _may_list(letter_id)),
        outbox.c.removed_at.is_(None),
    )
    brings = (or_(outbox.c.issue_revision_id.in_(list(drafts)), _is_about(drafts)), outbox.c.removed_at.is_(None))
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


def _is_about(drafts: Sequence[int]) -> ColumnElement[bool]:
    """Of a letter that asks for the approval of one of these revisions, or reports it: both name its articles."""
    same = and_(
        issue_letter.c.issue_id == issue_revision.c.issue_id, issue_letter.c.revision == issue_revision.c.number
    )
    about = select(issue_letter.c.outbox_id).join(issue_revision, same).where(issue_revision.c.id.in_(list(drafts)))
    return outbox.c.id.in_(about)


def _notifies_sender(letter_id: int) -> ColumnElement[bool]:
    """Of a 采用通知 to the address that sent the letter, about an issue that prints a text of it."""
    printed = (
        select(issue_article.c.issue_id)
        .join(revision, revision.c.article_id == issue_article.c.article_id)
        .where(has_text_of(letter_id))
    )
    notices = select(issue_letter.c.outbox_id).where(issue_letter.c.issue_id.in_(printed))
    sender = select(func.lower(letter.c.sender)).where(letter.c.id == letter_id).scalar_subquery()
    of_sender = func.lower(outbox.c.recipient) == sender
    return and_(outbox.c.kind == LetterKind.ADOPTION.value, outbox.c.id.in_(notices), of_sender)


def _may_list(letter_id: int) -> ColumnElement[bool]:
    """Of an answer to 查询 since the letter came, where it brought an article: what was listed is not recorded."""
    came = select(letter.c.received_at, letter.c.bulletin).where(letter.c.id == letter_id).subquery()
    written = and_(
        outbox.c.bulletin == select(came.c.bulletin).scalar_subquery(),
        outbox.c.created_at >= select(came.c.received_at).scalar_subquery(),
    )
    return and_(outbox.c.kind == LetterKind.SUBMISSIONS.value, written, _has_articles(letter_id))


def _has_articles(letter_id: int) -> ColumnElement[bool]:
    return exists(select(revision.c.id).where(revision.c.letter_id == letter_id))


def _about(letter_id: int) -> ColumnElement[bool]:
    reports = (
        select(decision_letter.c.outbox_id)
        .join(decision, decision.c.id == decision_letter.c.decision_id)
        .join(revision, revision.c.article_id == decision.c.article_id)
        .where(has_text_of(letter_id))
    )
    by_editors = select(editor_answer.c.outbox_id).where(editor_answer.c.letter_id == letter_id)
    return or_(outbox.c.letter_id == letter_id, outbox.c.id.in_(reports), outbox.c.id.in_(by_editors))
