"""The share of a night, and the state between nights."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from archive.recorded_files import recorded_files
from service.health.difference import Difference
from service.health.verify_nightly import NightlyState, load_state, save_state, verify_part
from service.office import Office
from tests.support.trusted_office import fill

TODAY = date(2022, 11, 8)


@pytest.fixture
def office(office: Office) -> Office:
    fill(office)
    return office


def test_state_comes_back_as_it_was_saved(office: Office) -> None:
    assert load_state(office) is None
    state = NightlyState(TODAY, "raw/x", TODAY, (Difference("letter", "raw/x", "a", None),))
    save_state(office, state)
    assert load_state(office) == state


def test_everything_is_compared_within_the_cycle_and_each_night_a_part_of_the_bytes(office: Office) -> None:
    waits: list[float] = []

    def wait(seconds: float) -> bool:
        waits.append(seconds)
        return False

    state, parts = NightlyState(TODAY), 0
    for night in range(28):
        before = len(waits)
        state, unreported = verify_part(office, state, TODAY + timedelta(days=night), wait)
        parts += len(waits) > before
        assert unreported == ()
        if not state.after:
            break
    with office.ledger.reading() as ledger:
        files = len(list(recorded_files(ledger)))
    assert state.after == ""
    assert parts > 1
    assert len([seconds for seconds in waits if seconds < 1]) >= files
