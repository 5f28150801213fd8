"""/metrics has a line for every bulletin and state, with the numbers of the ledger."""

from __future__ import annotations

from datetime import timedelta

import pytest

from service.health.activity import Activity
from service.health.alarms import AlarmCause
from service.office import Office
from settings.model import DeskSettings
from tests.support.desk import DeskDriver, at_desk
from tests.support.ledger_rows import AT, keep_letter


@pytest.fixture
def desk(office: Office) -> DeskDriver:
    """In a service that started at `AT` and has polled once."""
    activity = Activity()
    activity.record_start(AT)
    activity.record_poll("wuxing", AT)
    return DeskDriver(at_desk(office, DeskSettings.model_validate({"metrics": True})), activity)


def test_the_numbers_are_those_of_the_ledger(desk: DeskDriver) -> None:
    desk.hand_in("甲", "乙")
    with desk.office.ledger.writing() as ledger:
        keep_letter(ledger, "未读")
    response = desk.get("/metrics")
    lines = response.text.splitlines()
    assert response.headers["content-type"].startswith("text/plain; version=")
    assert 'jianbao_letters{bulletin="wuxing",verdict="pending"} 3.0' in lines
    assert 'jianbao_letters{bulletin="wuxing",verdict="quarantined"} 0.0' in lines
    assert 'jianbao_articles{bulletin="wuxing",status="draft"} 2.0' in lines
    assert 'jianbao_outbox_letters{bulletin="wuxing",state="queued"} 0.0' in lines
    assert 'jianbao_issues{bulletin="wuxing",status="signed_off"} 0.0' in lines
    assert 'jianbao_last_poll_age_seconds{bulletin="wuxing"} 0.0' in lines
    assert "jianbao_ready 1.0" in lines
    assert "甲" not in response.text


def test_alarms_are_counted_by_cause_as_the_desk_shows_them(desk: DeskDriver) -> None:
    desk.activity.record_start(AT - timedelta(hours=1))
    desk.activity.record_poll("wuxing", AT, "邮箱没有回答。")
    lines = [line for line in desk.get("/metrics").text.splitlines() if line.startswith("jianbao_alarms{")]
    assert len(lines) == len(AlarmCause)
    assert [line for line in lines if not line.endswith(" 0.0")] == [
        'jianbao_alarms{cause="fetching"} 1.0',
        'jianbao_alarms{cause="clock"} 1.0',
    ]


def test_without_the_setting_there_are_no_numbers(office: Office) -> None:
    assert DeskDriver(office).get("/metrics").status_code == 404
