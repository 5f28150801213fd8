"""Pages of articles: each article on one page, whatever arrives meanwhile."""

from __future__ import annotations

from datetime import timedelta

from archive.article_pages import ArticleFilter, articles_page
from archive.database import Ledger
from tests.support.ledger_rows import AT, BULLETIN, add_article, new_article

ALL = ArticleFilter()


def test_articles_that_arrive_meanwhile_move_none_to_another_page(ledger: Ledger) -> None:
    with ledger.writing() as writing:
        ids = [add_article(writing, new_article(name, received_at=AT)) for name in "甲乙丙"]
        first = articles_page(writing, BULLETIN, ALL, before=None, most=2)
        add_article(writing, new_article("丁", received_at=AT + timedelta(hours=1)))
        second = articles_page(writing, BULLETIN, ALL, before=first.before, most=2)
    assert [record.id for record in first.articles] == [ids[2], ids[1]]
    assert ([record.id for record in second.articles], second.before) == ([ids[0]], None)


def test_articles_of_another_bulletin_are_not_listed(ledger: Ledger) -> None:
    with ledger.writing() as writing:
        add_article(writing, new_article("甲", bulletin="dangjian"))
        assert articles_page(writing, BULLETIN, ALL, before=None, most=2).articles == ()
