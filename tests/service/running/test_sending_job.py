"""The sending of letters, tick by tick: what waits after a failure, and what a person learns of it."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path

import pytest
from structlog.testing import capture_logs

from service.health.activity import Activity
from service.health.alarms import DailyAlarms
from service.health.check import CheckState, check_installation
from service.letters.letters_out import report_alarm
from service.office import Office
from service.running.bulletin_jobs import BulletinJobs
from service.running.sending_job import SendingJob
from tests.service.running.test_bulletin_jobs import ScriptedReceiver
from tests.support.offices import SHANGHAI, Clock, office_at, write_config
from tests.support.outboxes import all_out, letter_out, put_in, sending, states
from tests.support.smtp_servers import PASSWORD, USERNAME, SmtpSink, smtp_sink
from values.errors import JianbaoError, LoginRefused, StorageFailed, TryLater

TUESDAY = datetime(2022, 11, 8, 9, 0, tzinfo=SHANGHAI)
LOGIN = f'username = "{USERNAME}"\npassword = {{ env = "JIANBAO_SMTP_PASSWORD" }}'
EDITOR = '"editor@example.org"'


@pytest.fixture
def sink() -> Iterator[SmtpSink]:
    with smtp_sink() as sink:
        yield sink


@pytest.fixture
def office(sink: SmtpSink, tmp_path: Path) -> Iterator[Office]:
    """An office that sends over the sink after a login, its clock set by the test."""
    config = write_config(tmp_path / "office", sending(sink, more=LOGIN, editors=EDITOR))
    with office_at(config, TUESDAY, JIANBAO_SMTP_PASSWORD=PASSWORD) as office, capture_logs():
        yield office


def never_spread() -> float:
    return 0.0


def tick(office: Office, post: SendingJob, for_minutes: int) -> None:
    """A tick each half minute."""
    assert isinstance(office.now, Clock)
    for _ in range(2 * for_minutes):
        post.send()
        office.now.now += timedelta(seconds=30)


def test_queued_letter_goes_out_at_the_next_tick(office: Office, sink: SmtpSink) -> None:
    post = SendingJob(office, threading.Event(), never_spread)
    tick(office, post, for_minutes=1)
    put_in(office, letter_out("一"))
    tick(office, post, for_minutes=1)
    assert (states(office), len(sink.taken)) == ({"一": "sent"}, 1)


def test_refused_login_is_tried_once_in_a_quarter_of_an_hour_and_keeps_the_queue(
    office: Office, sink: SmtpSink
) -> None:
    """security.md C-2."""
    put_in(office, letter_out("一"))
    sink.reply("AUTH", *["535 Error: authentication failed"] * 4)
    tick(office, SendingJob(office, threading.Event(), never_spread), for_minutes=60)
    assert (sink.logins, states(office)) == (4, {"一": "queued"})


def test_sending_goes_on_by_itself_when_the_login_works_again(office: Office, sink: SmtpSink) -> None:
    put_in(office, letter_out("一"))
    sink.reply("AUTH", "535 Error: authentication failed")
    tick(office, SendingJob(office, threading.Event(), never_spread), for_minutes=16)
    assert states(office) == {"一": "sent"}


def test_letter_refused_for_good_raises_an_alarm_that_goes_out(office: Office, sink: SmtpSink) -> None:
    put_in(office, letter_out("一"))
    sink.reply("RCPT", "550 User not found")
    tick(office, SendingJob(office, threading.Event(), never_spread), for_minutes=1)
    assert states(office) == {"一": "failed", "【告警】简报服务：有信发不出去": "sent"}
    assert [taken.to for taken in sink.taken] == ["editor@example.org"]


LIMITED = "550 User has exceeded its 24-hour sending limit"


def test_limited_account_is_one_alarm_and_one_all_clear_and_every_letter_goes_out(
    office: Office, sink: SmtpSink
) -> None:
    """Case 82 of issue 13: letters that are written meanwhile wait with the others."""
    activity = Activity()
    post = SendingJob(office, threading.Event(), never_spread, activity)
    put_in(office, letter_out("一"), letter_out("二"))
    sink.reply("RCPT", *[LIMITED] * 3)
    for name in ("三", "四", "五"):
        tick(office, post, for_minutes=4 * 60)
        put_in(office, letter_out(name))
        [alarm] = activity.current_alarms(office.now())
        assert "24-hour sending limit" in alarm.message
    assert sink.connections == 3
    tick(office, post, for_minutes=5)
    assert activity.current_alarms(office.now()) == ()
    subjects = [letter.subject for letter in all_out(office) if letter.subject.startswith("【")]
    assert subjects == ["【告警】简报服务：发信邮箱被服务商限制", "【恢复】简报服务：发信邮箱被服务商限制"]
    assert set(states(office).values()) == {"sent"}


def test_limit_that_comes_back_on_the_same_day_is_another_alarm(office: Office, sink: SmtpSink) -> None:
    post = SendingJob(office, threading.Event(), never_spread)
    for name in ("一", "二"):
        put_in(office, letter_out(name))
        sink.reply("RCPT", LIMITED)
        tick(office, post, for_minutes=4 * 60 + 5)
    subjects = [letter.subject[:4] for letter in all_out(office) if letter.subject.startswith("【")]
    assert subjects == ["【告警】", "【恢复】"] * 2


def test_suspended_login_is_one_alarm_too(office: Office, sink: SmtpSink) -> None:
    put_in(office, letter_out("一"))
    sink.reply("AUTH", *["535 User suspended"] * 2)
    tick(office, SendingJob(office, threading.Event(), never_spread), for_minutes=9 * 60)
    assert sink.logins == 4  # the all-clear is a letter too
    assert [letter.subject for letter in all_out(office)] == [
        "一",
        "【告警】简报服务：发信邮箱被服务商限制",
        "【恢复】简报服务：发信邮箱被服务商限制",
    ]


def test_nothing_more_is_sent_once_the_service_stops(office: Office, sink: SmtpSink) -> None:
    put_in(office, letter_out("一"))
    stop = threading.Event()
    stop.set()
    tick(office, SendingJob(office, stop, never_spread), for_minutes=1)
    assert sink.connections == 0


@pytest.mark.parametrize(
    ("error", "subjects"),
    [
        (LoginRefused("授权码不对"), ["【告警】简报服务：收稿邮箱登录被拒绝（wuxing）"]),
        (StorageFailed("磁盘空间不足"), ["【告警】简报服务：数据写不进磁盘（wuxing）"]),
        (TryLater("没有应答"), ["【告警】简报服务：收稿邮箱连不上（wuxing）"]),
    ],
)
def test_maintainer_gets_an_alarm_once_a_day_for_a_lasting_fault(
    office: Office, error: JianbaoError, subjects: list[str]
) -> None:
    assert isinstance(office.now, Clock)
    alarms = DailyAlarms(partial(report_alarm, office))
    rounds = BulletinJobs(office, office.bulletin(None), ScriptedReceiver(error), alarms, never_spread)
    for _ in range(4):
        rounds.poll()
        office.now.now += timedelta(minutes=30)
    assert [letter.subject for letter in all_out(office)] == subjects


def test_check_tells_whether_letters_can_be_sent_and_how_many_are_stuck(office: Office, sink: SmtpSink) -> None:
    def outgoing_mail() -> dict[str, tuple[CheckState, str]]:
        lines = check_installation(office)
        return {line.name: (line.state, line.message) for line in lines if line.name in ("发信", "发件箱")}

    assert outgoing_mail() == {
        "发信": (CheckState.FINE, f"wuxing@example.org，经 127.0.0.1:{sink.port}"),
        "发件箱": (CheckState.FINE, "待发 0 封，已发 0 封，发送结果不明 0 封，发不出 0 封，已收回 0 封"),
    }
    put_in(office, letter_out("一"))
    sink.reply("RCPT", "550 User not found")
    SendingJob(office, threading.Event(), never_spread).send()
    sink.reply("AUTH", "535 Error: authentication failed")
    state, message = outgoing_mail()["发信"]
    assert (state, "授权码" in message) == (CheckState.UNAVAILABLE, True)
    state, message = outgoing_mail()["发件箱"]
    assert (state, "发不出 1 封，已收回 0 封；请用 outbox 命令查看" in message) == (CheckState.ADVICE, True)
