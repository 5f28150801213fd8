"""The characters of an OFD page, by their steps and matrices."""

from __future__ import annotations

import pytest

from intake.read.pages.ofd import read_ofd
from intake.read.source import SourceDocument, SourceParagraph
from tests.support import ofd as make
from tests.support.ofd import lines, ofd, text


def texts(document: SourceDocument) -> list[str]:
    return [block.text for block in document.blocks if isinstance(block, SourceParagraph)]


def reported(data: bytes) -> dict[str, tuple[str, bool]]:
    return {one.rule.name: (one.message, one.serious) for one in read_ofd(data).omissions}


@pytest.mark.parametrize("steps", ["5.644 5.644 5.644", "g 3 5.644", "5.644 g 2 5.644", ""])
def test_steps_place_the_characters(steps: str) -> None:
    together = text("一二三四", 28, 60, steps=steps) + text("五", 28 + 4 * make.SIZE, 60)
    assert texts(read_ofd(ofd(together))) == ["一二三四五"]


def test_wide_steps_part_cells() -> None:
    assert texts(read_ofd(ofd(text("单位", 28, 60, steps="40")))) == ["单 位"]


def test_matrix_scales_the_size() -> None:
    (found,) = read_ofd(ofd(text("字", 28, 60, 1.0, more='CTM="5.644 0 0 5.644 0 0"'))).blocks
    assert isinstance(found, SourceParagraph)
    assert found.size == 16


@pytest.mark.parametrize(
    "hidden",
    [
        text("看不见", 28, 200, more='Visible="false"'),
        text("看不见", 28, 200, more='Alpha="0"'),
        text("看不见", 28, 200, inner='<ofd:FillColor Value="255 255 255"/>'),
        text("看不见", 28, 200, 0.7),
        text("看不见", 300, 200),
    ],
    ids=["invisible", "transparent", "white", "tiny", "off the page"],
)
def test_text_that_nobody_sees_is_left_out_and_reported(hidden: str) -> None:
    data = ofd(lines("　　看得见。") + hidden)
    assert texts(read_ofd(data)) == ["看得见。"]
    assert reported(data)["hidden-text"] == ("有 3 个看不见的文字没有收入：“看不见”。", True)


def test_chinese_blanks_and_private_characters_are_kept() -> None:
    assert texts(read_ofd(ofd(lines("　　张　三。", "　　\ue000字。")))) == ["张　三。", "\ue000字。"]
