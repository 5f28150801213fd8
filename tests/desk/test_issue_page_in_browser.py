"""本期 in a real browser: the mouse, the keys, two editors at once, and the pages that follow."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, Route, expect

from archive import articles
from service.article.decide import DecisionRequest, decide
from service.issue.arrange import move_article
from service.issue.assemble import assemble
from service.office import Office
from tests.support.articles import rewrite
from tests.support.browser import DESKTOP, PHONE, Tabs, Watched, axe
from tests.support.desk import browser_cookies, serving
from tests.support.ledger_rows import AT
from tests.support.office_fixtures import OfficeSetup
from tests.support.offices import bulletin, hand_in
from values import rules
from values.issue import ArticleStatus
from values.manuscript import Manuscript, Paragraph

pytestmark = pytest.mark.browser

ISSUE = "/b/wuxing/issue"
SECTIONS = 'first_number = 70\nsections = ["", "情况通报"]'
HELD = "《乙文》留用，不在本期"


@pytest.fixture
def office_setup() -> OfficeSetup:
    return OfficeSetup(bulletin(more=SECTIONS))


@pytest.fixture
def office(office: Office) -> Office:
    """Three articles in the next issue, a section without any, no LibreOffice."""
    hand_in(office, "甲文", "乙文", "丙文")
    return office


@pytest.fixture
def url(office: Office) -> Iterator[str]:
    with serving(office) as url:
        yield url


@pytest.fixture
def tabs(url: str, chromium: Browser) -> Iterator[Tabs]:
    """As tests.support.browser has them, but closed before the server is: these pages ask it every two seconds."""
    opened = Tabs(chromium)
    yield opened
    complaints = opened.close()
    assert not complaints, complaints


def at_the_issue(tabs: Tabs, office: Office, url: str, **more: object) -> Watched:
    tab = tabs.open(url, **more)  # type: ignore[arg-type]
    tab.page.context.add_cookies(browser_cookies(office, url))
    tab.go(ISSUE)
    return tab


def titles(page: Page, section: str = "") -> list[str]:
    return page.locator(f'ol.rows[data-section="{section}"] .row-title a').all_inner_texts()


def expect_order(page: Page, *wanted: str, section: str = "") -> None:
    """In the list, and on the paper beside it."""
    expect(page.locator(f'ol.rows[data-section="{section}"] .row-title a')).to_have_text(list(wanted))


def expect_focus(page: Page, selector: str) -> None:
    """Within the page. Whether the browser's window has the focus of the machine is not asked: several share it."""
    page.wait_for_function("selector => document.activeElement.matches(selector)", arg=selector)


def expect_paper(page: Page, *wanted: str) -> None:
    expect(page.locator("#pages .paper-title")).to_have_text(list(wanted))


def drag(page: Page, what: str, onto: str, *, below: bool = False) -> None:
    start = page.locator(f"{what} .grip").bounding_box()
    end = page.locator(onto).bounding_box()
    assert start
    assert end
    page.mouse.move(start["x"] + start["width"] / 2, start["y"] + start["height"] / 2)
    page.mouse.down()
    page.mouse.move(end["x"] + 30, end["y"] + (end["height"] - 3 if below else 3), steps=12)
    page.mouse.up()


def test_dragging_moves_an_article_and_the_paper_follows(tabs: Tabs, office: Office, url: str) -> None:
    page = at_the_issue(tabs, office, url).page
    expect_paper(page, "甲文", "乙文", "丙文")
    drag(page, "#article-3", "#article-1")
    expect(page.locator("#told")).to_have_text("《丙文》现在是“普通稿件”第 1 篇")
    expect_order(page, "丙文", "甲文", "乙文")
    expect_paper(page, "丙文", "甲文", "乙文")
    drag(page, "#article-3", "#article-2", below=True)
    expect(page.locator("#told")).to_have_text("《丙文》现在是“普通稿件”第 3 篇")
    expect_order(page, "甲文", "乙文", "丙文")
    with office.ledger.reading() as ledger:
        assert [one.position for one in articles.articles_for_issue(ledger, "wuxing")] == [None, None, None]


