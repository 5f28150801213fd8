"""Numbers, dates and ordinals: what is found, and what is right as it stands."""

from __future__ import annotations

import pytest

from tests.support.proofs import found_in, told, words
from values.finding import Severity


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
    assert [found[:2] for found in told(text)] == expected


def test_weekday_tells_which_one_it_was() -> None:
    [finding] = found_in("2022年11月8日（星期三）召开。")
    assert (finding.severity, finding.suggestion) == (Severity.ERROR, "星期二")
    assert finding.message == "2022年11月8日是星期二，不是星期三。"


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
    given = [(quote, suggestion) for _, quote, suggestion in told(text, rule=rule)]
    assert [
        (quote, wanted and suggestion) for (quote, suggestion), (_, wanted) in zip(given, expected, strict=True)
    ] == (expected)


def test_total_that_is_told_twice_with_two_values_is_found() -> None:
    lines = ("实现全区建成94个社区养老设施，成效明显。", "全区已建成92个社区养老设施。")
    assert words(*lines, rule="numbers-disagree") == ["92"]
    [finding] = found_in(*lines)
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


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        (["（一）、加强领导。"], [("（一）、", "（一）")]),
        (["1、加强领导。"], [("1、", "1.")]),
        (["（1）.加强领导。"], [("（1）.", "（1）")]),
        (["一.加强领导。"], [("一.", "一、")]),
        (["第一、加强领导；首先、抓好落实。"], [("第一、", "第一，"), ("首先、", "首先，")]),
        (["一是、加强领导。"], [("一是、", "一是")]),
        (["一、加强领导。", "（一）抓好落实。", "1.细化任务。", "（1）分工。", "第一，甲；一是乙，二是丙。"], []),
        (["其中，第一、二、三产业占比，3、4月份完成。", "3、4月份完成。"], []),
    ],
)
def test_mark_after_an_ordinal_is_the_right_one(lines: list[str], expected: list[tuple[str, str]]) -> None:
    assert [found[1:] for found in told(*lines, rule="ordinal-punctuation")] == expected


def test_level_that_is_left_out_is_found_where_the_article_has_it_elsewhere() -> None:
    lines = ("一、甲。", "（一）子。", "1.细。", "二、乙。", "1.丑。")
    assert words(*lines, rule="ordinal-level") == ["1."]
    assert words("一、甲。", "1.子。", "2.丑。", "二、乙。", rule="ordinal-level") == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("首先，抓学习。第二，抓落实。", ["第二"]),
        ("一是抓学习。第二，抓落实。", ["第二"]),
        ("首先，抓学习。其次，抓落实。再次，抓作风。", []),
        ("第一，抓学习；第二，抓落实。一是甲；二是乙。", []),
    ],
)
def test_row_of_ordinals_keeps_one_style(text: str, expected: list[str]) -> None:
    assert words(text, rule="mixed-ordinals") == expected
