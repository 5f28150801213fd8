"""Courtesy marks in the ledger: which settled letters a mailbox does not show as read yet, and what came of trying."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import datetime

from sqlalchemy import func, or_, select, update

from archive.database import insert_all_if_new
from archive.folders import same_folder
from archive.schema import courtesy_mark, folder, letter, sighting
from archive.transaction import Transaction
from values.letter import Place, Verdict


def unmarked(ledger: Transaction, place: Place, *, attempts: int, most: int) -> Mapping[int, int]:
    """UID → sighting of letters of the place's folder that have their verdict and no mark, oldest UID first.

    attempts: a letter tried this often is left alone. most: at most so many.
    """
    tried = func.coalesce(courtesy_mark.c.attempts, 0)
    rows = ledger.sql.execute(
        select(sighting.c.uid, sighting.c.id)
        .join(folder, folder.c.id == sighting.c.folder_id)
        .join(letter, letter.c.id == sighting.c.letter_id)
        .outerjoin(courtesy_mark, courtesy_mark.c.sighting_id == sighting.c.id)
        .where(
            *same_folder(place),
            letter.c.verdict != Verdict.PENDING.value,
            or_(courtesy_mark.c.done.is_(None), courtesy_mark.c.done.is_(False)),
            tried < attempts,
        )
        .order_by(sighting.c.uid)
        .limit(most)
    )
    return {row.uid: row.id for row in rows}


def note_marks(ledger: Transaction, sightings: Collection[int], *, done: bool, said: str, at: datetime) -> None:
    """Counts one try for each. said: the server's words when it was not done."""
    fresh = {"attempts": 0, "done": False, "said": "", "tried_at": at}
    insert_all_if_new(ledger, courtesy_mark, ("sighting_id",), [{"sighting_id": id, **fresh} for id in sightings])
    ledger.sql.execute(
        update(courtesy_mark)
        .where(courtesy_mark.c.sighting_id.in_(list(sightings)))
        .values(attempts=courtesy_mark.c.attempts + 1, done=done, said=said, tried_at=at)
    )
