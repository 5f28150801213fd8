"""A manuscript as plain lines."""

from __future__ import annotations

import pytest

from values.manuscript import (
    Block,
    Cell,
    Heading,
    Manuscript,
    Mark,
    Paragraph,
    Picture,
    Table,
    block_lines,
    marks_within,
)

CAPTIONED = Picture("0" * 64, "image/png", 9, 9, "现场照片", "图1 现场")


@pytest.mark.parametrize(
    ("block", "lines"),
    [
        (Paragraph("第一行\n第二行\t完"), ("第一行 第二行 完",)),
        (Heading("一、措施", 1), ("一、措施",)),
        (Table(((Cell("单位"), Cell("篇\n数")), (Cell("甲"),))), ("单位\t篇 数", "甲")),
        (CAPTIONED, ("图1 现场",)),
        (Picture("0" * 64, "image/png", 9, 9, "现场照片"), ()),
        (Paragraph(""), ("",)),
    ],
)
def test_lines_of_a_block_have_the_characters_of_its_texts(block: Block, lines: tuple[str, ...]) -> None:
    assert block_lines(block) == lines


def test_title_and_text_of_a_manuscript_are_those_of_its_parts() -> None:
    manuscript = Manuscript(("普惠金融改革推动", "惠企政策落地见效"), None, (Heading("一、措施", 1), CAPTIONED))
    assert manuscript.title == "普惠金融改革推动惠企政策落地见效"
    assert (manuscript.lines, manuscript.text) == (("一、措施", "图1 现场"), "一、措施\n图1 现场")
    assert Manuscript((), None, ()).title == ""


def test_marks_of_a_piece_are_cut_at_its_ends() -> None:
    marks = [Mark(0, 2, "subscript"), Mark(3, 4, "superscript"), Mark(5, 8, "subscript"), Mark(8, 9, "superscript")]
    assert marks_within(marks, 2, 6) == (Mark(1, 2, "superscript"), Mark(3, 4, "subscript"))
    assert marks_within(marks, 0, 9) == tuple(marks)
