"""Letters out that lose their content together with the letter that they are about."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import Final

from sqlalchemy import ColumnElement, Text, and_, cast, exists, false, func, or_, select, update

from archive.outbox import path_of_letter_out
from archive.revision_letters import has_text_of
from archive.schema import (
    article,
    decision,
    decision_letter,
    editor_answer,
    issue_article,
    issue_letter,
    issue_revision,
    letter,
    letter_article,
    outbox,
    revision,
    shown_edit,
)
from archive.transaction import Transaction
from values.issue import ArticleStatus
from values.outgoing import LetterKind, OutboxState

_NO_ADDRESS: Final = cast(outbox.c.id, Text)
"""Instead of a recipient: unlike "", it lets several letters out of a kind about one letter be emptied (UNIQUE)."""
_UNSENT: Final = or_(outbox.c.next_attempt_at.is_not(None), outbox.c.state == OutboxState.HELD.value)
"""Will be sent, by itself or when a person releases it."""
_TO_EDITORS: Final = (LetterKind.DIGEST.value, LetterKind.WITHDRAWN.value)
"""Report articles to an editor, whose address is nobody's secret."""
_WAITS: Final = (ArticleStatus.DRAFT.value, ArticleStatus.RETURNED.value)
"""Articles that a digest may list."""
_TAKEN_BACK: Final = "所答的来信已删除，不再发出"


def remove_letters_out(ledger: Transaction, letter_id: int, drafts: Sequence[int], *, at: datetime) -> None:
    """Empties the letters out that answer the letter, report decisions about its articles, bring one of the drafts or
    ask for its approval, tell the sender that it is printed, may list its articles for a writer of their unit or in
    a digest, or report to the editors that one of them is taken back, or that this letter does so.

    drafts: ids of revisions of drafts. Those that are still to be sent are given up. An editor's address stays.
    """
    present, to_editors = outbox.c.removed_at.is_(None), outbox.c.kind.in_(_TO_EDITORS)
    about = (or_(_about(letter_id), _notifies_sender(letter_id), _may_list(letter_id)), ~to_editors, present)
    reports = and_(to_editors, or_(_may_digest(ledger, letter_id), _reports_withdrawal(letter_id)))
    brings = (or_(outbox.c.issue_revision_id.in_(list(drafts)), _is_about(drafts), reports), present)
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


def _may_digest(ledger: Transaction, letter_id: int) -> ColumnElement[bool]:
    """Of a digest (近况) written while an article of the letter waited: which of them it listed is not recorded."""
    received = select(letter.c.received_at, letter.c.bulletin).where(letter.c.id == letter_id)
    came = ledger.sql.execute(received).one()
    rows = ledger.sql.execute(
        select(article.c.id, article.c.status, func.max(decision.c.decided_at).label("decided_at"))
        .join(revision, revision.c.article_id == article.c.id)
        .outerjoin(decision, decision.c.article_id == article.c.id)
        .where(has_text_of(letter_id))
        .group_by(article.c.id, article.c.status)
    ).all()
    still_waits = any(row.status in _WAITS or row.decided_at is None for row in rows)
    until = max((row.decided_at for row in rows if row.decided_at is not None), default=None)
    within = [outbox.c.bulletin == came.bulletin, outbox.c.created_at >= came.received_at]
    if not rows:
        return false()
    if not still_waits and until is not None:
        within.append(outbox.c.created_at <= until)
    return and_(outbox.c.kind == LetterKind.DIGEST.value, *within)


def _reports_withdrawal(letter_id: int) -> ColumnElement[bool]:
    """Of a letter to an editor that this letter takes an article back, or that another one takes an article of it
    back. Before the outbox recorded which one, all since the letter came that may name it."""
    of_its_articles = (
        select(letter_article.c.letter_id)
        .join(revision, revision.c.article_id == letter_article.c.article_id)
        .where(has_text_of(letter_id))
    )
    received = select(letter.c.received_at).where(letter.c.id == letter_id).scalar_subquery()
    bulletin = select(letter.c.bulletin).where(letter.c.id == letter_id).scalar_subquery()
    unrecorded = and_(outbox.c.letter_id.is_(None), outbox.c.bulletin == bulletin, outbox.c.created_at >= received)
    return and_(
        outbox.c.kind == LetterKind.WITHDRAWN.value,
        or_(outbox.c.letter_id == letter_id, outbox.c.letter_id.in_(of_its_articles), unrecorded),
    )


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
    shows = select(shown_edit.c.outbox_id).where(shown_edit.c.letter_id == letter_id)
    linked = (outbox.c.id.in_(ids) for ids in (reports, by_editors, shows))
    return or_(outbox.c.letter_id == letter_id, *linked)
