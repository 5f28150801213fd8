"""Due times in the ledger: each of them once, whoever records it."""

from __future__ import annotations

from datetime import timedelta, timezone

from archive import firings
from archive.database import Ledger
from archive.firings import Outcome
from tests.support.ledger_rows import AT, BULLETIN

WEEK = timedelta(days=7)


def test_due_time_is_recorded_once(ledger: Ledger) -> None:
    in_shanghai = AT.astimezone(timezone(timedelta(hours=8)))
    with ledger.writing() as writing:
        assert firings.record_firing(writing, BULLETIN, AT, Outcome.EMPTY, None, at=AT)
        assert not firings.record_firing(writing, BULLETIN, in_shanghai, Outcome.EMPTY, None, at=AT + WEEK)
        assert firings.record_firing(writing, "xinxi", AT, Outcome.EMPTY, None, at=AT)
    with ledger.reading() as reading:
        assert firings.firings(reading, BULLETIN) == [(AT, Outcome.EMPTY, None)]
        assert firings.fired(reading, BULLETIN, in_shanghai)
        assert not firings.fired(reading, BULLETIN, AT + WEEK)


def test_last_due_time_is_the_latest_whatever_the_order(ledger: Ledger) -> None:
    with ledger.writing() as writing:
        assert firings.last_firing(writing, BULLETIN) is None
        for weeks in (1, 3, 2):
            firings.record_firing(writing, BULLETIN, AT + weeks * WEEK, Outcome.EMPTY, None, at=AT)
        assert firings.last_firing(writing, BULLETIN) == AT + 3 * WEEK
        assert [at for at, _, _ in firings.firings(writing, BULLETIN)] == [AT + n * WEEK for n in (1, 2, 3)]
        assert firings.last_firing(writing, "xinxi") is None
