"""What the running service did last."""

from __future__ import annotations

from datetime import timedelta

from service.health.activity import Activity, LastPoll
from service.health.alarms import Alarm, AlarmCause
from tests.support.ledger_rows import AT

MINUTE = timedelta(minutes=1)


def test_nothing_has_happened_at_first() -> None:
    activity = Activity()
    assert (activity.started_at, activity.ticked_at, activity.last_poll("wuxing")) == (None, None, None)
    assert activity.current_alarms(AT) == ()


def test_a_failed_poll_keeps_when_one_last_succeeded() -> None:
    activity = Activity()
    activity.record_poll("wuxing", AT, "没有回答")
    assert activity.last_poll("wuxing") == LastPoll(AT, "没有回答", None, 1)
    activity.record_poll("wuxing", AT + MINUTE)
    activity.record_poll("wuxing", AT + 2 * MINUTE, "没有回答")
    last = activity.last_poll("wuxing")
    assert last == LastPoll(AT + 2 * MINUTE, "没有回答", AT + MINUTE, 1)
    assert last.failed


def test_work_that_fails_again_in_the_same_way_keeps_its_first_time() -> None:
    activity = Activity()
    activity.record_attempt("", AlarmCause.SENDING, AT, "连不上。")
    activity.record_attempt("", AlarmCause.SENDING, AT + MINUTE, "连不上。")
    assert activity.current_alarms(AT) == (Alarm("", AlarmCause.SENDING, "连不上。", AT),)
    activity.record_attempt("", AlarmCause.SENDING, AT + 2 * MINUTE, "口令不对。")
    assert activity.current_alarms(AT) == (Alarm("", AlarmCause.SENDING, "口令不对。", AT + 2 * MINUTE),)


def test_work_that_succeeds_ends_its_own_alarm_alone() -> None:
    activity = Activity()
    activity.record_attempt("wuxing", AlarmCause.ASSEMBLING, AT, "模板读不到。")
    activity.record_attempt("", AlarmCause.SENDING, AT, "连不上。")
    activity.record_attempt("wuxing", AlarmCause.ASSEMBLING, AT)
    assert [alarm.cause for alarm in activity.current_alarms(AT)] == [AlarmCause.SENDING]


def test_a_raised_alarm_counts_for_a_day_and_an_urgent_one_is_reported_by_the_poll() -> None:
    activity = Activity()
    junk = Alarm("wuxing", AlarmCause.JUNK, "垃圾邮件里有来信。", AT, urgent=False)
    activity.record_alarm(junk)
    activity.record_alarm(Alarm("wuxing", AlarmCause.LOGIN_REFUSED, "口令不对。", AT))
    assert activity.current_alarms(AT + timedelta(hours=24)) == (junk,)
    assert activity.current_alarms(AT + timedelta(hours=25)) == ()
