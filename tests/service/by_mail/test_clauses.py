"""A line is divided into clauses in one way, or in none that counts."""

from __future__ import annotations

import pytest

from service.by_mail.clauses import MissingText, StatusClause, folded, readings_of
from service.by_mail.instructions import Retitle
from service.by_mail.numbers import Numbers
from values.issue import ArticleStatus


def test_two_ways_to_divide_a_line_are_both_returned() -> None:
    assert len(readings_of("采用 1，2 缓 3 4 用")) == 2
    assert len(readings_of("采用 1 2 缓 3")) == 1
    assert readings_of("采用 1 再看看") == []


def test_a_reason_ends_where_clauses_begin() -> None:
    [reading] = readings_of("退 4：一是核实数字；二是补落款；采用 1")
    assert reading == (
        StatusClause(ArticleStatus.RETURNED, Numbers((4,)), "一是核实数字；二是补落款"),
        StatusClause(ArticleStatus.ADOPTED, Numbers((1,))),
    )


def test_free_text_keeps_its_widths() -> None:
    assert readings_of("标题３：“双减”（二）：Ａ") == [(Retitle(3, "“双减”（二）：Ａ"),)]
    assert len(folded("３：（Ａ）\u3000")) == 6


@pytest.mark.parametrize(
    ("line", "kind"), [("退 4", "reason"), ("4 退：", "reason"), ("按语：", "text"), ("标题 3：？", "text")]
)
def test_missing_words_are_named(line: str, kind: str) -> None:
    with pytest.raises(MissingText) as caught:
        readings_of(line)
    assert caught.value.kind == kind


@pytest.mark.parametrize(
    "line",
    [
        "1 " * 1_000,
        "采用 1，2 缓 " * 150,
        "退 1：甲" + "；" * 1_900,
        "1、2 " * 500 + "采用",
        "退 1：甲，" * 280,
        "用1" * 900,
        "退 1：甲；" * 280,
        "按语：" + "，缓 1；" * 280,
    ],
)
def test_a_hostile_line_takes_no_time(line: str) -> None:
    assert len(readings_of(line[:2_000])) <= 2
