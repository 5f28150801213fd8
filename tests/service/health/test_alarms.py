"""Alarms: which failures raise one, and how often it is passed on."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from structlog.testing import capture_logs

from service.health.alarms import (
    POLL_CAUSES,
    Alarm,
    AlarmCause,
    AllClear,
    DailyAlarms,
    cause_of_failed_poll,
    log_alarm,
)
from tests.support.ledger_rows import AT
from values.errors import BadConfig, JianbaoError, LoginRefused, MailboxRefused, StorageFailed, TryLater


def alarm(cause: AlarmCause = AlarmCause.JUNK, *, at: datetime = AT, bulletin: str = "wuxing") -> Alarm:
    return Alarm(bulletin, cause, "垃圾邮件里有来信。", at)


def test_a_cause_is_passed_on_once_a_day_for_each_bulletin() -> None:
    reported: list[Alarm | AllClear] = []
    alarms = DailyAlarms(reported.append)
    day = timedelta(days=1)
    first, next_day = alarm(), alarm(at=AT + day)
    elsewhere, another = alarm(bulletin="second"), alarm(AlarmCause.DISK)
    for raised in (first, alarm(at=AT + day - timedelta(seconds=1)), elsewhere, another, next_day):
        alarms.raise_alarm(raised)
    assert reported == [first, elsewhere, another, next_day]


HOUR = timedelta(hours=1)


def test_the_end_of_what_was_passed_on_is_passed_on_once() -> None:
    reported: list[Alarm | AllClear] = []
    alarms = DailyAlarms(reported.append)
    silent = alarm(AlarmCause.MAILBOX_SILENT)
    alarms.clear("wuxing", POLL_CAUSES, AT)
    alarms.raise_alarm(silent)
    alarms.raise_alarm(replace(silent, at=AT + HOUR))
    alarms.clear("second", POLL_CAUSES, AT + HOUR)
    alarms.clear("wuxing", POLL_CAUSES, AT + 2 * HOUR)
    alarms.clear("wuxing", POLL_CAUSES, AT + 3 * HOUR)
    assert reported == [silent, AllClear("wuxing", AlarmCause.MAILBOX_SILENT, AT, AT + 2 * HOUR)]


def test_trouble_that_comes_back_after_its_end_is_another_one() -> None:
    reported: list[Alarm | AllClear] = []
    alarms = DailyAlarms(reported.append)
    for hour in (0, 2):
        alarms.raise_alarm(alarm(AlarmCause.MAILBOX_SILENT, at=AT + hour * HOUR))
        alarms.clear("wuxing", POLL_CAUSES, AT + (hour + 1) * HOUR)
    assert [item.recurrence for item in reported if isinstance(item, Alarm)] == [0, 1]
    assert len(reported) == 4


def test_poll_that_succeeds_does_not_show_that_the_disk_is_well() -> None:
    reported: list[Alarm | AllClear] = []
    alarms = DailyAlarms(reported.append)
    alarms.raise_alarm(alarm(AlarmCause.STORAGE_FAILED))
    alarms.clear("wuxing", POLL_CAUSES, AT + HOUR)
    assert len(reported) == 1


def test_an_all_clear_is_logged_as_information() -> None:
    with capture_logs() as entries:
        log_alarm(AllClear("wuxing", AlarmCause.MAILBOX_SILENT, AT, AT + HOUR))
    assert [(entry["event"], entry["log_level"], entry["cause"]) for entry in entries] == [
        ("all clear", "info", "TryLater")
    ]


@pytest.mark.parametrize(
    ("error", "failures", "cause"),
    [
        (LoginRefused("口令不对"), 1, AlarmCause.LOGIN_REFUSED),
        (MailboxRefused("没有这个文件夹"), 1, AlarmCause.MAILBOX_REFUSED),
        (StorageFailed("磁盘已满"), 1, AlarmCause.STORAGE_FAILED),
        (TryLater("没有回答"), 2, None),
        (TryLater("没有回答"), 3, AlarmCause.MAILBOX_SILENT),
        (BadConfig(("口令的环境变量没有设置",)), 1, AlarmCause.FETCHING),
    ],
)
def test_a_mailbox_that_is_silent_raises_an_alarm_only_when_it_lasts(
    error: JianbaoError, failures: int, cause: AlarmCause | None
) -> None:
    assert cause_of_failed_poll(error, failures) is cause


@pytest.mark.parametrize(("urgent", "level"), [(True, "error"), (False, "warning")])
def test_an_alarm_is_logged_by_its_urgency(urgent: bool, level: str) -> None:
    with capture_logs() as entries:
        log_alarm(Alarm("wuxing", AlarmCause.JUNK, "垃圾邮件里有来信。", AT, urgent))
    assert entries == [
        {
            "event": "alarm",
            "log_level": level,
            "bulletin": "wuxing",
            "cause": "junk",
            "message": "垃圾邮件里有来信。",
        }
    ]


def test_every_cause_has_a_chinese_word() -> None:
    assert all(cause.chinese for cause in AlarmCause)
    assert (AlarmCause.LOGIN_REFUSED.chinese, AlarmCause.CLOCK.chinese) == ("收信", "定时")
