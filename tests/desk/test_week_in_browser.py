"""An editor's week at 本期 in a real browser, counting the clicks: logging in, claiming a letter, mending, moving,
holding, returning, rejecting, undoing, adopting, 按语, sign-off (issue 17)."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing

import pytest
from playwright.sync_api import Browser, expect

from intake.pool import ReadingPool
from service.office import Office
from tests.support.browser import Tabs
from tests.support.clicks import Clicks
from tests.support.correspondence import manuscript, receive, submission
from tests.support.desk import DeskDriver, serving
from tests.support.office_fixtures import OfficeSetup
from tests.support.offices import bulletin, hand_in
from tests.support.people import PASSWORD, with_password

pytestmark = pytest.mark.browser

MOST_CLICKS = 24
"""Of the whole week (issue 17); what is typed and sent by Enter is no click."""
ISSUE = "/b/wuxing/issue"


@pytest.fixture
def office_setup() -> OfficeSetup:
    return OfficeSetup(bulletin())


@pytest.fixture
def url(office: Office, pool: ReadingPool) -> Iterator[str]:
    hand_in(office, *(f"{name}文" for name in "甲乙丙丁戊己庚辛"))
    receive(office, pool, submission(manuscript("养老服务进社区"), sender="new@example.org"))
    with closing(DeskDriver(office)) as accounts:
        with_password(accounts)
    with serving(office) as url:
        yield url


@pytest.fixture
def tabs(url: str, chromium: Browser) -> Iterator[Tabs]:
    """Closed before the server is: these pages ask it every two seconds."""
    opened = Tabs(chromium)
    yield opened
    complaints = opened.close()
    assert not complaints, complaints


def test_a_week_takes_few_clicks(tabs: Tabs, url: str) -> None:
    page = tabs.open(url).page
    clicks, told = Clicks(page), page.locator("#told")
    page.goto(f"{url}/login")
    page.get_by_label("用户名").fill("wang")
    page.get_by_label("密码").fill(PASSWORD)
    page.get_by_label("密码").press("Enter")
    clicks.on_link("1 封来信待认领")
    clicks.on("td.what a")
    page.locator("form.claim select").select_option("区民政局")
    clicks.on_button("确认单位")
    expect(page.get_by_role("link", name="养老服务进社区").first).to_be_visible()
    clicks.on_link("本期")
    clicks.on("#details-1 > summary")  # a title is mended
    page.locator("#title-1").fill("甲文的新标题")
    page.locator("#title-1").press("Enter")
    expect(told).to_contain_text("标题已改为《甲文的新标题》")
    page.locator("#place-1").fill("3")  # it is moved; what was open has stayed open
    page.locator("#place-1").press("Enter")
    expect(told).to_contain_text("第 3 篇")
    clicks.on("#details-1 > summary")
    clicks.on("#details-2 > summary")  # one is held
    clicks.on("#hold-2")
    expect(told).to_contain_text("《乙文》留用")
    clicks.on("#details-3 > summary")  # one goes back, with its reason
    clicks.on("#article-3 a[href$='/return']")
    page.get_by_label("退改的原因").fill("请补上人数。")
    clicks.on_button("退改")
    expect(page.locator("#messages")).to_contain_text("《丙文》已退改")
    clicks.on("#pick-7")  # two are rejected together, which is a mistake, and undone
    clicks.on("#pick-8")
    page.locator("#several-note").fill("与上期重复")
    clicks.on("#several-reject")
    expect(told).to_contain_text("2 篇退稿")
    clicks.on("#told button")
    expect(told).to_contain_text("已撤销 2 篇的决定")
    for id in (1, 4, 5, 6):  # the rest is adopted with one decision
        clicks.on(f"#pick-{id}")
    clicks.on("#several-adopt")
    expect(told).to_contain_text("4 篇已采用")
    clicks.on("#prepare > summary")  # a 按语
    page.locator("#editors-note").fill("请学习。")
    clicks.on_button("保存")
    expect(told).to_contain_text("日期、责任编辑、按语已记下")
    clicks.on_button("签发…")
    clicks.on_button("签发第70期")
    expect(page.get_by_role("heading", name="第70期已签发")).to_be_visible()
    assert clicks.count <= MOST_CLICKS, f"the week takes {clicks.count} clicks"
