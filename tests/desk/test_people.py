"""用户: adding colleagues, their links and roles, and who may not go."""

from __future__ import annotations

from typing import Any

import pytest

from archive import accounts
from archive.changes import changes_of
from tests.support.desk import DeskDriver, at_desk
from tests.support.people import PASSWORD, path_of
from values.account import Role


def account_id(desk: DeskDriver, name: str) -> int:
    with desk.office.ledger.reading() as ledger:
        record = accounts.account_named(ledger, name)
    assert record is not None
    return record.id


def changes_about(desk: DeskDriver, name: str) -> list[tuple[str, str]]:
    with desk.office.ledger.reading() as ledger:
        return [(one.who, one.summary) for one in changes_of(ledger, "account", name)]


def test_a_new_colleague_gets_a_link_that_is_shown_once(desk: DeskDriver) -> None:
    desk.login("admin")
    added = desk.post("/people", name="wang", display_name="王编辑", role="editor")
    assert added.status_code == 200
    link = added.text.partition('<code class="link">')[2].partition("</code>")[0]
    assert link not in desk.get("/people").text
    assert "王编辑 wang" in desk.words("/people")
    assert changes_about(desk, "wang") == [("赵管理", "添加用户王编辑（wang），角色：编辑")]
    desk.logout()
    assert desk.post(path_of(link), password=PASSWORD, again=PASSWORD).status_code == 303
    assert "王编辑" in desk.words("/account")


@pytest.mark.parametrize(
    ("form", "said"),
    [
        ({"name": "admin", "role": "editor"}, "已经有用户 admin 了"),
        ({"name": "", "role": "editor"}, "用户名只能用文字、数字"),
        ({"name": "a b", "role": "editor"}, "用户名只能用文字、数字"),
        ({"name": "wang", "role": "boss"}, "请选择一个角色"),
    ],
)
def test_account_that_cannot_be_added_is_refused_with_a_reason(
    desk: DeskDriver, form: dict[str, Any], said: str
) -> None:
    desk.login("admin")
    response = desk.post("/people", **form)
    assert response.status_code == 400
    assert said in response.text
    with desk.office.ledger.reading() as ledger:
        assert [one.name for one in accounts.accounts(ledger)] == ["admin"]


def test_the_only_admin_can_neither_go_nor_step_down(desk: DeskDriver) -> None:
    desk.login("admin")
    own = f"/people/{account_id(desk, 'admin')}"
    for answer in (desk.post(f"{own}/disable"), desk.post(f"{own}/role", role="viewer")):
        assert answer.status_code == 400
        assert "admin 是唯一的管理员" in answer.text
    assert changes_about(desk, "admin") == []


def test_a_role_is_changed_and_recorded(desk: DeskDriver) -> None:
    desk.login("editor")
    desk.login("admin")
    done = desk.post(f"/people/{account_id(desk, 'editor')}/role", role="viewer")
    assert done.headers["location"] == "/people"
    assert "王编辑的角色现在是“查看”" in desk.words("/people")
    assert changes_about(desk, "editor") == [("赵管理", "用户王编辑（editor）的角色由编辑改为查看")]


def test_disabled_account_cannot_use_an_old_link_and_returns_with_its_password(desk: DeskDriver) -> None:
    desk.login("admin")
    desk.post("/people", name="wang", display_name="王编辑", role=Role.EDITOR.value)
    person = f"/people/{account_id(desk, 'wang')}"
    link = desk.post(f"{person}/link").text.partition('<code class="link">')[2].partition("</code>")[0]
    desk.post(f"{person}/disable")
    assert desk.post(f"{person}/link").status_code == 400
    desk.logout()
    assert desk.get(path_of(link)).status_code == 400
    desk.login("admin")
    desk.post(f"{person}/enable")
    said = [said for _, said in changes_about(desk, "wang")]
    assert said[:2] == ["恢复用户王编辑（wang）", "停用用户王编辑（wang）"]
    assert desk.get(path_of(link)).status_code == 400, "void for good"


def test_a_newer_link_makes_the_earlier_one_void(desk: DeskDriver) -> None:
    desk.login("admin")
    first = desk.post("/people", name="wang", role="viewer").text.partition('class="link">')[2].partition("<")[0]
    again = desk.post(f"/people/{account_id(desk, 'wang')}/link").text.partition('class="link">')[2].partition("<")[0]
    assert (desk.get(path_of(first)).status_code, desk.get(path_of(again)).status_code) == (400, 200)


def test_an_auditor_is_added_and_with_separated_duties_stays_one(desk: DeskDriver) -> None:
    desk.app.state.office = at_desk(
        desk.office, desk.office.settings.desk.model_copy(update={"separation_of_duties": True})
    )
    desk.login("admin")
    assert desk.post("/people", name="sun", display_name="孙审计", role="auditor").status_code == 200
    refused = desk.post(f"/people/{account_id(desk, 'sun')}/role", role="editor")
    assert refused.status_code == 400
    assert "三员分立" in refused.text
    assert changes_about(desk, "sun") == [("赵管理", "添加用户孙审计（sun），角色：审计")]
