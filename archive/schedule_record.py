"""What the ledger records of the schedules: every due time of a bulletin once, with its outcome (stack.md 3)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from sqlalchemy import func, select, update

from archive.database import insert_if_new
from archive.schema import firing, next_firing
from archive.transaction import Transaction


class Outcome(StrEnum):
    """What a due time led to."""

    BASELINE = "baseline"
    """The service began to watch the schedule here; nothing was due."""
    ASSEMBLED = "assembled"
    """A new draft was made."""
    ABSORBED = "absorbed"
    """An open draft was extended."""
    EMPTY = "empty"
    """No article had come in."""


@dataclass(frozen=True, slots=True)
class NextDueTime:
    """What the schedule gave when it was last read."""

    fire_time: datetime | None
    """Nothing is due before; None: the bulletin is assembled by hand."""


def last_due_time(ledger: Transaction, bulletin: str) -> datetime | None:
    """The latest due time that is recorded, None when there is none."""
    return ledger.sql.execute(select(func.max(firing.c.fire_time)).where(firing.c.bulletin == bulletin)).scalar()


def is_handled(ledger: Transaction, bulletin: str, fire_time: datetime) -> bool:
    """Whether the due time is recorded."""
    same = (firing.c.bulletin == bulletin, firing.c.fire_time == fire_time)
    return ledger.sql.execute(select(firing.c.id).where(*same)).first() is not None


def record_due_time(
    ledger: Transaction, bulletin: str, fire_time: datetime, outcome: Outcome, issue_id: int | None, *, at: datetime
) -> bool:
    """Records a due time, in the transaction of what it led to. Returns False when it was recorded before."""
    return insert_if_new(
        ledger,
        firing,
        ("bulletin", "fire_time"),
        bulletin=bulletin,
        fire_time=fire_time,
        outcome=outcome.value,
        issue_id=issue_id,
        recorded_at=at,
    )


def next_due_time(ledger: Transaction, bulletin: str) -> NextDueTime | None:
    """None for a bulletin whose schedule was not read yet."""
    row = ledger.sql.execute(select(next_firing.c.fire_time).where(next_firing.c.bulletin == bulletin)).first()
    return None if row is None else NextDueTime(row.fire_time)


def record_next_due_time(ledger: Transaction, bulletin: str, fire_time: datetime | None, *, at: datetime) -> None:
    """Records what the schedule gives now, in place of what was recorded before. fire_time: see `NextDueTime`."""
    values = {"fire_time": fire_time, "noted_at": at}
    if not insert_if_new(ledger, next_firing, ("bulletin",), bulletin=bulletin, **values):
        ledger.sql.execute(update(next_firing).where(next_firing.c.bulletin == bulletin).values(values))


def last_outcome(ledger: Transaction, bulletin: str) -> tuple[datetime, Outcome] | None:
    """The latest due time that is recorded, with its outcome; None when there is none."""
    row = ledger.sql.execute(
        select(firing.c.fire_time, firing.c.outcome)
        .where(firing.c.bulletin == bulletin)
        .order_by(firing.c.fire_time.desc())
        .limit(1)
    ).first()
    return (row.fire_time, Outcome(row.outcome)) if row else None


def outcomes_since(ledger: Transaction, bulletin: str, since: datetime) -> Sequence[tuple[datetime, Outcome]]:
    """The due times from `since` on that are recorded, in their order, with what each led to."""
    rows = ledger.sql.execute(
        select(firing.c.fire_time, firing.c.outcome)
        .where(firing.c.bulletin == bulletin, firing.c.fire_time >= since)
        .order_by(firing.c.fire_time)
    )
    return [(row.fire_time, Outcome(row.outcome)) for row in rows]
