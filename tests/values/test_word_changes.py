"""How two versions of a text differ."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from values.word_changes import is_similar, word_changes


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        ("甲乙", "甲乙", []),
        ("建成1300个", "建成1350个", [("1300", "1350")]),
        ("建成个", "建成3个", [("", "3")]),
        ("很很好", "很好", [("很", "")]),
        ("", "新", [("", "新")]),
        ("甲" * 3001, "甲" * 3000, [("甲" * 3001, "甲" * 3000)]),
    ],
)
def test_changes_are_whole_words(before: str, after: str, expected: list[tuple[str, str]]) -> None:
    changes = word_changes(before, after)
    assert [(before[c.before_start : c.before_end], after[c.start : c.end]) for c in changes] == expected


@given(st.text("甲乙12.a ", max_size=20), st.text("甲乙12.a ", max_size=20))
def test_what_is_between_changes_is_the_same(before: str, after: str) -> None:
    rebuilt, done = "", 0
    for change in word_changes(before, after):
        rebuilt += before[done : change.before_start] + after[change.start : change.end]
        done = change.before_end
    assert rebuilt + before[done:] == after


def test_sentence_with_other_figures_is_similar_and_another_is_not() -> None:
    assert is_similar("全区建成养老服务中心12个。", "全区共建成养老服务中心15个。")
    assert not is_similar("全区建成养老服务中心12个。", "会议要求抓好秋收工作")
    assert is_similar("", "甲")
    assert not is_similar("甲" * 3001, "乙" * 10)
