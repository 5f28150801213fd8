"""The width of characters, and spaces between them."""

from __future__ import annotations

import pytest

from tests.support.manuscripts import BODY, TITLE, centred, large, plain, read
from tests.support.proofs import article, quotes, words


def test_half_width_punctuation_beside_chinese_is_found_with_its_full_width_form() -> None:
    result = article("区教体局,召开会议(扩大)；时间是8:30,地点A(B)。")
    assert [found[1:] for found in quotes(result, "half-width-punctuation")] == [
        (",", "，"),
        ("(", "（"),
        (")", "）"),
        (",", "，"),
    ]


def test_finding_in_a_table_and_after_a_picture_points_at_its_line() -> None:
    table = "<w:tbl><w:tr><w:tc><w:p><w:r><w:t>序号</w:t></w:r></w:p></w:tc></w:tr>"
    table += "<w:tr><w:tc><w:p><w:r><w:t>甲,乙</w:t></w:r></w:p></w:tc></w:tr></w:tbl>"
    result = read(large(TITLE) + centred("区教体局") + plain(BODY) + table)
    assert quotes(result, "half-width-punctuation") == [(2, ",", "，")]


@pytest.mark.parametrize(
    ("rule", "text", "expected"),
    [
        ("straight-quotes", '推行"一站式"服务。', ['"', '"']),
        ("straight-quotes", '型号为 5" 的屏幕。', []),
        ("full-width-characters", "共１２３家，Ａ类占３．５％，约50％。", ["１２３", "Ａ", "３．５％"]),
        ("digit-space", "由 82 家机构和10 家企业组成，占 3.5% 以上。", [" 82 ", "10 ", " 3.5% "]),
        ("digit-space", "由82家机构组成，电话 0797-8199917，见图 A 3。", []),
        ("digit-space", "1 加强领导，各负其责。", []),
    ],
)
def test_character_is_found_where_it_is_wrong_and_only_there(rule: str, text: str, expected: list[str]) -> None:
    assert words(text, rule=rule) == expected


def test_space_after_a_label_is_right() -> None:
    assert words("1.1 走访情况良好。", "2.3.1 督查情况。", "图1-2 走访现场。", rule="digit-space") == []
    assert words("全区 1.1 万人参加。", rule="digit-space") == [" 1.1 "]
