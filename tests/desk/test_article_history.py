"""Two texts of an article compared, an earlier one restored, and similar articles listed."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import Any

from lxml.html import HtmlElement

from archive import article_changes, articles
from archive.changes import Change
from archive.decisions import Decision
from desk.pages.article_history import history_lines
from intake.pool import ReadingPool
from service.article.edit import edit_title
from service.office import Office
from tests.support.article_office import article as article
from tests.support.article_office import office_setup as office_setup
from tests.support.articles import TITLE, manuscript_file, records, send_in
from tests.support.desk import DeskDriver
from tests.support.ledger_rows import AT
from values.issue import ArticleStatus


def at(article: int, more: str = "") -> str:
    return f"/b/wuxing/articles/{article}{more}"


def fields(form: HtmlElement) -> dict[str, Any]:
    return {field.get("name"): field.get("value") for field in form.xpath(".//input[@name!='csrf']")}


def record(office: Office, article: int) -> articles.ArticleRecord:
    return next(record for record in records(office) if record.id == article)


def test_two_texts_stand_beside_each_other_and_an_earlier_one_comes_back(desk: DeskDriver, article: int) -> None:
    desk.login()
    edit_title(desk.office, article, "养老服务再上新台阶", "李", seen=None)
    page = desk.html(at(article, "/compare"))
    [row] = page.xpath("//tr[contains(@class,'changed')]")
    assert (row.xpath("string(td[1])"), row.xpath("string(td[3])")) == ("改动标题", "养老服务再上新台阶")
    assert row.xpath("string(.//ins)") == "再"
    [form] = page.xpath("//form[contains(@action,'/restore')]")
    done = desk.post(form.get("action"), **fields(form))
    assert done.status_code == 303
    found = record(desk.office, article)
    assert (found.manuscript.title, found.revision) == (TITLE, 3)
    assert "两稿没有不同" in desk.words(at(article, "/compare?from=1&to=3"))


def test_similar_articles_are_found_also_in_past_issues_and_compared(
    desk: DeskDriver, office: Office, pool: ReadingPool, article: int, tmp_path: Path
) -> None:
    with office.ledger.writing() as ledger:
        article_changes.mark_published(ledger, article, who="王", note="", at=office.now())
    lines = ("区民政局坚持把养老服务作为民生大事来抓，全区建成 13 个养老服务中心，覆盖全部街道。",)
    more = ("一是建立台账。对全区高龄老人逐户登记，做到底数清、情况明。", "三是请专业机构来运营，效果很好。")
    other, *_ = send_in(office, tmp_path / "inbox", pool, manuscript_file(*lines, *more, title="另一个标题"))
    desk.login("viewer")
    page = desk.html(at(other, "/similar"))
    [row] = page.xpath("//tbody/tr")
    assert TITLE in row.text_content()
    assert "已刊发" in row.text_content()
    [link] = row.xpath(".//a[contains(@href,'compare')]/@href")
    assert "三是请专业机构来运营" in desk.words(link)
    assert desk.get(at(other, "/similar"), htmx=True).text.lstrip().startswith("<table")


def test_history_names_changes_and_the_services_own_decisions_the_latest_first() -> None:
    def change(hour: int, what: str) -> Change:
        return Change(1, "wuxing", AT + timedelta(hours=hour), "王编辑", "article", "7", what, "")

    def decision(hour: int, who: str) -> Decision:
        return Decision(ArticleStatus.DRAFT, ArticleStatus.HELD, who, "撤稿", AT + timedelta(hours=hour))

    recorded = [change(3, "留用"), change(1, "改标题")]
    lines = history_lines(recorded, [decision(3, "王编辑"), decision(2, "jianbao")])
    assert [(line.who, line.what) for line in lines] == [
        ("王编辑", "留用"),
        ("系统生成", "由待审改为留用"),
        ("王编辑", "改标题"),
    ]
