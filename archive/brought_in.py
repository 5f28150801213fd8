"""Letters that somebody made of a file at the desk, and whose they are by his word."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from sqlalchemy import bindparam, select

from archive.database import insert_if_new
from archive.schema import brought_in
from archive.transaction import Transaction

# Built once: it is asked for every letter.
_BY_LETTER: Final = select(brought_in.c.department, brought_in.c.who).where(
    brought_in.c.letter_id == bindparam("letter")
)


@dataclass(frozen=True, slots=True)
class BroughtIn:
    """department: the canonical name. who: the person at the desk."""

    department: str
    who: str


def note_brought_in(ledger: Transaction, letter_id: int, department: str, who: str, *, at: datetime) -> None:
    """What was said first holds."""
    insert_if_new(
        ledger, brought_in, ("letter_id",), letter_id=letter_id, department=department, who=who, brought_at=at
    )


def who_brought(ledger: Transaction, letter_id: int) -> BroughtIn | None:
    """None for a letter that came by mail."""
    found = ledger.sql.execute(_BY_LETTER, {"letter": letter_id}).first()
    return None if found is None else BroughtIn(found.department, found.who)
