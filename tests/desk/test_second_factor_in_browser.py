"""Setting up 二次验证 and logging in with it in a real browser: the QR code is seen, the policy blocks nothing."""

from __future__ import annotations

import pyotp
import pytest

from service.office import Office
from service.people.accounts import add_user
from tests.support.browser import Tabs, axe
from tests.support.desk import serving
from tests.support.people import PASSWORD, path_of
from values.account import Role

pytestmark = pytest.mark.browser


def test_somebody_sets_up_a_phone_and_logs_in_with_it(tabs: Tabs, office: Office) -> None:
    link = path_of(add_user(office, "wang", Role.EDITOR, display_name="王编辑", who="测试").url)
    with serving(office) as url:
        tab = tabs.open(url)
        page = tab.page
        tab.go(link)
        page.get_by_label("新密码").fill(PASSWORD)
        page.get_by_label("再输一遍").fill(PASSWORD)
        page.get_by_role("button", name="设置并登录").click()
        page.get_by_text("密码已设置，您已登录。").wait_for()
        tab.go("/account")
        page.get_by_label("密码", exact=True).fill(PASSWORD)
        page.get_by_role("button", name="设置二次验证").click()
        page.get_by_role("img", name="验证器的二维码").wait_for()
        box = page.locator("svg.qr").bounding_box()
        assert box
        assert 180 < box["width"] == box["height"] < 260
        assert (axe(page), tab.overflow()) == ([], 0)
        phone = pyotp.TOTP("".join(page.locator("code").inner_text().split()))
        page.get_by_label("再输入它显示的 6 位验证码").fill(phone.at(office.now()))
        page.get_by_role("button", name="开启").click()
        page.get_by_text("二次验证已开启").wait_for()
        [code, *_] = page.locator(".codes code").all_inner_texts()
        assert (axe(page), tab.overflow()) == ([], 0)
        page.get_by_role("link", name="我收好了").click()
        page.get_by_text("恢复码还剩 10 个").wait_for()
        assert axe(page) == []
        page.get_by_role("button", name="退出", exact=True).click()
        page.get_by_label("用户名").fill("wang")
        page.get_by_label("密码").fill(PASSWORD)
        page.keyboard.press("Enter")
        page.get_by_role("heading", name="验证码").wait_for()
        assert (axe(page), tab.overflow()) == ([], 0)
        page.keyboard.type(code)  # the field has the focus
        page.keyboard.press("Enter")
        page.get_by_text("王编辑").wait_for()
