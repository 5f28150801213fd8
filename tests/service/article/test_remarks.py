"""An article's findings are numbered in the order of the text, and sorted by where they are shown."""

from __future__ import annotations

from dataclasses import replace

from service.article.remarks import Remark, allowable_word, sorted_remarks
from values import rules
from values.finding import FindingState, Settlement, Severity
from values.manuscript import Manuscript, Paragraph

DASH = rules.DASH.finding("破折号", 0, 8, 9, replacement="——")
EARLIER_DASH = rules.DASH.finding("破折号", 0, 2, 3, replacement="——")
DATE = rules.IMPOSSIBLE_DATE.finding("没有这一天", 2, 0, 5)
TITLE = rules.TITLE_LENGTH.finding("标题太长")
MACRO = rules.MACRO.finding("文件里有宏")
FIXED = rules.AUTO_FIXED.finding("改了省略号", 1, 0, 2, replacement="...")


def test_remarks_are_numbered_whole_first_then_line_by_line() -> None:
    remarks = sorted_remarks([DATE, DASH, TITLE, EARLIER_DASH])
    assert remarks.whole == (Remark(2, 1, TITLE),)
    assert remarks.lines == {0: (Remark(3, 2, EARLIER_DASH), Remark(1, 3, DASH)), 2: (Remark(0, 4, DATE),)}


def test_what_is_about_the_file_has_the_last_numbers_and_is_not_counted() -> None:
    remarks = sorted_remarks([MACRO, DATE])
    assert remarks.left_out == (Remark(0, 2, MACRO),)
    assert remarks.lines[2][0].number == 1
    assert remarks.count == {Severity.ERROR: 1, Severity.WARNING: 0, Severity.INFO: 0}


def test_automatic_corrections_are_listed_by_themselves_too() -> None:
    remarks = sorted_remarks([FIXED])
    assert remarks.changed == remarks.lines[1]


def test_rules_with_several_fixes_can_be_fixed_at_once() -> None:
    assert sorted_remarks([DASH, EARLIER_DASH, DATE, FIXED]).fixable == {rules.DASH: 2}


def test_settled_findings_are_apart_and_the_others_keep_their_numbers() -> None:
    dismissed = replace(DASH, settlement=Settlement(FindingState.DISMISSED, "王"))
    remarks = sorted_remarks([DATE, dismissed, EARLIER_DASH])
    assert [remark.number for remark in remarks.settled] == [2]
    assert {line: [remark.number for remark in own] for line, own in remarks.lines.items()} == {0: [1], 2: [3]}
    assert remarks.count[Severity.INFO] == 1
    assert remarks.fixable == {}


def test_three_findings_of_a_rule_are_a_habit() -> None:
    third = replace(DASH, paragraph=1)
    remarks = sorted_remarks([DASH, third, EARLIER_DASH, DATE])
    [habit] = remarks.habits
    assert [remark.number for remark in habit.remarks] == [1, 2, 3]
    assert (habit.group.places, remarks.in_habits) == ("第 1、2 段", frozenset({1, 2, 3}))
    another = replace(EARLIER_DASH, message="另一处破折号")
    assert sorted_remarks([DASH, another, DATE]).habits == ()


def test_two_findings_that_say_the_same_are_one_line() -> None:
    remarks = sorted_remarks([DASH, replace(DASH, paragraph=1), DATE, FIXED, FIXED])
    [habit] = remarks.habits
    assert (habit.group.places, remarks.in_habits) == ("第 1、2 段", frozenset({1, 4}))
    otherwise = replace(DASH, paragraph=1, replacement="－")
    assert sorted_remarks([DASH, otherwise]).habits == ()


def test_remarks_stand_with_their_paragraphs_unless_they_are_a_habit() -> None:
    assert sorted_remarks([DASH, DATE]).has_notes
    assert not sorted_remarks([DASH, EARLIER_DASH, TITLE]).has_notes


def test_allowable_word_of_a_single_character_has_its_neighbours() -> None:
    manuscript = Manuscript(("题",), None, (Paragraph("建立机智，健全制度。"),))
    typing = rules.TYPING_ERROR.finding("…", 0, 3, 4)
    assert allowable_word(typing, manuscript) == "机智"
    assert allowable_word(replace(typing, start=2), manuscript) == "机智"
    assert allowable_word(DATE, manuscript) == ""


def test_an_article_without_findings_has_empty_groups() -> None:
    remarks = sorted_remarks([])
    assert (remarks.whole, remarks.lines, remarks.changed, remarks.left_out, remarks.fixable) == ((), {}, (), (), {})
