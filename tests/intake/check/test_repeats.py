"""What stands twice by mistake."""

from __future__ import annotations

import pytest

from tests.support.proofs import marked_findings, words


def test_repeated_words_and_sentences_are_found() -> None:
    assert words("进一步进一步提高的的效能，完成了了任务，我们我们一起。", rule="repeated-word") == [
        "进一步进一步",
        "的的",
        "了了",
        "我们我们",
    ]
    sentence = "坚持定期进行年度办园水平督导评估工作"
    assert words(f"{sentence}。又及，{sentence}。", f"{sentence}。", rule="repeated-sentence") == [sentence]


@pytest.mark.parametrize(
    "text",
    [
        "的的确确，有的的士，以此为目的的活动。",
        "为了了解情况，不了了之，除了了却心愿。",
        "一是是否到位，是是非非，正在在建。",
    ],
)
def test_characters_that_meet_by_chance_are_no_repeated_word(text: str) -> None:
    assert marked_findings(text, rule="repeated-word") == []
