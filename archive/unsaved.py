"""Text that a person typed into an article and did not save yet, kept until it is saved or discarded."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, delete, select, update

from archive.database import insert_if_new
from archive.schema import account, unsaved
from archive.transaction import Transaction


@dataclass(frozen=True, slots=True)
class Unsaved:
    """What one person typed into one article."""

    account: int
    """Id of the person's account."""
    display_name: str
    """Of the account, "": none."""
    article: int
    """Id of the article."""
    revision: int
    """Number of the revision that was being edited."""
    text: str
    """JSON, in the shape of service/article/typed.py."""
    typed_at: datetime


def keep_unsaved(
    ledger: Transaction, account_id: int, article_id: int, revision: int, text: str, *, at: datetime
) -> None:
    """Records what the person typed, in place of what the person typed into this article before."""
    keys = {"account_id": account_id, "article_id": article_id}
    values = {"revision": revision, "text": text, "typed_at": at}
    if not insert_if_new(ledger, unsaved, tuple(keys), **keys, **values):
        ledger.sql.execute(update(unsaved).where(*_of(account_id, article_id)).values(**values))


def forget_unsaved(ledger: Transaction, account_id: int, article_id: int) -> None:
    """Deletes what the person typed into the article."""
    ledger.sql.execute(delete(unsaved).where(*_of(account_id, article_id)))


def unsaved_of(ledger: Transaction, article_id: int) -> Sequence[Unsaved]:
    """What people typed into the article, the latest first."""
    rows = ledger.sql.execute(
        select(unsaved, account.c.display_name)
        .join(account, account.c.id == unsaved.c.account_id)
        .where(unsaved.c.article_id == article_id)
        .order_by(unsaved.c.typed_at.desc())
    )
    return [
        Unsaved(row.account_id, row.display_name, row.article_id, row.revision, row.text, row.typed_at) for row in rows
    ]


def _of(account_id: int, article_id: int) -> tuple[ColumnElement[bool], ColumnElement[bool]]:
    return unsaved.c.account_id == account_id, unsaved.c.article_id == article_id
