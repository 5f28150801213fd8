"""变更记录: lines come back as they were recorded, the latest first, and can be filtered."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest

from archive import letters, revisions, seals
from archive.change_chain import broken_lines
from archive.changes import ChangeFilter, NewChange, changes, changes_of, people_of_changes, record_change
from archive.database import Ledger
from archive.transaction import Transaction
from tests.support.ledger_rows import AT, keep_letter, new_article
from values.letter import Seal, Verdict

RECORDED = (
    NewChange("wuxing", "王编辑", "article", 7, "《甲文》由待审改为留用", AT, "下期再用"),
    NewChange("wuxing", "李编辑", "issue", 3, "第70期签发", AT),
    NewChange("xinxi", "王编辑", "article", 8, "《乙文》由待审改为采用", AT),
    NewChange("", "张管理", "account", "wang", "新增用户“王编辑”", AT),
)


@pytest.fixture
def recorded(ledger: Ledger) -> Iterator[Transaction]:
    with ledger.writing() as writing:
        for new in RECORDED:
            record_change(writing, new)
        yield writing


def summaries(ledger: Transaction, which: ChangeFilter | None = None, most: int = 200) -> list[str]:
    return [change.summary for change in changes(ledger, which, most=most)]


def recorded_summaries(*places: int) -> list[str]:
    return [RECORDED[place].summary for place in places]


def test_line_comes_back_as_it_was_recorded(recorded: Transaction) -> None:
    [change] = changes_of(recorded, "article", 7)
    assert (change.bulletin, change.who, change.changed_at) == ("wuxing", "王编辑", AT)
    assert (change.subject, change.subject_id) == ("article", "7")
    assert (change.summary, change.why) == ("《甲文》由待审改为留用", "下期再用")


def test_latest_line_comes_first_and_most_limits_them(recorded: Transaction) -> None:
    assert summaries(recorded) == recorded_summaries(3, 2, 1, 0)
    assert summaries(recorded, most=2) == recorded_summaries(3, 2)


@pytest.mark.parametrize(
    ("which", "places"),
    [
        (ChangeFilter(bulletins=("wuxing",)), (1, 0)),
        (ChangeFilter(bulletins=("wuxing", "")), (3, 1, 0)),
        (ChangeFilter(bulletins=()), ()),
        (ChangeFilter(who="王编辑"), (2, 0)),
        (ChangeFilter(subject="article"), (2, 0)),
        (ChangeFilter(subject_id="wang"), (3,)),
        (ChangeFilter(bulletins=("wuxing",), who="王编辑", subject="article", subject_id="7"), (0,)),
    ],
)
def test_filter_restricts_what_it_names(recorded: Transaction, which: ChangeFilter, places: tuple[int, ...]) -> None:
    assert summaries(recorded, which) == recorded_summaries(*places)


def test_pages_follow_each_other_by_the_id_of_the_last_line(recorded: Transaction) -> None:
    which, seen = ChangeFilter(bulletins=("wuxing", "xinxi")), []
    for _ in RECORDED[:3]:
        [change] = changes(recorded, which, most=1)
        seen.append(change.summary)
        which = replace(which, before=change.id)
    assert seen == recorded_summaries(2, 1, 0)
    assert changes(recorded, which) == []


def test_any_number_may_be_asked_for_as_the_place_of_a_page(recorded: Transaction) -> None:
    assert summaries(recorded, ChangeFilter(before=10**30)) == recorded_summaries(3, 2, 1, 0)


def test_people_are_those_of_the_bulletins_each_once(recorded: Transaction) -> None:
    assert people_of_changes(recorded, ChangeFilter(bulletins=("wuxing", "xinxi"))) == sorted({"王编辑", "李编辑"})
    assert people_of_changes(recorded, ChangeFilter(bulletins=("",))) == ["张管理"]


def test_lines_about_an_article_of_a_sealed_letter_quote_nothing_until_it_is_released(ledger: Ledger) -> None:
    with ledger.writing() as writing:
        marked, other = keep_letter(writing, "marked"), keep_letter(writing, "other")
        article = revisions.add_article(writing, marked, new_article("甲"), at=AT)
        plain = revisions.add_article(writing, other, new_article("乙"), at=AT)
        for id, title in ((article, "某某秘密工程"), (plain, "普通稿件")):
            new = NewChange("wuxing", "王编辑", "article", id, f"《{title}》由待审改为采用", AT, f"{title}写得好")
            record_change(writing, new)
        record_change(writing, NewChange("wuxing", "王编辑", "issue", article, "第1期签发", AT))
        letters.settle(writing, marked, Verdict.SEALED, "已封存", at=AT)
        seals.seal(writing, marked, Seal("机密", "正文"), at=AT)
    with ledger.reading() as reading:
        shown = [(change.summary, change.why) for change in changes(reading)]
        assert changes_of(reading, "article", article)[0].summary == "有改动（来信已封存，内容不显示）"
        assert list(broken_lines(reading)) == []
    assert shown == [
        ("第1期签发", ""),
        ("《普通稿件》由待审改为采用", "普通稿件写得好"),
        ("有改动（来信已封存，内容不显示）", ""),
    ]
    with ledger.writing() as writing:
        seals.release(writing, marked, at=AT)
        assert "某某秘密工程" in changes_of(writing, "article", article)[0].summary
