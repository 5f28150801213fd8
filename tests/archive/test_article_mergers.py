"""Mergers in the ledger: those that hold, those that were undone, and names of departments that change meanwhile."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from archive.article_mergers import (
    ArticleMerger,
    end_mergers,
    mergers_into,
    mergers_of,
    record_merger,
    refuse_merged,
)
from archive.articles import summaries_left_out
from archive.database import Ledger
from archive.departments import transfer_department
from tests.support.ledger_rows import AT, BULLETIN, add_article, new_article
from tests.support.ledgers import empty_ledger
from values.errors import BadUsage
from values.issue import ArticleStatus


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[Ledger]:
    with empty_ledger(tmp_path / "jianbao.sqlite3") as ledger:
        with ledger.writing() as writing:
            for name in ("甲", "乙", "丙"):
                add_article(writing, new_article(name))
        yield ledger


def merger(article: int, into: int = 1) -> ArticleMerger:
    return ArticleMerger(article, into, 1, ArticleStatus.DRAFT, 1, ("区民政局", "区教体局"), "王编辑", AT)


def test_a_merger_holds_until_it_is_ended(ledger: Ledger) -> None:
    with ledger.writing() as writing:
        record_merger(writing, merger(2))
        record_merger(writing, merger(3))
        assert mergers_into(writing, [1, 2]) == [merger(2), merger(3)]
        assert mergers_of(writing, [1, 2]) == {2: merger(2)}
        refuse_merged(writing, 1)
        with pytest.raises(BadUsage, match="稿件 2 已并入稿件 1；要单独处理，请先撤销稿件 1 的合并"):
            refuse_merged(writing, 2)
        end_mergers(writing, [merger(2)], at=AT)
        refuse_merged(writing, 2)
        assert mergers_into(writing, [1]) == [merger(3)]


def test_undoing_gives_back_the_present_name_of_a_department(ledger: Ledger) -> None:
    with ledger.writing() as writing:
        record_merger(writing, merger(2))
        transfer_department(writing, BULLETIN, "区教体局", "区教育局")
        assert mergers_into(writing, [1])[0].into_departments == ("区民政局", "区教育局")


def test_a_merged_article_is_listed_as_left_out_until_the_other_is_printed(ledger: Ledger) -> None:
    with ledger.writing() as writing:
        record_merger(writing, merger(2))
        writing.sql.exec_driver_sql("UPDATE article SET status = 'held' WHERE id = 2")
        assert [summary.id for summary in summaries_left_out(writing, BULLETIN, AT)] == [2]
        writing.sql.exec_driver_sql("UPDATE article SET status = 'published' WHERE id = 1")
        assert summaries_left_out(writing, BULLETIN, AT) == []
        with pytest.raises(BadUsage, match="已随它刊发"):
            refuse_merged(writing, 2)
