"""The document of an article taken from a letter."""

from __future__ import annotations

import pytest

from intake.parse.message import Part
from intake.read.pasted.reading import TextDoubt, read_pasted
from intake.read.source import SourceParagraph
from values.manuscript import Table


def blocks_of(text: str) -> list[object]:
    document = read_pasted(Part("", "text/plain", "", text.encode()), TextDoubt.IN_A_LETTER)
    return [
        [[cell.text for cell in row] for row in block.rows] if isinstance(block, Table) else block.text
        for block in document.blocks
        if isinstance(block, SourceParagraph | Table)
    ]


@pytest.mark.parametrize(
    ("text", "blocks"),
    [
        ("一\n二", ["一", "二"]),
        ("一\n甲\t5\n乙\t6\n二", ["一", [["甲", "5"], ["乙", "6"]], "二"]),
        ("甲\t\t5\n乙\t6\n\t丙\t7", [[["甲", "", "5"], ["乙", "6", ""], ["", "丙", "7"]]]),
        ("甲\u2028局\t5\n乙\t6", [[["甲\n局", "5"], ["乙", "6"]]]),
        ("区教体局\t2022年11月8日", ["区教体局 2022年11月8日"]),
        ("\t一段\n\t二段", ["一段", "二段"]),
    ],
)
def test_lines_are_paragraphs_and_lines_with_tabs_rows(text: str, blocks: list[object]) -> None:
    assert blocks_of(text) == blocks


@pytest.mark.parametrize(
    ("doubt", "rules"),
    [
        (TextDoubt.NONE, []),
        (TextDoubt.IN_A_LETTER, ["pasted-text"]),
        (TextDoubt.PERHAPS_A_LETTER, ["pasted-text", "pasted-doubtful"]),
    ],
)
def test_editor_is_asked_to_compare_and_to_decide(doubt: TextDoubt, rules: list[str]) -> None:
    document = read_pasted(Part("", "text/plain", "", b"a"), doubt)
    assert [omission.rule.name for omission in document.omissions] == rules