def test_dragging_moves_an_article_into_another_section(tabs: Tabs, office: Office, url: str) -> None:
    page = at_the_issue(tabs, office, url).page
    drag(page, "#article-2", 'ol.rows[data-section="情况通报"]')
    expect_order(page, "乙文", section="情况通报")
    expect_order(page, "甲文", "丙文")
    expect(page.locator("#pages .paper-section")).to_have_text("【情况通报】")


def test_alt_and_an_arrow_move_the_article_that_has_the_focus_and_it_keeps_it(
    tabs: Tabs, office: Office, url: str
) -> None:
    page = at_the_issue(tabs, office, url).page
    page.locator("#article-3").focus()
    page.keyboard.press("Alt+ArrowUp")
    expect_order(page, "甲文", "丙文", "乙文")
    expect_focus(page, "#article-3")
    expect(page.locator("#told")).to_have_text("《丙文》现在是“普通稿件”第 2 篇")
    page.keyboard.press("Alt+ArrowUp")
    expect_order(page, "丙文", "甲文", "乙文")
    expect_focus(page, "#article-3")
    page.keyboard.press("Alt+ArrowUp")
    expect(page.locator("#told")).to_have_text("已在最前面")
    page.keyboard.press("Alt+ArrowDown")
    expect_order(page, "甲文", "丙文", "乙文")


def test_buttons_keep_the_focus_and_decide_in_place(tabs: Tabs, office: Office, url: str) -> None:
    page = at_the_issue(tabs, office, url).page
    page.get_by_role("button", name="下移《甲文》").click()
    expect_order(page, "乙文", "甲文", "丙文")
    expect(page.get_by_role("button", name="下移《甲文》")).to_be_focused()
    page.get_by_role("button", name="采用《甲文》").click()
    expect(page.locator("#article-1 .badge", has_text="采用")).to_be_visible()
    page.locator("#details-2 > summary").click()
    page.get_by_role("button", name="留用《乙文》").click()
    expect(page.locator("#told")).to_contain_text(HELD)
    expect_paper(page, "甲文", "丙文")
    page.get_by_text("不在本期的稿件 1").click()
    page.get_by_role("button", name="取回《乙文》").click()
    expect_order(page, "乙文", "甲文", "丙文")


def test_article_that_leaves_the_list_by_the_keyboard_gives_the_focus_to_the_next(
    tabs: Tabs, office: Office, url: str
) -> None:
    page = at_the_issue(tabs, office, url).page
    page.locator("#details-2 > summary").focus()
    page.keyboard.press("Enter")
    page.locator("#hold-2").focus()
    page.keyboard.press("Enter")
    expect_order(page, "甲文", "丙文")
    expect_focus(page, "#article-3")


def test_download_of_the_word_file_makes_a_draft_that_the_page_shows(tabs: Tabs, office: Office, url: str) -> None:
    page = at_the_issue(tabs, office, url).page
    expect(page.locator(".board-status")).to_contain_text("尚未生成送审稿")
    with page.expect_download():
        page.get_by_role("button", name="Word 稿").click()
    expect(page.locator(".board-status")).to_contain_text("第 1 稿")


def test_slow_line_shows_at_once_that_something_happens(tabs: Tabs, office: Office, url: str) -> None:
    page = at_the_issue(tabs, office, url).page
    shown: list[int] = []

    def slowly(route: Route) -> None:
        shown.append(page.locator("html.busy").count())
        route.continue_()

    page.route("**/decide", slowly)
    page.locator("#adopt-1").click()
    expect(page.locator("#undo-1")).to_be_visible()
    assert shown == [1]
    expect(page.locator("html")).not_to_have_class("busy")


