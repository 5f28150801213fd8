"""How much there is of everything, by bulletin and state. Numbers only."""

from __future__ import annotations

from collections.abc import Mapping

from sqlalchemy import Column, func, select

from archive.schema import article, issue, letter, outbox
from archive.transaction import Transaction

Counts = Mapping[tuple[str, str], int]
"""(bulletin, state) → how many; what there is none of is not in it."""


def letters_by_verdict(ledger: Transaction) -> Counts:
    return _counts(ledger, letter.c.bulletin, letter.c.verdict)


def articles_by_status(ledger: Transaction) -> Counts:
    return _counts(ledger, article.c.bulletin, article.c.status)


def outbox_by_state(ledger: Transaction) -> Counts:
    return _counts(ledger, outbox.c.bulletin, outbox.c.state)


def issues_by_status(ledger: Transaction) -> Counts:
    return _counts(ledger, issue.c.bulletin, issue.c.status)


def _counts(ledger: Transaction, bulletin: Column[str], state: Column[str]) -> Counts:
    rows = ledger.sql.execute(select(bulletin, state, func.count()).group_by(bulletin, state))
    return {(row[0], row[1]): row[2] for row in rows}
