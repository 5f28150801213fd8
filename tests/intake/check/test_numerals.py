"""How numbers are written: one system in one number, percentages, times of day."""

from __future__ import annotations

import pytest

from tests.support.proofs import marked_findings


@pytest.mark.parametrize(
    ("text", "rule", "expected"),
    [
        ("投入2万3千元。", "mixed-numerals", [("2万3千", "2.3万")]),
        ("投入1万5000元。", "mixed-numerals", [("1万5000", "1.5万")]),
        ("达到百分之85。", "mixed-numerals", [("百分之85", "85%")]),
        ("达到百分之八十五，2.3万元。", "mixed-numerals", []),
        ("走访二、三十家企业。", "approximate-number", [("二、三十", "二三十")]),
        ("第二、三十条。", "approximate-number", []),
        ("每天9：00-11：00办公。", "clock-time", [("9：00-11：00", "9:00—11:00")]),
        ("每天9:00-11:30办公。", "clock-time", [("9:00-11:30", "9:00—11:30")]),
        ("上午9：30召开。", "clock-time", [("9：30", "9:30")]),
        ("每天9:00—11:00办公，比例为3：50。", "clock-time", []),
    ],
)
def test_number_is_written_in_one_way(text: str, rule: str, expected: list[tuple[str, str]]) -> None:
    assert [(quote, right) for _, quote, right in marked_findings(text, rule=rule)] == expected
