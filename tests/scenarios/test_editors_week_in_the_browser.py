"""The editor's week in a real Chromium: log in, read, mend, put in order, hold back, sign off, open the file.

Also: nothing of a hostile letter runs, and of two who sign off at once one is refused.
"""

from __future__ import annotations

import io
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from docx import Document
from playwright.sync_api import Page, expect

from archive import articles
from archive.articles import ArticleRecord
from service.office import Office
from service.people.accounts import add_user
from tests.support.browser import Tabs, Watched, axe
from tests.support.desk import serving
from tests.support.desk_pages import editor
from tests.support.printed_week import PICTURE, SCRIPT, printed_week_office
from values.account import Role

pytestmark = [pytest.mark.browser, pytest.mark.libreoffice, pytest.mark.usefixtures("soffice")]

ISSUE = "/b/wuxing/issue"
HOSTILE = "/b/wuxing/articles/7"
PASSWORD = "十一月八日下午四点整"
KINDERGARTENS, JOBS, FINANCE, OLD_AGE, REPORT = (f"article-{id}" for id in range(1, 6))
"""The rows of the five sample articles, in the order of their departments; the last one in a section of its own."""


def order(page: Page) -> list[str]:
    """The rows of the issue, from the top."""
    rows = page.locator("#board ol.rows li.row")
    return [str(row.get_attribute("id")) for row in rows.all()]


def in_the_ledger(office: Office, article_id: int) -> ArticleRecord:
    with office.ledger.reading() as ledger:
        return articles.article_named(ledger, article_id)


def log_in_for_the_first_time(tab: Watched, office: Office) -> None:
    """By the link from the administrator; then out, and in again by the form."""
    invitation = add_user(office, "wang", Role.EDITOR, display_name="王编辑", who="赵管理")
    tab.go(urlsplit(invitation.url).path)
    for field in ("password", "again"):
        tab.page.locator(f"[name={field}]").fill(PASSWORD)
    tab.page.locator("main form button").click()
    tab.page.get_by_role("button", name="退出").click()
    tab.page.get_by_label("用户名").fill("wang")
    tab.page.get_by_label("密码").fill(PASSWORD)
    tab.page.get_by_role("button", name="登录").click()
    expect(tab.page.get_by_role("heading", name="第70期")).to_be_visible()


def mend_a_finding(page: Page, office: Office) -> tuple[str, str]:
    """The first of a habit in the article on finance, with one click once its line is open; the line before and after.

    The habit stays open, and the focus is at the next one.
    """
    page.locator(f"#{FINANCE} .row-title a").click()
    before = in_the_ledger(office, 3).manuscript.lines
    page.locator(".habit > summary", has_text="同类问题共 13 处").click()
    button = page.locator(".habit .remark form button", has_text="改为").first
    button.click()
    expect(page.locator(".habit > summary")).to_contain_text("同类问题共 12 处")
    expect(button).to_be_focused()
    mended = in_the_ledger(office, 3)
    assert (mended.revision, mended.made_by) == (2, "王编辑")
    [changed] = [pair for pair in zip(before, mended.manuscript.lines, strict=True) if pair[0] != pair[1]]
    return changed


def drag(page: Page, row: str, above: str) -> None:
    """With the mouse, in steps: a jump would be no drag. Waits until the server has put it there."""
    version = str(page.locator(f"#{row}").get_attribute("data-version"))
    grip = page.locator(f"#{row} .grip")
    grip.scroll_into_view_if_needed()
    start, end = grip.bounding_box(), page.locator(f"#{above}").bounding_box()
    assert start
    assert end
    page.mouse.move(start["x"] + start["width"] / 2, start["y"] + start["height"] / 2)
    page.mouse.down()
    page.mouse.move(end["x"] + 40, end["y"] + 4, steps=12)
    page.mouse.up()
    expect(page.locator(f"#{row}")).not_to_have_attribute("data-version", version)


def text_of(docx: bytes) -> list[str]:
    """The paragraphs, each on one line."""
    return [paragraph.text.replace("\n", "") for paragraph in Document(io.BytesIO(docx)).paragraphs]


