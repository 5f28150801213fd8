"""Seals (封存): for which marking of secrecy a letter is sealed, and whether it was released."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import delete, select, update

from archive.database import upsert
from archive.schema import letter, letter_content
from archive.schema import seal as seal_table
from archive.search import forget_letter
from archive.transaction import Transaction
from values.letter import Seal, Verdict


@dataclass(frozen=True, slots=True)
class SealRecord:
    """The seal of a letter, as the ledger holds it."""

    seal: Seal
    sealed_at: datetime
    released_at: datetime | None
    """None: nobody has released it."""


def seal(ledger: Transaction, letter_id: int, seal: Seal, *, at: datetime) -> None:
    """Records the seal of a letter that has the verdict `sealed`, and deletes what else the ledger has of its content:
    an earlier reading may have recorded some."""
    row = {"letter_id": letter_id, "marking": seal.marking, "place": seal.place, "sealed_at": at}
    ledger.sql.execute(upsert(ledger, seal_table, ("letter_id",)), {**row, "released_at": None})
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
    return SealRecord(Seal(row.marking, row.place), row.sealed_at, row.released_at)
