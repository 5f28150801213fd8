"""Totals of tables by column and by row."""

from __future__ import annotations

import pytest

from tests.support.proofs import findings_in
from values import rules
from values.manuscript import Cell, Table


def remarks(text: str) -> list[str]:
    """The messages about a table, whose cells are separated by blanks and whose rows by /."""
    rows = tuple(tuple(map(Cell, row.split())) for row in text.split("/"))
    return [finding.message for finding in findings_in(Table(rows)) if finding.rule is rules.ARITHMETIC]


@pytest.mark.parametrize(
    ("table", "expected"),
    [
        ("类别 数量 / 甲 12 / 乙 8 / 合计 21", ["“数量”一列相加为20，合计写的是21。"]),
        ("类别 数量 / 甲 12 / 乙 8 / 合计 20", []),
        ("类别 金额 / 甲 1,200 / 乙 3,300 / 总计 5,500", ["“金额”一列相加为4500，合计写的是5,500。"]),
        ("类别 金额 / 甲 1.26 / 乙 1.27 / 总计 2.5", []),
        ("类别 办结率 / 甲 90 / 乙 95 / 合计 93", []),
        ("类别 数量 / 甲 12 / 乙 约8 / 合计 21", []),
        ("合计 100 60 / 城区 70 40 / 乡镇 40 20", ["这一列相加为110，合计写的是100。"]),
        ("类别 甲 乙 合计 / 子 10 15 25 / 丑 8 9 18 / 寅 3 4 7", ["这一行相加为17，合计写的是18。"]),
        ("类别 单价 数量 合计 / 桌 200 10 2000 / 椅 80 20 1600", []),
        ("类别 甲 乙 合计 / 子 10 15 30 / 丑 8 9 18", []),
        ("类别 数量 / 甲 12 / 合计 13", []),
    ],
)
def test_total_is_the_sum(table: str, expected: list[str]) -> None:
    assert remarks(table) == expected


def test_cell_of_the_total_is_pointed_at() -> None:
    rows = (("类别", "甲", "乙"), ("子", "1", "10"), ("丑", "2", "20"), ("合计", "3", "31"))
    [finding] = findings_in(Table(tuple(tuple(map(Cell, row)) for row in rows)))
    assert (finding.paragraph, finding.start, finding.end) == (3, 5, 7)
