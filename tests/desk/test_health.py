"""What machines that watch are told."""

from __future__ import annotations

from datetime import timedelta

import pytest

from service.health.activity import Activity
from service.office import Office
from settings.model import DeskSettings
from tests.support.desk import DeskDriver, at_desk
from tests.support.ledger_rows import AT


@pytest.fixture
def desk(office: Office) -> DeskDriver:
    """In a service that started at `AT` and has polled once."""
    activity = Activity()
    activity.record_start(AT)
    activity.record_poll("wuxing", AT)
    return DeskDriver(at_desk(office, DeskSettings.model_validate({"metrics": True})), activity)


def reasons(desk: DeskDriver) -> list[str]:
    response = desk.get("/readyz")
    document = response.json()
    assert response.status_code == (503 if document["reasons"] else 200)
    assert document["ready"] is (not document["reasons"])
    return list(document["reasons"])


def test_the_process_answers(desk: DeskDriver) -> None:
    assert desk.get("/healthz").text == "ok"


def test_a_service_whose_clock_rings_and_whose_mailboxes_answer_is_ready(desk: DeskDriver) -> None:
    desk.clock.now = AT + timedelta(seconds=60)
    assert reasons(desk) == []
    document = desk.get("/readyz").json()
    assert (document["last_tick_age_seconds"], document["last_poll_age_seconds"]) == (60, {"wuxing": 60})


def test_a_clock_that_stands_still_is_reported(desk: DeskDriver) -> None:
    desk.clock.now = AT + timedelta(seconds=91)
    assert reasons(desk) == ["clock stands still"]


def test_a_mailbox_that_has_failed_for_long_is_reported_without_its_words(desk: DeskDriver) -> None:
    desk.clock.now = AT + timedelta(minutes=41)
    desk.activity.record_tick(desk.clock.now)
    assert reasons(desk) == ["mailbox of wuxing: not polled"]
    desk.activity.record_poll("wuxing", desk.clock.now, "imap.163.com 拒绝了口令")
    assert reasons(desk) == ["mailbox of wuxing: polls fail"]
    desk.activity.record_poll("wuxing", desk.clock.now)
    assert reasons(desk) == []


def test_where_no_clock_runs_the_ledger_alone_counts(office: Office) -> None:
    assert reasons(DeskDriver(office)) == []


def test_a_database_that_is_gone_is_reported(desk: DeskDriver) -> None:
    desk.office.ledger.close()
    for file in desk.office.data_dir.glob("jianbao.sqlite3*"):
        file.unlink()
    (desk.office.data_dir / "jianbao.sqlite3").mkdir()
    assert reasons(desk) == ["database does not answer", "data folder is gone"]
    assert desk.get("/healthz").status_code == 200
