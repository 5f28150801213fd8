"""运行: how the service is, and what to do about it."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import update

from archive import changes, folders
from archive.changes import ChangeFilter
from archive.schema import outbox
from service.backup.hold import RestoredState, held, hold
from service.health.activity import Activity
from service.health.alarms import Alarm, AlarmCause
from tests.support.desk import DeskDriver
from tests.support.ledger_rows import AT, keep_letter
from tests.support.outboxes import all_out, letter_out, put_in, states
from values.letter import Place

PAGE = "/state"


def fails(desk: DeskDriver, name: str, state: str) -> int:
    """A letter out that ended so; its id."""
    put_in(desk.office, letter_out(name))
    with desk.office.ledger.writing() as ledger:
        values = {"state": state, "next_attempt_at": None, "attempts": 1, "answer_code": 550, "answer": "no such user"}
        ledger.sql.execute(update(outbox).where(outbox.c.subject == name).values(**values))
    return all_out(desk.office)[-1].id


def test_all_is_well(desk: DeskDriver) -> None:
    desk.activity.record_start(AT)
    desk.activity.record_poll("wuxing", AT - timedelta(minutes=1))
    desk.login("viewer")
    words = desk.words(PAGE)
    assert "没有告警。" in words
    assert "上次收信正常 今天 15:59，每 1 秒一次" in words
    assert "下次编排11月11日 16:00、11月18日 16:00、11月25日 16:00" in words
    assert "没有等着处理的" in words


def test_failed_poll_is_an_alarm_with_its_remedy_and_says_when_one_worked(desk: DeskDriver) -> None:
    desk.activity.record_start(AT)
    desk.activity.record_poll("wuxing", AT - timedelta(hours=1))
    desk.activity.record_poll("wuxing", AT, "邮箱拒绝登录。请重新生成授权码。")
    desk.login("viewer")
    [alarm] = desk.html(PAGE).xpath("//section[@class='alarms']/div")
    assert " ".join(alarm.text_content().split()) == "收信 邮箱拒绝登录。请重新生成授权码。 今天 16:00"
    assert alarm.get("role") == "alert"
    assert "失败 今天 16:00；上次成功 今天 15:00" in desk.words(PAGE)


def test_failed_job_is_shown_until_it_works(desk: DeskDriver) -> None:
    desk.login("viewer")
    desk.activity.record_attempt("wuxing", AlarmCause.ASSEMBLING, AT, "模板读不到；请放回。")
    desk.activity.record_alarm(Alarm("wuxing", AlarmCause.JUNK, "垃圾邮件里有来信。", AT, urgent=False))
    assert "编排 模板读不到；请放回。" in desk.words(PAGE)
    desk.activity.record_attempt("wuxing", AlarmCause.ASSEMBLING, AT)
    words = desk.words(PAGE)
    assert "模板读不到" not in words
    assert "垃圾邮件里有来信。" in words
    desk.clock.now = AT + timedelta(days=2)
    desk.login("viewer")
    assert "垃圾邮件里有来信。" not in desk.words(PAGE)


def test_clock_that_stands_still_is_an_alarm(desk: DeskDriver) -> None:
    desk.activity.record_start(AT - timedelta(hours=1))
    desk.login("viewer")
    assert "定时的工作停住了" in desk.words(PAGE)


def test_desk_without_a_service_reports_it(desk: DeskDriver) -> None:
    desk.login("viewer")
    assert "只有审稿台在运行，不收信" in desk.words(PAGE)


def test_letters_that_wait_and_letters_that_do_not_come_are_reported(desk: DeskDriver) -> None:
    with desk.office.ledger.writing() as ledger:
        keep_letter(ledger, "未读")
        place = Place("wuxing@example.org", "INBOX", 1, 9)
        folders.record_unfetched(ledger, place, "服务器没有给出这封信。", patience=3, at=AT)
    desk.login("viewer")
    words = desk.words(PAGE)
    assert "待读 1 封" in words
    assert "服务器没有给出这封信。" in words


def test_letter_that_failed_is_sent_again_by_a_person_and_recorded(desk: DeskDriver) -> None:
    letter = fails(desk, "收稿回执", "failed")
    desk.login("editor")
    words = desk.words(PAGE)
    assert "有 1 封信发不出" in words
    assert "550 no such user" in words
    assert desk.post(f"{PAGE}/resend", letter=letter).headers["location"] == "/state#outbox"
    assert states(desk.office) == {"收稿回执": "queued"}
    assert f"把收稿信 {letter} 重新排队（原为“发不出”）" in desk.words("/b/wuxing/changes")
    again = desk.post(f"{PAGE}/resend", letter=letter)
    assert again.status_code == 400
    assert "还在排队" in again.text


def test_viewer_sends_nothing_again(desk: DeskDriver) -> None:
    letter = fails(desk, "收稿回执", "possibly_sent")
    desk.login("viewer")
    assert "发送结果不明：服务器没有答复。请先问收件人" in desk.words(PAGE)
    assert not desk.html(PAGE).xpath("//main//button")
    assert desk.post(f"{PAGE}/resend", letter=letter).status_code == 403


def test_check_runs_beside_and_its_lines_stay(desk: DeskDriver) -> None:
    desk.login("editor")
    assert desk.post(f"{PAGE}/check").status_code == 403
    desk.login("admin")
    begun = desk.post(f"{PAGE}/check", htmx=True)
    assert begun.text.lstrip().startswith('<section id="check"')
    desk.app.state.background_check.wait()
    words = " ".join(desk.get(f"{PAGE}/check", htmx=True).text.split())
    assert "台账" in words
    assert "hx-trigger" not in words
    assert "再查一遍" in desk.words(PAGE)


def test_activity_keeps_the_first_time_of_a_trouble_that_lasts() -> None:
    activity = Activity()
    activity.record_attempt("", AlarmCause.SENDING, AT, "连不上。")
    activity.record_attempt("", AlarmCause.SENDING, AT + timedelta(hours=1), "连不上。")
    assert [alarm.at for alarm in activity.current_alarms(AT)] == [AT]


def restored(desk: DeskDriver) -> None:
    hold(desk.office.data_dir, RestoredState(AT - timedelta(days=1), AT))


def test_release_after_a_restore_is_an_administrators_and_stands_in_the_record(desk: DeskDriver) -> None:
    restored(desk)
    put_in(desk.office, letter_out("queued before"))
    desk.clock.now = AT + timedelta(minutes=5)
    desk.login("editor")
    words = desk.words(PAGE)
    assert "恢复后等着放行" in words
    assert "由管理员核对后放行" in words
    assert desk.post("/state/release").status_code == 403
    assert held(desk.office.data_dir) is not None
    desk.login("admin")
    assert "核对过了，放行" in desk.words(PAGE)
    fields: dict[str, Any] = {"printed-wuxing": "71", "supplement-wuxing": "", "since": "2022-11-08T16:02"}
    assert desk.post("/state/release", **fields).status_code == 303
    words = desk.words(PAGE)
    assert "已放行，发信和签发照常。已用过的期号：第70期、第71期。以前可能已发的 1 封不再自动发" in words
    assert "恢复后等着放行" not in words
    assert states(desk.office) == {"queued before": "possibly_sent"}
    with desk.office.ledger.reading() as ledger:
        [line] = changes.changes(ledger, ChangeFilter(subject="ledger"))
    assert (line.who, "恢复后放行" in line.summary) == ("赵管理", True)


@pytest.mark.parametrize(
    "fields", [{"printed-wuxing": "七十"}, {"printed-wuxing": "700"}, {"since": "noon"}, {"supplement-wuxing": "0"}]
)
def test_what_cannot_be_read_releases_nothing(desk: DeskDriver, fields: dict[str, Any]) -> None:
    restored(desk)
    desk.login("admin")
    assert desk.post("/state/release", **fields).status_code == 400
    assert held(desk.office.data_dir) is not None
