"""Titles of laws that are one character off."""

from __future__ import annotations

import pytest

from tests.support.proofs import marked_findings


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("按照《中华人民共和国环竟保护法》执行。", [("中华人民共和国环竟保护法", "中华人民共和国环境保护法")]),
        ("按照《环竟保护法》执行。", [("环竟保护法", "环境保护法")]),
        ("按照《中华人民共和国环境保护法》《环境保护法》执行。", []),
        ("按照《扬州市慈善促进条例》《泰州市城乡规划条例》执行。", []),  # 广州 and 台州 have such titles
        ("印发《章贡区干部考勤管理办法》。", []),
    ],
)
def test_title_of_a_law_is_compared_with_those_that_exist(text: str, expected: list[tuple[str, str]]) -> None:
    assert [found[1:] for found in marked_findings(text, rule="law-title")] == expected
