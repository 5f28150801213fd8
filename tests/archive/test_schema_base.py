"""Moments in the ledger keep their instant; one without a time zone is refused."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone

import pytest

from archive import letters
from archive.database import Ledger
from tests.support.ledger_rows import keep_letter


def test_moment_keeps_its_instant_and_is_read_back_in_utc(ledger: Ledger) -> None:
    shanghai = datetime(2022, 11, 8, 16, 0, tzinfo=timezone(timedelta(hours=8)))
    with ledger.writing() as writing:
        keep_letter(writing, "a", received_at=shanghai)
    with ledger.reading() as reading:
        [letter] = letters.letters(reading)
    assert letter.received_at == shanghai
    assert letter.received_at.utcoffset() == timedelta(0)


def test_moment_without_a_time_zone_is_refused(ledger: Ledger) -> None:
    with pytest.raises(Exception, match="a datetime without time zone"), ledger.writing() as writing:
        keep_letter(writing, "a", received_at=datetime(2022, 11, 8, 16, 0))  # noqa: DTZ001 - the mistake itself
    with ledger.reading() as reading:
        assert letters.letters(reading) == []
