"""keep_letters: nothing by default, nothing before it was announced, and then each night what its time is over."""

from __future__ import annotations

import threading
from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from archive import changes, letters
from service.health.alarms import Alarm, AlarmCause
from service.health.check import CheckState, check_installation
from service.office import Office
from service.removal.expiry import STATE_FILE, ExpiryState, keeping_message, load_expiry
from service.running.removing_job import RemovingJob
from settings.keep_for import parse_keep_for
from tests.support.office_fixtures import OfficeSetup
from tests.support.offices import SHANGHAI, Clock, hand_in
from tests.support.outboxes import sending
from tests.support.removable import SECRET, add_rejected, add_sealed, deliver_all, left_of
from values.letter import Verdict

RECEIVED = datetime(2022, 11, 8, 16, tzinfo=SHANGHAI)


@pytest.fixture
def office_setup() -> OfficeSetup:
    return OfficeSetup(sending(None), RECEIVED)


def keeping(office: Office, keep: str) -> Office:
    """The same office with that keep_letters."""
    service = office.settings.service.model_copy(update={"keep_letters": parse_keep_for(keep)})
    return replace(office, settings=office.settings.model_copy(update={"service": service}))


def at(office: Office, moment: datetime) -> None:
    assert isinstance(office.now, Clock)
    office.now.now = moment


def tick(office: Office) -> list[Alarm]:
    """A tick of the running service, in a process of its own."""
    alarms: list[Alarm] = []
    RemovingJob(office, threading.Event(), alarms.append).tick()
    return alarms


def removed(office: Office) -> list[int]:
    with office.ledger.reading() as ledger:
        return [letter.id for letter in letters.letters(ledger) if letter.removal is not None]


NIGHT = RECEIVED.replace(year=2025, hour=3) + timedelta(days=1)
"""The first night in which the letters are older than three years."""


def test_without_keep_letters_nothing_is_ever_erased(office: Office) -> None:
    add_rejected(office)
    deliver_all(office)
    at(office, NIGHT + timedelta(days=5_000))
    assert tick(office) == []
    assert (removed(office), load_expiry(office)) == ([], None)
    assert "一直保存" in keeping_message(office)


def test_it_is_announced_first_and_done_in_a_later_night(office: Office) -> None:
    office = keeping(office, "3y")
    letter = add_rejected(office)
    deliver_all(office)
    at(office, NIGHT)
    [line] = [line for line in check_installation(office) if line.name == "来信保存"]
    assert line.state is CheckState.ADVICE
    assert "有 1 封" in line.message
    assert "还没有公告" in line.message
    [alarm] = tick(office)
    assert (alarm.cause, alarm.urgent, "有 1 封" in alarm.message) == (AlarmCause.REMOVING, False, True)
    assert (removed(office), tick(office)) == ([], [])
    at(office, NIGHT + timedelta(hours=12))
    assert (tick(office), removed(office)) == ([], [])
    at(office, NIGHT + timedelta(days=1))
    assert (tick(office), removed(office)) == ([], [letter.id])
    assert left_of(office.data_dir, SECRET) == []
    assert load_expiry(office) == ExpiryState("3y", NIGHT.date(), NIGHT.date() + timedelta(days=1), 1, 0)
    assert "删除了 1 封" in keeping_message(office)
    with office.ledger.reading() as ledger:
        [change] = changes.changes_of(ledger, "letter", letter.id)
    assert (change.who, change.why) == ("jianbao", "超过保存期限 3y")


def test_another_value_is_announced_anew(office: Office) -> None:
    add_rejected(office)
    deliver_all(office)
    at(office, NIGHT)
    assert len(tick(keeping(office, "3y"))) == 1
    at(office, NIGHT + timedelta(days=1))
    assert len(tick(keeping(office, "2y"))) == 1
    assert removed(office) == []


@pytest.mark.parametrize("jump", [timedelta(days=400), timedelta(days=-2)])
def test_clock_that_jumps_erases_nothing_before_it_is_announced_again(office: Office, jump: timedelta) -> None:
    office = keeping(office, "3y")
    letter = add_rejected(office)
    deliver_all(office)
    at(office, NIGHT)
    assert len(tick(office)) == 1
    at(office, NIGHT + jump)
    assert (len(tick(office)), removed(office)) == (1, [])
    at(office, NIGHT + jump + timedelta(days=1))
    assert (tick(office), removed(office)) == ([], [letter.id] if jump > timedelta() else [])


def test_letters_with_undecided_articles_wait_and_are_counted(office: Office) -> None:
    office = keeping(office, "3y")
    letter = add_rejected(office)
    hand_in(office, "没有决定的")
    deliver_all(office)
    add_sealed(office)
    deliver_all(office)
    with office.ledger.writing() as ledger:
        for record in letters.letters(ledger):
            if record.verdict is Verdict.PENDING:
                letters.settle(ledger, record.id, Verdict.ARTICLE, "已成稿", at=RECEIVED)
    at(office, NIGHT)
    tick(office)
    at(office, NIGHT + timedelta(days=1))
    tick(office)
    state = load_expiry(office)
    assert state is not None
    assert (removed(office), state.erased, state.waiting) == ([letter.id], 1, 2)
    assert "2 封到期" in keeping_message(office)


def test_a_damaged_state_is_announced_anew(office: Office) -> None:
    office = keeping(office, "3y")
    (office.data_dir / STATE_FILE).write_bytes(b"{")
    at(office, NIGHT)
    assert len(tick(office)) == 1


def test_a_stop_ends_the_night_early_and_the_next_goes_on(office: Office) -> None:
    office = keeping(office, "3y")
    add_rejected(office)
    deliver_all(office)
    at(office, NIGHT)
    tick(office)
    at(office, NIGHT + timedelta(days=1))
    stop = threading.Event()
    stop.set()
    RemovingJob(office, stop, list[Alarm]().append).tick()
    assert removed(office) == []
    at(office, NIGHT + timedelta(days=2))
    tick(office)
    assert len(removed(office)) == 1
