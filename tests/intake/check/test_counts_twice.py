"""The same count given twice with two numbers."""

from __future__ import annotations

import pytest

from tests.support.proofs import words


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        (("全年共走访企业230家。", "通过全年共走访企业320家，摸清了底数。"), ["320"]),
        (("全区共有网格员412名。", "全区网格员412名。"), []),
        (("共培训学员450人次。截至目前，累计培训学员540人次。",), ["540"]),
        (("一季度共发放消费券1200万元。", "二季度共发放消费券1500万元。"), []),
        (("水东镇共走访企业20家。", "水西镇共走访企业35家。"), []),
        (("去年共接待游客15万人次。", "今年共接待游客18万人次。"), []),
        (("共走访企业230家。", "计划明年共走访企业320家。"), []),
        (("共走访企业230家。", "共走访企业230余家。"), []),
    ],
)
def test_second_number_is_pointed_at(lines: tuple[str, ...], expected: list[str]) -> None:
    assert words(*lines, rule="arithmetic") == expected
