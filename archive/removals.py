"""Letters whose content is removed for good: erased (已删除), or destroyed under their seal (已销毁).

The row of the letter stays, with verdict and dates. `remove` empties all that the ledger has of its content, in one
transaction; the files follow (service.removal.finish), and until the last is gone the removal is unfinished.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, delete, insert, or_, select, update

from archive.database import batches
from archive.edited_drafts import forget_edits
from archive.mailed_answers import forget_answer
from archive.removed_drafts import drafts_with_texts_of, remove_drafts
from archive.removed_letters_out import remove_letters_out
from archive.schema import letter, letter_content, removal, seal
from archive.search import forget_letter
from archive.transaction import Transaction
from archive.withheld_texts import remove_texts
from values.letter import Removal, RemovalKind, Seal, Verdict


@dataclass(frozen=True, slots=True)
class RemovedLetter:
    """A letter whose content is removed, as the ledger holds it."""

    id: int
    bulletin: str
    """Id of its bulletin."""
    sha256: str
    """Of the bytes that it had."""
    size: int
    """Octets that it had."""
    received_at: datetime
    verdict: Verdict
    """What it had before."""
    seal: Seal | None
    """None: it was never sealed."""
    removal: Removal


def remove(ledger: Transaction, letter_id: int, removed: Removal, *, with_open_drafts: bool = False) -> None:
    """Empties all that the ledger has of the letter, and records the removal as unfinished.

    Letters out that answer it or report on its articles lose recipient, subject and bytes; drafts that were made while
    they could contain its texts lose their files. with_open_drafts: also the current one of an open draft, which is
    made again then. Raises IntegrityError for a letter that is removed already.
    """
    row = {"letter_id": letter_id, "kind": removed.kind.value, "who": removed.who, "why": removed.why}
    ledger.sql.execute(insert(removal), {**row, "removed_at": removed.at, "finished_at": None})
    drafts = drafts_with_texts_of(ledger, letter_id, removed.at, with_open=with_open_drafts)
    remove_drafts(ledger, drafts, at=removed.at)
    remove_letters_out(ledger, letter_id, drafts, at=removed.at)
    remove_texts(ledger, letter_id)
    forget_answer(ledger, letter_id)
    forget_edits(ledger, letter_id)
    ledger.sql.execute(delete(letter_content).where(letter_content.c.letter_id == letter_id))
    empty = {"sender": "", "sender_name": "", "subject": "", "message_id": "", "reason": _reason(removed)}
    ledger.sql.execute(update(letter).where(letter.c.id == letter_id).values(empty))
    forget_letter(ledger, letter_id)


def refused(ledger: Transaction, bulletin: str, sha256s: Sequence[str]) -> Mapping[str, RemovalKind]:
    """Those of the letters whose bytes the bulletin does not take again: it has erased them, or any bulletin has
    destroyed them."""
    wanted = or_(letter.c.bulletin == bulletin, removal.c.kind == RemovalKind.DESTROYED.value)
    rows = ledger.sql.execute(
        select(letter.c.sha256, removal.c.kind)
        .join(removal, removal.c.letter_id == letter.c.id)
        .where(wanted, letter.c.sha256.in_(list(sha256s)))
    )
    return {row.sha256: RemovalKind(row.kind) for row in rows}


def record_refused(ledger: Transaction, bulletin: str, sha256s: Sequence[str], *, at: datetime) -> int:
    """Gives the bulletin's letters of these SHA-256 the removal that another bulletin has of the same bytes: none of
    their bytes were stored. Returns how many letters that are."""
    of_bulletin = (letter.c.bulletin == bulletin, letter.c.sha256.in_(list(sha256s)))
    unmarked = letter.c.id.not_in(select(removal.c.letter_id))
    rows = ledger.sql.execute(select(letter.c.id, letter.c.sha256).where(*of_bulletin, unmarked)).all()
    for row in rows:
        same = _removed(ledger, letter.c.sha256 == row.sha256, removal.c.kind == RemovalKind.DESTROYED.value)[0]
        ledger.sql.execute(
            update(letter).where(letter.c.id == row.id).values(verdict=Verdict.SEALED.value, decided_at=at)
        )
        remove(ledger, row.id, same.removal)
    return len(rows)


def removed_names(ledger: Transaction) -> frozenset[tuple[str, str]]:
    """(bulletin, SHA-256) of all letters whose content is removed."""
    rows = select(letter.c.bulletin, letter.c.sha256).join(removal, removal.c.letter_id == letter.c.id)
    return frozenset((row.bulletin, row.sha256) for row in ledger.sql.execute(rows))


def unfinished(ledger: Transaction) -> Sequence[RemovedLetter]:
    """The removed letters whose files may still be there, in the order of their ids."""
    return _removed(ledger, removal.c.finished_at.is_(None))


def finish(ledger: Transaction, letter_ids: Sequence[int], *, at: datetime) -> None:
    """Records that none of the letters' files is left."""
    for some in batches(letter_ids):
        ledger.sql.execute(update(removal).where(removal.c.letter_id.in_(some)).values(finished_at=at))


def received_before(ledger: Transaction, moment: datetime) -> list[tuple[str, int]]:
    """(bulletin, id) of the letters received before, the oldest first, but for those that are removed, sealed or not
    read yet."""
    kept = letter.c.verdict.not_in([Verdict.SEALED.value, Verdict.PENDING.value])
    present = letter.c.id.not_in(select(removal.c.letter_id))
    rows = ledger.sql.execute(
        select(letter.c.bulletin, letter.c.id)
        .where(letter.c.received_at < moment, kept, present)
        .order_by(letter.c.received_at, letter.c.id)
    )
    return [(row.bulletin, row.id) for row in rows]


def without_bytes(ledger: Transaction) -> frozenset[str]:
    """SHA-256 of the letters that may not be on the disk: removed in every bulletin that has them."""
    gone = select(letter.c.sha256).join(removal, removal.c.letter_id == letter.c.id)
    present = select(letter.c.sha256).where(letter.c.id.not_in(select(removal.c.letter_id)))
    return frozenset(ledger.sql.execute(gone.except_(present)).scalars())


def _removed(ledger: Transaction, *conditions: ColumnElement[bool]) -> Sequence[RemovedLetter]:
    columns = (letter.c.id, letter.c.bulletin, letter.c.sha256, letter.c.size, letter.c.received_at, letter.c.verdict)
    rows = ledger.sql.execute(
        select(*columns, seal.c.marking, seal.c.place)
        .add_columns(removal.c.kind, removal.c.who, removal.c.why, removal.c.removed_at)
        .join(removal, removal.c.letter_id == letter.c.id)
        .outerjoin(seal, seal.c.letter_id == letter.c.id)
        .where(*conditions)
        .order_by(letter.c.id)
    )
    return [
        RemovedLetter(
            id=row.id,
            bulletin=row.bulletin,
            sha256=row.sha256,
            size=row.size,
            received_at=row.received_at,
            verdict=Verdict(row.verdict),
            seal=None if row.marking is None else Seal(row.marking, row.place),
            removal=Removal(RemovalKind(row.kind), row.who, row.why, row.removed_at),
        )
        for row in rows
    ]


def _reason(removed: Removal) -> str:
    return f"{removed.kind.chinese}（{removed.who}）：{removed.why}"
