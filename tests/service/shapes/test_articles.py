"""An article as a row of JSON."""

from __future__ import annotations

from archive import articles
from archive.articles import ArticleRecord
from service.office import Office
from service.shapes.articles import article_rows
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
