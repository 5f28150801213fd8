"""How many letters, articles, letters out and issues there are, by bulletin and state."""

from __future__ import annotations

from collections.abc import Mapping

from sqlalchemy import Column, func, select

from archive.schema import article, issue, letter, outbox
from archive.transaction import Transaction

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


def _counts(ledger: Transaction, bulletin: Column[str], state: Column[str]) -> Counts:
    rows = ledger.sql.execute(select(bulletin, state, func.count()).group_by(bulletin, state))
    return {(row[0], row[1]): row[2] for row in rows}
