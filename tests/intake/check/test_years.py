"""Dates without a year where two years stand before them."""

from __future__ import annotations

import pytest

from tests.support.proofs import words


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2021年投入300万元，2022年投入500万元，8月完成改造。", ["8月"]),
        ("2021年投入300万元，2022年投入500万元，8月验收，9月交付。", ["8月", "9月"]),
        ("从2019年到2022年，项目分三期实施，6月30日全面建成。", ["6月30日"]),
        ("2021年10月立项，12月开工，2022年6月竣工。", []),
        ("2021年10月立项，2022年6月开工，8月10日竣工。", []),
        ("2022年投入500万元，8月10日完成改造。", []),
        ("2021年至2022年投入500万元，去年8月10日完成改造。", []),
        ("2021年、2022年均为第一。8月10日完成改造。", []),
    ],
)
def test_date_is_pointed_at_where_its_year_is_open(text: str, expected: list[str]) -> None:
    assert words(text, rule="year-omitted") == expected