SEEN = """(id) => new Promise((done) => {
  const started = performance.now();
  const button = document.getElementById(id);
  const row = button.closest(".row");
  const what = row.querySelector(".row-what");
  let dimmed = null;
  function look() {
    if (dimmed === null && getComputedStyle(what).opacity < 1 && document.querySelector("html.busy")) {
      dimmed = performance.now() - started;
    }
    if (row.isConnected && performance.now() - started < 3000) {
      requestAnimationFrame(look);
    } else {
      requestAnimationFrame(() => done([dimmed, performance.now() - started]));
    }
  }
  requestAnimationFrame(look);
  button.click();
})"""
"""Presses a button of a row; milliseconds until the row is dimmed under the bar, and until the decision is painted."""


HANDLED = "(id) => document.getElementById(id)?.closest('form')?.['htmx-internal-data']?.initHash !== undefined"
# A moment before, the form is sent as without scripts.


def test_a_decision_is_seen_within_a_tenth_of_a_second(tabs: Tabs, office: Office, url: str) -> None:
    """The least of several: other work of the machine may delay any of them."""
    page = at_the_issue(tabs, office, url).page
    times = []
    for button in ("adopt-1", "undo-1") * 4:
        page.wait_for_function(HANDLED, arg=button)
        times.append(page.evaluate(SEEN, button)[1])
    assert min(times) <= 100, times


def test_on_a_slow_line_the_row_is_dimmed_within_a_tenth_of_a_second(tabs: Tabs, office: Office, url: str) -> None:
    page = at_the_issue(tabs, office, url).page
    line = page.context.new_cdp_session(page)
    slow = {"offline": False, "latency": 600, "downloadThroughput": 20_000, "uploadThroughput": 20_000}
    line.send("Network.emulateNetworkConditions", slow)
    times = [page.evaluate(SEEN, button) for button in ("adopt-1", "adopt-2", "adopt-3")]
    assert min(dimmed for dimmed, _ in times) <= 100, times
    assert min(painted for _, painted in times) > 500, times
    line.detach()


def test_browser_of_another_language_explains_an_empty_field_in_chinese(tabs: Tabs, office: Office, url: str) -> None:
    page = at_the_issue(tabs, office, url, locale="en-US").page
    page.locator("#details-1 > summary").click()
    page.locator("#title-1").fill("")
    page.get_by_role("button", name="改标题").first.click()
    assert page.locator("#title-1").evaluate("field => field.validationMessage") == "请填写这一项。"
    assert page.locator("input[type=date]").count() == 0


def test_findings_are_settled_in_the_row_and_the_focus_goes_to_the_next(tabs: Tabs, office: Office, url: str) -> None:
    found = [rules.CONFUSABLE_WORD.finding(f"意见{number}。", 0, number, number + 1) for number in range(2)]
    rewrite(office, 1, Manuscript(("甲文",), "区民政局", (Paragraph("建立台帐。"),)), *found)
    page = at_the_issue(tabs, office, url).page
    page.get_by_label("审校意见：《甲文》").click()
    page.locator("#article-1 .row-findings").get_by_role("button", name="忽略").first.press("Enter")
    expect(page.locator("#article-1 .row-findings li")).to_have_count(1)
    expect(page.locator("#told")).to_contain_text("《甲文》的意见已标为忽略")
    expect(page.get_by_label("审校意见：《甲文》")).to_be_visible()
    expect_focus(page, "#dismiss-1-1")
    page.locator("#check-1-1").press("Enter")
    expect(page.locator("#article-1 .row-findings")).to_have_count(0)
    expect_focus(page, "#article-1")


def test_a_title_is_changed_in_place_and_printed(tabs: Tabs, office: Office, url: str) -> None:
    page = at_the_issue(tabs, office, url).page
    page.locator("#details-1 > summary").click()
    page.locator("#title-1").fill("更好的标题")
    page.locator("#title-1").press("Enter")
    expect_order(page, "更好的标题", "乙文", "丙文")
    expect_paper(page, "更好的标题", "乙文", "丙文")


