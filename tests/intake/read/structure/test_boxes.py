"""Floating boxes above the title."""

from __future__ import annotations

from intake.read.source import SourceBlock, SourceParagraph
from intake.read.structure.boxes import without_boxes_above_title

TITLE = SourceParagraph("区民政局扎实做好冬季救助工作", centred=True, size=22.0, bold=True)
BODY = SourceParagraph("今年10月，区民政局走访社区老人。" * 3, size=16.0)
LABEL = SourceParagraph("一寸照片", boxed=True)
NOTE = SourceParagraph("本栏目由区民政局主办。", boxed=True)


def test_label_is_for_the_office_and_a_note_belongs_below_the_title() -> None:
    blocks: list[SourceBlock] = [LABEL, NOTE, TITLE, BODY]
    assert without_boxes_above_title(blocks) == ([TITLE, BODY], ["一寸照片"], [NOTE])


def test_box_holds_the_title_where_no_other_line_is_like_one() -> None:
    boxed: list[SourceBlock] = [SourceParagraph("敬老月活动", boxed=True), BODY]
    assert without_boxes_above_title(boxed) == (boxed, [], [])


def test_manuscript_without_boxes_stays_as_it_is() -> None:
    assert without_boxes_above_title([TITLE, BODY]) == ([TITLE, BODY], [], [])
    assert without_boxes_above_title([]) == ([], [], [])
