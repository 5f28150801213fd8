"""Many remarks of one rule are one comment."""

from __future__ import annotations

from dataclasses import replace
from itertools import count

import pytest
from hypothesis import strategies as st

from assembler.comments import MOST_IN_A_LINE
from assembler.condensing import MOST_OF_A_RULE
from tests.support.drafts import draft_of, typeset_draft
from tests.support.issues import article, issue
from tests.support.remarks import remarks
from values import rules
from values.finding import Finding, Severity
from values.issue import IssueArticle
from values.manuscript import Paragraph
from values.rules import rule_named

TYPO = Finding(rules.CONFUSABLE_WORD, Severity.WARNING, "“在接再厉”似应为“再接再厉”", 0, 2, 6, "再接再厉")


RULES = count()


SPACES = "数字“5”与汉字之间有空格。"


def on(paragraph: int | None, start: int | None = None, end: int | None = None, said: str = "？") -> Finding:
    """A remark of a rule of its own."""
    return Finding(rule_named(f"rule-{next(RULES)}"), Severity.INFO, said, paragraph, start, end)


def of_one_rule(places: list[tuple[int | None, int]], severity: Severity = Severity.INFO) -> list[Finding]:
    return [Finding(rules.DIGIT_SPACE, severity, SPACES, line, start, start + 1, "5") for line, start in places]


def draft(written: IssueArticle, *findings: Finding) -> bytes:
    whole = issue(written)
    return typeset_draft(whole, draft_of(whole, *findings))


def under(made: bytes) -> list[str]:
    return [characters for characters, _ in remarks(made)]


def test_many_remarks_of_one_kind_are_one_at_the_first_place_that_counts_them() -> None:
    written = article(1, Paragraph("甲乙丙丁"), Paragraph("戊己庚辛"))
    made = draft(written, *of_one_rule([(1, 2), (0, 3), (1, 0), (0, 1)]), TYPO, on(1, 0, 1))
    assert remarks(made) == [
        ("乙", f"【提示】{SPACES}本篇共 4 处此类提示，只标在第一处。 / 建议：5"),
        ("丙丁", "【疑问】“在接再厉”似应为“再接再厉” / 建议：再接再厉"),
        ("戊", "【提示】？"),
    ]


def test_a_few_remarks_of_one_kind_stand_each_at_its_place() -> None:
    written = article(1, Paragraph("甲乙丙丁"))
    made = draft(written, *of_one_rule([(0, place) for place in range(MOST_OF_A_RULE)]))
    assert remarks(made) == [(char, f"【提示】{SPACES} / 建议：5") for char in "甲乙丙"]


@pytest.mark.parametrize("severity", [Severity.ERROR, Severity.WARNING])
def test_errors_and_doubts_stand_at_their_places_however_many_there_are(severity: Severity) -> None:
    made = draft(article(1, Paragraph("甲乙丙丁戊己庚辛")), *of_one_rule([(0, place) for place in range(8)], severity))
    assert under(made) == list("甲乙丙丁戊己庚辛")


def test_automatic_fix_is_shown_at_every_place_it_changed() -> None:
    fixes = [rules.AUTO_FIXED.finding("已自动改正。", 0, place, place + 1) for place in range(8)]
    assert under(draft(article(1, Paragraph("甲乙丙丁戊己庚辛")), *fixes)) == list("甲乙丙丁戊己庚辛")


def test_each_article_counts_its_own_and_what_has_no_place_stays_on_the_title() -> None:
    whole = issue(article(1, Paragraph("甲乙丙丁"), title=("题一",)), article(2, Paragraph("戊己"), title=("题二",)))
    draft = draft_of(whole, *of_one_rule([(0, place) for place in range(4)]), *of_one_rule([(None, 0)]))
    second = replace(draft.articles[1], findings=tuple(of_one_rule([(0, 0), (0, 1)])))
    made = typeset_draft(whole, replace(draft, articles=(draft.articles[0], second)))
    assert under(made) == ["题一", "甲", "戊", "己"]


spans = st.one_of(st.none(), st.integers(-3, 30))


findings = st.lists(st.builds(on, st.one_of(st.none(), st.integers(-1, 6)), spans, spans), max_size=MOST_IN_A_LINE)