def test_slower_editor_sees_the_current_text_and_keeps_his_words(tabs: Tabs, office: Office, url: str) -> None:
    tab = at_the_issue(tabs, office, url)
    tab.refused.add(409)
    page = tab.page
    page.locator("#details-1 > summary").click()
    page.locator("#title-1").fill("我想了很久的标题")
    decide(office, DecisionRequest(1, ArticleStatus.ADOPTED, who="李编辑"))
    page.locator("#details-1").get_by_role("button", name="改标题").click()
    expect(page.locator("#told")).to_contain_text("刚被别人改过")
    expect(page.locator("#article-1 .badge", has_text="采用")).to_be_visible()
    expect(page.locator("#title-1")).to_have_value("我想了很久的标题")
    page.locator("#details-1").get_by_role("button", name="改标题").click()
    expect_order(page, "我想了很久的标题", "乙文", "丙文")


def test_change_by_another_editor_appears_by_itself(tabs: Tabs, office: Office, url: str) -> None:
    page = at_the_issue(tabs, office, url).page
    move_article(office, 3, "李编辑", place="first")
    expect_paper(page, "丙文", "甲文", "乙文")
    expect_order(page, "丙文", "甲文", "乙文")


def test_while_somebody_types_the_list_is_left_alone_and_he_is_told(tabs: Tabs, office: Office, url: str) -> None:
    page = at_the_issue(tabs, office, url).page
    page.locator("#details-1 > summary").click()
    page.locator("#title-1").fill("正在想的标题")
    move_article(office, 3, "李编辑", place="first")
    expect(page.locator("#stale")).to_be_visible()
    expect(page.locator("#title-1")).to_have_value("正在想的标题")
    assert titles(page) == ["甲文", "乙文", "丙文"]


def test_an_article_is_returned_with_its_reason(tabs: Tabs, office: Office, url: str) -> None:
    page = at_the_issue(tabs, office, url).page
    page.locator("#details-2 > summary").click()
    page.get_by_role("link", name="退改《乙文》").click()
    page.get_by_label("退改的原因").fill("请补上人数。")
    page.get_by_role("button", name="退改").click()
    expect(page.locator("#messages")).to_contain_text("《乙文》已退改，没有给单位寄信")
    expect_order(page, "甲文", "丙文")


def test_of_two_editors_one_signs_off_and_the_other_is_told(tabs: Tabs, office: Office, url: str) -> None:
    first, second = (at_the_issue(tabs, office, url).page for _ in range(2))
    for page in (first, second):
        page.get_by_role("button", name="签发…").click()
        expect(page.get_by_role("heading", name="签发第70期？")).to_be_visible()
    first.get_by_role("button", name="签发第70期").click()
    expect(first.get_by_role("heading", name="第70期已签发")).to_be_visible()
    second.get_by_role("button", name="签发第70期").click()
    expect(second.locator("#messages")).to_contain_text("第70期已由王编辑于 11月08日 16:00 签发，您这次没有再做")
    with first.expect_download() as taken:
        first.get_by_role("link", name="Word").click()
    assert taken.value.suggested_filename == "章贡区“五型”政府建设第70期.docx"


def test_the_word_file_comes_down_and_the_page_stays(tabs: Tabs, office: Office, url: str) -> None:
    page = at_the_issue(tabs, office, url).page
    for draft in (1, 1):
        with page.expect_download() as taken:
            page.get_by_role("button", name="Word 稿").click()
        assert taken.value.suggested_filename == f"章贡区“五型”政府建设第70期送审稿（第{draft}稿）.docx"
    expect_order(page, "甲文", "乙文", "丙文")


