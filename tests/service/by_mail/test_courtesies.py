"""Lines that ask for nothing are no unclear lines; lines that ask for something are no courtesies."""

from __future__ import annotations

import pytest

from service.by_mail.courtesies import is_courtesy, is_rule, is_signature, is_unit, without_greeting, without_thanks


@pytest.mark.parametrize(
    "line",
    [
        "您好！",
        "李老师：",
        "各位同事好：",
        "谢谢！",
        "辛苦了",
        "审阅意见如下：",
        "以上意见，请办理。",
        "此致",
        "收到，辛苦了。",
        "……",
        "祝好",
    ],
)
def test_courtesies(line: str) -> None:
    assert is_courtesy(line)


@pytest.mark.parametrize(
    "line", ["同意", "不行", "算了", "先别动", "缓 2", "不好", "停", "删掉", "退回编辑：", "3-5", "11.10", "何时"]
)
def test_what_asks_for_something_is_none(line: str) -> None:
    assert not is_courtesy(line)
    assert not is_signature(line)


@pytest.mark.parametrize("line", ["王芳", "张主任", "区政府办 王芳", "2022-11-08 16:05", "11月10日", "区政府办公室"])
def test_signatures(line: str) -> None:
    assert is_signature(line)


def test_words_around_a_clause_are_taken_off() -> None:
    assert without_greeting("李老师，您好！采用 1，谢谢！") == "采用 1，谢谢！"
    assert without_thanks("采用 1，谢谢！") == "采用 1"
    assert without_greeting("收到，采用 1") == "采用 1"
    assert without_greeting("退回编辑：标题太长") == "退回编辑：标题太长"
    assert without_thanks("采用 1，其余不变。") == "采用 1"


def test_rules_and_units() -> None:
    assert (is_rule("----"), is_rule("……")) == (True, False)
    assert (is_unit(" 市政府办公室"), is_unit("王芳")) == (True, False)
