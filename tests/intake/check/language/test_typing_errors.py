"""Typing errors: hints where a character is certainly out of place, silence everywhere else."""

from __future__ import annotations

import pytest

from intake.check.language import typing_errors
from tests.support.proofs import findings_in, marked_findings, words
from values import rules
from values.department import Department
from values.finding import Audience, Severity
from values.word_list import Leader, WordList


@pytest.mark.parametrize(
    ("text", "wrong", "right"),
    [
        ("行政审批制渡改革不断深化。", "渡", "度"),
        ("推动营业执赵广泛应用。", "赵", "照"),
        ("提高农业社徽化服务水平。", "徽", "会"),
        ("加强食品安全监官，严厉打击违法行为。", "官", "管"),
        ("广西壮族自冶区林业局印发方案。", "冶", "治"),
    ],
)
def test_misspelt_character_is_a_hint_with_the_right_one(text: str, wrong: str, right: str) -> None:
    assert marked_findings(text, rule="typing-error") == [("typing-error", wrong, right)]


def test_hint_is_for_the_editor_alone() -> None:
    assert (rules.TYPING_ERROR.severity, rules.TYPING_ERROR.audience) == (Severity.INFO, Audience.EDITOR)


@pytest.mark.parametrize(
    "text",
    [
        "县级以上人民政府应当将养老服务体系建设纳入国民经济和社会发展规划。",
        "章贡区沙石镇双桥村党支部书记谢桂芳带领村民种植脐橙3000亩。",
        "“赣南苏区企业路演中心”揭牌，中证焦桐、金力永磁等企业参加。",
        "",
    ],
)
def test_right_text_has_no_hint(text: str) -> None:
    assert words(text, rule="typing-error") == []


def test_what_an_article_writes_twice_is_meant() -> None:
    assert words("健全工作机智，压实责任。", "这项工作机智由区委办拟订。", rule="typing-error") == []


def test_names_of_the_register_and_of_the_word_list_are_right() -> None:
    text = "推动营业执赵广泛应用。"
    listed = WordList(leaders=(Leader("执赵", ("主任",)),))
    registered = (Department("营业执赵局", aliases=("营业执赵",)),)
    assert rules.TYPING_ERROR in [finding.rule for finding in findings_in(text)]
    assert rules.TYPING_ERROR not in [finding.rule for finding in findings_in(text, word_list=listed)]
    assert rules.TYPING_ERROR not in [finding.rule for finding in findings_in(text, departments=registered)]


def test_what_a_rule_remarks_on_is_not_guessed_at() -> None:
    assert marked_findings("坚持不忘初心、劳记使命。") == [("set-phrase", "劳", "牢")]


def test_so_many_suspicions_of_an_article_are_weighed_and_no_more(monkeypatch: pytest.MonkeyPatch) -> None:
    text = "行政审批制渡改革不断深化，推动营业执赵广泛应用。"
    assert words(text, rule="typing-error") == ["渡", "赵"]
    monkeypatch.setattr(typing_errors, "_MOST", 2)
    assert words(text, rule="typing-error") == ["渡"]
