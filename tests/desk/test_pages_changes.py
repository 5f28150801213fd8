"""变更记录: who, when, what, why."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from archive.changes import NewChange, Subject, record_change
from tests.support.desk import DeskDriver, at_desk
from tests.support.ledger_rows import AT
from values.account import Role

PAGE = "/b/wuxing/changes"


SUBJECTS: dict[str, Subject] = {"单位": "department", "登录": "login", "下载": "download"}


def change(
    desk: DeskDriver, said: str, *, who: str = "王编辑", bulletin: str = "wuxing", why: str = "", at: datetime = AT
) -> None:
    with desk.office.ledger.writing() as ledger:
        subject = SUBJECTS.get(said[:2], "article")
        record_change(
            ledger, NewChange(bulletin=bulletin, who=who, subject=subject, subject_id=7, summary=said, why=why, at=at)
        )


def rows(desk: DeskDriver, path: str = PAGE) -> list[str]:
    cells = desk.html(path).xpath("//table//tbody/tr")
    return [" ".join(row.text_content().split()) for row in cells]


def test_latest_change_comes_first_with_who_when_what_and_why(desk: DeskDriver) -> None:
    change(desk, "《甲》改标题")
    change(desk, "单位改名", who="李编辑", why="机构改革")
    desk.login("viewer")
    assert rows(desk) == ["今天 16:00 李编辑 单位 单位改名 机构改革", "今天 16:00 王编辑 稿件 7 《甲》改标题"]


def test_article_is_named_once(desk: DeskDriver) -> None:
    change(desk, "稿件 7《甲》改标题，成为第 2 稿")
    desk.login("viewer")
    assert rows(desk) == ["今天 16:00 王编辑 稿件 7 《甲》改标题，成为第 2 稿"]


def test_list_can_be_narrowed_to_a_person_a_kind_and_one_thing(desk: DeskDriver) -> None:
    change(desk, "《甲》改标题")
    change(desk, "单位改名", who="李编辑")
    desk.login("viewer")
    assert len(rows(desk, f"{PAGE}?who=李编辑")) == 1
    assert len(rows(desk, f"{PAGE}?subject=article&id=7")) == 1
    assert rows(desk, f"{PAGE}?who=李编辑&subject=article") == []
    assert "没有符合条件的记录" in desk.words(f"{PAGE}?who=没有的人")


def test_pages_have_fifty_changes_each(desk: DeskDriver) -> None:
    for number in range(120):
        change(desk, f"第{number}次")
    desk.login("viewer")
    seen, path = [], PAGE
    for _ in range(3):
        seen.append(rows(desk, path))
        path = next(iter(desk.html(path).xpath("//a[@rel='next']/@href")), "")
    assert [len(one) for one in seen] == [50, 50, 20]
    assert len({row for one in seen for row in one}) == 120
    assert path == ""


def test_changes_of_other_bulletins_are_not_shown_and_those_of_accounts_only_to_who_keeps_them(
    desk: DeskDriver,
) -> None:
    change(desk, "别处", bulletin="dangjian")
    change(desk, "新增用户", bulletin="")
    desk.login("editor")
    assert rows(desk) == []
    desk.login("admin")
    assert len(rows(desk)) == 1


def test_nothing_was_changed_yet(desk: DeskDriver) -> None:
    desk.login("viewer")
    assert "还没有人改过什么。" in desk.words(PAGE)
    assert desk.get(f"{PAGE}?before=99999999999999999999").status_code == 200


@pytest.mark.parametrize("separated", [False, True])
def test_log_ins_and_downloads_are_for_those_who_audit(desk: DeskDriver, separated: bool) -> None:
    settings = desk.office.settings.desk.model_copy(update={"separation_of_duties": separated})
    desk.app.state.office = at_desk(desk.office, settings)
    change(desk, "登录", bulletin="")
    change(desk, "下载了第70期")
    seen = {}
    readers = [role for role in Role if role is not Role.APPROVER]
    for role in readers:
        desk.login(role)
        listed = len(rows(desk)), len(rows(desk, f"{PAGE}?subject=login")), len(rows(desk, f"{PAGE}?subject=download"))
        offered = desk.html(PAGE).xpath("//select[@name='subject']/option/@value")
        seen[role] = (listed, {"login", "download"} <= set(offered))
    auditing = {Role.AUDITOR} if separated else {Role.AUDITOR, Role.ADMIN}
    assert seen == {role: ((2, 1, 1), True) if role in auditing else ((0, 0, 0), False) for role in readers}
    desk.login(Role.APPROVER)
    assert desk.get(PAGE).status_code == 403


def test_list_can_be_narrowed_to_days_of_the_offices_time(desk: DeskDriver) -> None:
    for day in range(4):
        change(desk, f"第{day}天", at=AT.replace(hour=15, minute=59) + timedelta(days=day))  # 23:59 in Shanghai
        change(desk, f"第{day}夜", at=AT.replace(hour=16) + timedelta(days=day))  # midnight: the day after
    desk.login("viewer")

    def listed(query: str) -> list[str]:
        return [row.rpartition(" ")[2] for row in rows(desk, f"{PAGE}?{query}")][::-1]

    assert listed("from=2022-11-10&to=2022-11-10") == ["第1夜", "第2天"]
    assert listed("to=2022-11-08") == ["第0天"]
    assert listed("from=2022-11-12") == ["第3夜"]
    assert len(listed("from=gestern&to=9999-12-31")) == 8


def test_auditor_sees_the_whole_record_without_links_into_pages_that_are_closed(desk: DeskDriver) -> None:
    change(desk, "《甲》改标题")
    change(desk, "新增用户", bulletin="")
    desk.login("auditor")
    assert len(rows(desk)) == 2
    assert desk.html(PAGE).xpath("//table//a") == []
