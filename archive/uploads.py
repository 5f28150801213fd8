"""Letters that a person made of a file at the desk, with the department and the person."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from sqlalchemy import bindparam, select

from archive.database import insert_if_new
from archive.schema import brought_in
from archive.transaction import Transaction

_BY_LETTER: Final = select(brought_in.c.department, brought_in.c.who).where(
    brought_in.c.letter_id == bindparam("letter")
)
"""Built once: it is asked for every letter, and building a statement takes longer than its answer."""


@dataclass(frozen=True, slots=True)
class LetterUpload:
    """Who uploaded a letter at the desk, for which department."""

    department: str
    """Canonical name."""
    who: str
    """Name of the person."""


def record_upload(ledger: Transaction, letter_id: int, department: str, who: str, *, at: datetime) -> None:
    """Records who uploaded the letter; a second call for the same letter changes nothing."""
    insert_if_new(
        ledger, brought_in, ("letter_id",), letter_id=letter_id, department=department, who=who, brought_at=at
    )


def upload_of(ledger: Transaction, letter_id: int) -> LetterUpload | None:
    """None for a letter that came by mail."""
    row = ledger.sql.execute(_BY_LETTER, {"letter": letter_id}).first()
    return None if row is None else LetterUpload(row.department, row.who)
