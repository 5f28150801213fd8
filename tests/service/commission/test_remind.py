"""Reminders: once a department, before the deadline, to those that have not answered; never doubled."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from intake.pool import ReadingPool
from service.backup.hold import RestoredState, hold, release
from service.commission.commissioning import cancel, extend
from service.commission.remind import queue_reminders
from service.dispatch.dispatch import take_back
from service.office import Office
from tests.support.commissioned_office import (
    DUE,
    EDITOR,
    JTJ,
    MONDAY,
    MZJ,
    TOPIC,
    answer,
    ask,
    config,
    letter_to,
    pass_time,
)
from tests.support.correspondence import receive, text_of, written
from tests.support.office_fixtures import OfficeSetup
from tests.support.offices import Clock, office_at, write_config
from tests.support.outboxes import all_out


@pytest.fixture
def office_setup() -> OfficeSetup:
    return OfficeSetup(config(), MONDAY)


def remind(office: Office) -> int:
    return queue_reminders(office, office.bulletin(None))


def reminded(office: Office) -> list[str]:
    return [record.to for record in all_out(office) if record.kind.value == "reminder"]


def at(office: Office, hours_before: float) -> None:
    assert isinstance(office.now, Clock)
    office.now.now = DUE - timedelta(hours=hours_before)


def test_only_those_that_have_not_answered_are_reminded_once(office: Office, pool: ReadingPool) -> None:
    ask(office)
    receive(office, pool, answer())
    at(office, 25)
    assert remind(office) == 0
    at(office, 24)
    assert (remind(office), remind(office)) == (1, 0)
    assert reminded(office) == [MZJ]
    [letter] = [entry for entry in written(office) if entry["Subject"].startswith("【约稿 1号】提醒")]
    assert letter["Subject"] == f"【约稿 1号】提醒：{TOPIC}"
    assert "截稿时间是11月10日（星期四）18:00，目前还没有收到" in text_of(letter)


def test_a_reminder_that_was_taken_back_or_a_later_deadline_brings_no_second_one(office: Office) -> None:
    ask(office)
    at(office, 24)
    assert remind(office) == 2
    take_back(office, letter_to(office, MZJ, "reminder").id, who=EDITOR)
    extend(office, office.bulletin(None), 1, "2022-11-14", who=EDITOR)
    at(office, -72)
    assert remind(office) == 0


def test_nobody_is_reminded_after_the_deadline_or_of_a_cancelled_commission(office: Office) -> None:
    ask(office)
    at(office, 0)
    assert remind(office) == 0
    ask(office, "另一个题目", due="2022-11-11")
    cancel(office, office.bulletin(None), 2, who=EDITOR)
    at(office, -23)
    assert remind(office) == 0


def test_whoever_was_asked_within_the_span_or_by_no_letter_is_not_reminded(office: Office) -> None:
    at(office, 12)
    ask(office)
    ask(office, "打电话约的", send=False)
    at(office, 6)
    assert remind(office) == 0


def test_a_restart_doubles_no_reminder(office: Office, tmp_path: Path) -> None:
    path = write_config(tmp_path / "again", config())
    with office_at(path, MONDAY) as first:
        ask(first)
        at(first, 20)
        assert remind(first) == 2
    with office_at(path, DUE - timedelta(hours=19)) as restarted:
        assert remind(restarted) == 0
        assert reminded(restarted) == [MZJ, JTJ]


def test_what_may_have_been_sent_after_the_backup_is_not_sent_again(office: Office) -> None:
    ask(office)
    hold(office.data_dir, RestoredState(MONDAY, DUE - timedelta(hours=20)))
    at(office, 10)
    release(office, (), None, who=EDITOR)
    assert remind(office) == 0
    assert reminded(office) == []


def test_what_was_due_after_the_restore_is_sent_when_it_is_released(office: Office) -> None:
    ask(office)
    hold(office.data_dir, RestoredState(MONDAY, DUE - timedelta(hours=30)))
    at(office, 10)
    release(office, (), None, who=EDITOR)
    assert remind(office) == 2


def test_an_empty_span_reminds_nobody(tmp_path: Path) -> None:
    with office_at(write_config(tmp_path / "quiet", config(reminder="")), MONDAY) as quiet:
        ask(quiet)
        pass_time(quiet, days=3)
        assert remind(quiet) == 0
