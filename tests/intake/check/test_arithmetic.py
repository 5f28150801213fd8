"""Sums, shares, growth and counts that a text gives twice."""

from __future__ import annotations

import pytest

from tests.support.proofs import findings_in, words
from values import rules
from values.finding import Audience, Severity
from values.manuscript import Cell, Table


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("全年举办12场，其中线上5场、线下6场、直播2场。", ["12"]),
        ("全年举办13场，其中线上5场、线下6场、直播2场。", []),
        ("全年举办20场，其中线上5场、线下6场。", []),
        ("新增床位300张，其中公办200张、民办150张。", ["300"]),
        ("新增床位300张，其中公办200张、民办50个。", []),
        ("全区共有干部120名，男70名，女60名。", ["120"]),
        ("全区共有干部130名，男70名，女60名。", []),
        ("企业由100家增加到150家，同比增长60%。", ["60"]),
        ("企业由100家增加到150家，同比增长50%。", []),
        ("办理时间由30天压缩到10天，压缩66.7%。", []),
        ("办理时间由30天压缩到10天，压缩60%。", ["60"]),
        ("合格率由95%提高到98%，提高3%。", []),
        ("抽检合格率达120%。", ["120"]),
        ("完成率达120%，抽检合格率达100%。", []),
        ("成本减少1倍，产量增加1倍。", ["减少1倍"]),
        ("做好以下三点：一是甲；二是乙。", ["三"]),
        ("做好以下三点：一是甲；二是乙；三是丙。", []),
        ("提出如下两点意见：", []),
    ],
)
def test_what_does_not_add_up_is_pointed_at(text: str, expected: list[str]) -> None:
    assert words(text, rule="arithmetic") == expected


def test_announced_points_are_counted_over_lines() -> None:
    lines = ("现提出以下三点要求：", "一、加强领导。", "二、压实责任。")
    assert words(*lines, rule="arithmetic") == ["三"]
    assert words(*lines, "三、严格考核。", rule="arithmetic") == []


@pytest.mark.parametrize(("total", "expected"), [("8", ["“数量”一列相加为7，合计写的是8。"]), ("7", []), ("约7", [])])
def test_total_of_a_column_is_the_sum_of_its_rows(total: str, expected: list[str]) -> None:
    rows = (("单位", "数量"), ("甲镇", "3"), ("乙镇", "4"), ("合计", total))
    table = Table(tuple(tuple(map(Cell, row)) for row in rows))
    assert [finding.message for finding in findings_in(table) if finding.rule is rules.ARITHMETIC] == expected


def test_sum_is_a_hint_for_the_editor() -> None:
    assert (rules.ARITHMETIC.severity, rules.ARITHMETIC.audience) == (Severity.INFO, Audience.EDITOR)