def test_the_whole_week(tabs: Tabs, tmp_path: Path) -> None:
    with printed_week_office(tmp_path / "week") as office, serving(office) as url:
        tab = tabs.open(url)
        page = tab.page
        log_in_for_the_first_time(tab, office)
        before, after = mend_a_finding(page, office)
        page.get_by_role("link", name="本期").click()
        assert order(page) == [KINDERGARTENS, JOBS, FINANCE, OLD_AGE, REPORT]
        drag(page, OLD_AGE, above=KINDERGARTENS)
        assert order(page) == [OLD_AGE, KINDERGARTENS, JOBS, FINANCE, REPORT]
        page.locator(f"#{FINANCE}").focus()
        page.keyboard.press("Alt+ArrowUp")
        expect(page.locator("#board ol.rows li.row").nth(2)).to_have_id(FINANCE)
        expect(page.locator(f"#{FINANCE}")).to_be_focused()
        assert order(page) == [OLD_AGE, KINDERGARTENS, FINANCE, JOBS, REPORT]
        page.locator(f"#{KINDERGARTENS} details.more > summary", has_text="…").click()
        page.locator(f"#{KINDERGARTENS}").get_by_role("button", name="留用").click()
        expect(page.locator("#aside")).to_contain_text("内外兼修")
        assert order(page) == [OLD_AGE, FINANCE, JOBS, REPORT]
        assert axe(page) == []
        page.get_by_role("button", name="签发…").click()
        page.get_by_role("button", name="签发第70期").click()
        expect(page.get_by_role("heading", name="第70期已签发")).to_be_visible(timeout=60_000)
        with page.expect_download() as waiting:
            page.get_by_role("link", name="Word").click()
        printed = text_of(waiting.value.path().read_bytes())
        titles = [in_the_ledger(office, id).manuscript.title for id in (4, 3, 2, 5)]
        held = in_the_ledger(office, 1).manuscript
    places = ["\n".join(printed).rindex(title) for title in titles]
    assert places == sorted(places)
    assert after in printed
    assert before not in printed
    assert not any(held.title in line for line in printed)
    assert held.lines[0] not in printed


def test_of_two_who_sign_off_at_once_one_does_and_the_other_is_told_who_and_when(tabs: Tabs, tmp_path: Path) -> None:
    with printed_week_office(tmp_path / "week") as office, serving(office) as url:
        first, second = editor(tabs, office, url, "editor"), editor(tabs, office, url, "admin")
        for tab in (first, second):
            tab.go(f"{ISSUE}/sign-off")
        for tab in (first, second):  # both have clicked before either is answered
            tab.page.evaluate("() => void setTimeout(() => document.querySelector('form.tools').requestSubmit(), 50)")
        for tab in (first, second):
            expect(tab.page.get_by_role("heading", name="第70期已签发")).to_be_visible(timeout=60_000)
        messages = [tab.page.locator("#messages").inner_text() for tab in (first, second)]
    winner = next(name for name, message in zip(("王编辑", "赵管理"), messages, strict=True) if "从此不变" in message)
    assert sorted("从此不变" in message for message in messages) == [False, True]
    assert any(f"第70期已由{winner}于 11月08日 16:05 签发" in message for message in messages)


def words(page: Page) -> str:
    """What the page shows, without the numbers of the remarks that stand within a text."""
    return str(
        page.evaluate(
            """() => {
            const shown = document.querySelector("main").cloneNode(true);
            shown.querySelectorAll("a.ref").forEach(number => number.remove());
            return shown.textContent;
        }"""
        )
    )


def test_nothing_of_a_hostile_letter_runs_and_all_of_it_is_shown(tabs: Tabs, tmp_path: Path) -> None:
    title, body, reason = (SCRIPT.format(place) for place in ("标题", "正文", "理由"))
    with printed_week_office(tmp_path / "week", hostile=True) as office, serving(office) as url:
        tab = editor(tabs, office, url, "admin")
        page = tab.page
        for path, shown in (
            (ISSUE, [title]),
            (HOSTILE, [title, body, PICTURE.format("段落"), PICTURE.format("文件名"), "{{ 7 * 7 }}", "${7*7}"]),
            ("/b/wuxing/letters", [SCRIPT.format("主题"), PICTURE.format("文件名")]),
            ("/b/wuxing/letters/13", [SCRIPT.format("主题"), SCRIPT.format("发件人"), SCRIPT.format("信的正文")]),
            ("/b/wuxing/letters/14", [SCRIPT.format("提问的正文"), PICTURE.format("文件名")]),
            ("/b/wuxing/search?q=<script>alert", [SCRIPT.format("标题"), "<script>alert"]),
        ):
            tab.go(path)
            page.wait_for_load_state("networkidle")
            assert [text for text in shown if text not in words(page)] == []
        tab.go(HOSTILE)
        held = page.locator("details.confirm", has=page.get_by_label("原因（可不填）")).first
        held.locator("summary").click()
        held.locator("[name=note]").fill(reason)
        held.get_by_role("button", name="留用").click()
        expect(page.locator("#history")).to_contain_text(reason)
        for path in (ISSUE, f"{HOSTILE}#history", "/b/wuxing/changes"):
            tab.go(path)
            assert reason in words(page)
