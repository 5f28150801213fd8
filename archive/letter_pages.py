"""Letters for a list: a page at a time, however many there are."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from sqlalchemy import func, select, tuple_, union_all

from archive.letters import LetterRecord, letters_with_ids
from archive.schema import letter, letter_content
from archive.transaction import Transaction
from values.letter import Verdict


@dataclass(frozen=True, slots=True)
class LettersPage:
    """Letters, the latest first. before: where the next page begins, None when this is the last one."""

    letters: tuple[LetterRecord, ...]
    before: int | None


def letters_page(
    ledger: Transaction,
    bulletin: str,
    verdicts: Collection[Verdict] = tuple(Verdict),
    *,
    before: int | None = None,
    most: int = 50,
) -> LettersPage:
    """Letters with one of these verdicts, received before the letter `before`: the one the last page ended with.

    What comes in meanwhile moves nothing. Each verdict has its own place in the index; the latest of all are taken.
    """
    later = []
    if before is not None:
        place = select(letter.c.received_at, letter.c.id).where(letter.c.bulletin == bulletin, letter.c.id == before)
        end = ledger.sql.execute(place).first()
        if end is not None:
            later = [tuple_(letter.c.received_at, letter.c.id) < tuple_(end.received_at, end.id)]
    latest = (letter.c.received_at.desc(), letter.c.id.desc())
    each = [
        select(letter.c.id, letter.c.received_at)
        .where(letter.c.bulletin == bulletin, letter.c.verdict == verdict.value, *later)
        .order_by(*latest)
        .limit(most + 1)
        .subquery()
        for verdict in verdicts
    ]
    if not each:
        return LettersPage((), None)
    any_of_them = union_all(*(select(one.c.id, one.c.received_at) for one in each)).subquery().c
    chosen = select(any_of_them.id).order_by(any_of_them.received_at.desc(), any_of_them.id.desc()).limit(most + 1)
    ids = ledger.sql.execute(chosen).scalars().all()
    found = tuple(reversed(letters_with_ids(ledger, ids[:most])))
    return LettersPage(found, found[-1].id if len(ids) > most else None)


def count_verdicts(
    ledger: Transaction, bulletin: str, verdicts: Collection[Verdict] = tuple(Verdict)
) -> dict[Verdict, int]:
    """How many letters of the bulletin have each of these verdicts; each of them is a key."""
    wanted = (letter.c.bulletin == bulletin, letter.c.verdict.in_([verdict.value for verdict in verdicts]))
    rows = ledger.sql.execute(select(letter.c.verdict, func.count()).where(*wanted).group_by(letter.c.verdict))
    return dict.fromkeys(verdicts, 0) | {Verdict(verdict): count for verdict, count in rows}


def without_content(ledger: Transaction, *, after: int, most: int) -> Sequence[LetterRecord]:
    """Letters that were read by a version that kept nothing of what stands in them; by their id, above `after`."""
    ids = ledger.sql.execute(
        select(letter.c.id)
        .outerjoin(letter_content, letter_content.c.letter_id == letter.c.id)
        .where(letter.c.id > after, letter.c.decided_at.is_not(None), letter_content.c.letter_id.is_(None))
        .order_by(letter.c.id)
        .limit(most)
    ).scalars()
    return sorted(letters_with_ids(ledger, list(ids)), key=lambda record: record.id)
