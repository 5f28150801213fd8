"""Letters that a person made at the desk or with `add`, of a text or of files, with the department and the person."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import Select, select

from archive.database import insert_if_new
from archive.schema import brought_in
from archive.transaction import Transaction
from values.letter import AddedByHand


def record_added(ledger: Transaction, letter_id: int, added: AddedByHand, *, at: datetime) -> None:
    """Records who added the letter; a second call for the same letter changes nothing."""
    values = {"department": added.department, "who": added.who, "brought_at": at}
    insert_if_new(ledger, brought_in, ("letter_id",), letter_id=letter_id, **values)


def added_letters(ledger: Transaction, wanted: Select[Any]) -> Mapping[int, AddedByHand]:
    """Those of the letters that were added by hand, by id. wanted: selects the ids."""
    rows = ledger.sql.execute(select(brought_in).where(brought_in.c.letter_id.in_(wanted)))
    return {row.letter_id: AddedByHand(row.department, row.who) for row in rows}
