"""The open findings of an article as 本期 lists them."""

from __future__ import annotations

from dataclasses import replace

from service.issue.row_findings import row_findings
from values import rules
from values.finding import FindingState, Settlement, Severity
from values.manuscript import Manuscript, Paragraph

TEXT = Manuscript(("题",), None, (Paragraph("各单位要认真建立台帐，做好各项准备工作。"), Paragraph("共 5 个。")))
ACCOUNT = rules.CONFUSABLE_WORD.finding("“台帐”应为“台账”。", 0, 8, 10)
SPACES = tuple(rules.DIGIT_SPACE.finding(f"空格 {n}。", 1, n, n + 1) for n in range(3))


def test_gravest_comes_first_with_its_words_and_a_habit_is_one_line() -> None:
    whole = rules.NO_TITLE.finding("没有标题。")
    rows = row_findings((*SPACES, ACCOUNT, whole), TEXT)
    assert [(row.index, row.severity, row.is_habit) for row in rows] == [
        (4, Severity.ERROR, False),
        (3, Severity.WARNING, False),
        (0, Severity.INFO, True),
    ]
    assert (rows[1].before, rows[1].words, rows[1].after) == ("各单位要认真建立", "台帐", "，做好各项准备工")
    assert (rows[0].before, rows[0].words, rows[0].after, rows[0].places) == ("", "", "", "全文")


def test_settled_findings_are_left_out_and_the_indices_stay() -> None:
    settled = replace(ACCOUNT, settlement=Settlement(FindingState.CHECKED, "li"))
    assert [row.index for row in row_findings((settled, SPACES[0]), TEXT)] == [1]


def test_most_are_twelve() -> None:
    # Two of a rule are no habit, so that each is a line.
    many = [rule.finding("？", 0, 0, 1) for rule in list(rules.RULES.values())[:20]]
    assert len(row_findings(many, TEXT)) == 12
