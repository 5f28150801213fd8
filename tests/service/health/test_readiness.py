"""Whether the service is ready, and why not."""

from __future__ import annotations

import shutil
from datetime import timedelta

import pytest

from service.health.activity import Activity
from service.health.alarms import AlarmCause
from service.health.readiness import POLL_OVERDUE, TICK_OVERDUE, WAITING_OVERDUE, Readiness, readiness_of
from service.office import Office
from tests.support.ledger_rows import AT

SECOND = timedelta(seconds=1)


@pytest.fixture
def activity() -> Activity:
    activity = Activity()
    activity.record_start(AT)
    return activity


def test_a_service_that_ticks_and_polls_is_ready(office: Office, activity: Activity) -> None:
    activity.record_poll("wuxing", AT - 60 * SECOND)
    assert readiness_of(office, activity) == Readiness((), 0.0, {"wuxing": 60.0})


def test_without_a_scheduler_only_the_database_counts(office: Office) -> None:
    assert readiness_of(office, Activity()) == Readiness((), None, {"wuxing": None})


def test_a_scheduler_that_stands_still_is_named(office: Office, activity: Activity) -> None:
    activity.record_poll("wuxing", AT)
    activity.record_tick(AT - TICK_OVERDUE)
    assert readiness_of(office, activity).reasons == ()
    activity.record_tick(AT - TICK_OVERDUE - SECOND)
    assert readiness_of(office, activity).reasons == ("clock stands still",)


@pytest.mark.parametrize(("error", "reason"), [("", "not polled"), ("没有回答", "polls fail")])
def test_polls_that_are_overdue_are_named(office: Office, error: str, reason: str) -> None:
    activity = Activity()
    activity.record_start(AT - POLL_OVERDUE - SECOND)
    activity.record_tick(AT)
    if error:
        activity.record_poll("wuxing", AT, error)
    assert readiness_of(office, activity).reasons == (f"mailbox of wuxing: {reason}",)


def test_three_polls_that_fail_in_a_row_are_named_at_once(office: Office, activity: Activity) -> None:
    reasons = []
    for minute in range(4):
        activity.record_poll("wuxing", AT + minute * 60 * SECOND, "没有回答" if minute < 3 else "")
        reasons.append(readiness_of(office, activity).reasons)
    assert reasons == [(), (), ("mailbox of wuxing: polls fail",), ()]


def test_a_database_that_does_not_answer_is_named(office: Office, activity: Activity) -> None:
    activity.record_poll("wuxing", AT)
    office.ledger.close()
    database = office.data_dir / "jianbao.sqlite3"
    database.write_bytes(b"no database" * 1_000)
    assert readiness_of(office, activity).reasons == ("database does not answer",)


def test_data_folder_that_is_gone_is_named(office: Office, activity: Activity) -> None:
    activity.record_poll("wuxing", AT)
    away = office.data_dir.rename(office.data_dir.with_name("away"))
    assert "data folder is gone" in readiness_of(office, activity).reasons
    away.rename(office.data_dir)
    assert readiness_of(office, activity).reasons == ()


def test_disk_with_no_room_for_a_letter_is_named(
    office: Office, activity: Activity, monkeypatch: pytest.MonkeyPatch
) -> None:
    activity.record_poll("wuxing", AT)
    nearly_full = shutil.disk_usage(office.data_dir)._replace(free=1_000_000)
    monkeypatch.setattr(shutil, "disk_usage", lambda _path: nearly_full)
    assert readiness_of(office, activity).reasons == ("disk is full",)


@pytest.mark.parametrize(("work", "reason"), [(AlarmCause.READING, "reading"), (AlarmCause.ASSEMBLING, "assembling")])
def test_work_that_fails_is_named_until_it_succeeds(
    office: Office, activity: Activity, work: AlarmCause, reason: str
) -> None:
    activity.record_poll("wuxing", AT)
    activity.record_attempt("wuxing", work, AT, "不行")
    assert readiness_of(office, activity).reasons == (f"{reason} of wuxing fails",)
    activity.record_attempt("wuxing", work, AT)
    assert readiness_of(office, activity).reasons == ()


def test_letters_that_wait_too_long_are_named(office: Office, activity: Activity) -> None:
    activity.record_poll("wuxing", AT)
    activity.record_waiting("wuxing", AT - WAITING_OVERDUE, waiting=True)
    activity.record_waiting("wuxing", AT, waiting=True)
    assert readiness_of(office, activity).reasons == ()
    activity.record_waiting("wuxing", AT, waiting=False)
    activity.record_waiting("wuxing", AT - WAITING_OVERDUE - SECOND, waiting=True)
    assert readiness_of(office, activity).reasons == ("letters of wuxing: not read for 60 minutes",)
