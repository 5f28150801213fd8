"""Lists of letters, a page at a time."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Final

from sqlalchemy import func, select, tuple_, union_all

from archive.letters import LetterRecord, letters_with_ids
from archive.schema import letter, letter_content, removal
from archive.transaction import Transaction
from values.letter import Verdict

_REMOVED: Final = letter.c.id.in_(select(removal.c.letter_id))


@dataclass(frozen=True, slots=True)
class LettersPage:
    """A page of a list of letters."""

    letters: tuple[LetterRecord, ...]
    """The latest first."""
    before: int | None
    """Where the next page begins, for `letters_page`; None: this is the last page."""


def letters_page(
    ledger: Transaction,
    bulletin: str,
    verdicts: Collection[Verdict] = tuple(Verdict),
    *,
    removed_of: Collection[Verdict] = (),
    before: int | None = None,
    most: int = 50,
) -> LettersPage:
    """Letters with one of these verdicts that were received before the letter `before`, with which the last page ended.

    Letters whose content was removed are left out, but for those with a verdict of `removed_of`.
    before: an id, None for the first page. Letters that arrive meanwhile move nothing to another page. most: letters on
    a page. The latest letters of each verdict are read from the index of verdicts, then the latest of all are taken.
    """
    earlier = []
    if before is not None:
        place = select(letter.c.received_at, letter.c.id).where(letter.c.bulletin == bulletin, letter.c.id == before)
        end = ledger.sql.execute(place).first()
        if end is not None:
            earlier = [tuple_(letter.c.received_at, letter.c.id) < tuple_(end.received_at, end.id)]
    latest_first = (letter.c.received_at.desc(), letter.c.id.desc())
    wanted = [(verdict, ~_REMOVED) for verdict in verdicts] + [(verdict, _REMOVED) for verdict in removed_of]
    each = [
        select(letter.c.id, letter.c.received_at)
        .where(letter.c.bulletin == bulletin, letter.c.verdict == verdict.value, condition, *earlier)
        .order_by(*latest_first)
        .limit(most + 1)
        .subquery()
        for verdict, condition in wanted
    ]
    if not each:
        return LettersPage((), None)
    any_of_them = union_all(*(select(latest.c.id, latest.c.received_at) for latest in each)).subquery().c
    chosen = select(any_of_them.id).order_by(any_of_them.received_at.desc(), any_of_them.id.desc()).limit(most + 1)
    ids = ledger.sql.execute(chosen).scalars().all()
    shown = tuple(reversed(letters_with_ids(ledger, ids[:most])))
    return LettersPage(shown, shown[-1].id if len(ids) > most else None)


def count_verdicts(
    ledger: Transaction, bulletin: str, verdicts: Collection[Verdict] = tuple(Verdict)
) -> dict[Verdict, int]:
    """How many letters of the bulletin have each of these verdicts; each of them is a key. Letters whose content was
    removed are not counted."""
    wanted = (letter.c.bulletin == bulletin, ~_REMOVED, letter.c.verdict.in_([verdict.value for verdict in verdicts]))
    rows = ledger.sql.execute(select(letter.c.verdict, func.count()).where(*wanted).group_by(letter.c.verdict))
    return dict.fromkeys(verdicts, 0) | {Verdict(verdict): count for verdict, count in rows}


def count_removed(ledger: Transaction, bulletin: str) -> int:
    """How many letters of the bulletin have lost their content."""
    removed = select(func.count()).select_from(letter).where(letter.c.bulletin == bulletin, _REMOVED)
    return int(ledger.sql.execute(removed).scalar_one())


def without_content(ledger: Transaction, *, after: int, most: int) -> Sequence[LetterRecord]:
    """Letters that were read by a version that recorded no content, with an id above `after`, in the order of ids.

    Sealed, removed and waiting ones are left out: of them nothing may be recorded. most: at most so many.
    """
    ids = ledger.sql.execute(
        select(letter.c.id)
        .outerjoin(letter_content, letter_content.c.letter_id == letter.c.id)
        .where(letter.c.id > after, letter.c.decided_at.is_not(None), letter_content.c.letter_id.is_(None))
        .where(letter.c.verdict.not_in([Verdict.SEALED.value, Verdict.PENDING.value]))
        .where(~_REMOVED)
        .order_by(letter.c.id)
        .limit(most)
    ).scalars()
    return sorted(letters_with_ids(ledger, list(ids)), key=lambda record: record.id)
