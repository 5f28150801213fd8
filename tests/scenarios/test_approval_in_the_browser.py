"""拟稿 → 审核 → 签发 → 印发 in a real Chromium, with two approvers: one by the link of a letter on a phone without
scripts, one logged in. Every page passes axe and the policy, and fits its window."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import expect

from archive.outbox import letters_out
from service.office import Office
from service.people.accounts import set_address
from tests.support.approvals import (
    ALL_OF_THEM,
    FIRST,
    LAST,
    SECOND,
    approving_office,
    events_now,
    retitle,
    token_for,
)
from tests.support.browser import PHONE, Tabs, Watched, axe
from tests.support.desk import browser_cookies, serving, somebody
from tests.support.desk_pages import editor
from values.account import Role

pytestmark = pytest.mark.browser

ISSUE = "/b/wuxing/issue"
STEPS = ALL_OF_THEM.replace(f'", "{SECOND}"]', '"]')
"""One person in each step."""


def looks_right(tab: Watched) -> None:
    """In light and dark, on the present window and on a phone."""
    for scheme in ("dark", "light"):
        tab.page.emulate_media(color_scheme=scheme)
        assert axe(tab.page) == []
    before = tab.page.viewport_size
    assert before is not None
    for size in (before, PHONE):
        tab.page.set_viewport_size(size)
        assert tab.overflow() == 0
    tab.page.set_viewport_size(before)


def put_forward(tab: Watched) -> None:
    """From 本期 to 待审核."""
    tab.go(ISSUE)
    tab.page.locator(".board-tools form[action$='/sign-off/prepare'] button").click()
    again = tab.page.get_by_role("button", name="编成新的一稿")
    if again.count():
        again.click()
    looks_right(tab)
    tab.page.get_by_label("给审核人的说明").fill("周五付印。")
    tab.page.get_by_role("button", name="提请审核").click()
    expect(tab.page.get_by_role("heading", name="待审核")).to_be_visible()
    looks_right(tab)


def approver(tabs: Tabs, office: Office, url: str) -> Watched:
    person = somebody(office, Role.APPROVER)
    set_address(office, person.name, LAST, who="赵管理")
    tab = tabs.open(url)
    tab.page.context.add_cookies(browser_cookies(office, url, "approver"))
    return tab


def by_link(tabs: Tabs, office: Office, url: str, **more: Any) -> Watched:
    tab = tabs.open(url, PHONE, **more)
    tab.go(f"/approve/{token_for(office, FIRST)}")
    return tab


def test_the_whole_way_with_two_approvers(tabs: Tabs, tmp_path: Path) -> None:
    with approving_office(tmp_path / "office", steps=STEPS) as office, serving(office) as url:
        desk = editor(tabs, office, url, "editor")
        put_forward(desk)

        leader = by_link(tabs, office, url)
        expect(leader.page.get_by_text("周五付印。")).to_be_hidden()
        leader.page.get_by_text("审核的经过").click()
        expect(leader.page.get_by_text("周五付印。")).to_be_visible()
        looks_right(leader)
        leader.page.locator("summary", has_text="对这一篇的意见").nth(1).click()
        leader.page.get_by_label("对《乙》的意见").fill("题目太短")
        looks_right(leader)
        leader.page.get_by_role("button", name="退回").click()
        expect(leader.page.get_by_role("heading", name="已退回")).to_be_visible()
        looks_right(leader)

        desk.go(ISSUE)
        expect(desk.page.get_by_text("张主任今天 16:00 退回这一稿")).to_be_visible()
        looks_right(desk)
        desk.go("/b/wuxing/articles/2")
        expect(desk.page.get_by_text("题目太短")).to_be_visible()
        desk.page.get_by_role("link", name="留言").click()
        desk.page.get_by_label("写给别的编辑").fill("我来改")
        desk.page.get_by_role("button", name="留言").click()
        expect(desk.page.get_by_text("我来改")).to_be_visible()
        looks_right(desk)
        retitle(office, 2, "乙的长题目")
        put_forward(desk)

        leader = by_link(tabs, office, url, java_script_enabled=False)
        expect(leader.page.get_by_text("改动《乙的长题目》：第 1 稿改为第 2 稿")).to_be_visible()
        leader.page.get_by_role("button", name="同意").click()
        expect(leader.page.get_by_role("heading", name="已同意")).to_be_visible()

        second = approver(tabs, office, url)
        second.go("/")
        looks_right(second)
        second.page.get_by_role("link", name="第70期").click()
        looks_right(second)
        second.page.get_by_role("button", name="同意").click()
        expect(second.page.get_by_text("第70期已同意，现在是可签发。")).to_be_visible()
        assert [event.who for event in events_now(office) if event.step] == ["张主任", "张主任", "周审核"]

        desk.go(ISSUE)
        desk.page.get_by_role("button", name="签发…").click()
        looks_right(desk)
        desk.page.get_by_role("button", name="签发第70期").click()
        expect(desk.page.get_by_role("heading", name="第70期已签发")).to_be_visible()
        desk.page.get_by_role("link", name="印发、采用通知…").click()
        looks_right(desk)
        desk.page.locator("summary", has_text="寄采用通知").click()
        desk.page.get_by_role("button", name="寄采用通知").click()
        expect(desk.page.get_by_text("1 封信十分钟后寄出")).to_be_visible()
        looks_right(desk)
        desk.page.get_by_role("button", name="收回").click()
        expect(desk.page.get_by_text("的信已收回，不会寄出。")).to_be_visible()
        with office.ledger.reading() as ledger:
            assert letters_out(ledger)[-1].delivery.state.chinese == "已收回"
