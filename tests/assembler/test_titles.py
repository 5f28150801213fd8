from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assembler.titles import PER_LINE, set_title, width


@pytest.mark.parametrize(
    ("title", "lines"),
    [
        ("多措并举加速就业创业政策落地见效", ["多措并举加速就业创业政策落地见效"]),
        (
            "努力建成多元支撑、多层供给、多方参与的居家社区养老服务体系",
            ["努力建成多元支撑、多层供给、", "多方参与的居家社区养老服务体系"],
        ),
        (
            "区教体局关于印发《章贡区关于加快发展养老服务业的实施意见（试行）》的通知",
            ["区教体局关于印发《章贡区关于加快发展", "养老服务业的实施意见（试行）》的通知"],
        ),
        (
            "关于2022年第三季度全区GDP增长5.6%、规上工业增加值增长12.3%情况的专题通报",
            ["关于2022年第三季度全区GDP增长5.6%、", "规上工业增加值增长12.3%情况的专题通报"],
        ),
        (
            "深入学习贯彻党的二十大精神奋力谱写新时代章贡高质量发展新篇章",
            ["深入学习贯彻党的二十大精神奋力", "谱写新时代章贡高质量发展新篇章"],
        ),
    ],
)
def test_a_long_title_breaks_in_balance_and_between_words(title: str, lines: list[str]) -> None:
    assert list(set_title([title])) == lines


def test_the_author_s_own_breaks_stay() -> None:
    assert set_title(["2022年10月份全区“五型”政府建设", "工作通报"]) == ("2022年10月份全区“五型”政府建设", "工作通报")


def test_an_author_s_line_that_is_too_long_is_broken_and_the_other_is_not() -> None:
    assert set_title(["深入学习贯彻党的二十大精神奋力谱写新时代章贡新篇章", "工作通报"])[-1] == "工作通报"


def test_a_character_that_the_author_left_alone_joins_its_line() -> None:
    assert set_title(["努力建设居家社区养老", "系"]) == ("努力建设居家社区养老系",)


def test_a_title_without_any_place_to_break_stays_whole() -> None:
    assert set_title(["A" * 60]) == ("A" * 60,)


@given(st.lists(st.text("章贡区发展，、《》“”（）2022ISO%的 ", max_size=70), max_size=3))
def test_no_character_of_a_title_is_lost_and_none_stands_alone(lines: list[str]) -> None:
    made = set_title(lines)
    assert "".join(made).replace(" ", "") == "".join(lines).replace(" ", "")
    assert all(len(line) > 1 for line in made) or len(made) == 1


@given(st.text("章贡区发展改革工作建设服务", min_size=21, max_size=100))
def test_chinese_lines_fit_and_differ_little(title: str) -> None:
    widths = [width(line) for line in set_title([title])]
    assert max(widths) <= PER_LINE
    assert min(widths) >= max(widths) / 2
