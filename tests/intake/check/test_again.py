"""A changed text proofread again: checks anew, and what only the reading knew is kept where it still holds."""

from __future__ import annotations

import pytest

from intake.check.again import checked_again
from intake.check.mending import Edit, mended
from intake.register import Register
from tests.support.manuscripts import DEPARTMENTS
from values import rules
from values.finding import Finding, Recheck
from values.manuscript import Manuscript, Paragraph
from values.word_list import Preferred, WordList

REGISTER = Register(DEPARTMENTS, frozenset(), ("",), True, word_list=WordList((Preferred("实事", "时事"),)))


def article(*lines: str, title: str = "标题") -> Manuscript:
    return Manuscript((title,), "区教体局", tuple(map(Paragraph, lines)))


def again(before: Manuscript, after: Manuscript, *findings: Finding) -> list[Finding]:
    return list(checked_again(after, before, findings, "", "区教体局", REGISTER))


def test_findings_of_the_checks_are_made_anew_and_have_a_severity_and_a_fix_of_their_rule() -> None:
    before = article(*WRONG)
    for finding in again(before, before):
        assert finding.rule.recheck is Recheck.ANEW
        assert finding.severity in (finding.rule.severity, *finding.rule.other_severities)
        assert finding.rule.fix is not None or finding.replacement is None


def test_a_finding_of_the_title_goes_with_the_title_that_it_was_about() -> None:
    guessed = rules.TITLE_GUESSED.finding("…")
    assert again(article("甲。"), article("乙。"), guessed) == [guessed]
    assert again(article("甲。"), article("甲。", title="新标题"), guessed) == []


@pytest.mark.parametrize(
    ("after", "place"),
    [
        (("新的一段。", "共5个。", "乙。"), (1, 1, 2)),
        (("全区一共5个。", "乙。"), (0, 4, 5)),
        (("共六个。", "乙。"), None),
        (("乙。",), None),
    ],
)
def test_a_finding_of_the_reading_moves_with_its_characters(
    after: tuple[str, ...], place: tuple[int, int, int] | None
) -> None:
    told = rules.AUTO_FIXED.finding("…", 0, 1, 2, replacement=" 5 ")
    found = [(one.paragraph, one.start, one.end) for one in again(article("共5个。", "乙。"), article(*after), told)]
    assert found == ([] if place is None else [place])


WRONG = (
    '由 82 家,占３成…他说"好"。台帐和登陆系统，进一步进一步抓，。。',
    "第一、发1-3月《甲》、《乙》（赣府[2022]第5号）——好－－好",
    "2022年11月8日（星期三），21年3月，02月03日，1、2个，12～15万元，5㎡，1亿元，20000万元，星期3，区教育局实事。",
    "一，主要做法",
)


def test_after_a_fix_the_finding_is_gone_and_nothing_else_was_touched() -> None:
    before = article(*WRONG)
    found = [one for one in again(before, before) if one.replacement is not None and one.paragraph is not None]
    assert len({one.rule.name for one in found}) >= 18
    for one in found:
        assert one.paragraph is not None
        assert one.start is not None
        assert one.end is not None
        assert one.replacement is not None
        after = mended(before, {one.paragraph: [Edit(one.start, one.end, one.replacement)]})
        line = before.lines[one.paragraph]
        assert after.lines[one.paragraph] == line[: one.start] + one.replacement + line[one.end :]
        same = [(other.rule.name, other.message) for other in again(after, after)]
        had = [(other.rule.name, other.message) for other in again(before, before)]
        assert same.count((one.rule.name, one.message)) < had.count((one.rule.name, one.message)), one
