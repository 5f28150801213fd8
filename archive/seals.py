"""Seals (封存): for which marking of secrecy a letter is sealed, and whether it was released or destroyed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from sqlalchemy import and_, delete, select, update

from archive.database import upsert
from archive.manuscripts import MANUSCRIPT
from archive.schema import article, letter, letter_content, revision, unsaved
from archive.schema import seal as seal_table
from archive.search import forget_letter, index_revisions
from archive.transaction import Transaction
from values.issue import ArticleStatus
from values.letter import Seal, Verdict
from values.manuscript import Manuscript, Picture

_WITHHELD: Final = Manuscript(("（已封存）",), None, ())


@dataclass(frozen=True, slots=True)
class SealRecord:
    """The seal of a letter, as the ledger holds it."""

    seal: Seal
    sealed_at: datetime
    released_at: datetime | None
    """None: nobody has released it."""
    destroyed_at: datetime | None
    """None: its bytes are stored."""


def seal(ledger: Transaction, letter_id: int, seal: Seal, *, at: datetime) -> None:
    """Records the seal of a letter that has the verdict `sealed`, and deletes what else the ledger has of its content:
    an earlier reading may have recorded some."""
    row = {"letter_id": letter_id, "marking": seal.marking, "place": seal.place, "sealed_at": at}
    ledger.sql.execute(upsert(ledger, seal_table, ("letter_id",)), {**row, "released_at": None, "destroyed_at": None})
    ledger.sql.execute(delete(letter_content).where(letter_content.c.letter_id == letter_id))
    ledger.sql.execute(update(letter).where(letter.c.id == letter_id).values(subject="", sender_name="", message_id=""))
    forget_letter(ledger, letter_id)


def release(ledger: Transaction, letter_id: int, *, at: datetime) -> None:
    """Makes a sealed letter pending; it is read without the gate from now on."""
    ledger.sql.execute(update(seal_table).where(seal_table.c.letter_id == letter_id).values(released_at=at))
    waiting = {"verdict": Verdict.PENDING.value, "reason": "已解除封存，等待重读", "attempts": 0}
    ledger.sql.execute(update(letter).where(letter.c.id == letter_id).values(waiting))


def seal_of(ledger: Transaction, letter_id: int) -> SealRecord | None:
    """None for a letter that was never sealed."""
    row = ledger.sql.execute(select(seal_table).where(seal_table.c.letter_id == letter_id)).first()
    if row is None:
        return None
    return SealRecord(Seal(row.marking, row.place), row.sealed_at, row.released_at, row.destroyed_at)


def withhold_texts(ledger: Transaction, letter_id: int) -> frozenset[str]:
    """Empties every text that a letter brought, and edits of them, in articles that are not printed.

    Returns the SHA-256 of the pictures in them, which other texts may hold too.
    """
    ids = articles_with_texts_of(ledger, letter_id)
    of_letter = and_(revision.c.letter_id == letter_id, revision.c.article_id.in_(ids))
    rows = ledger.sql.execute(select(revision.c.id, revision.c.manuscript).where(of_letter)).all()
    ledger.sql.execute(
        update(revision)
        .where(of_letter)
        .values(manuscript=MANUSCRIPT.dump_json(_WITHHELD).decode(), findings="[]", attachment="")
    )
    ledger.sql.execute(delete(unsaved).where(unsaved.c.article_id.in_(ids)))
    index_revisions(ledger, [row.id for row in rows])
    return frozenset(sha256 for row in rows for sha256 in _pictures(row.manuscript))


def articles_with_texts_of(ledger: Transaction, letter_id: int) -> list[int]:
    """Ids of the articles of which a letter brought a text, without the printed ones."""
    wanted = (revision.c.letter_id == letter_id, article.c.status != ArticleStatus.PUBLISHED.value)
    joined = select(article.c.id).join(revision, revision.c.article_id == article.c.id).distinct()
    return list(ledger.sql.execute(joined.where(*wanted).order_by(article.c.id)).scalars())


def _pictures(stored: str) -> set[str]:
    blocks = MANUSCRIPT.validate_json(stored).blocks
    return {block.sha256 for block in blocks if isinstance(block, Picture)}
