"""Pauses after failures."""

from __future__ import annotations

from datetime import timedelta

from service.running.patience import Patience
from tests.support.ledger_rows import AT
from values.errors import TryLater

SECOND = timedelta(seconds=1)


def test_pauses_grow_and_end_with_a_success() -> None:
    patience = Patience(2 * SECOND, lambda: 0.0)
    assert not patience.is_waiting(AT)
    assert [patience.failed(TryLater("不行"), AT) for _ in range(3)] == [4 * SECOND, 8 * SECOND, 16 * SECOND]
    assert patience.is_waiting(AT + 15 * SECOND)
    assert not patience.is_waiting(AT + 16 * SECOND)
    patience.succeeded()
    assert (patience.is_waiting(AT), patience.failures) == (False, 0)
