"""Places in a file where an article might begin, and the signs for them."""

from __future__ import annotations

import pytest

from intake.read.source import SourceParagraph
from intake.read.structure.heads import MOST_HEADS, heads_of, is_cover_title, is_separator, marker_of
from tests.support.submissions import DEPARTMENTS

TEXT = SourceParagraph("活动持续一周，走访了二十户困难家庭，发放了慰问品。", size=16)


def title(text: str, *, paged: bool = False) -> SourceParagraph:
    return SourceParagraph(text, size=22, centred=True, page_break_before=paged)


@pytest.mark.parametrize(
    ("text", "number", "length"),
    [
        ("稿件一", 1, 3),
        ("【投稿2】", 2, 5),
        ("第三篇 多措并举", 3, 4),
        ("稿件", 0, 0),
        ("第一季度工作", 0, 0),
        ("", 0, 0),
    ],
)
def test_a_marker_is_read_at_the_beginning_of_a_line(text: str, number: int, length: int) -> None:
    assert marker_of(text) == (number, length)


@pytest.mark.parametrize("text", ["————————", "稿件一", "* * * *", "-----"])
def test_rules_and_bare_markers_separate_articles(text: str) -> None:
    assert is_separator(text)


@pytest.mark.parametrize("text", ["稿件一 多措并举", "——以文清小学为例", ""])
def test_other_lines_do_not(text: str) -> None:
    assert not is_separator(text)


def test_the_name_of_a_file_is_no_title() -> None:
    assert is_cover_title("11月份稿件汇总")
    assert is_cover_title("投稿（三篇）")
    assert not is_cover_title("内外兼修提升学前教育改革发展品质")


def test_a_head_names_its_title_its_byline_and_whether_it_begins_a_page() -> None:
    blocks = [
        title("走访慰问困难家庭"),
        SourceParagraph("区教体局", centred=True),
        TEXT,
        title("稿件二", paged=True),
        title("开展志愿服务"),
        TEXT,
    ]
    first, second = heads_of(blocks, DEPARTMENTS)
    assert (first.start, first.title, first.end, first.text) == (0, 0, 1, "走访慰问困难家庭")
    assert (first.signed, first.paged, first.large, first.number) == (True, False, True, 0)
    assert (second.start, second.title, second.text) == (3, 4, "开展志愿服务")
    assert (second.signed, second.paged, second.number) == (False, True, 2)


def test_a_title_below_the_line_of_an_annex_is_no_head() -> None:
    assert [
        head.text for head in heads_of([title("文件"), TEXT, title("附件1"), title("评分表"), TEXT], DEPARTMENTS)
    ] == ["文件"]


def test_heads_are_limited() -> None:
    assert len(heads_of([title("甲乙丙丁"), TEXT] * (MOST_HEADS + 10), DEPARTMENTS)) == MOST_HEADS
