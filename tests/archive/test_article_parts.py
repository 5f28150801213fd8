"""What was split from what, and the texts from before."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from archive.article_mergers import ArticleMerger, record_merger
from archive.article_parts import ArticlePart, family_of, part_of, parts_from, record_part, whole_texts
from archive.database import Ledger
from tests.support.ledger_rows import AT, BULLETIN, add_article, new_article
from tests.support.ledgers import empty_ledger
from values.issue import ArticleStatus

MERGED = ArticleMerger(2, 1, 1, ArticleStatus.DRAFT, 1, ("区民政局",), "王编辑", AT)


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[Ledger]:
    with empty_ledger(tmp_path / "jianbao.sqlite3") as ledger:
        with ledger.writing() as writing:
            for name in ("甲", "乙", "丙"):
                add_article(writing, new_article(name))
        yield ledger


def test_parts_of_parts_are_one_family_with_the_whole_texts(ledger: Ledger) -> None:
    with ledger.writing() as writing:
        record_part(writing, ArticlePart(2, 1, 1, "王编辑", AT))
        record_part(writing, ArticlePart(3, 2, 1, "王编辑", AT))
        assert all(family_of(writing, id) == {1, 2, 3} for id in (1, 2, 3))
        assert part_of(writing, 3) == ArticlePart(3, 2, 1, "王编辑", AT)
        assert [part.article for part in parts_from(writing, 1)] == [2]
        assert [whole.article for whole in whole_texts(writing, BULLETIN)] == [1, 2]
        assert whole_texts(writing, "other") == []
        record_merger(writing, MERGED)
        assert [whole.article for whole in whole_texts(writing, BULLETIN)] == [2]
