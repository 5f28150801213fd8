"""变更记录: who, when, what, why."""

from __future__ import annotations

from archive.changes import NewChange, Subject, record_change
from tests.support.desk import DeskDriver
from tests.support.ledger_rows import AT

PAGE = "/b/wuxing/changes"


def change(desk: DeskDriver, said: str, *, who: str = "王编辑", bulletin: str = "wuxing", why: str = "") -> None:
    with desk.office.ledger.writing() as ledger:
        subject: Subject = "department" if said.startswith("单位") else "article"
        record_change(
            ledger, NewChange(bulletin=bulletin, who=who, subject=subject, subject_id=7, summary=said, why=why, at=AT)
        )


def rows(desk: DeskDriver, path: str = PAGE) -> list[str]:
    cells = desk.html(path).xpath("//table//tbody/tr")
    return [" ".join(row.text_content().split()) for row in cells]


def test_latest_change_comes_first_with_who_when_what_and_why(desk: DeskDriver) -> None:
    change(desk, "《甲》改标题")
    change(desk, "单位改名", who="李编辑", why="机构改革")
    desk.login("viewer")
    assert rows(desk) == ["今天 16:00 李编辑 单位 单位改名 机构改革", "今天 16:00 王编辑 稿件 7 《甲》改标题"]


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
