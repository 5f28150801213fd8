"""Characters put in place of others, with all around them kept."""

from __future__ import annotations

import pytest

from intake.check.mending import Edit, apart, mended, mended_text
from values.manuscript import Cell, Heading, Manuscript, Mark, Paragraph, Picture, Table


def test_of_edits_that_overlap_the_first_in_the_text_is_made() -> None:
    first, overlapping, next_to_it = Edit(2, 4, "甲"), Edit(3, 5, "乙"), Edit(4, 6, "丙")
    assert apart([overlapping, next_to_it, first]) == [first, next_to_it]


@pytest.mark.parametrize(
    ("edits", "text"),
    [
        ([], "共 5 家。"),
        ([Edit(1, 4, "5")], "共5家。"),
        ([Edit(0, 1, ""), Edit(4, 6, "个！")], " 5 个！"),
        ([Edit(6, 6, "好")], "共 5 家。好"),
    ],
)
def test_text_is_replaced_deleted_and_inserted(edits: list[Edit], text: str) -> None:
    assert mended_text("共 5 家。", edits) == text


def test_superscript_moves_with_its_character_and_goes_when_it_is_deleted() -> None:
    block = Paragraph("共 5 m2。", marks=(Mark(5, 6, "superscript"),))
    manuscript = Manuscript((), None, (block,))
    assert mended(manuscript, {0: [Edit(1, 4, "5")]}).blocks == (
        Paragraph("共5m2。", marks=(Mark(3, 4, "superscript"),)),
    )
    assert mended(manuscript, {0: [Edit(4, 6, "")]}).blocks == (Paragraph("共 5 。"),)


def test_edits_are_made_on_the_lines_of_headings_tables_and_captions() -> None:
    table = Table(((Cell("单位"), Cell("篇 数")), (Cell("甲"), Cell("3"))))
    picture = Picture("0" * 64, "image/png", 9, 9, caption="图1 现场")
    manuscript = Manuscript(("标题",), None, (Heading("一、措施。", 1), table, Picture("1" * 64, "", 9, 9), picture))
    assert manuscript.lines == ("一、措施。", "单位\t篇 数", "甲\t3", "图1 现场")
    edits = {0: [Edit(4, 5, "")], 1: [Edit(4, 5, "")], 3: [Edit(2, 3, "")]}
    assert mended(manuscript, edits).lines == ("一、措施", "单位\t篇数", "甲\t3", "图1现场")


def test_edit_that_would_join_two_cells_is_not_made() -> None:
    manuscript = Manuscript((), None, (Table(((Cell("单位"), Cell("篇数")),)),))
    assert mended(manuscript, {0: [Edit(1, 4, "")]}) == manuscript
