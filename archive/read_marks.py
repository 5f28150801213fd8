"""The marks that show people in the mailbox that a letter was read: which are still missing, which attempts failed."""

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
    """UID → id of the sighting, for letters of the place's folder that have a verdict and no mark; lowest UIDs first.

    attempts: letters tried this often are left out. most: at most so many letters.
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


def record_mark_attempts(
    ledger: Transaction, sightings: Collection[int], *, done: bool, answer: str, at: datetime
) -> None:
    """Counts one attempt for each of these sightings. answer: what the server gave as reason, "" where it was done."""
    untried = {"attempts": 0, "done": False, "said": "", "tried_at": at}
    insert_all_if_new(ledger, courtesy_mark, ("sighting_id",), [{"sighting_id": id, **untried} for id in sightings])
    ledger.sql.execute(
        update(courtesy_mark)
        .where(courtesy_mark.c.sighting_id.in_(list(sightings)))
        .values(attempts=courtesy_mark.c.attempts + 1, done=done, said=answer, tried_at=at)
    )
