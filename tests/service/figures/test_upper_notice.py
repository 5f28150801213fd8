"""A 通报 of a higher level, read: tables by their headings, lines by their numbers and quotes."""

from __future__ import annotations

from datetime import date

import pytest

from service.figures.upper_notice import NoticeItem, notice_items
from values.upper_adoption import AdoptedAs

LEVELS = ("市级", "省级")
TITLE = "推进“五型”政府建设落地见效"
OTHER = "兑现惠企资金的三点做法"


def items(*rows: str) -> list[NoticeItem]:
    """Cells of a row are divided by "|"."""
    return list(notice_items([row.split("|") for row in rows], 2022, LEVELS))


def test_a_table_is_read_by_its_headings_wherever_they_stand() -> None:
    assert items(
        "2022年11月信息采用情况通报",
        "序号|报送单位|信息标题|采用刊物|采用日期|采用方式|级别",
        f"1|章贡区|{TITLE}|《赣州信息》第12期|2022年11月9日|综合|市",
        f"2|章贡区|{OTHER}|《江西信息》|11月10日||省级",
    ) == [
        NoticeItem(TITLE, "章贡区", "《赣州信息》第12期", date(2022, 11, 9), AdoptedAs.COMBINED, "市级"),
        NoticeItem(OTHER, "章贡区", "《江西信息》", date(2022, 11, 10), AdoptedAs.UNSAID, "省级"),
    ]


def test_a_table_without_headings_has_its_title_in_the_longest_cell_and_its_day_anywhere() -> None:
    assert items(f"1|章贡区|{TITLE}|2022-11-09|摘要") == [
        NoticeItem(TITLE, dated=date(2022, 11, 9), adopted_as=AdoptedAs.SUMMARY)
    ]


@pytest.mark.parametrize(
    ("line", "item"),
    [
        (f"1. {TITLE}", NoticeItem(TITLE)),
        (f"（一）{TITLE}", NoticeItem(TITLE)),
        (f"12、{TITLE}（区教体局，全文）", NoticeItem(TITLE, "区教体局", adopted_as=AdoptedAs.FULL)),
        (f"3．{TITLE}——区民政局", NoticeItem(TITLE, "区民政局")),
        (f"《{TITLE}》（综合采用）", NoticeItem(TITLE, adopted_as=AdoptedAs.COMBINED)),
        (f"我区报送的《{TITLE}》被采用。", NoticeItem(TITLE)),
    ],
)
def test_a_line_with_a_number_or_quotes_is_a_title(line: str, item: NoticeItem) -> None:
    assert items(line) == [item]


@pytest.mark.parametrize(
    "line",
    [
        "各县（市、区）党委办公室：",
        "现将11月信息采用情况通报如下。",
        "1. 赣州",
        "1. 第一句话说完了。第二句话接着说。",
        "",
        "—",
    ],
)
def test_the_words_around_the_list_are_none(line: str) -> None:
    assert items(line) == []


def test_a_title_that_is_listed_twice_is_one_item_and_an_unknown_level_is_empty() -> None:
    assert items("标题|级别", f"{TITLE}|县级", f"{TITLE}|市级") == [NoticeItem(TITLE)]
