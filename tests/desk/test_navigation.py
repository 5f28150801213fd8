"""The tabs are those whose page exists and that the person may open."""

from __future__ import annotations

from desk.app import routes_for
from desk.navigation import ACCOUNT, home, links, roles_by_path
from settings.model import DeskSettings
from values.account import Person, Role

ROLES = roles_by_path(routes_for(DeskSettings()))
BY_ROLE = {role: Person(1, role.value, role.value, role) for role in Role}


def tabs(role: Role, shown: str = "") -> list[str]:
    return [link.name for link in links(ROLES, BY_ROLE[role], "wuxing", shown)]


def current(shown: str) -> list[str]:
    return [link.name for link in links(ROLES, BY_ROLE[Role.ADMIN], "wuxing", shown) if link.current]


def test_only_admins_have_the_tab_of_the_accounts() -> None:
    assert tabs(Role.VIEWER) == tabs(Role.EDITOR) == ["本期", "来信", "往期", "统计", "单位", "变更记录", "运行"]
    assert tabs(Role.ADMIN) == [*tabs(Role.EDITOR), "用户"]


def test_approvers_have_one_tab_and_nobody_else_has_it() -> None:
    assert tabs(Role.APPROVER) == ["审核"]
    assert [role for role in Role if "审核" in tabs(role)] == [Role.APPROVER]
    shown = links(ROLES, BY_ROLE[Role.APPROVER], "wuxing", "/b/wuxing/approvals/7")
    assert [link.current for link in shown] == [True]


def test_a_tab_is_current_on_its_page_below_it_and_on_pages_that_belong_to_it() -> None:
    assert current("/b/wuxing/issue") == current("/b/wuxing/issue/sign-off") == ["本期"]
    assert current("/b/wuxing/articles/7") == ["本期"]
    assert current("/b/wuxing/issues") == current("/b/other/issue") == []


def test_home_is_the_first_tab_and_without_any_the_own_account() -> None:
    assert home(ROLES, BY_ROLE[Role.VIEWER], "wuxing") == "/b/wuxing/issue"
    assert home({}, BY_ROLE[Role.VIEWER], "wuxing") == ACCOUNT
