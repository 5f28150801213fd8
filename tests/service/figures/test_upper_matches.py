"""Which printed article a title of a 通报 is."""

from __future__ import annotations

from datetime import date

import pytest

from archive.upper_adoptions import PrintedTitle
from service.figures.upper_matches import matches_of
from service.figures.upper_notice import NoticeItem

TITLES = (
    "章贡区推进“五型”政府建设落地见效",
    "兑现惠企资金的三点做法",
    "普惠金融改革取得新成效",
    "推进养老服务工作落地见效",
)
PRINTED = [
    PrintedTitle(number, title, "区民政局", "第70期", date(2022, 11, 8)) for number, title in enumerate(TITLES, start=1)
]


def matched(title: str, unit: str = "") -> tuple[int, bool] | None:
    """The article, and whether it is ticked."""
    matches = matches_of([NoticeItem(title, unit)], PRINTED, {"民政局": "区民政局"})
    return next(((proposal.printed.article, proposal.is_sure) for proposal in matches.proposals), None)


@pytest.mark.parametrize(
    ("title", "article"),
    [
        ("章贡区推进“五型”政府建设落地见效", 1),
        ("章贡区推进“ 五型 ”政府建设 落地见效", 1),
        ("推进“五型”政府建设落地见效", 1),
        ("章贡区：兑现惠企资金的三点做法", 2),
        ("普惠金融改革取得明显成效", 3),
    ],
)
def test_a_title_is_recognised_with_marks_prefixes_and_small_edits(title: str, article: int) -> None:
    match = matched(title)
    assert match is not None
    assert match[0] == article


@pytest.mark.parametrize("title", ["南康区家具产业集群加快发展", "全市一体推进高质量跨越式发展", "做法"])
def test_a_title_of_others_is_left_unmatched(title: str) -> None:
    matches = matches_of([NoticeItem(title)], PRINTED, {})
    assert (matches.proposals, [item.title for item in matches.unmatched]) == ((), [title])


def test_the_same_unit_makes_a_likely_match_a_sure_one() -> None:
    assert matched("普惠金融改革有了新成效") == (3, False)
    assert matched("普惠金融改革有了新成效", "民政局") == (3, True)


def test_of_equal_titles_the_latest_is_proposed_and_nothing_is_compared_with_nothing() -> None:
    twice = [PrintedTitle(9, TITLES[1], "", "第71期", date(2022, 11, 15)), *PRINTED]
    assert matches_of([NoticeItem(TITLES[1])], twice, {}).proposals[0].printed.article == 9
    assert matches_of([NoticeItem(TITLES[1])], [], {}).proposals == ()
