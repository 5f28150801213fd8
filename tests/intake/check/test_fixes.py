"""What is mended by itself: nothing unless asked, only what is mechanical, every change told at its place."""

from __future__ import annotations

from typing import get_args

from intake.check.checks import CHECKS
from intake.check.fixes import FIXES, fixed
from settings.kinds import Fix
from values.finding import Severity
from values.manuscript import Block, Cell, Heading, Manuscript, Mark, Paragraph, Picture, Table
from values.rules import RULES

NAMES = tuple(rule.name for rule in FIXES)


def article(*blocks: Block) -> Manuscript:
    return Manuscript(("标题 1 题",), "区教体局", blocks)


def test_nothing_is_changed_unless_it_is_asked_for() -> None:
    manuscript = article(Paragraph("由 82 家机构,组成…"))
    assert fixed(manuscript, ()) == (manuscript, ())
    assert fixed(manuscript, ("dash",)) == (manuscript, ())


def test_every_change_is_reported_with_the_words_before_and_after_at_its_new_place() -> None:
    manuscript = article(Paragraph("由 82 家机构,占３成…共 5 家。"))
    mended, changes = fixed(manuscript, NAMES)
    assert mended.lines == ("由82家机构，占3成……共5家。",)
    assert [(mended.lines[0][one.start : one.end], one.suggestion) for one in changes] == [
        ("82", "原文： 82 "),
        ("，", "原文：,"),
        ("3", "原文：３"),
        ("……", "原文：…"),
        ("5", "原文： 5 "),
    ]
    assert changes[0].message == "已自动改正：“ 82 ”改为“82”。"
    assert {(one.rule.name, one.severity) for one in changes} == {("auto-fixed", Severity.INFO)}


def test_other_rules_than_those_asked_for_are_not_applied() -> None:
    mended, _ = fixed(article(Paragraph("由 82 家机构,组成。")), ("digit-space",))
    assert mended.lines == ("由82家机构,组成。",)


def test_mended_text_keeps_its_line_breaks_and_marks_move_along() -> None:
    manuscript = article(Paragraph("共 5 家,\n面积 300 米2,好。", (Mark(15, 16, "superscript"),)))
    mended, _ = fixed(manuscript, NAMES)
    [block] = mended.blocks
    assert isinstance(block, Paragraph)
    [mark] = block.marks
    assert block.text == "共5家，\n面积300米2，好。"
    assert block.text[mark.start : mark.end] == "2"


def test_tables_captions_title_and_lines_after_them_keep_their_places() -> None:
    table = Table(((Cell("共 5 家"),), (Cell("共 6 家"),)))
    picture = Picture("ab" * 32, "image/png", 1, 1, caption="图 1 校园,春天")
    manuscript = article(table, picture, Heading("一、共 7 家", 1), Paragraph("共 8 家。"))
    mended, changes = fixed(manuscript, NAMES)
    assert mended.lines == ("共 5 家", "共 6 家", "图 1 校园,春天", "一、共7家", "共8家。")
    assert [(one.paragraph, one.start) for one in changes] == [(3, 3), (4, 1)]
    assert mended.title == manuscript.title


def test_mended_text_has_no_more_to_mend() -> None:
    mended, _ = fixed(article(Paragraph("由 82 家机构,占３成…共 5 家--好。")), NAMES)
    assert fixed(mended, NAMES) == (mended, ())


def test_rules_that_can_be_configured_are_those_that_can_be_applied() -> None:
    automatic = {name for name, rule in RULES.items() if rule.fix and rule.fix.automatic}
    assert set(get_args(Fix)) == automatic == {rule.name for rule in FIXES}
    assert set(FIXES.values()) <= set(CHECKS)
