"""An article as a row of a table."""

from __future__ import annotations

from archive import articles
from archive.articles import ArticleRecord
from cli.views.articles import article_table
from service.office import Office
from tests.support.ledger_rows import add_article, new_article
from values.manuscript import Cell, Manuscript, Paragraph, Table


def record(office: Office, *, confirmed: bool = True, department: str | None = "区民政局") -> ArticleRecord:
    manuscript = Manuscript(("甲",), "区民政局", (Paragraph("正文。"), Table(((Cell("一"), Cell("二")),))))
    with office.ledger.writing() as ledger:
        article_id = add_article(
            ledger, new_article("甲", manuscript=manuscript, confirmed=confirmed, department=department)
        )
        return articles.article_named(ledger, article_id)


def test_a_table_shows_an_article_that_nobody_has_claimed(office: Office) -> None:
    [row] = article_table([record(office, confirmed=False, department=None)]).rows
    assert [cell.text for cell in row] == ["1", "（不明）", "甲", "", "待认领", "", ""]


def test_a_table_shows_the_status_of_a_confirmed_article(office: Office) -> None:
    [row] = article_table([record(office)]).rows
    assert [cell.text for cell in row] == ["1", "区民政局", "甲", "", "待审", "", ""]
