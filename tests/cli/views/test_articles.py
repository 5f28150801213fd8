"""An article as a row of JSON and of a table."""

from __future__ import annotations

from archive import articles
from archive.articles import ArticleRecord
from cli.views.articles import article_rows, article_table
from service.office import Office
from tests.support.ledger_rows import add_article, new_article, sha256
from values.manuscript import Cell, Manuscript, Paragraph, Table


def record(office: Office, *, confirmed: bool = True, department: str | None = "区民政局") -> ArticleRecord:
    manuscript = Manuscript(("甲",), "区民政局", (Paragraph("正文。"), Table(((Cell("一"), Cell("二")),))))
    with office.ledger.writing() as ledger:
        article_id = add_article(
            ledger, new_article("甲", manuscript=manuscript, confirmed=confirmed, department=department)
        )
        return articles.article_named(ledger, article_id)


def test_a_row_has_the_keys_of_the_contract(office: Office) -> None:
    article = record(office)
    [row] = article_rows(office, [article])
    assert row["received_at"] == "2022-11-08T16:00:00+08:00"
    assert row["source"] == {"sha256": sha256("letter with 甲.docx"), "attachment": "甲.docx"}
    assert (row["title"], row["byline"], row["department"]) == ("甲", "区民政局", "区民政局")
    assert row["text"].splitlines()[-2:] == ["正文。", "一\t二"]
    assert (row["tables"], row["pictures"], row["findings"], row["issue"]) == (1, 0, [], None)
    assert {"id", "bulletin", "status", "section", "revision"} < row.keys()


def test_a_table_shows_an_article_that_nobody_has_claimed(office: Office) -> None:
    [row] = article_table([record(office, confirmed=False, department=None)]).rows
    assert [cell.text for cell in row] == ["1", "（不明）", "甲", "", "待认领", "", ""]


def test_a_table_shows_the_status_of_a_confirmed_article(office: Office) -> None:
    [row] = article_table([record(office)]).rows
    assert [cell.text for cell in row] == ["1", "区民政局", "甲", "", "待审", "", ""]
