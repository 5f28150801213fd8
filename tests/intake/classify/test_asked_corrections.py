"""更正 as departments write it in an answer, and what is none."""

from __future__ import annotations

import pytest

from intake.classify.asked_corrections import asked_corrections


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("第二段 12 应为 21", [("二", "12", "21")]),
        ("第二段12应为21。", [("二", "12", "21")]),
        ("老师好，第3段“养老中心”应改为“养老服务中心”，谢谢", [("3", "养老中心", "养老服务中心")]),
        ("请将“张三”改为“张山”", [("", "张三", "张山")]),
        ("请把第一段中的 95% 改成 59%", [("一", "95%", "59%")]),
        ("“一二三”写错了，应为“一三二”", [("", "一二三", "一三二")]),
        ("第一段“甲”应为“乙”；第二段“丙”应为“丁”", [("一", "甲", "乙"), ("二", "丙", "丁")]),
        ("第一段“甲”应为“乙”\n“丙”应为“丁”", [("一", "甲", "乙"), ("", "丙", "丁")]),
        ("正文里的数字 300 有误，应为 330", [("", "300", "330")]),
        ("谢谢，收到", []),
        ("应为21", []),
        ("第二段请再看看", []),
        ("“甲”应为“甲”", []),
        ("", []),
        ("".join(f"“甲{number}”应为“乙{number}”。" for number in range(30)), []),
        ("“" + "甲" * 100 + "”应为“乙”", []),
    ],
)
def test_words_and_what_they_become(text: str, expected: list[tuple[str, str, str]]) -> None:
    assert [(each.paragraph, each.wrong, each.right) for each in asked_corrections(text)] == expected
