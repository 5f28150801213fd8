"""Set phrases with a character left out."""

from __future__ import annotations

import pytest

from tests.support.proofs import marked_findings


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("坚持以民为中心的发展思想。", [("以民", "以人民")]),
        ("绿水青山就金山银山。", [("就金", "就是金")]),
        ("提升获得感、幸福、安全感。", [("福、", "福感、")]),
        ("坚持以人民为中心，党委领导，优化营商环境。", []),
    ],
)
def test_gap_in_a_phrase_is_pointed_at(text: str, expected: list[tuple[str, str]]) -> None:
    assert [found[1:] for found in marked_findings(text, rule="set-phrase")] == expected
