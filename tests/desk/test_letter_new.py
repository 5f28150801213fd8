"""新增稿件: the form, and what it makes; in a browser also what is pasted, dropped and chosen."""

from __future__ import annotations

import pytest
from playwright.sync_api import FilePayload

from archive import articles, letters
from archive.articles import ArticleRecord
from archive.letters import LetterRecord
from intake.pool import ReadingPool
from service.letters.receive import LetterReceiver
from service.office import Office
from tests.support.browser import PHONE, Tabs, axe
from tests.support.correspondence import manuscript
from tests.support.desk import DeskDriver, serving
from tests.support.desk_pages import editor
from tests.support.ledger_rows import BULLETIN
from tests.support.office_fixtures import OfficeSetup
from tests.support.outboxes import sending
from tests.support.pasted_articles import ARTICLE, FIRST, SECOND, TITLE
from values.manuscript import Table

LIST = f"/b/{BULLETIN}/letters"
NEW = f"{LIST}/new"
PAGE = f"""<html><body><p align="center"><b>{TITLE}</b></p><p>{FIRST}</p>
<table><tr><td>片区</td><td>幼儿园</td></tr><tr><td>东部</td><td>21</td></tr></table><p>{SECOND}</p></body></html>"""
PASTE = """(page) => {
  const text = document.querySelector("textarea[name=text]");
  const board = new DataTransfer();
  board.setData("text/html", page.html);
  board.setData("text/plain", page.text);
  text.focus();
  text.dispatchEvent(new ClipboardEvent("paste", { clipboardData: board, bubbles: true, cancelable: true }));
  document.execCommand("insertText", false, page.text);
}"""
DROP = """() => {
  const dropped = new DataTransfer();
  dropped.items.add(new File(["一"], "丙.txt"));
  document.body.dispatchEvent(new DragEvent("drop", { dataTransfer: dropped, bubbles: true, cancelable: true }));
}"""


@pytest.fixture
def office_setup() -> OfficeSetup:
    return OfficeSetup(sending(None))


def read_all(office: Office, pool: ReadingPool) -> list[ArticleRecord]:
    LetterReceiver(office, pool).read_waiting(office.bulletin(None))
    with office.ledger.reading() as ledger:
        return list(articles.articles(ledger))


def all_letters(office: Office) -> list[LetterRecord]:
    with office.ledger.reading() as ledger:
        return list(letters.letters(ledger))


def test_form_is_one_click_from_the_letters_and_only_for_editors(desk: DeskDriver) -> None:
    desk.login("editor")
    assert desk.html(LIST).xpath(f"//a[@href='{NEW}']")
    [form] = desk.html(NEW).xpath("//form[@id='new-letter']")
    assert (form.get("action"), form.get("enctype")) == (LIST, "multipart/form-data")
    assert form.xpath(".//input[@type='file' and @multiple]")
    assert form.xpath(".//datalist/option/@value") == ["区民政局", "区教体局"]
    desk.login("viewer")
    assert not desk.html(LIST).xpath(f"//a[@href='{NEW}']")
    assert desk.get(NEW).status_code == 403
    assert desk.post(LIST, department="区民政局", text=ARTICLE).status_code == 403


def test_a_file_is_added_and_its_article_names_the_editor(desk: DeskDriver, pool: ReadingPool) -> None:
    desk.login("editor")
    file = manuscript()
    assert desk.post(LIST, department="区民政局").status_code == 400
    assert desk.post(LIST, files={"file": (file.name, file.data)}).status_code == 400
    answer = desk.post(LIST, files={"file": (file.name, file.data)}, department="区民政局")
    assert answer.headers["location"] == f"{LIST}/1"
    assert "读完后这里自动更新" in desk.words(f"{LIST}/1")
    [article] = read_all(desk.office, pool)
    assert article.department == "区民政局"
    for path in (LIST, f"{LIST}/1", f"/b/{BULLETIN}/articles/1"):
        assert "王编辑" in desk.words(path)
        assert "desk@" not in desk.words(path)
    assert "王编辑添加" in desk.words(f"/b/{BULLETIN}/articles/1")
    assert not desk.html(f"{LIST}/1").xpath("//a[contains(., '答复…')]")


def test_a_text_is_added_without_scripts(desk: DeskDriver, pool: ReadingPool) -> None:
    desk.login("editor")
    desk.post(LIST, department="龙泉街道", text=ARTICLE.replace("\n", "\r\n"))
    [article] = read_all(desk.office, pool)
    assert (article.manuscript.title, article.department) == (TITLE, "龙泉街道")
    assert "龙泉街道" not in desk.words(f"/b/{BULLETIN}/departments")
    desk.post(LIST, department="城关街道", text=ARTICLE + FIRST, registers="1")
    assert "城关街道" in desk.words(f"/b/{BULLETIN}/departments")


@pytest.mark.browser
def test_what_is_pasted_keeps_its_table_and_several_files_are_dropped_and_chosen(
    office: Office, pool: ReadingPool, tabs: Tabs
) -> None:
    with serving(office) as url:
        tab = editor(tabs, office, url)
        tab.go(LIST)
        tab.page.get_by_role("link", name="新增稿件").click()
        assert axe(tab.page) == []
        tab.page.get_by_label("单位").fill("区教体局")
        tab.page.evaluate(PASTE, {"html": PAGE, "text": f"{TITLE}\n{FIRST}"})
        tab.page.get_by_text("表格和编号会一并读入").wait_for()
        tab.page.locator("input[type=file]").set_input_files(
            [FilePayload(name=f"{name}.txt", mimeType="text/plain", buffer=b"x") for name in "甲乙"]
        )
        tab.page.evaluate(DROP)
        assert tab.page.locator(".file-names").inner_text() == "甲.txt、乙.txt、丙.txt"
        tab.page.get_by_role("button", name="添加").click()
        tab.page.get_by_text("读完后这里自动更新").wait_for()
        [article, *_] = read_all(office, pool)
        assert [len(block.rows) for block in article.manuscript.blocks if isinstance(block, Table)] == [2]
        with office.ledger.reading() as ledger:
            content = letters.content_of(ledger, 1)
        assert content is not None
        assert [file.name for file in content.files] == ["甲.txt", "乙.txt", "丙.txt"]


@pytest.mark.browser
def test_text_that_is_changed_after_pasting_is_sent_as_it_is_shown(
    office: Office, pool: ReadingPool, tabs: Tabs
) -> None:
    with serving(office) as url:
        tab = editor(tabs, office, url)
        tab.page.set_viewport_size(PHONE)
        tab.go(NEW)
        tab.page.get_by_label("单位").fill("区教体局")
        tab.page.evaluate(PASTE, {"html": PAGE, "text": ARTICLE})
        tab.page.get_by_text("表格和编号会一并读入").wait_for()
        tab.page.get_by_label("文字", exact=True).fill(ARTICLE.replace(TITLE, "改过的标题很清楚"))
        assert tab.page.locator("input[name=html]").input_value() == ""
        assert tab.page.evaluate("document.documentElement.scrollWidth <= innerWidth")
        tab.page.get_by_role("button", name="添加").click()
        tab.page.get_by_text("读完后这里自动更新").wait_for()
        [article] = read_all(office, pool)
        assert article.manuscript.title == "改过的标题很清楚"
