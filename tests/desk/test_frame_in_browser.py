"""The frame of every page in a real browser: logging in, moving by keyboard, a broken connection, both sizes."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import ViewportSize

from service.office import Office
from service.people.accounts import add_user
from tests.support.browser import DESKTOP, PHONE, Tabs, axe
from tests.support.desk import browser_cookies, serving
from tests.support.ledger_rows import AT
from tests.support.offices import bulletin, office_at, write_config
from tests.support.people import PASSWORD, path_of
from values.account import Role

pytestmark = pytest.mark.browser


@pytest.mark.parametrize("size", [DESKTOP, PHONE], ids=["desktop", "phone"])
@pytest.mark.parametrize("colours", ["light", "dark"])
def test_the_first_pages_are_usable_in_every_size_and_light(
    tabs: Tabs, office: Office, size: ViewportSize, colours: str
) -> None:
    with serving(office) as url:
        tab = tabs.open(url, size, color_scheme=colours)
        tab.page.context.add_cookies(browser_cookies(office, url, "admin"))
        for path in ("/login", "/account", "/people"):
            tab.go(path)
            assert axe(tab.page) == []
            assert tab.overflow() == 0
            assert tab.page.locator("h1").count() == 1


def test_somebody_sets_his_password_logs_out_and_in_by_keyboard(tabs: Tabs, office: Office) -> None:
    link = path_of(add_user(office, "wang", Role.EDITOR, display_name="王编辑", who="测试").url)
    with serving(office) as url:
        tab = tabs.open(url)
        page = tab.page
        tab.go(link)
        page.get_by_label("新密码").fill(PASSWORD)
        page.get_by_label("再输一遍").fill(PASSWORD)
        page.keyboard.press("Enter")
        page.get_by_text("密码已设置，您已登录。").wait_for()
        page.get_by_role("button", name="退出").click()
        page.get_by_text("已退出登录。").wait_for()
        tab.go("/account")
        page.get_by_label("用户名").fill("wang")
        page.keyboard.press("Tab")
        page.keyboard.type(PASSWORD)
        page.keyboard.press("Enter")
        page.wait_for_url(f"{url}/account")
        page.keyboard.press("Tab")
        assert page.locator(":focus").inner_text() == "跳到正文"
        page.keyboard.press("Enter")
        assert page.url.endswith("#content")


def test_a_second_click_does_not_send_the_form_again(tabs: Tabs, office: Office) -> None:
    with serving(office) as url:
        tab = tabs.open(url)
        tab.page.context.add_cookies(browser_cookies(office, url, "admin"))
        tab.go("/people")
        tab.page.get_by_label("用户名", exact=True).fill("wang")
        tab.page.get_by_role("button", name="添加").dblclick()
        tab.page.get_by_text("请把这个链接交给").wait_for()


def test_a_server_that_is_gone_is_reported_on_the_page(tabs: Tabs, office: Office) -> None:
    with serving(office) as url:
        tab = tabs.open(url)
        tab.page.context.add_cookies(browser_cookies(office, url, "admin"))
        tab.go("/account")
        # the event alone: a connection that is really cut also cuts off the icon, which the browser loads when it likes
        tab.page.evaluate("dispatchEvent(new Event('offline'))")
        tab.page.get_by_text("连不上审稿台").wait_for()
        tab.page.evaluate("dispatchEvent(new Event('online'))")
        tab.page.get_by_text("连不上审稿台").wait_for(state="detached")


def test_with_two_bulletins_one_is_chosen_above(tabs: Tabs, tmp_path: Path) -> None:
    config = bulletin() + bulletin("second").replace("章贡区“五型”政府建设", "政务信息")
    with office_at(write_config(tmp_path / "two", config), AT) as office, serving(office) as url:
        tab = tabs.open(url)
        tab.page.context.add_cookies(browser_cookies(office, url, "editor"))
        tab.go("/account")
        tab.page.locator("details.switch summary").click()
        assert axe(tab.page) == []
        tab.page.get_by_role("link", name="政务信息工作简报").click()
        assert tab.page.url.startswith(f"{url}/b/second/")
        tab.page.keyboard.press("Escape")
