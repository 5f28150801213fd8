"""Who saw which text of an article last, so that the desk can say what is new to a person."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select, update

from archive.database import insert_if_new
from archive.schema import article_look
from archive.transaction import Transaction


@dataclass(frozen=True, slots=True)
class Look:
    """revision: the number of the article's text as it was seen."""

    revision: int
    looked_at: datetime


def note_look(ledger: Transaction, account_id: int, article_id: int, revision: int, *, at: datetime) -> None:
    """The person has opened the article and seen that revision. An earlier one, seen later, takes nothing back."""
    keys = {"account_id": account_id, "article_id": article_id}
    if insert_if_new(ledger, article_look, tuple(keys), **keys, revision=revision, looked_at=at):
        return
    of_person = (article_look.c.account_id == account_id, article_look.c.article_id == article_id)
    ledger.sql.execute(
        update(article_look)
        .where(*of_person, article_look.c.revision <= revision)
        .values(revision=revision, looked_at=at)
    )


def looks_of(ledger: Transaction, account_id: int, article_ids: Iterable[int]) -> Mapping[int, Look]:
    """What the person has seen of these articles, by article; those never opened are missing."""
    rows = ledger.sql.execute(
        select(article_look.c.article_id, article_look.c.revision, article_look.c.looked_at).where(
            article_look.c.account_id == account_id, article_look.c.article_id.in_(list(article_ids))
        )
    )
    return {row.article_id: Look(row.revision, row.looked_at) for row in rows}
