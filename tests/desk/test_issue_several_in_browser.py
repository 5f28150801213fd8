"""Ticking several articles, and 撤销, in a real browser: with the mouse, with the keys, and without scripts."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from archive.decisions import decisions_of
from service.article.decide import DecisionRequest, decide
from service.office import Office
from tests.support.browser import DESKTOP, PHONE, Tabs, Watched, axe
from tests.support.desk import browser_cookies, serving
from tests.support.office_fixtures import OfficeSetup
from tests.support.offices import bulletin, hand_in
from values.issue import ArticleStatus

pytestmark = pytest.mark.browser

ISSUE = "/b/wuxing/issue"


@pytest.fixture
def office_setup() -> OfficeSetup:
    return OfficeSetup(bulletin())


@pytest.fixture
def url(office: Office) -> Iterator[str]:
    hand_in(office, "甲文", "乙文", "丙文", "丁文")
    with serving(office) as url:
        yield url


@pytest.fixture
def tabs(url: str, chromium: Browser) -> Iterator[Tabs]:
    """Closed before the server is: these pages ask it every two seconds."""
    opened = Tabs(chromium)
    yield opened
    complaints = opened.close()
    assert not complaints, complaints


def at_the_issue(tabs: Tabs, office: Office, url: str, **more: object) -> Watched:
    tab = tabs.open(url, **more)  # type: ignore[arg-type]
    tab.page.context.add_cookies(browser_cookies(office, url))
    tab.go(ISSUE)
    return tab


def expect_order(page: Page, *wanted: str) -> None:
    expect(page.locator("ol.rows .row-title a")).to_have_text(list(wanted))


def test_ticked_articles_are_rejected_together_and_come_back_together(tabs: Tabs, office: Office, url: str) -> None:
    page = at_the_issue(tabs, office, url).page
    expect(page.locator("#several")).to_be_hidden()
    page.get_by_label("选中《甲文》").check()
    page.get_by_label("选中《丙文》").check()
    expect(page.locator("#several")).to_be_visible()
    page.locator("#several-note").fill("与上期重复")
    page.locator("#several-reject").click()
    expect(page.locator("#told")).to_contain_text("2 篇退稿，不在本期")
    expect_order(page, "乙文", "丁文")
    expect(page.locator("#several")).to_be_hidden()
    page.locator("#told").get_by_role("button", name="撤销").click()
    expect(page.locator("#told")).to_contain_text("已撤销 2 篇的决定")
    expect_order(page, "甲文", "乙文", "丙文", "丁文")


@pytest.mark.parametrize("scripts", [True, False])
def test_enter_in_the_reason_decides_nothing(tabs: Tabs, office: Office, url: str, scripts: bool) -> None:
    """It would take the first button, 采用, while the reason of a 退稿 is typed."""
    page = at_the_issue(tabs, office, url, java_script_enabled=scripts).page
    page.get_by_label("选中《甲文》").check()
    page.locator("#several-note").fill("与上期重复")
    page.locator("#several-note").press("Enter")
    expect(page.locator("#several-note")).to_have_value("与上期重复")
    page.locator("#several-reject").click()
    expect(page.get_by_text("1 篇退稿")).to_be_visible()
    with office.ledger.reading() as ledger:
        assert [entry.after for entry in decisions_of(ledger, 1)] == [ArticleStatus.REJECTED]


def test_enter_on_a_tick_says_what_to_press(tabs: Tabs, office: Office, url: str) -> None:
    tab = at_the_issue(tabs, office, url)
    tab.refused.add(400)
    page = tab.page
    page.get_by_label("选中《甲文》").check()
    page.get_by_label("选中《甲文》").press("Enter")
    expect(page.locator("#told")).to_contain_text("请选一个决定")
    expect(page.get_by_label("选中《甲文》")).to_be_checked()
    expect(page.locator("#adopt-1")).to_be_visible()


def test_an_article_changed_meanwhile_stays_and_is_named(tabs: Tabs, office: Office, url: str) -> None:
    page = at_the_issue(tabs, office, url).page
    page.get_by_label("选中《甲文》").check()
    page.get_by_label("选中《乙文》").check()
    decide(office, DecisionRequest(2, ArticleStatus.ADOPTED, who="李编辑"))
    page.locator("#several-hold").click()
    expect(page.locator("#told")).to_contain_text("1 篇留用，不在本期。1 篇没有动：稿件 2《乙文》刚被别人改过")
    expect_order(page, "乙文", "丙文", "丁文")
    expect(page.get_by_label("选中《乙文》")).not_to_be_checked()


def test_what_is_ticked_stays_ticked_when_a_row_is_decided_about(tabs: Tabs, office: Office, url: str) -> None:
    page = at_the_issue(tabs, office, url).page
    page.get_by_label("选中《丙文》").focus()
    page.keyboard.press("Space")
    page.locator("#details-1 > summary").click()
    page.get_by_role("button", name="留用《甲文》").click()
    expect_order(page, "乙文", "丙文", "丁文")
    expect(page.get_by_label("选中《丙文》")).to_be_checked()


def test_the_toast_offers_to_undo_for_ten_seconds(tabs: Tabs, office: Office, url: str) -> None:
    page = at_the_issue(tabs, office, url).page
    page.locator("#adopt-1").click()
    button = page.locator("#told").get_by_role("button", name="撤销")
    expect(button).to_be_visible()
    button.press("Enter")
    # in the toast, or at the head of the page where the key came before the script had taken the form
    expect(page.get_by_text("已撤销：《甲文》恢复为待审")).to_be_visible()
    expect(page.locator("#adopt-1")).to_be_visible()


def test_the_toast_goes_away_unless_the_pointer_is_on_it(tabs: Tabs, office: Office, url: str) -> None:
    tab = tabs.open(url)
    tab.page.context.add_cookies(browser_cookies(office, url))
    tab.page.clock.install()
    tab.go(ISSUE)
    tab.page.locator("#adopt-1").click()
    toast = tab.page.locator("#told .said")
    toast.hover()
    tab.page.clock.fast_forward("00:11")
    expect(toast).to_be_visible()
    tab.page.mouse.move(700, 5)
    tab.page.clock.fast_forward("00:11")
    expect(toast).to_have_count(0)


def test_an_article_goes_to_a_place_by_its_number(tabs: Tabs, office: Office, url: str) -> None:
    page = at_the_issue(tabs, office, url).page
    page.locator("#details-4 > summary").click()
    page.locator("#place-4").fill("2")
    page.locator("#place-4").press("Enter")
    expect_order(page, "甲文", "丁文", "乙文", "丙文")
    expect(page.locator("#told")).to_have_text("《丁文》现在是“普通稿件”第 2 篇")


def test_without_scripts_several_are_decided_about_and_undone(tabs: Tabs, office: Office, url: str) -> None:
    page = at_the_issue(tabs, office, url, java_script_enabled=False).page
    page.get_by_label("选中《甲文》").check()
    page.get_by_label("选中《丁文》").check()
    page.locator("#several-hold").click()
    expect(page.locator("#messages")).to_contain_text("2 篇留用，不在本期")
    expect_order(page, "乙文", "丙文")
    page.locator("#messages").get_by_role("button", name="撤销").click()
    expect(page.locator("#messages")).to_contain_text("已撤销 2 篇的决定")
    expect_order(page, "甲文", "乙文", "丙文", "丁文")


@pytest.mark.parametrize("size", [DESKTOP, PHONE], ids=["desktop", "phone"])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_bar_and_toast_are_accessible(tabs: Tabs, office: Office, url: str, size: object, scheme: str) -> None:
    tab = at_the_issue(tabs, office, url, size=size, color_scheme=scheme)
    tab.page.locator("#adopt-1").click()
    expect(tab.page.locator("#told")).to_contain_text("已采用")
    tab.page.locator("#details-2 > summary").click()
    tab.page.get_by_label("选中《丙文》").check()
    assert (axe(tab.page), tab.overflow()) == ([], 0)
