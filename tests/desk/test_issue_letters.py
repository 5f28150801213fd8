"""印发 and 采用通知 at the desk: looked at, sent, taken back; for editors alone, and for their own issue."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from archive.outbox import letters_out
from service.issue.assemble import assemble
from service.issue.sign_off import sign_off
from service.office import Office
from tests.support.desk import DeskDriver
from tests.support.ledger_rows import AT
from tests.support.offices import hand_in, office_at, write_config
from tests.support.outboxes import letter_out, put_in, sending

PAGE = "/b/wuxing/issue/circulate/1"


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    text = sending(None).replace("first_number = 70", 'first_number = 70\ncirculate = ["leader@office.example"]')
    with office_at(write_config(tmp_path / "office", text), AT, JIANBAO_IMAP_PASSWORD="pw") as opened:
        hand_in(opened, "甲")
        assemble(opened, opened.bulletin(None), AT.date())
        sign_off(opened, opened.bulletin(None), 70, "王编辑")
        yield opened


def states(desk: DeskDriver) -> list[str]:
    with desk.office.ledger.reading() as ledger:
        return [f"{record.to} {record.delivery.state.chinese}" for record in letters_out(ledger)]


def test_letters_are_looked_at_then_sent_and_one_is_taken_back(desk: DeskDriver) -> None:
    desk.login()
    assert desk.html("/b/wuxing/issue/signed/1").xpath(f"//a[@href='{PAGE}']")
    words = desk.words(PAGE)
    assert "leader@office.example 还没有寄" in words
    assert "看这封信：【采用通知】章贡区“五型”政府建设工作简报第70期采用贵单位稿件 1 篇" in words
    assert states(desk) == []
    for kind in ("issue", "notices"):
        assert desk.post(PAGE, kind=kind).headers["location"] == PAGE
    assert states(desk) == ["leader@office.example 待发", "mzj@example.org 待发"]
    assert "待发 今天 16:10 寄出 收回" in desk.words(PAGE)
    assert desk.post(f"{PAGE}/take-back", letter=2).status_code == 303
    assert "给 mzj@example.org 的信已收回，不会寄出。" in desk.words(PAGE)
    assert states(desk)[1] == "mzj@example.org 已收回"
    assert desk.post(f"{PAGE}/take-back", letter=2).status_code == 400


def test_only_letters_of_the_issue_are_taken_back_there_and_only_by_editors(desk: DeskDriver) -> None:
    put_in(desk.office, letter_out("收稿"))
    desk.login()
    for letter in (1, 9, ""):
        assert desk.post(f"{PAGE}/take-back", letter=letter).status_code == 404
    assert desk.post(PAGE, kind="everything").status_code == 400
    assert desk.get("/b/wuxing/issue/circulate/9").status_code == 404
    desk.login("viewer")
    assert (desk.get(PAGE).status_code, desk.post(PAGE, kind="issue").status_code) == (403, 403)
    assert PAGE not in desk.get("/b/wuxing/issue/signed/1").text
