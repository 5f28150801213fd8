"""The schedule's memory: every due time of a bulletin once, and what came of it (stack.md section 3)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from sqlalchemy import func, select, update

from archive.database import insert_if_new
from archive.schema import firing
from archive.schema import next_firing as expected
from archive.transaction import Transaction


class Outcome(StrEnum):
    """baseline: the service began to watch here; assembled: a new draft; absorbed: an open draft was extended;
    empty: nothing had come in."""

    BASELINE = "baseline"
    ASSEMBLED = "assembled"
    ABSORBED = "absorbed"
    EMPTY = "empty"


def last_firing(ledger: Transaction, bulletin: str) -> datetime | None:
    return ledger.sql.execute(select(func.max(firing.c.fire_time)).where(firing.c.bulletin == bulletin)).scalar()


def fired(ledger: Transaction, bulletin: str, fire_time: datetime) -> bool:
    same = (firing.c.bulletin == bulletin, firing.c.fire_time == fire_time)
    return ledger.sql.execute(select(firing.c.id).where(*same)).first() is not None


def record_firing(
    ledger: Transaction, bulletin: str, fire_time: datetime, outcome: Outcome, issue_id: int | None, *, at: datetime
) -> bool:
    """Records a due time in the transaction of what it did. Returns False when it had been recorded before."""
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


@dataclass(frozen=True, slots=True)
class NextFiring:
    """What the schedule said when it was last looked at: nothing is due before `fire_time`; None: made by hand."""

    fire_time: datetime | None


def next_firing(ledger: Transaction, bulletin: str) -> NextFiring | None:
    """None for a bulletin whose schedule was not looked at yet."""
    row = ledger.sql.execute(select(expected.c.fire_time).where(expected.c.bulletin == bulletin)).first()
    return None if row is None else NextFiring(row.fire_time)


def note_next_firing(ledger: Transaction, bulletin: str, fire_time: datetime | None, *, at: datetime) -> None:
    values = {"fire_time": fire_time, "noted_at": at}
    if not insert_if_new(ledger, expected, ("bulletin",), bulletin=bulletin, **values):
        ledger.sql.execute(update(expected).where(expected.c.bulletin == bulletin).values(values))


def firings(ledger: Transaction, bulletin: str) -> list[tuple[datetime, Outcome, int | None]]:
    """(fire time, outcome, issue id), oldest first."""
    rows = ledger.sql.execute(
        select(firing.c.fire_time, firing.c.outcome, firing.c.issue_id)
        .where(firing.c.bulletin == bulletin)
        .order_by(firing.c.fire_time)
    )
    return [(row.fire_time, Outcome(row.outcome), row.issue_id) for row in rows]


def latest_firing(ledger: Transaction, bulletin: str) -> tuple[datetime, Outcome] | None:
    """The last due time that was handled, and what came of it."""
    row = ledger.sql.execute(
        select(firing.c.fire_time, firing.c.outcome)
        .where(firing.c.bulletin == bulletin)
        .order_by(firing.c.fire_time.desc())
        .limit(1)
    ).first()
    return (row.fire_time, Outcome(row.outcome)) if row else None
