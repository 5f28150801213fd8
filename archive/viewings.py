"""Which text of an article each person opened last, so that the desk can mark what is new to a person."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from sqlalchemy import bindparam, func, select, update

from archive.database import insert_if_new
from archive.schema import article_look
from archive.transaction import Transaction


@dataclass(frozen=True, slots=True)
class Viewing:
    """The latest text of an article that a person opened."""

    revision: int
    """Its number."""
    viewed_at: datetime


def record_viewing(ledger: Transaction, account_id: int, article_id: int, revision: int, *, at: datetime) -> None:
    """Records that the person opened that revision. An earlier revision, opened later, changes nothing."""
    keys = {"account_id": account_id, "article_id": article_id}
    if insert_if_new(ledger, article_look, tuple(keys), **keys, revision=revision, looked_at=at):
        return
    of_person = (article_look.c.account_id == account_id, article_look.c.article_id == article_id)
    ledger.sql.execute(
        update(article_look)
        .where(*of_person, article_look.c.revision <= revision)
        .values(revision=revision, looked_at=at)
    )


def record_own_change(ledger: Transaction, account_id: int, article_id: int, revision: int, *, at: datetime) -> None:
    """Records that the person has seen the revision that the person's own change has just made.

    Only who had opened the revision before has: of a text that was never opened, a change of the title shows nothing.
    """
    opened = viewings_of(ledger, account_id, [article_id]).get(article_id)
    if opened is not None and opened.revision == revision - 1:
        record_viewing(ledger, account_id, article_id, revision, at=at)


# Built once: building it takes longer than SQLite takes to answer it.
_VIEWINGS: Final = select(article_look.c.article_id, article_look.c.revision, article_look.c.looked_at).where(
    article_look.c.account_id == bindparam("account"),
    article_look.c.article_id.in_(bindparam("articles", expanding=True)),
)


def revisions_viewed(ledger: Transaction, article_ids: Iterable[int]) -> Mapping[int, int]:
    """The latest revision of each of these articles that anybody opened, by article id; others are missing."""
    rows = ledger.sql.execute(
        select(article_look.c.article_id, func.max(article_look.c.revision).label("revision"))
        .where(article_look.c.article_id.in_(list(article_ids)))
        .group_by(article_look.c.article_id)
    )
    return {row.article_id: row.revision for row in rows}


def viewings_of(ledger: Transaction, account_id: int, article_ids: Iterable[int]) -> Mapping[int, Viewing]:
    """What the person opened last of each of these articles, by article id; articles never opened are missing."""
    rows = ledger.sql.execute(_VIEWINGS, {"account": account_id, "articles": list(article_ids)})
    return {row.article_id: Viewing(row.revision, row.looked_at) for row in rows}
