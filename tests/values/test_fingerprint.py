"""A decision about a finding is recognised in a later text while the words of the finding stand."""

from __future__ import annotations

import pytest

from values import rules
from values.fingerprint import fingerprint_of
from values.manuscript import Manuscript, Paragraph


def of(*lines: str, word: str = "台帐", title: str = "题") -> str:
    """The fingerprint of a finding on the word, in the text of these lines."""
    number, start = next((at, line.index(word)) for at, line in enumerate(lines) if word in line)
    finding = rules.CONFUSABLE_WORD.finding("…", number, start, start + len(word))
    return fingerprint_of(finding, Manuscript((title,), None, tuple(map(Paragraph, lines))))


FIRST = of("一是建立台帐制度，全区5家单位。")


@pytest.mark.parametrize(
    "lines",
    [
        ("前言。", "一是建立台帐制度，全区5家单位。"),
        ("近日开会。一是建立台帐制度，全区12家单位。",),
        ("一是建立“台帐”制度,全区5家单位。",),
        ("一是 建立 台帐 制度，全区五家单位。",),
    ],
)
def test_same_words_elsewhere_or_with_other_marks_are_the_same(lines: tuple[str, ...]) -> None:
    assert of(*lines) == FIRST


@pytest.mark.parametrize(
    "line", ["一是撤销台帐制度，全区5家单位。", "一是建立台帐。", "一是建立台帐目录，全区5家单位。"]
)
def test_other_words_around_them_are_other_words(line: str) -> None:
    assert of(line) != FIRST


def test_words_of_the_sentence_alone_count() -> None:
    assert of("很好。台帐。完成。") == of("很差。台帐。未完。")


def test_finding_about_the_title_stands_with_the_title() -> None:
    finding = rules.TITLE_LENGTH.finding("标题太长")
    texts = [
        Manuscript((title,), None, (Paragraph(line),)) for title, line in (("甲", "一"), ("甲", "二"), ("乙", "一"))
    ]
    first, rewritten, renamed = (fingerprint_of(finding, text) for text in texts)
    assert first == rewritten != renamed


def test_another_rule_on_the_same_words_is_another_finding() -> None:
    text = Manuscript(("题",), None, (Paragraph("建立台帐。"),))
    on_words = (rule.finding("…", 0, 2, 4) for rule in (rules.CONFUSABLE_WORD, rules.OFFICE_WORD))
    assert len({fingerprint_of(finding, text) for finding in on_words}) == 2
