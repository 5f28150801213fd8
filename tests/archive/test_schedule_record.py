"""Due times in the ledger: each of them once, whoever records it."""

from __future__ import annotations

from datetime import timedelta, timezone

from archive import schedule_record
from archive.database import Ledger
from archive.schedule_record import Outcome
from tests.support.ledger_rows import AT, BULLETIN, handled_due_times

WEEK = timedelta(days=7)


def test_due_time_is_recorded_once(ledger: Ledger) -> None:
    in_shanghai = AT.astimezone(timezone(timedelta(hours=8)))
    with ledger.writing() as writing:
        assert schedule_record.record_due_time(writing, BULLETIN, AT, Outcome.EMPTY, None, at=AT)
        assert not schedule_record.record_due_time(writing, BULLETIN, in_shanghai, Outcome.EMPTY, None, at=AT + WEEK)
        assert schedule_record.record_due_time(writing, "xinxi", AT, Outcome.EMPTY, None, at=AT)
    with ledger.reading() as reading:
        assert handled_due_times(reading, BULLETIN) == [(AT, Outcome.EMPTY, None)]
        assert schedule_record.is_handled(reading, BULLETIN, in_shanghai)
        assert not schedule_record.is_handled(reading, BULLETIN, AT + WEEK)


def test_last_due_time_is_the_latest_whatever_the_order(ledger: Ledger) -> None:
    with ledger.writing() as writing:
        assert schedule_record.last_due_time(writing, BULLETIN) is None
        for weeks in (1, 3, 2):
            schedule_record.record_due_time(writing, BULLETIN, AT + weeks * WEEK, Outcome.EMPTY, None, at=AT)
        assert schedule_record.last_due_time(writing, BULLETIN) == AT + 3 * WEEK
        assert [at for at, _, _ in handled_due_times(writing, BULLETIN)] == [AT + n * WEEK for n in (1, 2, 3)]
        assert schedule_record.last_due_time(writing, "xinxi") is None
