"""稿件 in a real Chromium: the original in its frame, fixes by click, typing kept, two editors, hostile files."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

import pytest
from playwright.sync_api import ViewportSize, expect

from archive import sessions
from intake.pool import ReadingPool
from service.article.edit import edit_title
from service.article.unsaved import typed_by
from service.office import Office
from tests.support.article_office import article as article
from tests.support.article_office import office_setup as office_setup
from tests.support.articles import LINES, TITLE, manuscript_file, records, rewrite, send_in
from tests.support.browser import DESKTOP, PHONE, Tabs, Watched, axe
from tests.support.desk import browser_cookies, serving, somebody
from values import rules
from values.account import Role
from values.finding import Finding, Severity
from values.manuscript import Cell, Manuscript, Paragraph, Table

pytestmark = pytest.mark.browser
WIDE: Final = ViewportSize(width=1920, height=1080)
HOSTILE = "<img src=x onerror=alert(1)><script>alert(2)</script>{{7*7}}"


@pytest.fixture
def url(office: Office) -> Iterator[str]:
    with serving(office) as address:
        yield address


def opened(tabs: Tabs, office: Office, url: str, path: str, **context: Any) -> Watched:
    """The page, in a browser of its own, for 王编辑."""
    tab = tabs.open(url, **context)
    log_in(tab, office, url)
    tab.go(path)
    return tab


def log_in(tab: Watched, office: Office, url: str) -> None:
    tab.page.context.add_cookies(browser_cookies(office, url))


def at(article: int, more: str = "") -> str:
    return f"/b/wuxing/articles/{article}{more}"


def record_text(office: Office) -> tuple[str, ...]:
    return records(office)[0].manuscript.lines


def test_the_original_stands_beside_the_text_on_a_screen_and_below_it_on_a_phone(
    tabs: Tabs, office: Office, url: str, article: int
) -> None:
    for size in (DESKTOP, PHONE):
        tab = opened(tabs, office, url, at(article), size=size)
        original = tab.page.frame_locator(".original iframe")
        expect(original.locator("section.docx")).to_contain_text(LINES[1])
        expect(tab.page.locator("#similar")).to_contain_text("没有内容相近的稿件")
        assert axe(tab.page) == []
        assert tab.overflow() == 0
        assert tab.page.inner_text("main").count(TITLE) == 1
        file, text = (tab.page.locator(one).bounding_box() for one in (".original", "#text"))
        assert file
        assert text
        assert (file["x"] + file["width"] <= text["x"]) == (size is DESKTOP)
        assert (text["y"] + text["height"] <= file["y"]) == (size is PHONE)


@pytest.mark.parametrize("scripts", [True, False])
def test_tabs_show_one_part_of_the_page_each(
    tabs: Tabs, office: Office, url: str, article: int, *, scripts: bool
) -> None:
    tab = opened(tabs, office, url, at(article), size=PHONE, java_script_enabled=scripts)
    page = tab.page
    parts = {"正文": "#text", "原件": "#original", "修改记录": "#history", "留言": "#talk", "相似稿件": "#similar"}
    for name, part in parts.items():
        page.locator(".article-tabs").get_by_role("link", name=name).click()
        expect(page.locator(part)).to_be_visible()
        shown = {other for other in parts.values() if page.locator(other).is_visible()}
        assert shown == ({"#text", "#original"} if name == "正文" else {part})
        assert tab.overflow() == 0
        weights = page.locator(".article-tabs li a").evaluate_all(
            "(links) => links.filter((one) => getComputedStyle(one).fontWeight === '600').map((one) => one.textContent)"
        )
        assert weights == [name]
        if scripts:
            expect(page.locator(".article-tabs [aria-current]")).to_have_text(name)
            assert axe(page) == []
    page.goto(url + at(article, "#remark-1"))
    expect(page.locator("#remark-1")).to_be_visible()
    box = page.locator(".article-tabs ul").bounding_box()
    assert box
    assert box["height"] < 60


def test_the_original_scrolls_along_with_the_text_until_it_is_switched_off(
    tabs: Tabs, office: Office, url: str, pool: ReadingPool, tmp_path: Path
) -> None:
    paragraphs = [f"第{number}段讲的是第{number}件事，" + "养老服务办得细致周到。" * 12 for number in range(40)]
    body = "".join(f"<w:p><w:r><w:t>{text}</w:t></w:r></w:p>" for text in paragraphs)
    [article] = send_in(office, tmp_path / "inbox", pool, manuscript_file(body=body, name="长稿.docx"))
    page = opened(tabs, office, url, at(article)).page
    file = page.frame_locator(".original iframe")
    expect(file.locator("section.docx").first).to_be_visible()
    [inner] = [frame for frame in page.frames if frame.url.endswith("/original/frame")]
    near = """(words) => {
      const shown = Array.from(document.querySelectorAll("p")).find((one) => one.textContent.startsWith(words));
      const top = shown.getBoundingClientRect().top;
      return top > -5 && top < innerHeight / 2;
    }"""
    page.evaluate("window.scrollTo(0, document.getElementById('block-20').getBoundingClientRect().top + scrollY - 70)")
    inner.wait_for_function(near, arg="第20段")
    page.get_by_label("随正文滚动").uncheck()
    before = inner.evaluate("scrollY")
    page.evaluate("window.scrollTo(0, document.getElementById('block-2').getBoundingClientRect().top + scrollY - 70)")
    page.evaluate("() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))")
    assert inner.evaluate("scrollY") == before
    page.reload()
    expect(page.get_by_label("随正文滚动")).not_to_be_checked()


def test_a_fix_by_one_click_leaves_the_original_alone_and_the_focus_at_its_paragraph(
    tabs: Tabs, office: Office, url: str, article: int
) -> None:
    tab = opened(tabs, office, url, at(article))
    original = tab.page.frame_locator(".original iframe")
    expect(original.locator("section.docx")).to_be_visible()
    loads: list[str] = []
    tab.page.on("request", lambda request: loads.append(request.url))
    tab.page.get_by_role("button", name="改为“12”").click()
    expect(tab.page.locator("#block-0")).to_contain_text("建成12个")
    expect(tab.page.locator("#messages")).to_contain_text("成为第 2 稿")
    expect(tab.page.get_by_role("button", name="改为“，”")).to_be_focused()
    tab.page.keyboard.press("Enter")
    expect(tab.page.locator("#block-0")).to_contain_text("服务中心，覆盖")
    assert not [one for one in loads if "/original" in one]
    assert records(office)[0].revision == 3
    expect(tab.page.locator("#block-0")).to_be_focused()
    tab.page.get_by_role("link", name="意见 1：“台帐”应为“台账”。").focus()
    tab.page.keyboard.press("Enter")
    assert tab.page.evaluate("document.activeElement.id || location.hash") in ("remark-1", "#remark-1")


@pytest.mark.parametrize("scripts", [True, False])
def test_remarks_stand_in_the_margin_where_there_is_one_and_are_a_line_below_where_not(
    tabs: Tabs, office: Office, url: str, article: int, *, scripts: bool
) -> None:
    tab = opened(tabs, office, url, at(article), size=WIDE, java_script_enabled=scripts)
    page = tab.page
    remark, paragraph = page.locator("#remark-3"), page.locator("#block-1 > p")
    settle = remark.get_by_role("button", name="忽略")
    beside, text = remark.bounding_box(), paragraph.bounding_box()
    assert beside
    assert text
    assert beside["x"] >= text["x"] + text["width"]
    assert abs(beside["y"] - text["y"]) < 20
    expect(settle).to_be_visible()
    if scripts:
        assert axe(page) == []
    page.set_viewport_size(DESKTOP)
    below, text = remark.bounding_box(), paragraph.bounding_box()
    assert below
    assert text
    assert below["y"] >= text["y"] + text["height"]
    assert below["height"] < 45
    expect(settle).to_be_hidden()
    expect(remark.get_by_role("button", name="改为“台账”")).to_be_visible()
    remark.locator("summary").first.press("Enter")
    expect(settle).to_be_visible()
    assert tab.overflow() == 0


def test_equal_remarks_are_one_line_until_it_is_opened(tabs: Tabs, office: Office, url: str, article: int) -> None:
    blocks = tuple(Paragraph(f"第{number}段建立台帐。") for number in range(2))
    equal = [rules.DASH.finding("“台帐”应为“台账”。", number, 5, 7, "台账", "台账") for number in range(2)]
    rewrite(office, article, Manuscript(("题",), "区民政局", blocks), *equal)
    page = opened(tabs, office, url, at(article)).page
    expect(page.locator("#text .notes")).to_have_count(0)
    line = page.locator("details.habit > summary")
    expect(line).to_have_text("提示 “台帐”应为“台账”。同类问题共 2 处。 第 1、2 段")
    expect(page.get_by_role("button", name="改为“台账”").first).to_be_hidden()
    line.press("Enter")
    expect(page.get_by_role("button", name="改为“台账”")).to_have_count(2)


def test_focus_goes_to_the_next_of_a_habit_that_a_fix_dissolves(
    tabs: Tabs, office: Office, url: str, article: int
) -> None:
    """Three findings are a habit; after a fix two are left, which stand with their paragraphs."""
    blocks = tuple(Paragraph(f"共 {number} 个。") for number in range(3))
    spaces = [
        rules.DIGIT_SPACE.finding(f"“{number}”旁有空格。", number, 1, 4, str(number), str(number))
        for number in range(3)
    ]
    rewrite(office, article, Manuscript(("题",), "区民政局", blocks), *spaces)
    tab = opened(tabs, office, url, at(article))
    tab.page.locator("details.habit > summary").click()
    tab.page.locator("details.habit").get_by_role("button", name="改为“0”").click()
    expect(tab.page.locator("details.habit")).to_have_count(0)
    expect(tab.page.get_by_role("button", name="改为“1”")).to_be_focused()
    tab.page.get_by_role("button", name="改为“1”").press("Enter")
    expect(tab.page.locator("#block-1")).to_be_focused()


def test_typed_text_is_kept_and_offered_on_another_machine(tabs: Tabs, office: Office, url: str, article: int) -> None:
    tab = opened(tabs, office, url, at(article, "/edit"))
    first = tab.page.get_by_label("第 1 块的文字")
    first.fill("改到一半的第一段。")
    expect(tab.page.locator("#kept")).to_contain_text("已暂存")
    other = opened(tabs, office, url, at(article))
    other.page.get_by_role("link", name="接着改").click()
    expect(other.page.get_by_label("第 1 块的文字")).to_have_value("改到一半的第一段。")
    other.page.get_by_role("button", name="保存为新一稿").first.click()
    expect(other.page.locator("#messages")).to_contain_text("已保存为第 2 稿")
    assert record_text(office)[0] == "改到一半的第一段。"


def test_nothing_typed_is_lost_when_the_session_ends(tabs: Tabs, office: Office, url: str, article: int) -> None:
    person = somebody(office, Role.EDITOR)
    tab = opened(tabs, office, url, at(article, "/edit"))
    tab.refused |= {401, 403}
    with office.ledger.writing() as ledger:
        sessions.end_sessions(ledger, person.id, at=office.now())
    tab.page.get_by_label("第 1 块的文字").fill("登录过期以后写的。")
    tab.page.get_by_role("button", name="保存为新一稿").first.click()
    expect(tab.page.locator("#kept")).to_contain_text("登录已过期")
    expect(tab.page.get_by_label("第 1 块的文字")).to_have_value("登录过期以后写的。")
    log_in(tab, office, url)
    tab.page.get_by_role("button", name="保存为新一稿").first.click()
    expect(tab.page.locator("#messages")).to_contain_text("已保存为第 2 稿")
    assert record_text(office)[0] == "登录过期以后写的。"


def test_typed_text_stays_in_the_browser_while_the_server_is_away(
    tabs: Tabs, office: Office, url: str, article: int
) -> None:
    person = somebody(office, Role.EDITOR)
    tab = opened(tabs, office, url, at(article, "/edit"))
    tab.refused |= {401, 403}
    with office.ledger.writing() as ledger:
        sessions.end_sessions(ledger, person.id, at=office.now())
    tab.page.get_by_label("第 1 块的文字").fill("页面关掉以前写的。")
    expect(tab.page.locator("#kept")).to_contain_text("已先存在这台电脑上")
    again = tab.page.context.new_page()
    tab.page.close()
    log_in(tab, office, url)
    again.goto(url + at(article, "/edit"))
    expect(again.locator(".said.warn")).to_contain_text("还没有保存的文字")
    expect(again.get_by_label("第 1 块的文字")).to_have_value("页面关掉以前写的。")
    assert typed_by(office, person.id, article) is not None


def test_blocks_are_moved_added_and_removed_in_place(tabs: Tabs, office: Office, url: str, article: int) -> None:
    tab = opened(tabs, office, url, at(article, "/edit"))
    page = tab.page
    page.get_by_role("button", name="第 1 块下移").click()
    page.get_by_role("button", name="删去第 3 块").click()
    page.get_by_role("button", name="撤销").click()
    page.get_by_role("button", name="删去第 3 块").click()
    page.get_by_role("button", name="＋段：加在第 2 块下面").click()
    page.keyboard.type("键盘上打的。")
    page.get_by_role("button", name="保存为新一稿").first.click()
    expect(page.locator("#messages")).to_contain_text("已保存为第 2 稿")
    assert record_text(office) == (LINES[1], "键盘上打的。", LINES[0])


@pytest.mark.parametrize("scripts", [True, False])
def test_a_table_gets_a_row_and_loses_a_column(
    tabs: Tabs, office: Office, url: str, article: int, *, scripts: bool
) -> None:
    table = Table(((Cell("项目", colspan=2),), (Cell("甲"), Cell("1"))), (30, 70), 1)
    rewrite(office, article, Manuscript((TITLE,), "区民政局", (Paragraph("一段。"), table)))
    page = opened(tabs, office, url, at(article, "/edit"), java_script_enabled=scripts).page
    page.get_by_label("第 1 块的文字").fill("改了的一段。")
    page.get_by_label("第 2 行第 2 格").fill("2")
    page.locator("summary", has_text="加、删行和列").click()
    page.get_by_role("button", name="第 2 行下面加一行").click()
    page.get_by_label("第 3 行第 1 格").fill("乙")
    assert page.get_by_label("第 1 块的文字").input_value() == "改了的一段。"
    page.get_by_role("button", name="删去第 2 列").click()
    expect(page.get_by_label("第 3 行第 2 格")).to_have_count(0)
    if scripts:
        assert axe(page) == []
    page.get_by_role("button", name="保存为新一稿").first.click()
    page.get_by_text("已保存为第").first.wait_for()
    after = Table(((Cell("项目"),), (Cell("甲"),), (Cell("乙"),)), (30,), 1)
    assert records(office)[0].manuscript.blocks == (Paragraph("改了的一段。"), after)


def test_the_second_of_two_editors_sees_both_texts(tabs: Tabs, office: Office, url: str, article: int) -> None:
    tab = opened(tabs, office, url, at(article, "/edit"))
    tab.refused.add(409)
    edit_title(office, article, "别人改的标题", "孙编辑", seen=None)
    tab.page.get_by_label("第 1 块的文字").fill("我改的第一段。")
    tab.page.get_by_role("button", name="保存为新一稿").first.click()
    expect(tab.page.get_by_role("alert")).to_contain_text("两份文字都在下面")
    expect(tab.page.locator("table.compare").first).to_contain_text("我改的第一段。")
    expect(tab.page.locator("table.compare").first).to_contain_text("别人改的标题")
    assert axe(tab.page) == []
    tab.page.get_by_role("button", name="两边的修改都要").click()
    expect(tab.page.locator("h1")).to_have_text("别人改的标题")
    assert record_text(office)[0] == "我改的第一段。"


def test_everything_works_without_scripts(tabs: Tabs, office: Office, url: str, article: int) -> None:
    tab = opened(tabs, office, url, at(article), java_script_enabled=False)
    page = tab.page
    page.get_by_role("button", name="改为“台账”").click()
    assert page.locator("#block-1").inner_text().startswith("一是建立台账")
    page.get_by_role("link", name="编辑正文").click()
    page.get_by_role("button", name="第 1 块下移").click()
    page.get_by_label("第 1 块的文字").fill("没有脚本也能改。")
    page.get_by_role("button", name="保存为新一稿").first.click()
    assert record_text(office)[:2] == ("没有脚本也能改。", LINES[0])
    page.locator("summary", has_text="留用").click()
    page.get_by_label("原因（可不填）").first.fill("下期再用")
    page.locator("form", has_text="这一期不用").get_by_role("button").click()
    assert records(office)[0].status.value == "held"
    page.get_by_role("link", name="比较", exact=True).click()
    assert "没有脚本也能改。" in page.locator("table.compare").inner_text()


def test_hostile_words_do_nothing(tabs: Tabs, office: Office, url: str, article: int) -> None:
    told = Finding(rules.DASH, Severity.ERROR, HOSTILE, 0, 3, 5, HOSTILE, HOSTILE)
    rewrite(office, article, Manuscript((HOSTILE,), HOSTILE, (Paragraph(HOSTILE),), (HOSTILE,)), told)
    tab = opened(tabs, office, url, at(article))
    for more in ("", "/edit", "/compare?from=1&to=2"):
        tab.go(at(article, more))
        assert HOSTILE in (tab.page.text_content("body") or "")
        assert tab.page.locator("h1").inner_text().endswith(HOSTILE)


def test_a_hostile_file_does_nothing_in_its_frame(
    tabs: Tabs, office: Office, url: str, pool: ReadingPool, tmp_path: Path
) -> None:
    run = "<w:r><w:t>{}</w:t></w:r>"
    link = '<w:p><w:r><w:instrText>HYPERLINK "javascript:alert(1)"</w:instrText></w:r></w:p>'
    hostile = (
        f"<w:p>{run.format('&lt;img src=x onerror=alert(3)&gt;&lt;script&gt;alert(4)&lt;/script&gt;')}</w:p>{link}"
    )
    alt = '<w:altChunk xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" r:id="rIdNone"/>'
    file = manuscript_file(body=hostile + alt, name="x.docx")
    [article] = send_in(office, tmp_path / "inbox", pool, file)
    tab = opened(tabs, office, url, at(article))
    frame = tab.page.frame_locator(".original iframe")
    expect(frame.locator("section.docx")).to_contain_text("<img src=x onerror=alert(3)>")
    expect(frame.locator("[href]")).to_have_count(0)
    [inner] = [one for one in tab.page.frames if one.url.endswith("/original/frame")]
    assert inner.evaluate("self.origin") == "null"
    attempts = """async () => {
        const tried = {};
        try { tried.cookie = document.cookie; } catch (error) { tried.cookie = error.name; }
        try { tried.parent = parent.document.title; } catch (error) { tried.parent = error.name; }
        try { tried.storage = localStorage.length; } catch (error) { tried.storage = error.name; }
        return tried;
    }"""
    assert inner.evaluate(attempts) == {
        "cookie": "SecurityError",
        "parent": "SecurityError",
        "storage": "SecurityError",
    }


def test_the_frame_opened_by_itself_has_no_origin_either(tabs: Tabs, office: Office, url: str, article: int) -> None:
    tab = opened(tabs, office, url, at(article, "/original/frame"))
    expect(tab.page.locator("section.docx")).to_contain_text(TITLE)
    assert tab.page.evaluate("self.origin") == "null"


def test_controls_of_the_comparison_stand_in_a_row(tabs: Tabs, office: Office, url: str, article: int) -> None:
    edit_title(office, article, "养老服务再上新台阶", "李", seen=None)
    page = opened(tabs, office, url, at(article, "/compare")).page
    places = [
        page.locator(f"main {control}").bounding_box() for control in ("#f-from", "#f-to", "form button >> nth=0")
    ]
    middles = [place["y"] + place["height"] / 2 for place in places if place]
    assert len(middles) == 3
    assert max(middles) - min(middles) < 8
