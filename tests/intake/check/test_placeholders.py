"""Places that nobody has filled in."""

from __future__ import annotations

import pytest

from tests.support.proofs import findings_in, words
from values import rules


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("完成率××%，走访XX家。", ["××", "XX"]),
        ("（待补充）数据待定。", ["（待补充）", "数据待定"]),
        ("联系人：____，会议由【】主持。", ["____", "【】"]),
        ("会议于  月  日在区政府举行，拟于  月底前完成。", ["  ", "  "]),
        ("本报讯　　日前，区民政局举行活动。", []),
        ("张某某、XXL码、×号、3×4米、标准待定后执行。", []),
    ],
)
def test_unfilled_place_is_pointed_at(text: str, expected: list[str]) -> None:
    assert words(text, rule="unfilled") == expected


def test_unfilled_place_in_the_title_is_reported() -> None:
    assert rules.UNFILLED in [finding.rule for finding in findings_in("正文。", title="××镇扎实推进工作")]
