"""Blocks are shown in segments: cut wherever a mark or a remark begins or ends."""

from __future__ import annotations

from desk.pages.article_text import Segment, percents, shown_blocks
from service.article.remarks import sorted_remarks
from values import rules
from values.finding import Finding
from values.manuscript import Cell, Heading, Manuscript, Mark, Paragraph, Picture, Table

TEXT = "面积2公顷m2。"


def segments(*findings: Finding, marks: tuple[Mark, ...] = ()) -> list[tuple[str, str, int, int]]:
    """Of one paragraph: text, mark, number of remarks on it, number of remarks that end with it."""
    manuscript = Manuscript(("标题",), None, (Paragraph(TEXT, marks),))
    [block] = shown_blocks(manuscript, sorted_remarks(findings))
    return [(part.text, part.mark, len(part.remarks), len(part.ends)) for part in block.segments]


def test_a_text_without_marks_and_remarks_is_one_segment() -> None:
    assert segments() == [(TEXT, "", 0, 0)]


def test_superscripts_are_segments_of_their_own() -> None:
    assert segments(marks=(Mark(6, 7, "superscript"),)) == [
        ("面积2公顷m", "", 0, 0),
        ("2", "sup", 0, 0),
        ("。", "", 0, 0),
    ]


def test_overlapping_remarks_are_cut_where_they_begin_and_end() -> None:
    first, second = rules.DASH.finding("甲", 0, 0, 3), rules.DASH.finding("乙", 0, 2, 5)
    assert segments(first, second) == [("面积", "", 1, 0), ("2", "", 2, 1), ("公顷", "", 1, 1), ("m2。", "", 0, 0)]


def test_a_remark_on_a_whole_line_marks_no_characters() -> None:
    manuscript = Manuscript(("标题",), None, (Paragraph(TEXT),))
    remarks = sorted_remarks([rules.REPEATED_SENTENCE.finding("重复", 0)])
    [block] = shown_blocks(manuscript, remarks)
    assert (block.segments, block.remarks) == ((Segment(TEXT),), remarks.lines[0])


def test_remarks_on_a_tables_row_go_to_its_cells() -> None:
    table = Table(((Cell("甲"), Cell("乙丙")),), widths=(1, 3))
    manuscript = Manuscript(("标题",), None, (Heading("一、", 1), table))
    [heading, shown] = shown_blocks(manuscript, sorted_remarks([rules.DASH.finding("丙", 1, 3, 4)]))
    assert [len(cell.segments) for cell in shown.rows[0]] == [1, 2]
    assert (shown.rows[0][1].segments[1].text, len(shown.rows[0][1].segments[1].remarks)) == ("丙", 1)
    assert (heading.remarks, len(shown.remarks), shown.widths) == ((), 1, (25, 75))


def test_a_caption_is_shown_with_its_picture() -> None:
    picture = Picture("ab" * 32, "image/png", 914_400, 914_400, caption="图一")
    [block] = shown_blocks(Manuscript(("标题",), None, (picture,)), sorted_remarks([]))
    assert block.segments == (Segment("图一"),)


def test_widths_are_per_cent_of_their_sum() -> None:
    assert (percents((1, 1, 2)), percents((1, 999)), percents(()), percents((0, 0))) == ((25, 25, 50), (1, 100), (), ())