def test_without_scripts_everything_is_a_form(tabs: Tabs, office: Office, url: str) -> None:
    page = at_the_issue(tabs, office, url, java_script_enabled=False).page
    page.locator("#up-2").click()
    expect_order(page, "乙文", "甲文", "丙文")
    expect(page.locator("#messages")).to_contain_text("《乙文》现在是“普通稿件”第 1 篇")
    page.locator("#details-1 > summary").click()
    page.locator("#title-1").fill("更好的标题")
    page.locator("#details-1").get_by_role("button", name="改标题").click()
    page.locator("#details-1 > summary").click()
    page.locator("#section-1").select_option("情况通报")
    page.locator("#details-1").get_by_role("button", name="移过去").click()
    expect_order(page, "更好的标题", section="情况通报")
    page.locator("#details-3 > summary").click()
    page.locator("#hold-3").click()
    expect_paper(page, "乙文", "更好的标题")
    page.get_by_text("不在本期的稿件 1").click()
    page.locator("#back-3").click()
    expect_order(page, "乙文", "丙文")
    page.get_by_role("button", name="签发…").click()
    page.get_by_role("button", name="签发第70期").click()
    expect(page.get_by_role("heading", name="第70期已签发")).to_be_visible()


def test_a_server_that_is_gone_is_reported_calmly_and_when_it_is_back_so(tabs: Tabs, office: Office, url: str) -> None:
    tab = at_the_issue(tabs, office, url)
    tab.page.route("**/issue/preview?*", lambda route: route.abort("connectionrefused"))
    expect(tab.page.locator("#told")).to_have_text("连不上服务，正在重试。没有保存的改动请等连上后再做。")
    tab.page.unroute("**/issue/preview?*")
    expect(tab.page.locator("#told")).to_be_empty()
    tab.complaints.clear()  # the browser's own words about the connection


def test_a_drag_that_did_not_reach_the_server_is_taken_back(tabs: Tabs, office: Office, url: str) -> None:
    tab = at_the_issue(tabs, office, url)
    tab.page.route("**/issue/arrange", lambda route: route.abort("connectionrefused"))
    drag(tab.page, "#article-3", "#article-1")
    expect(tab.page.locator("#messages")).to_contain_text("没有完成")
    expect_order(tab.page, "甲文", "乙文", "丙文")
    tab.complaints.clear()


@pytest.mark.libreoffice
def test_page_pictures_follow_a_change(tabs: Tabs, office: Office, soffice: Path) -> None:
    with serving(replace(office, soffice=soffice)) as url:
        page = at_the_issue(tabs, office, url).page
        page.set_default_timeout(90_000)
        page.wait_for_selector("#pages[data-state=printed]")
        first = page.locator("#pages").get_attribute("data-key")
        width = page.locator("img.sheet").first.evaluate("image => image.decode().then(() => image.naturalWidth)")
        assert width in (1000, 1001)
        page.locator("#up-3").click()
        expect_order(page, "甲文", "丙文", "乙文")
        assert page.locator("#pages").get_attribute("data-key") != first
        page.wait_for_selector("#pages[data-state=printed]")
        assert f"/sheets/{page.locator('#pages').get_attribute('data-key')}/1" in str(
            page.locator("img.sheet").first.get_attribute("src")
        )
        page.close()


@pytest.mark.parametrize("size", [DESKTOP, PHONE], ids=["desktop", "phone"])
def test_issue_page_is_accessible_on_every_screen(tabs: Tabs, office: Office, url: str, size: object) -> None:
    decide(office, DecisionRequest(2, ArticleStatus.HELD, who="王编辑"))
    assemble(office, office.bulletin(None), AT.date())
    tab = at_the_issue(tabs, office, url, size=size)
    for path in (ISSUE, f"{ISSUE}/articles/1/return", f"{ISSUE}/sign-off"):
        tab.go(path)
        assert (axe(tab.page), tab.overflow()) == ([], 0)
