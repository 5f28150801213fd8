"""答复: an editor answers a letter, and looks at letters out that are held."""

from __future__ import annotations

import pytest

from archive import letters
from intake.pool import ReadingPool
from service.office import Office
from tests.support.correspondence import receive, written
from tests.support.desk import DeskDriver
from tests.support.ledger_rows import BULLETIN
from tests.support.office_fixtures import OfficeSetup
from tests.support.outboxes import all_out, sending
from values.letter import Verdict
from values.outgoing import OutboxState

LIST = f"/b/{BULLETIN}/letters"
PATH = f"{LIST}/1/answer"
EVIL = "<script>alert(1)</script>"


@pytest.fixture
def office_setup() -> OfficeSetup:
    return OfficeSetup(sending(None, more='hold = ["answer"]'))


@pytest.fixture
def asked(office: Office, pool: ReadingPool, desk: DeskDriver) -> DeskDriver:
    """The desk of an editor who has a question."""
    header = "From: jtj@example.org\r\nTo: wuxing@example.org\r\nSubject: 投稿咨询\r\nMessage-ID: <q@example.org>\r\n"
    text = f"请问本期什么时候截稿？{EVIL}"
    receive(office, pool, f"{header}Content-Type: text/plain; charset=utf-8\r\n\r\n{text}\r\n".encode())
    desk.login()
    return desk


def test_question_is_shown_as_one_and_leads_to_its_answer(asked: DeskDriver) -> None:
    words = asked.words(LIST)
    assert "等您处理" in words
    assert "待答复 1" in words
    assert "1 封来信待答复" in asked.words(f"/b/{BULLETIN}/issue")
    assert asked.html(f"{LIST}/1").xpath(f"//a[@href='{PATH}']")
    form = asked.words(PATH)
    assert "jtj@example.org" in form
    assert "先等放行" in form
    assert "截稿时间" in form
    assert "您好！" in asked.html(f"{PATH}?template=noted").xpath("//textarea")[0].text


def test_answer_is_held_looked_at_and_released(asked: DeskDriver) -> None:
    asked.post(PATH, text=f"周五 16:00 以前。{EVIL}", quote="1")
    [acknowledged, answer] = all_out(asked.office)
    assert (acknowledged.delivery.state, answer.delivery.state) == (OutboxState.QUEUED, OutboxState.HELD)
    with asked.office.ledger.reading() as ledger:
        assert [letter.verdict for letter in letters.letters(ledger)] == [Verdict.ANSWERED]
    assert "有 1 封信等放行" in asked.words("/state")
    path = f"/state/outbox/{answer.id}"
    shown = asked.words(path)
    assert "周五 16:00 以前。<script>" in shown
    assert "> 请问本期什么时候截稿？" in shown
    assert asked.html(f"{LIST}/1").xpath(f"//a[@href='{path}']")
    asked.post(f"{path}/release")
    assert all_out(asked.office)[1].delivery.state is OutboxState.QUEUED
    assert "已放行" in asked.words("/state")
    assert len(written(asked.office)) == 2


def test_held_letter_can_be_dropped(asked: DeskDriver) -> None:
    asked.post(PATH, text="好的。")
    asked.post("/state/outbox/2/drop")
    assert all_out(asked.office)[1].delivery.state is OutboxState.DROPPED
    refused = asked.post("/state/outbox/2/release")
    assert (refused.status_code, "现在是“不发”，不在等放行" in refused.text) == (400, True)
    assert all_out(asked.office)[1].delivery.state is OutboxState.DROPPED


def test_empty_answer_is_refused_with_the_reason(asked: DeskDriver) -> None:
    assert "请写答复的内容" in asked.post(PATH, text="  ").text
    assert len(all_out(asked.office)) == 1


def test_viewer_sees_the_letter_and_answers_nothing(asked: DeskDriver) -> None:
    asked.login("viewer")
    assert not asked.html(f"{LIST}/1").xpath(f"//a[@href='{PATH}']")
    assert asked.get(PATH).status_code == 403
    assert asked.get("/state/outbox/1").status_code == 403
    assert asked.post(PATH, text="好").status_code == 403


def test_what_is_not_there_is_answered_as_such(asked: DeskDriver) -> None:
    assert asked.get(f"{LIST}/99/answer").status_code == 404
    assert "没有编号为 99" in asked.get("/state/outbox/99").text
