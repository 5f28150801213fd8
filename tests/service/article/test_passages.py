"""A text in parts and several texts as one: no block, mark, formula or remark is lost, and none is there twice."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.article.passages import (
    block_label,
    divided,
    findings_within,
    joined_blocks,
    joined_bylines,
    joined_findings,
)
from values import rules
from values.errors import BadUsage
from values.manuscript import Block, Cell, Heading, Manuscript, Mark, Paragraph, Picture, Table

WORDS = st.text(alphabet="甲乙丙，。12 \t", min_size=1, max_size=6)
BLOCKS: st.SearchStrategy[Block] = st.one_of(
    st.builds(Paragraph, WORDS, st.just((Mark(0, 1, "superscript"),))),
    st.builds(Heading, WORDS, st.integers(1, 4)),
    st.builds(
        Picture, st.sampled_from("ab"), st.just("image/png"), st.just(9), st.just(9), caption=st.just("") | WORDS
    ),
    st.builds(Table, st.lists(st.tuples(st.builds(Cell, WORDS)), min_size=1, max_size=3).map(tuple)),
)


@st.composite
def texts_and_starts(draw: st.DrawFn) -> tuple[tuple[Block, ...], list[int]]:
    blocks = draw(st.lists(BLOCKS, min_size=2, max_size=9))
    starts = draw(st.sets(st.integers(1, len(blocks) - 1), min_size=1))
    return tuple(blocks), sorted(starts)


@given(texts_and_starts())
def test_parts_that_are_joined_again_are_the_text_that_was_there(case: tuple[tuple[Block, ...], list[int]]) -> None:
    blocks, starts = case
    parts = divided(blocks, starts)
    assert len(parts) == len(starts) + 1
    assert all(parts)
    assert joined_blocks([Manuscript(("标题",), None, part) for part in parts]) == blocks


@given(texts_and_starts())
def test_every_remark_on_a_line_is_in_one_part_and_comes_back_to_its_line(
    case: tuple[tuple[Block, ...], list[int]],
) -> None:
    blocks, starts = case
    lines = Manuscript((), None, blocks).lines
    findings = [rules.COMMENT.finding(f"第 {at} 行", at, 0, 1) for at in range(len(lines))]
    edges = [0, *starts, len(blocks)]
    parts = [Manuscript((), None, part) for part in divided(blocks, starts)]
    shares = [findings_within(findings, blocks, *edge) for edge in pairwise(edges)]
    for part, share in zip(parts, shares, strict=True):
        assert [part.lines[finding.paragraph or 0] for finding in share] == [
            lines[int(finding.message.split()[1])] for finding in share
        ]
        assert len(share) == len(part.lines)
    assert joined_findings(list(zip(parts, shares, strict=True))) == findings


@pytest.mark.parametrize("starts", [[], [0], [3], [2, 1], [1, 1], [-1]])
def test_what_is_no_place_between_two_blocks_is_refused(starts: list[int]) -> None:
    with pytest.raises(BadUsage, match="第 2 到第 3 块"):
        divided([Paragraph("甲"), Paragraph("乙"), Paragraph("丙")], starts)


def test_a_single_block_cannot_be_divided() -> None:
    with pytest.raises(BadUsage, match="只有一段"):
        divided([Paragraph("甲")], [1])


def test_headings_name_each_text_and_move_its_remarks() -> None:
    texts = [Manuscript(("甲",), None, (Paragraph("一"),)), Manuscript(("乙",), None, (Paragraph("二"),))]
    assert joined_blocks(texts, headings=True) == (Heading("甲", 1), Paragraph("一"), Heading("乙", 1), Paragraph("二"))
    own = rules.COMMENT.finding("在“二”", 0, 0, 1)
    about_all = rules.COMMENT.finding("整篇")
    assert [f.paragraph for f in joined_findings([(texts[0], [about_all]), (texts[1], [own])], headings=True)] == [
        None,
        3,
    ]


@pytest.mark.parametrize(
    ("bylines", "joined"),
    [
        (["区民政局", "区教体局"], "区民政局、区教体局"),
        (["区民政局、区城管局", None, "区民政局"], "区民政局、区城管局"),
        ([None, ""], None),
    ],
)
def test_each_unit_signs_once(bylines: list[str | None], joined: str | None) -> None:
    assert joined_bylines(bylines) == joined


def test_a_block_is_recognised_by_its_first_words_and_its_kind() -> None:
    assert block_label(Paragraph("字" * 50)) == "字" * 40 + "…"
    assert block_label(Table(((Cell("甲"), Cell("乙")),))) == "〔表格〕甲 乙"
    assert block_label(Picture("a", "image/png", 1, 1, caption="图题")) == "〔图片〕图题"
