"""Bodies that have another name now."""

from __future__ import annotations

import pytest

from tests.support.proofs import marked_findings
from values.word_list import RenamedBody, WordList

LIST = WordList(renamed=(RenamedBody("区卫计委", "区卫健委"), RenamedBody("区教育局", "区教育局和体育局")))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("由区卫计委牵头。", [("区卫计委", "区卫健委")]),
        ("原区卫计委主任、区卫健委主任到会。", []),
        ("区卫计委（现区卫健委）成立于2014年，区卫计委更名为区卫健委。", []),
        ("由区教育局和体育局牵头。", []),
    ],
)
def test_former_name_is_replaced_unless_it_is_called_so(text: str, expected: list[tuple[str, str]]) -> None:
    found = marked_findings(text, rule="renamed-body", word_list=LIST)
    assert [row[1:] for row in found] == expected
