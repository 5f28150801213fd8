"""By what articles and letters are listed, without a text being read."""

from __future__ import annotations

from archive import article_changes, revisions
from archive.article_headings import ArticleHeading, article_headings
from archive.articles import article_named
from archive.database import Ledger
from archive.revisions import NewEdit
from tests.support.ledger_rows import AT, add_article, new_article
from values.issue import ArticleStatus
from values.manuscript import Manuscript


def test_heading_is_of_the_present_text_and_status(ledger: Ledger) -> None:
    with ledger.writing() as writing:
        first, second = (add_article(writing, new_article(name)) for name in ("甲", "乙"))
        record = article_named(writing, second)
        revisions.add_edit(writing, record, NewEdit(Manuscript(("新题",), None, ()), (), "1" * 64, "王编辑"), at=AT)
        article_changes.change_status(
            writing, article_named(writing, second), ArticleStatus.HELD, who="王编辑", note="", at=AT
        )
        headings = article_headings(writing, [first, second, 99])
    department = record.department or ""
    assert headings == {
        first: ArticleHeading(first, article_title("甲"), department, ArticleStatus.DRAFT, None, ""),
        second: ArticleHeading(second, "新题", department, ArticleStatus.HELD, None, ""),
    }


def article_title(name: str) -> str:
    return new_article(name).manuscript.title
