"""Names and set phrases with one character wrong."""

from __future__ import annotations

import pytest

from tests.support.proofs import marked_findings


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("由区民政据牵头。", [("据", "局")]),
        ("由区民政局、市民政局、区统计局牵头。", []),
        ("由水南真报送。", []),
    ],
)
def test_name_of_the_register_is_written_as_there(text: str, expected: list[tuple[str, str]]) -> None:
    assert [found[1:] for found in marked_findings(text, rule="near-name")] == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("坚持不忘初心、劳记使命。", [("劳", "牢")]),
        ("推动产业提挡升级。", [("挡", "档")]),
        ("坚持稳中求进、干中求进，生产、供销、信用“三位一体”，因时制宜。", []),
    ],
)
def test_set_phrase_is_written_as_usual(text: str, expected: list[tuple[str, str]]) -> None:
    assert [found[1:] for found in marked_findings(text, rule="set-phrase")] == expected
