"""Logging in and out, and the link that sets a password."""

from __future__ import annotations

from service.people.accounts import add_user
from tests.support.desk import DeskDriver
from tests.support.people import PASSWORD, path_of, with_password
from values.account import Role


def test_somebody_sets_his_password_by_the_link_and_is_logged_in(desk: DeskDriver) -> None:
    link = path_of(add_user(desk.office, "wang", Role.EDITOR, display_name="王编辑", who="测试").url)
    assert "王编辑，您的用户名是 wang" in desk.words(link)
    done = desk.post(link, password=PASSWORD, again=PASSWORD)
    assert (done.status_code, done.headers["location"]) == (303, "/")
    assert "密码已设置，您已登录。" in desk.words("/account")


def test_log_in_with_name_and_password_leads_to_the_page_that_was_wanted(desk: DeskDriver) -> None:
    with_password(desk)
    asked = desk.get("/account?a=1")
    assert (asked.status_code, asked.headers["location"]) == (303, "/login?next=/account%3Fa%3D1")
    [wanted] = desk.html(asked.headers["location"]).xpath("//input[@name='next']/@value")
    done = desk.post("/login", name="wang", password=PASSWORD, next=wanted)
    assert (done.status_code, done.headers["location"]) == (303, "/account?a=1")
    assert "王编辑" in desk.words("/account")


def test_notice_of_an_action_is_shown_once(desk: DeskDriver) -> None:
    desk.login()
    assert desk.post("/logout").headers["location"] == "/login"
    assert "已退出登录。" in desk.words("/login")
    assert "已退出登录。" not in desk.words("/login")
