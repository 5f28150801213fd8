"""Rows and columns of a table, added and removed: merged cells stay right, or the change is refused."""

from __future__ import annotations

import pytest

from service.article.table_structure import column_count, restructured
from values.errors import BadUsage
from values.manuscript import Cell, Table

PLAIN = Table(((Cell("甲"), Cell("乙")), (Cell("1"), Cell("2"))), (30, 70), 1)
MERGED = Table(
    (
        (Cell("表头", colspan=3),),
        (Cell("左", rowspan=2), Cell("a"), Cell("b")),
        (Cell("c"), Cell("d")),
    ),
    (10, 20, 30),
    1,
)
"""表头 over three columns; 左 over two rows."""


def drawn(table: Table) -> list[list[str]]:
    """The grid with the text of each cell at every place that it covers: a hole or an overlap would show."""
    grid: dict[tuple[int, int], str] = {}
    for row, cells in enumerate(table.rows):
        column = 0
        for cell in cells:
            while (row, column) in grid:
                column += 1
            for down in range(cell.rowspan):
                for right in range(cell.colspan):
                    assert (row + down, column + right) not in grid
                    grid[row + down, column + right] = cell.text or "空"
    return [[grid[row, column] for column in range(column_count(table))] for row in range(len(table.rows))]


@pytest.mark.parametrize(
    ("table", "change", "after"),
    [
        (PLAIN, "row-before:0", ["空空", "甲乙", "12"]),
        (PLAIN, "row-after:1", ["甲乙", "12", "空空"]),
        (PLAIN, "row-remove:0", ["12"]),
        (PLAIN, "column-before:0", ["空甲乙", "空12"]),
        (PLAIN, "column-after:0", ["甲空乙", "1空2"]),
        (PLAIN, "column-after:1", ["甲乙空", "12空"]),
        (PLAIN, "column-remove:1", ["甲", "1"]),
        (MERGED, "row-after:0", ["TTT", "空空空", "左ab", "左cd"]),
        (MERGED, "row-after:1", ["TTT", "左ab", "左空空", "左cd"]),
        (MERGED, "row-after:2", ["TTT", "左ab", "左cd", "空空空"]),
        (MERGED, "row-remove:0", ["左ab", "左cd"]),
        (MERGED, "row-remove:1", ["TTT", "左cd"]),
        (MERGED, "row-remove:2", ["TTT", "左ab"]),
        (MERGED, "column-before:0", ["空TTT", "空左ab", "空左cd"]),
        (MERGED, "column-after:0", ["TTTT", "左空ab", "左空cd"]),
        (MERGED, "column-after:2", ["TTT空", "左ab空", "左cd空"]),
        (MERGED, "column-remove:0", ["TT", "ab", "cd"]),
        (MERGED, "column-remove:2", ["TT", "左a", "左c"]),
    ],
)
def test_grid_after_the_change_has_neither_holes_nor_overlaps(table: Table, change: str, after: list[str]) -> None:
    rows = ["".join("T" if text == "表头" else text for text in row) for row in drawn(restructured(table, [change]))]
    assert rows == after


@pytest.mark.parametrize(
    ("change", "widths", "header_rows"),
    [
        ("row-before:0", (10, 20, 30), 2),
        ("row-after:0", (10, 20, 30), 1),
        ("row-remove:0", (10, 20, 30), 0),
        ("row-remove:2", (10, 20, 30), 1),
        ("column-before:0", (10, 10, 20, 30), 1),
        ("column-after:1", (10, 20, 20, 30), 1),
        ("column-remove:1", (10, 30), 1),
    ],
)
def test_widths_and_header_rows_follow(change: str, widths: tuple[int, ...], header_rows: int) -> None:
    after = restructured(MERGED, [change])
    assert (after.widths, after.header_rows) == (widths, header_rows)


def test_a_change_and_its_opposite_give_the_same_table() -> None:
    for added, removed in (("row-after:1", "row-remove:2"), ("column-after:0", "column-remove:1")):
        assert restructured(MERGED, [added, removed]) == MERGED
    assert restructured(MERGED, []) is MERGED


@pytest.mark.parametrize(
    ("table", "change", "problem"),
    [
        (Table(((Cell("一"), Cell("行")),)), "row-remove:0", "只剩一行"),
        (Table(((Cell("一"),), (Cell("列"),))), "column-remove:0", "只剩一列"),
        (Table(((Cell("甲", rowspan=2), Cell("乙", rowspan=2)), ())), "row-after:0", "合并"),
        (Table(((Cell("甲", rowspan=2), Cell("乙")), (Cell("丙"),))), "column-remove:1", "合并"),
        (Table((tuple(Cell(str(number)) for number in range(63)),)), "column-after:0", "最多 63 列"),
        (PLAIN, "row-after:2", "没有这一行"),
        (PLAIN, "column-remove:9", "没有这一行或这一列"),
        (PLAIN, "row-after:x", "没有这样的改法"),
        (PLAIN, "cell-remove:0", "没有这样的改法"),
    ],
)
def test_what_cannot_be_done_is_refused_with_the_reason(table: Table, change: str, problem: str) -> None:
    with pytest.raises(BadUsage, match=problem):
        restructured(table, [change])
