"""Tables of a page as lines of text."""

from __future__ import annotations

import pytest
from lxml import etree

from intake.parse.html.tables import PageCell, row_elements, span_of, table_lines


def row(*texts: str) -> list[PageCell]:
    return [PageCell((text,)) for text in texts]


def test_row_is_a_line_with_tabs_and_a_cell_of_several_lines_stays_one() -> None:
    rows = [row("单位", "件数"), [PageCell(("甲", "局")), PageCell(("5",))]]
    assert table_lines(rows) == ["单位\t件数", "甲\u2028局\t5"]


def test_merged_cell_has_its_text_at_its_top_left_corner() -> None:
    rows = [[PageCell(("单位",), rowspan=2), PageCell(("件数",), colspan=2)], row("一月", "二月"), row("甲", "1", "2")]
    assert table_lines(rows) == ["单位\t件数\t", "\t一月\t二月", "甲\t1\t2"]


def test_columns_and_rows_without_text_are_left_out() -> None:
    assert table_lines([row("甲", "", "1"), row("", "", ""), row("乙", "", "2")]) == ["甲\t1", "乙\t2"]


@pytest.mark.parametrize(
    "rows",
    [
        [],
        [row("一", "二")],
        [row("一"), row("二")],
        [row("王某", ""), row("办公室", ""), row("电话", "8190001"), row("某路", "")],
        [row("一", "长" * 301), row("二", "三")],
    ],
)
def test_frame_around_an_article_or_a_signature_is_no_table(rows: list[list[PageCell]]) -> None:
    assert table_lines(rows) is None


def test_cells_of_a_table_within_a_cell_are_its_own() -> None:
    table = etree.fromstring("<table><tr><td><table><tr><td/><td/></tr></table></td><th/></tr></table>")
    assert [[cell.tag for cell in cells] for cells in row_elements(table)] == [["td", "th"]]


@pytest.mark.parametrize(("written", "span"), [("2", 2), ("", 1), ("x", 1), ("0", 1), ("9999", 50)])
def test_span_is_a_small_number(written: str, span: int) -> None:
    assert span_of(etree.fromstring(f"<td colspan='{written}'/>"), "colspan") == span
