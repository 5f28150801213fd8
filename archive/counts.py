"""How many letters, articles, letters out and issues there are, by bulletin and state, and how old some of them are."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import Column, ColumnElement, func, select
from sqlalchemy.sql.functions import Function

from archive.schema import article, issue, issue_revision, letter, outbox
from archive.transaction import Transaction
from values.issue import IssueStatus
from values.letter import Verdict
from values.outgoing import OutboxState

Counts = Mapping[tuple[str, str], int]
"""(id of the bulletin, state) → how many; pairs of which there is none are missing."""


def letters_by_verdict(ledger: Transaction) -> Counts:
    """All letters, by verdict."""
    return _counts(ledger, letter.c.bulletin, letter.c.verdict)


def articles_by_status(ledger: Transaction) -> Counts:
    """All articles, by status."""
    return _counts(ledger, article.c.bulletin, article.c.status)


def outbox_by_state(ledger: Transaction) -> Counts:
    """All letters out, by state of delivery."""
    return _counts(ledger, outbox.c.bulletin, outbox.c.state)


def issues_by_status(ledger: Transaction) -> Counts:
    """All issues, by status."""
    return _counts(ledger, issue.c.bulletin, issue.c.status)


def oldest_pending(ledger: Transaction) -> Mapping[str, datetime]:
    """When the oldest of the letters that wait to be read was stored, by bulletin; none where no letter waits."""
    waiting = letter.c.verdict == Verdict.PENDING.value
    return _moments(ledger, letter.c.bulletin, func.min(letter.c.stored_at), waiting)


def oldest_queued(ledger: Transaction) -> Mapping[str, datetime]:
    """When the oldest of the letters out that wait to be sent was written, by bulletin."""
    waiting = outbox.c.state == OutboxState.QUEUED.value
    return _moments(ledger, outbox.c.bulletin, func.min(outbox.c.created_at), waiting)


def last_sign_offs(ledger: Transaction) -> Mapping[str, datetime]:
    """When an issue was last signed off, by bulletin."""
    signed_off = issue.c.status == IssueStatus.SIGNED_OFF.value
    return _moments(ledger, issue.c.bulletin, func.max(issue.c.decided_at), signed_off)


def last_drafts(ledger: Transaction) -> Mapping[str, datetime]:
    """When a draft of an issue was last made or remade, by bulletin."""
    made = issue_revision.c.issue_id == issue.c.id
    return _moments(ledger, issue.c.bulletin, func.max(issue_revision.c.made_at), made)


def _moments(
    ledger: Transaction, bulletin: Column[str], moment: Function[datetime], which: ColumnElement[bool]
) -> Mapping[str, datetime]:
    rows = ledger.sql.execute(select(bulletin, moment).where(which).group_by(bulletin))
    return {row[0]: row[1] for row in rows if row[1] is not None}


def _counts(ledger: Transaction, bulletin: Column[str], state: Column[str]) -> Counts:
    rows = ledger.sql.execute(select(bulletin, state, func.count()).group_by(bulletin, state))
    return {(row[0], row[1]): row[2] for row in rows}
