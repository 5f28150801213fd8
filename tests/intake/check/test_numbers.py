"""Numbers: ranges, units, approximations, and totals given twice."""

from __future__ import annotations

import pytest

from tests.support.proofs import article, findings_in, marked_findings, quotes, words


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("三年行动方案（2019-2021 年）。", [("2019-2021", "2019—2021")]),
        ("占比63%-68%。", [("63%-68", "63%—68")]),
        ("11月1日-3日开展。", [("1日-3", "1日—3")]),
        ("2022-11-08印发，电话0797-8199917个。", []),
        ("2019—2021年，10～20人。", []),
    ],
)
def test_range_with_a_hyphen_is_found_and_the_dash_suggested(text: str, expected: list[tuple[str, str]]) -> None:
    assert [found[1:] for found in quotes(article(text), "range-hyphen")] == expected


@pytest.mark.parametrize(
    ("rule", "text", "expected"),
    [
        ("range-unit", "占比63～68%，投资13—17万元。", [("63～68%", "63%～68%"), ("13—17万元", "13万元—17万元")]),
        ("range-unit", "占比63%～68%，2019—2021年投资5万元，10—20人。", []),
        ("unit-name", "面积300㎡，厂房2000m2。", [("㎡", "平方米"), ("m2", "平方米")]),
        ("amount-unit", "投资20412.9万元，贷款9.6亿元，补助500万元。", [("20412.9万元", "2.04129亿元")]),
        ("amount-unit", "投资20412.9万元，贷款4912.5万元。", []),
        ("approximate-number", "用了3、4个月，三、四个人。", [("3、4", "三四"), ("三、四", "三四")]),
        ("approximate-number", "3、4月份，第三、四个项目，一、二年级，一、二、三产业，三四个月，1、3个。", []),
        (
            "doubly-approximate",
            "近100余家，约3个左右，超过5万多。",
            [("近100余", None), ("约3个左右", None), ("超过5万多", None)],
        ),
        ("doubly-approximate", "近100家，逾10亿元，2000余亿元，约30分钟。", []),
    ],
)
def test_number_is_found_where_it_is_wrong_and_only_there(
    rule: str, text: str, expected: list[tuple[str, str | None]]
) -> None:
    given = [(quote, suggestion) for _, quote, suggestion in marked_findings(text, rule=rule)]
    assert [
        (quote, wanted and suggestion) for (quote, suggestion), (_, wanted) in zip(given, expected, strict=True)
    ] == (expected)


def test_total_given_twice_with_two_values_is_found() -> None:
    lines = ("实现全区建成94个社区养老设施，成效明显。", "全区已建成92个社区养老设施。")
    assert words(*lines, rule="numbers-disagree") == ["92"]
    [finding] = findings_in(*lines)
    assert finding.message == "前面说全区有94个社区养老设施，这里是92个。"


@pytest.mark.parametrize(
    "lines",
    [
        ("全区共有94个社区养老设施。", "全区共有94个社区养老设施。"),
        ("2020年全区共有54个养老设施。", "2022年全区共有94个养老设施。"),
        ("全区共有54个养老设施。", "全区共有94个便民中心。"),
        ("全区共有94个社区养老设施。", "其中新建12个社区养老设施。"),
    ],
)
def test_numbers_of_different_things_and_times_may_differ(lines: tuple[str, str]) -> None:
    assert words(*lines, rule="numbers-disagree") == []
