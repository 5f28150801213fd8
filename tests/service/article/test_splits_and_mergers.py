"""Whatever is split, merged, undone, restored and decided: each paragraph is in exactly one article of its own."""

from __future__ import annotations

import contextlib
import tempfile
from collections import Counter
from datetime import timedelta
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from archive.article_mergers import mergers_of
from archive.articles import articles
from service.article.decide import DecisionRequest, decide
from service.article.edit import restore_revision
from service.article.joint_adoption import MergeRequest, merge_articles, undo_merger
from service.article.split import NewPart, SplitRequest, split_article
from service.article.undo import undo_decisions
from service.office import Office
from tests.support.joint_office import DEPARTMENTS, article, joint_office_setup, written
from tests.support.ledger_rows import AT
from tests.support.offices import Clock, office_at, write_config
from values.errors import BadUsage
from values.issue import ArticleStatus
from values.manuscript import Paragraph, block_lines

STEPS = ("split", "merge", "undo merger", "restore", "decide", "undo decision")


def do(office: Office, step: str, data: st.DataObject, ids: list[int]) -> None:
    """One step on articles that the data choose. Raises BadUsage where it is refused."""
    chosen = data.draw(st.sampled_from(ids))
    record = article(office, chosen)
    match step:
        case "split":
            start = data.draw(st.integers(1, len(record.manuscript.blocks)))
            split_article(office, SplitRequest(chosen, [NewPart(start, "一部分")], "王编辑"))
        case "merge":
            more = data.draw(st.lists(st.sampled_from(ids), max_size=2))
            merge_articles(office, MergeRequest([*more, chosen], chosen, "王编辑"))
        case "undo merger":
            undo_merger(office, chosen, "王编辑")
        case "restore":
            number = data.draw(st.integers(1, record.revision))
            restore_revision(office, chosen, number, "王编辑", seen=None)
        case "decide":
            status = data.draw(st.sampled_from([ArticleStatus.DRAFT, ArticleStatus.ADOPTED, ArticleStatus.HELD]))
            decide(office, DecisionRequest(chosen, status, "王编辑"))
        case _:
            undo_decisions(office, {chosen: None}, "王编辑")


def standing_lines(office: Office) -> Counter[str]:
    """The lines of the articles that are not merged into another one, which are those that could be printed."""
    with office.ledger.reading() as ledger:
        records = articles(ledger)
        merged = mergers_of(ledger, [record.id for record in records])
    assert all(record.status is ArticleStatus.HELD for record in records if record.id in merged)
    alone = [record for record in records if record.id not in merged]
    return Counter(line for record in alone for block in record.manuscript.blocks for line in block_lines(block))


@settings(max_examples=10, deadline=None)
@given(data=st.data(), steps=st.lists(st.sampled_from(STEPS), min_size=4, max_size=14))
def test_no_paragraph_is_lost_or_printed_twice(data: st.DataObject, steps: list[str]) -> None:
    with (
        tempfile.TemporaryDirectory() as home,
        office_at(write_config(Path(home) / "office", joint_office_setup().config), AT) as office,
    ):
        for number, department in enumerate(DEPARTMENTS):
            lines = [Paragraph(f"第{number}篇第{at}段。") for at in range(3)]
            written(office, f"第{number}篇", *lines, department=department)
        before = standing_lines(office)
        assert isinstance(office.now, Clock)
        for step in steps:
            office.now.now += timedelta(minutes=1)
            with office.ledger.reading() as ledger:
                ids = [record.id for record in articles(ledger)]
            with contextlib.suppress(BadUsage):
                do(office, step, data, ids)
            assert standing_lines(office) == before, step
