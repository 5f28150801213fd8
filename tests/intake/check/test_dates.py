"""Dates: those that cannot be, weekdays that are another's, words that mean nothing later."""

from __future__ import annotations

import pytest

from tests.support.proofs import article, findings, findings_in, marked_findings, words
from values import rules
from values.finding import Severity
from values.manuscript import Cell, Table


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("近日，区教体局召开会议。", ["近日"]),
        ("区教体局近日召开会议，日前印发方案。", ["近日", "日前"]),
        ("日前，区教体局印发方案。区民政局日前到社区走访。", ["日前", "日前"]),
        ("目前，已走访企业120家。", ["目前"]),
        ("目前（10月31日），已走访企业120家。", []),
        ("目前存在法规不健全的问题，到目前为止没有解决。", []),
        ("截至目前兑现5亿元，今年以来成效明显。", []),
        ("12月10日前报送，三日前通知，竞价日前缴纳，工作日前一天完成，项目前期工作3项。", []),
        ("离最近日期还有5天，届满90日前申请。", []),
    ],
)
def test_events_and_numbers_without_a_date_are_pointed_at(text: str, expected: list[str]) -> None:
    assert words(text, rule="relative-date") == expected
    assert {finding.severity for finding in findings(article(text)) if finding.rule is rules.RELATIVE_DATE} <= {
        Severity.INFO
    }


def test_relative_date_in_a_table_is_nothing_to_remark() -> None:
    table = Table(((Cell("近日"), Cell("目前，120家")),))
    assert marked_findings(table, rule="relative-date") == []


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


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("11月10日至11月5日开展。", ["11月10日至11月5日"]),
        ("11月10日至5日开展。", ["11月10日至5日"]),
        ("11月5日至10日，12月20日至次年1月5日，12月20日至1月5日开展。", []),
    ],
)
def test_span_that_ends_before_it_begins_is_reported(text: str, expected: list[str]) -> None:
    assert words(text, rule="date-span") == expected


def test_date_with_slashes_is_written_with_characters() -> None:
    assert marked_findings("2022/10/12召开，版本1.2.3。", rule="date-form") == [
        ("date-form", "2022/10/12", "2022年10月12日")
    ]
