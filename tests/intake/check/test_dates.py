"""Dates: those that cannot be, weekdays that are another's, words that mean nothing later."""

from __future__ import annotations

import pytest

from tests.support.proofs import article, findings, findings_in, marked_findings, quotes
from values.finding import Severity


def test_words_without_a_date_are_pointed_at_one_by_one() -> None:
    result = article("今年以来成效明显。", "截至目前兑现5亿元，近日目前均已到位。")
    assert [found[:2] for found in quotes(result, "relative-date")] == [
        (0, "今年以来"),
        (1, "截至目前"),
        (1, "近日"),
        (1, "目前"),
    ]
    assert {finding.severity for finding in findings(result)} == {Severity.INFO}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2022年2月30日召开会议。", [("impossible-date", "2022年2月30日")]),
        ("2022年13月启动，11月31日结束。", [("impossible-date", "11月31日"), ("impossible-date", "2022年13月")]),
        ("2023年2月29日召开，2月29日是节日。", [("impossible-date", "2023年2月29日")]),
        ("2022年11月8日（星期三）召开。", [("weekday", "（星期三）")]),
        ("2022年11月8日（星期二）召开，9日（周一）不管。", []),
        ("2022年11月以来成效好，11月8日星期三召开。", [("weekday", "星期三")]),
        ("2021年11月起，2022年11月止，11月8日星期三召开。", []),
        ("11月8日（星期三）召开。", []),
        ("22年11月以来，2022年08月05日起。", [("date-form", "22年"), ("date-form", "08月05日")]),
        ("定于星期3召开。", [("weekday-numeral", "星期3")]),
        ("截至目前（10月31日），截至目前10月底，成效好。", []),
    ],
)
def test_dates_that_cannot_be_are_found(text: str, expected: list[tuple[str, str]]) -> None:
    assert [found[:2] for found in marked_findings(text)] == expected


def test_weekday_tells_which_one_it_was() -> None:
    [finding] = findings_in("2022年11月8日（星期三）召开。")
    assert (finding.severity, finding.suggestion) == (Severity.ERROR, "星期二")
    assert finding.message == "2022年11月8日是星期二，不是星期三。"
