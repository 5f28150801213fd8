"""How the service is, as the desk shows it."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from service.health.activity import Activity
from service.health.alarms import Alarm, AlarmCause
from service.health.check import CheckState
from service.health.state import state_of, urgent_alarms
from service.office import Office
from tests.support.ledger_rows import AT, keep_letter
from tests.support.office_fixtures import OfficeSetup
from tests.support.offices import SHANGHAI
from tests.support.offices import bulletin as bulletin_text
from values.letter import Verdict
from values.outgoing import OutboxState


@pytest.fixture
def office_setup() -> OfficeSetup:
    return OfficeSetup(bulletin_text(more='first_number = 70\nschedule = "fri 16:00"'))


def test_a_new_office_is_quiet(office: Office) -> None:
    state = state_of(office, Activity())
    [bulletin] = state.bulletins
    assert (bulletin.last_poll, bulletin.unfetched, bulletin.last_due) == (None, (), None)
    assert bulletin.due == tuple(datetime(2022, 11, day, 16, 0, tzinfo=SHANGHAI) for day in (11, 18, 25))
    assert (state.alarms, state.started_at, set(state.waiting_out)) == ((), None, set(OutboxState))
    assert state.disk.state is CheckState.FINE


def test_letters_are_counted_by_verdict(office: Office) -> None:
    with office.ledger.writing() as ledger:
        for name in ("甲", "乙"):
            keep_letter(ledger, name)
    [bulletin] = state_of(office, Activity()).bulletins
    assert bulletin.letters[Verdict.PENDING] == 2


def test_urgent_alarms_come_first(office: Office) -> None:
    activity = Activity()
    activity.record_start(AT - timedelta(hours=1))
    activity.record_poll("wuxing", AT, "邮箱没有回答。")
    alarms = state_of(office, activity).alarms
    assert [(alarm.cause, alarm.urgent) for alarm in alarms] == [
        (AlarmCause.FETCHING, True),
        (AlarmCause.CLOCK, True),
    ]
    assert alarms[0].message == "邮箱没有回答。"


def test_issue_is_shown_the_urgent_alarms_of_its_bulletin_and_of_all(office: Office) -> None:
    activity = Activity()
    activity.record_attempt("other", AlarmCause.ASSEMBLING, AT, "别的刊物")
    activity.record_attempt("wuxing", AlarmCause.ASSEMBLING, AT, "这份刊物")
    activity.record_start(AT - timedelta(hours=1))
    activity.record_alarm(Alarm("wuxing", AlarmCause.JUNK, "垃圾箱", AT, urgent=False))
    alarms = urgent_alarms(office, activity, office.bulletin(None))
    assert [(alarm.bulletin, alarm.cause) for alarm in alarms] == [
        ("wuxing", AlarmCause.ASSEMBLING),
        ("", AlarmCause.CLOCK),
    ]


def test_data_folder_that_is_gone_is_an_urgent_alarm_and_no_error(office: Office) -> None:
    away = office.data_dir.rename(office.data_dir.with_name("away"))
    alarms = state_of(office, Activity()).alarms
    assert [(alarm.cause, alarm.urgent) for alarm in alarms] == [(AlarmCause.DISK, True)]
    assert "不在了" in alarms[0].message
    away.rename(office.data_dir)


def test_letters_that_have_waited_too_long_are_an_alarm_since_they_wait(office: Office) -> None:
    activity = Activity()
    activity.record_waiting("wuxing", AT - timedelta(hours=2), waiting=True)
    [alarm] = state_of(office, activity).alarms
    assert (alarm.cause, alarm.bulletin, alarm.at) == (AlarmCause.READING, "wuxing", AT - timedelta(hours=2))
    activity.record_waiting("wuxing", AT, waiting=False)
    assert state_of(office, activity).alarms == ()
