"""Reading articles: their order, and which of them an issue takes."""

from __future__ import annotations

from datetime import timedelta

import pytest

from archive import article_changes, articles
from archive.database import Ledger
from tests.support.ledger_rows import AT, BULLETIN, add_article, new_article
from values.errors import BadUsage
from values.issue import ArticleStatus

BY_HAND = [status for status in ArticleStatus if status is not ArticleStatus.PUBLISHED]


def test_articles_stand_in_the_order_they_were_received(ledger: Ledger) -> None:
    with ledger.writing() as writing:
        for name, hours in (("c", 3), ("a", 1), ("b", 1)):
            add_article(writing, new_article(name, received_at=AT + timedelta(hours=hours)))
        assert [found.manuscript.title for found in articles.articles(writing)] == ["a", "b", "c"]


def test_issue_takes_confirmed_articles_in_draft_or_adopted(ledger: Ledger) -> None:
    with ledger.writing() as writing:
        ids = [add_article(writing, new_article(status.value)) for status in BY_HAND]
        published = add_article(writing, new_article("published"))
        article_changes.mark_published(writing, published, who="王编辑", note="", at=AT)
        add_article(writing, new_article("of another bulletin", bulletin="xinxi"))
        add_article(writing, new_article("unconfirmed", confirmed=False))
        for article_id, status in zip(ids, BY_HAND, strict=True):
            record = articles.article_named(writing, article_id)
            article_changes.change_status(writing, record, status, who="王编辑", note="", at=AT)
    with ledger.reading() as reading:
        taken = [found.id for found in articles.articles_for_issue(reading, BULLETIN)]
    assert taken == [ids[BY_HAND.index(status)] for status in (ArticleStatus.DRAFT, ArticleStatus.ADOPTED)]


def test_unknown_article_is_reported(ledger: Ledger) -> None:
    with ledger.reading() as reading:
        assert articles.article_of_bulletin(reading, BULLETIN, 12) is None
        with pytest.raises(BadUsage, match="没有编号为 12 的稿件。用 articles 命令"):
            articles.article_named(reading, 12)
        with pytest.raises(BadUsage, match="稿件 12 没有第 1 稿"):
            articles.revision_numbered(reading, 12, 1)


def test_article_is_found_in_its_own_bulletin_alone(ledger: Ledger) -> None:
    with ledger.writing() as writing:
        article_id = add_article(writing, new_article("甲"))
        record = articles.article_of_bulletin(writing, BULLETIN, article_id)
        assert record == articles.article_named(writing, article_id)
        assert articles.article_of_bulletin(writing, "xinxi", article_id) is None
        assert articles.articles_with_ids(writing, [article_id, 99]) == [record]


def test_left_out_are_all_held_and_lately_returned_or_rejected_articles(ledger: Ledger) -> None:
    """A held article is kept for an issue to come, however long ago it was received."""
    with ledger.writing() as writing:
        for status in BY_HAND:
            for name, age in (("old", timedelta(days=200)), ("new", timedelta(days=1))):
                id = add_article(writing, new_article(f"{name} {status}", received_at=AT - age))
                record = articles.article_named(writing, id)
                article_changes.change_status(writing, record, status, who="王编辑", note="", at=AT)
        left_out = articles.summaries_left_out(writing, BULLETIN, AT - timedelta(days=120))
        titles = [articles.article_named(writing, summary.id).manuscript.title for summary in left_out]
    assert titles == ["old held", "new held", "new returned", "new rejected"]
