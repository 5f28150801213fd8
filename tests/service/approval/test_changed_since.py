"""How a revision of a draft differs from the one that somebody has approved."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from service.approval.changed_since import changes_between
from values.issue_snapshot import IssueSnapshot, SnapshotArticle

DAY = date(2022, 11, 8)


def snapshot(written: str, *, dated: date = DAY, note: str = "") -> IssueSnapshot:
    """ "甲1 乙2": the articles 甲 and 乙 with their first and second texts, in that order."""
    articles = [SnapshotArticle("甲乙丙丁".index(name[0]) + 1, name[0], int(name[1:])) for name in written.split()]
    return IssueSnapshot(dated, note, tuple(articles))


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        ("甲1 乙1", "甲1 乙1 丙1", ("新增《丙》",)),
        ("甲1 乙1", "甲1 乙3", ("改动《乙》：第 1 稿改为第 3 稿",)),
        ("甲1 乙1", "甲1", ("撤下《乙》",)),
        ("甲1 乙1 丙1", "丙1 甲1 乙1", ("调整位置《丙》",)),
        ("甲1 乙1 丙1", "乙1 丙1", ("撤下《甲》",)),
        ("甲1", "甲1", ("稿件没有增减改动，只有版面、刊头或版记不同",)),
        ("甲1 乙1", "丁1 甲2", ("新增《丁》", "改动《甲》：第 1 稿改为第 2 稿", "撤下《乙》")),
    ],
)
def test_changes_are_listed_article_by_article(before: str, after: str, expected: tuple[str, ...]) -> None:
    assert changes_between(snapshot(before), snapshot(after)).lines == expected


def test_date_note_section_and_department_are_changes_too() -> None:
    before = snapshot("甲1 乙1")
    first, second = before.articles
    after = IssueSnapshot(
        date(2022, 11, 9), "按语", (replace(first, section="情况通报"), replace(second, unit="区民政局"))
    )
    assert changes_between(before, after).lines == (
        "调整位置《甲》",
        "改了单位《乙》：区民政局",
        "日期有改动",
        "按语有改动",
    )
