"""An article's findings are numbered in the order of the text, and sorted by where they are shown."""

from __future__ import annotations

from service.article.remarks import Remark, sorted_remarks
from values import rules
from values.finding import Severity

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


def test_what_is_about_the_file_has_no_number_and_is_not_counted() -> None:
    remarks = sorted_remarks([MACRO, DATE])
    assert remarks.left_out == (Remark(0, 0, MACRO),)
    assert remarks.lines[2][0].number == 1
    assert remarks.count == {Severity.ERROR: 1, Severity.WARNING: 0, Severity.INFO: 0}


def test_automatic_corrections_are_listed_by_themselves_too() -> None:
    remarks = sorted_remarks([FIXED])
    assert remarks.changed == remarks.lines[1]


def test_rules_with_several_fixes_can_be_fixed_at_once() -> None:
    assert sorted_remarks([DASH, EARLIER_DASH, DATE, FIXED]).fixable == {rules.DASH: 2}


def test_an_article_without_findings_has_empty_groups() -> None:
    remarks = sorted_remarks([])
    assert (remarks.whole, remarks.lines, remarks.changed, remarks.left_out, remarks.fixable) == ((), {}, (), (), {})
