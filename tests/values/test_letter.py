"""Verdicts in the office's words."""

from __future__ import annotations

from values.letter import Verdict


def test_verdicts_have_the_office_s_words() -> None:
    words = ["待读", "已成稿", "需留意", "待认领", "重复", "待处理", "待答复", "已答复", "已办理", "不处理", "封存"]
    assert [verdict.chinese for verdict in Verdict] == words
