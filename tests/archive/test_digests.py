"""Until when digests are sent, and what they count."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

from archive.digests import (
    articles_between,
    articles_with_status,
    last_digest,
    letters_between,
    record_digest,
)
from tests.support.ledger_rows import AT, BULLETIN, add_article, keep_letter, new_article
from tests.support.ledgers import empty_ledger
from values.issue import ArticleStatus


def test_the_last_due_time_is_kept_for_each_bulletin(tmp_path: Path) -> None:
    with empty_ledger(tmp_path / "ledger.sqlite3") as ledger, ledger.writing() as writing:
        assert last_digest(writing, BULLETIN) is None
        for moment in (AT, AT + timedelta(days=7)):
            record_digest(writing, BULLETIN, moment)
        record_digest(writing, "other", AT)
        assert last_digest(writing, BULLETIN) == AT + timedelta(days=7)


def test_letters_and_articles_count_from_the_first_moment_to_before_the_last(tmp_path: Path) -> None:
    with empty_ledger(tmp_path / "ledger.sqlite3") as ledger, ledger.writing() as writing:
        keep_letter(writing, "a", received_at=AT)
        keep_letter(writing, "b", received_at=AT + timedelta(days=1))
        article = add_article(writing, new_article("c", received_at=AT))
        day = (AT, AT + timedelta(days=1))
        assert letters_between(writing, BULLETIN, *day) == 2
        assert articles_between(writing, BULLETIN, *day) == 1
        assert articles_between(writing, "other", *day) == 0
        assert articles_with_status(writing, BULLETIN, ArticleStatus.DRAFT) == [article]
        assert articles_with_status(writing, BULLETIN, ArticleStatus.RETURNED) == []
