"""我的账号: the own password is changed with the old one."""

from __future__ import annotations

import pytest

from tests.support.desk import DeskDriver
from tests.support.people import PASSWORD, with_password

OTHER_PASSWORD = "又一匹正确的马和电池"


@pytest.fixture
def wang(desk: DeskDriver) -> DeskDriver:
    """Somebody who is logged in with a password."""
    with_password(desk)
    assert desk.post("/login", name="wang", password=PASSWORD).status_code == 303
    assert desk.get("/account").status_code == 200  # the browser gets the CSRF cookie of the session
    return desk


def test_a_new_password_is_set_and_the_person_stays_logged_in(wang: DeskDriver) -> None:
    answer = wang.post("/account", old=PASSWORD, password=OTHER_PASSWORD, again=OTHER_PASSWORD)
    assert answer.headers["location"] == "/account"
    assert "密码已更换，别处的登录都已退出。" in wang.words("/account")
    wang.logout()
    assert wang.post("/login", name="wang", password=OTHER_PASSWORD).status_code == 303


@pytest.mark.parametrize(
    ("old", "password", "again", "why"),
    [
        (PASSWORD, OTHER_PASSWORD, f"{OTHER_PASSWORD}!", "两次输入的新密码不一样"),
        ("不是这个密码不是", OTHER_PASSWORD, OTHER_PASSWORD, "现在的密码不对"),
        (PASSWORD, "短", "短", "密码太短"),
    ],
)
def test_what_is_refused_changes_nothing(wang: DeskDriver, old: str, password: str, again: str, why: str) -> None:
    answer = wang.post("/account", old=old, password=password, again=again)
    assert (answer.status_code, why in answer.text) == (400, True)
    wang.logout()
    assert wang.post("/login", name="wang", password=PASSWORD).status_code == 303


def test_logging_out_elsewhere_leaves_this_browser_logged_in(wang: DeskDriver) -> None:
    elsewhere = DeskDriver(wang.office)
    assert elsewhere.post("/login", name="wang", password=PASSWORD).status_code == 303
    assert wang.post("/account/log-out-elsewhere").headers["location"] == "/account"
    assert "别处的登录都已退出。" in wang.words("/account")
    assert elsewhere.get("/account").status_code == 303
