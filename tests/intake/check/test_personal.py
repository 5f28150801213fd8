"""Personal data that must not be printed."""

from __future__ import annotations

import pytest

from tests.support.proofs import findings_in, words
from values.finding import Severity


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("身份证号11010519491231002X，已核对。", ["11010519491231002X"]),
        ("编号110105194912310021不是证件。", []),
        ("电话13800138000，或138-0013-8000。", ["13800138000", "138-0013-8000"]),
        ("电话0797-8199917，投资13800138000元，产值1.3800138000。", []),
        ("卡号6222 0212 3456 7890 127。", []),
        ("卡号4111111111111111，已办结。", ["4111111111111111"]),
    ],
)
def test_personal_data_are_errors(text: str, expected: list[str]) -> None:
    assert words(text, rule="personal-data") == expected


def test_message_about_personal_data_does_not_repeat_it() -> None:
    [finding] = findings_in("联系电话13800138000。")
    assert finding.severity is Severity.ERROR
    assert finding.message == "正文里有手机号码（138…00），印发前应删去或遮盖。"


@pytest.mark.parametrize(
    ("text", "rule", "expected"),
    [
        ("护照号E12345678。", "personal-data", ["E12345678"]),
        ("车牌赣B·12345的车辆。", "personal-data", ["赣B·12345"]),
        ("请发送至abc@163.com。", "contact-data", ["abc@163.com"]),
        ("家住3栋2单元501室。", "contact-data", ["3栋2单元501室"]),
        ("家住3-2-301号。", "contact-data", ["3-2-301号"]),
        ("编号3-2-301号、G3-2-301号、3-2-301号文件。", "contact-data", []),
        ("为困难群众张小明发放5000元。", "contact-data", ["张小明"]),
        ("患者李某某，学生王×，学生代表发言，困难群众生活得到保障。", "contact-data", []),
        ("G72次、E12号、3栋楼房、赣B区，编号S20241105。", "personal-data", []),
        ("学生方面，困难群众方便在家门口办事，学生任务，患者高度评价。", "contact-data", []),
    ],
)
def test_what_belongs_to_a_person_is_pointed_at(text: str, rule: str, expected: list[str]) -> None:
    assert words(text, rule=rule) == expected
