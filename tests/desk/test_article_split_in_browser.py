"""拆分, 综合采用 and 联合署名 in a real Chromium, with scripts and without."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import expect

from service.office import Office
from tests.support.browser import Tabs, Watched, axe
from tests.support.desk import browser_cookies, serving
from tests.support.joint_office import article, in_issue, joint_office_setup, written
from tests.support.office_fixtures import OfficeSetup
from values.manuscript import Heading, Paragraph

pytestmark = pytest.mark.browser
ISSUE = "/b/wuxing/issue"


@pytest.fixture
def office_setup() -> OfficeSetup:
    return joint_office_setup()


@pytest.fixture
def url(office: Office) -> Iterator[str]:
    written(office, "食堂", Paragraph("老年食堂。"), Heading("校园食堂", 1), Paragraph("三十家。"))
    written(office, "摊点", department="区城管局")
    with serving(office) as address:
        yield address


def opened(tabs: Tabs, office: Office, url: str, path: str, *, scripts: bool = True) -> Watched:
    tab = tabs.open(url, java_script_enabled=scripts)
    tab.page.context.add_cookies(browser_cookies(office, url))
    tab.go(path)
    return tab


@pytest.mark.parametrize("scripts", [True, False])
def test_an_article_is_split_in_two_steps(tabs: Tabs, office: Office, url: str, scripts: bool) -> None:
    tab = opened(tabs, office, url, "/b/wuxing/articles/1", scripts=scripts)
    tab.page.get_by_role("link", name="拆分…").click()
    tab.page.get_by_label("校园食堂").check()
    tab.page.get_by_role("button", name="下一步").click()
    expect(tab.page.get_by_label("标题")).to_have_value("校园食堂")
    tab.page.get_by_label("单位", exact=True).select_option("区教体局")
    if scripts:
        assert axe(tab.page) == []
    tab.page.get_by_role("button", name="拆成 2 篇").click()
    expect(tab.page.get_by_text("已拆出 1 篇：稿件 3。")).to_be_visible()
    assert (article(office, 3).departments, in_issue(office)) == (("区教体局",), [1, 2, 3])


@pytest.mark.parametrize("scripts", [True, False])
def test_articles_picked_at_the_issue_are_merged_and_undone(
    tabs: Tabs, office: Office, url: str, scripts: bool
) -> None:
    tab = opened(tabs, office, url, ISSUE, scripts=scripts)
    for id in (1, 2):
        tab.page.locator(f"#pick-{id}").check()
    tab.page.get_by_role("button", name="合并…").click()
    tab.page.get_by_label("《摊点》排第几").fill("0")
    if scripts:
        assert axe(tab.page) == []
    tab.page.get_by_role("button", name="合并", exact=True).click()
    expect(tab.page.get_by_text("已合并成一篇，单位：区城管局、区民政局。")).to_be_visible()
    assert article(office, 1).manuscript.lines == ("摊点的正文。", "老年食堂。", "校园食堂", "三十家。")
    tab.page.get_by_text("撤销合并").first.click()
    tab.page.get_by_role("button", name="撤销合并").click()
    expect(tab.page.get_by_text("已撤销合并，稿件 2 恢复原来的状态。")).to_be_visible()
    assert in_issue(office) == [1, 2]


def test_a_department_is_added_to_an_article(tabs: Tabs, office: Office, url: str) -> None:
    tab = opened(tabs, office, url, "/b/wuxing/articles/2")
    tab.page.get_by_text("联合署名").first.click()
    tab.page.get_by_label("再加一个单位").select_option("区教体局")
    assert axe(tab.page) == []
    tab.page.get_by_role("button", name="联合署名").click()
    expect(tab.page.get_by_text("单位现在是区城管局、区教体局。")).to_be_visible()
