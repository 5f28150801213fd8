"""Forms of the desk that were sent: whatever adds something is done once, however often its form is sent.

A form is known by a digest of the number that its page gave it and of what was typed into it.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import delete, select, update

from archive.database import insert_if_new
from archive.schema import form_use
from archive.transaction import Transaction

_KEPT: Final = timedelta(days=90)
"""Longer than any session: a form that is sent again later needs a person who logs in and confirms it."""


@dataclass(frozen=True, slots=True)
class FormUse:
    """A form that was sent before."""

    used_at: datetime
    answer: str | None
    """The path of the page that it led to; None: it was interrupted, and nobody knows whether it was done."""


def claim_form(ledger: Transaction, digest: str, *, at: datetime) -> FormUse | None:
    """Records that the form is being used; returns its earlier use, None where this is the first."""
    ledger.sql.execute(delete(form_use).where(form_use.c.used_at < at - _KEPT))
    if insert_if_new(ledger, form_use, ("digest",), digest=digest, used_at=at):
        return None
    row = ledger.sql.execute(select(form_use).where(form_use.c.digest == digest)).one()
    return FormUse(row.used_at, row.answer)


def record_form_answer(ledger: Transaction, digest: str, answer: str) -> None:
    """Records that what the form asks for was done, and the path of the page that it led to."""
    ledger.sql.execute(update(form_use).where(form_use.c.digest == digest).values(answer=answer))


def release_form(ledger: Transaction, digest: str) -> None:
    """Forgets the use of a form that was refused: it may be sent again."""
    ledger.sql.execute(delete(form_use).where(form_use.c.digest == digest))
