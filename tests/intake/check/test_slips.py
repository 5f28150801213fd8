"""Characters that are written twice or left out by a slip of the hand."""

from __future__ import annotations

import pytest

from tests.support.proofs import marked_findings
from values import rules
from values.finding import Audience, Rule, Severity


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("所有事项在五个工作日内内办结。", [("内内", "内")]),
        ("全面落实实安全生产责任制。", [("实实", "实")]),
        ("今年是建党一百零一周年年，开展活动。", [("年年", "年")]),
        ("全区加快推动推动重点项目建设。", []),  # a word of `repeats`, which is certain
        ("为企业办理办理登记手续。", [("办理办理", "办理")]),
        ("会议议题、税收收入、学习习近平法治思想、正在在建的项目。", []),
        ("清清楚楚、一件件、天天向上、张某某、十五五规划。", []),
        ("一是是否到位，2年年内建成。", []),
    ],
)
def test_superfluous_copy_is_pointed_at(text: str, expected: list[tuple[str, str]]) -> None:
    assert [found[1:] for found in marked_findings(text, rule="doubled-characters")] == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("完善突发事件应急案，提高处置能力。", [("急案", "急预案")]),
        ("认真学习新时代中国特色社主义思想。", [("社主", "社会主")]),
        ("应开展检查，四好农村路建成，管理司负责。", []),
        ("药品全国总代理、工作责任、安全生产责任。", []),
    ],
)
def test_gap_is_pointed_at(text: str, expected: list[tuple[str, str]]) -> None:
    found = marked_findings(text)
    assert [row[1:] for row in found if row[0] in ("missing-character", "set-phrase")] == expected


@pytest.mark.parametrize("rule", [rules.DOUBLED_CHARACTERS, rules.MISSING_CHARACTER])
def test_guess_is_a_hint_for_the_editor(rule: Rule) -> None:
    assert (rule.severity, rule.audience) == (Severity.INFO, Audience.EDITOR)


@pytest.mark.parametrize("rule", ["doubled-characters", "missing-character"])
def test_what_is_no_official_prose_is_not_searched(rule: str) -> None:
    """The same slips in a list of names, of which the counts say nothing."""
    names = "钟辉邱蓝佑赖凤娇温馨罗薇谌宁缪昕郗蕾亓琪仉晟宓雯靳瑶詹妮柯岚骆佟虞淼闵霏卞昊祁媛" * 3
    assert marked_findings(f"{names}工作日内内办结，突发事件应急案{names}", rule=rule) == []
    assert marked_findings("所有事项在五个工作日内内办结，完善突发事件应急案，提高处置能力。", rule=rule) != []
