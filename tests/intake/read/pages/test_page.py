"""A page of placed characters: tables among its lines, and matrices."""

from __future__ import annotations

import pytest

from intake.read.pages.page import Box, Character, is_bold, is_ground, reason_to_leave_out
from intake.read.pages.pdf import read_pdf
from intake.read.source import SourceDocument, SourceParagraph
from tests.support.pdf import lines, pdf, show


def texts(document: SourceDocument) -> list[str]:
    return [block.text for block in document.blocks if isinstance(block, SourceParagraph)]


def reported(data: bytes) -> dict[str, tuple[str, bool]]:
    return {one.rule.name: (one.message, one.serious) for one in read_pdf(data).omissions}


def test_rows_without_rules_are_read_one_by_one_and_reported() -> None:
    cells = show("单位", 110, 465) + show("人数", 260, 465) + show("区教体局", 110, 415) + show("12", 260, 415)
    data = pdf(lines("　　见下表。") + cells)
    assert texts(read_pdf(data)) == ["见下表。", "单位 人数", "区教体局 12"]
    assert reported(data)["table-as-text"] == ("第 1 页有表格，只逐行读出了文字，请核对或请对方发 Word 文稿。", True)


def test_red_rule_and_frame_are_no_table() -> None:
    assert "table-as-text" not in reported(pdf(lines("　　文。") + "100 400 m 400 400 l S\n80 600 300 150 re S\n"))


@pytest.mark.parametrize(
    ("font", "bold"), [("SimHei", True), ("黑体", True), ("Arial-BoldMT", True), ("SimSun", False)]
)
def test_heavy_fonts_are_recognised_by_name(font: str, bold: bool) -> None:
    assert is_bold(font) is bold


def test_a_small_picture_is_an_ornament_and_one_over_text_a_seal() -> None:
    under = [Character("字", 110 + 16 * at, 126 + 16 * at, 150, 16) for at in range(3)]
    assert reason_to_leave_out(Box(0, 0, 20, 100), []) == "small"
    assert reason_to_leave_out(Box(100, 100, 200, 200), under) == "over-text"
    assert reason_to_leave_out(Box(100, 100, 200, 200), under[:1]) == ""


def test_a_picture_over_most_of_the_page_is_its_ground() -> None:
    assert is_ground(Box(-10, -10, 600, 850), 595, 842)
    assert not is_ground(Box(0, 0, 595, 400), 595, 842)
