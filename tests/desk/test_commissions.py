"""约稿 at the desk: typed, looked at, mailed, answered, changed; shown at 本期; for editors alone."""

from __future__ import annotations

from typing import Any

import pytest

from archive import commissions
from archive.article_changes import write_article
from archive.commissions import NewLink
from tests.support.commissioned_office import JTJ, MONDAY, MZJ, TOPIC, ask, config, now, pass_time
from tests.support.desk import DeskDriver
from tests.support.office_fixtures import OfficeSetup
from tests.support.outboxes import all_out
from values.commission import LinkState, LinkWay

LIST = "/b/wuxing/commissions"
PAGE = f"{LIST}/1"


@pytest.fixture
def office_setup() -> OfficeSetup:
    return OfficeSetup(config(), MONDAY)


def test_a_commission_is_typed_looked_at_mailed_and_taken_back(desk: DeskDriver) -> None:
    desk.login()
    assert desk.html("/b/wuxing/issue").xpath(f"//a[@href='{LIST}']")
    units = ["区民政局", "区教体局"]
    made = desk.post(f"{LIST}/new", topic=TOPIC, demands="800字左右", due="11月10日", time="17:30", unit=units)
    assert made.headers["location"] == PAGE
    assert now(desk.office).due_at.hour == 9  # UTC
    assert all_out(desk.office) == []
    words = desk.words(PAGE)
    assert f"{TOPIC} 约稿 1号" in words
    assert "区民政局 待报" in words
    assert "请于11月10日（星期四）17:30前报送" in words
    assert desk.post(f"{PAGE}/send", version=now(desk.office).version).headers["location"] == PAGE
    assert [(out.to, out.subject) for out in all_out(desk.office)] == [
        (MZJ, f"【约稿 1号】{TOPIC}"),
        (JTJ, f"【约稿 1号】{TOPIC}"),
    ]
    assert "待发 今天 09:10 寄出" in desk.words(PAGE)
    assert desk.post(f"{PAGE}/take-back/2").status_code == 303
    assert "寄 1 封信" in desk.words(PAGE)
    assert desk.post(f"{PAGE}/take-back/9").status_code == 404


def test_what_cannot_be_made_is_shown_again_as_it_was_typed(desk: DeskDriver) -> None:
    desk.login()
    for topic, due, unit, problem in (
        (TOPIC, "2022-11-06", "区民政局", "已经过了"),
        (TOPIC, "下周", "区民政局", "看不懂截稿时间"),
        (TOPIC, "2022-11-10", "", "请选择向哪些单位约稿"),
        (TOPIC, "2022-11-10", "区财政局", "名录里没有“区财政局”"),
        (" ", "2022-11-10", "区民政局", "请写明约什么稿"),
    ):
        answer = desk.post(f"{LIST}/new", time="18:00", topic=topic, due=due, unit=unit)
        assert answer.status_code == 400
        assert problem in answer.text
        assert f'value="{due}"' in answer.text
    assert "还没有约过稿" in desk.words(LIST)


def test_answers_are_shown_at_the_issue_and_judged_on_the_page(desk: DeskDriver) -> None:
    ask(desk.office)
    first, second = desk.hand_in("甲", "乙")
    with desk.office.ledger.writing() as ledger:
        write_article(ledger, second, department="区教体局")
        for article, state in ((first, LinkState.LINKED), (second, LinkState.PROPOSED)):
            commissions.add_link(ledger, NewLink(1, article, state, LinkWay.SUBJECT), at=MONDAY)
    desk.login()
    words = desk.words("/b/wuxing/issue")
    assert "约稿 1 题，还有 1 家没报" in words
    assert "已报：区民政局。没报：区教体局" in words
    assert desk.html("/b/wuxing/issue").xpath(f"//a[@href='{LIST}']")  # to make another one
    assert "可能是这次约稿的 乙" in desk.words(PAGE)
    assert desk.post(f"{PAGE}/link", article=second, version=now(desk.office).version).status_code == 303
    assert "已报：区民政局、区教体局。" in desk.words("/b/wuxing/issue")
    assert "没报" not in desk.words("/b/wuxing/issue")
    desk.post(f"{PAGE}/unlink", article=first, version=now(desk.office).version)
    pass_time(desk.office, days=4)
    desk.login()
    assert "区民政局 欠稿" in desk.words(PAGE)
    assert "欠稿 区民政局" in desk.words(LIST)
    assert desk.post(f"{PAGE}/link", article=99, version=now(desk.office).version).status_code == 404
    assert desk.post(f"{PAGE}/link", article="").status_code == 400


def test_what_another_editor_or_a_letter_has_changed_is_seen_first(desk: DeskDriver) -> None:
    ask(desk.office)
    [article] = desk.hand_in("甲")
    desk.login()
    [seen] = set(desk.html(PAGE).xpath("//input[@name='version']/@value"))
    with desk.office.ledger.writing() as ledger:
        commissions.add_link(ledger, NewLink(1, article, LinkState.LINKED, LinkWay.REFERENCE), at=MONDAY)
    forms: dict[str, dict[str, Any]] = {
        "send": {},
        "extend": {"due": "2022-11-14"},
        "cancel": {},
        "link": {"article": article},
        "unlink": {"article": article},
    }
    for path, fields in forms.items():
        answer = desk.post(f"{PAGE}/{path}", version=seen, **fields)
        assert (answer.status_code, "刚有变动" in answer.text) == (409, True), path
    assert (now(desk.office).cancelled_at, len(now(desk.office).counted)) == (None, 1)
    assert desk.post(f"{PAGE}/extend", due="2022-11-14", version=now(desk.office).version).status_code == 303


def test_deadline_and_cancellation_are_told_by_letters_that_are_looked_at(desk: DeskDriver) -> None:
    ask(desk.office)
    desk.login()
    desk.post(f"{PAGE}/extend", due="2022-11-14", time="12:00", version=now(desk.office).version)
    assert "截稿时间现在是 2022-11-14 12:00" in desk.words(PAGE)
    desk.post(f"{PAGE}/cancel", why="合并到下期", version=now(desk.office).version)
    assert "已取消" in desk.words(LIST)
    assert desk.post(f"{PAGE}/cancel", version=now(desk.office).version).status_code == 400
    changes = desk.words("/b/wuxing/changes")
    assert "约稿 1号：取消约稿" in changes
    assert desk.html("/b/wuxing/changes").xpath(f"//a[@href='{PAGE}']")


def test_whoever_only_looks_sees_no_letters_and_changes_nothing(desk: DeskDriver) -> None:
    ask(desk.office, send=False)
    desk.login("viewer")
    assert "约稿信" not in desk.words(PAGE)
    assert desk.get(f"{LIST}/new").status_code == 403
    assert desk.post(f"{PAGE}/send").status_code == 403
    assert desk.get(f"{LIST}/9").status_code == 404
