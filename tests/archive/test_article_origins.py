"""Where articles come from, and where their text went."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from archive.article_mergers import ArticleMerger, record_merger
from archive.article_origins import origins_of
from archive.article_parts import ArticlePart, record_part
from archive.articles import articles, articles_with_ids
from archive.database import Ledger
from tests.support.ledger_rows import AT, add_article, new_article
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


def test_origins_name_both_directions(ledger: Ledger) -> None:
    with ledger.writing() as writing:
        record_merger(writing, MERGED)
        record_part(writing, ArticlePart(3, 1, 1, "王编辑", AT))
        origins = origins_of(writing, articles(writing))
        assert (origins[1].split_into, [each.article for each in origins[1].merged]) == ((3,), [2])
        assert (origins[2].merged_into, origins[3].split_from) == (1, 1)
        assert origins_of(writing, articles_with_ids(writing, [2]))[2] == origins[2]
