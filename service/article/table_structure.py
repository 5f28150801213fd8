"""Rows and columns added to a table and removed from it; merged cells grow, shrink or move with them. Pure.

A change is a word and an index, "row-below:2": the edit form sends the changes that were made since the table was read,
in their order.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Final

from values.errors import BadUsage
from values.manuscript import Cell, Table

_CHANGE: Final = re.compile(r"(row|column)-(before|after|remove):(\d{1,4})", re.ASCII)
_MOST_COLUMNS: Final = 63
"""As many as Word allows in a table."""
_EMPTY: Final = Cell("")


@dataclass(frozen=True, slots=True)
class _Placed:
    """A cell with the row and the grid column in which it begins."""

    cell: Cell
    row: int
    column: int

    def covers_row(self, row: int) -> bool:
        return self.row <= row < self.row + self.cell.rowspan

    def covers_column(self, column: int) -> bool:
        return self.column <= column < self.column + self.cell.colspan


def restructured(table: Table, changes: Iterable[str]) -> Table:
    """The table after the changes: row-before:R, row-after:R, row-remove:R, and column-… with a column of the grid.

    Raises BadUsage for what is no change of this table, and for one that would leave a row without a cell.
    """
    for change in changes:
        match = _CHANGE.fullmatch(change)
        if match is None:
            raise BadUsage("没有这样的改法，表格没有变。")
        table = _changed(table, match[1] == "row", match[2], int(match[3]))
    return table


def column_count(table: Table) -> int:
    """Columns of the grid."""
    return max((placed.column + placed.cell.colspan for placed in _placed(table)), default=0)


def _changed(table: Table, of_rows: bool, what: str, index: int) -> Table:
    count = len(table.rows) if of_rows else column_count(table)
    if index >= count:
        raise BadUsage("表格里没有这一行或这一列，没有变；请刷新页面。")
    if what == "remove":
        if count == 1:
            raise BadUsage(f"表格只剩一{'行' if of_rows else '列'}，不能再删；不要这个表格时点“删”。")
        changed = _without_row(table, index) if of_rows else _without_column(table, index)
    else:
        at = index + (what == "after")
        changed = _with_row(table, at) if of_rows else _with_column(table, at)
    if _rows_without_cells(changed) > _rows_without_cells(table):
        raise BadUsage("这里的格子是合并的，这样改会有一行没有格子，没有变。请在 Word 里拆开合并后让单位重报。")
    return changed


def _with_row(table: Table, at: int) -> Table:
    """With an empty row before the row `at`; merged cells across that place grow."""
    placed = list(_placed(table))
    grown = [
        replace(each, cell=replace(each.cell, rowspan=each.cell.rowspan + 1))
        if each.row < at < each.row + each.cell.rowspan
        else each
        for each in placed
    ]
    covered = {
        column
        for each in grown
        if each.row < at and each.covers_row(at)
        for column in range(each.column, each.column + each.cell.colspan)
    }
    moved = [replace(each, row=each.row + 1) if each.row >= at else each for each in grown]
    added = [_Placed(_EMPTY, at, column) for column in range(column_count(table)) if column not in covered]
    header_rows = table.header_rows + (at < table.header_rows)
    return replace(table, rows=_rows([*moved, *added], len(table.rows) + 1), header_rows=header_rows)


def _without_row(table: Table, index: int) -> Table:
    """Merged cells that begin in the row move down with their text; those from above shrink."""
    kept: list[_Placed] = []
    for each in _placed(table):
        cell = each.cell
        if each.covers_row(index):
            if cell.rowspan == 1:
                continue
            cell = replace(cell, rowspan=cell.rowspan - 1)
        kept.append(_Placed(cell, each.row - (each.row > index), each.column))
    header_rows = table.header_rows - (index < table.header_rows)
    return replace(table, rows=_rows(kept, len(table.rows) - 1), header_rows=header_rows)


def _with_column(table: Table, at: int) -> Table:
    """With an empty column before the column `at`; merged cells across that place grow."""
    if column_count(table) >= _MOST_COLUMNS:
        raise BadUsage(f"表格最多 {_MOST_COLUMNS} 列。")
    cells: list[_Placed] = []
    covered: set[int] = set()
    for each in _placed(table):
        if each.column < at < each.column + each.cell.colspan:
            cells.append(replace(each, cell=replace(each.cell, colspan=each.cell.colspan + 1)))
            covered |= set(range(each.row, each.row + each.cell.rowspan))
        else:
            cells.append(replace(each, column=each.column + (each.column >= at)))
    cells += [_Placed(_EMPTY, row, at) for row in range(len(table.rows)) if row not in covered]
    widths = table.widths
    if widths:
        neighbour = widths[min(max(at - 1, 0), len(widths) - 1)]
        widths = (*widths[:at], neighbour, *widths[at:])
    return replace(table, rows=_rows(cells, len(table.rows)), widths=widths)


def _without_column(table: Table, index: int) -> Table:
    kept: list[_Placed] = []
    for each in _placed(table):
        cell = each.cell
        if each.covers_column(index):
            if cell.colspan == 1:
                continue
            cell = replace(cell, colspan=cell.colspan - 1)
        kept.append(_Placed(cell, each.row, each.column - (each.column > index)))
    widths = (*table.widths[:index], *table.widths[index + 1 :])
    return replace(table, rows=_rows(kept, len(table.rows)), widths=widths)


def _placed(table: Table) -> Iterator[_Placed]:
    """The cells in the order of the table: a cell begins at the first column that no cell from above covers."""
    covered: set[tuple[int, int]] = set()
    for row, cells in enumerate(table.rows):
        column = 0
        for cell in cells:
            while (row, column) in covered:
                column += 1
            yield _Placed(cell, row, column)
            for below in range(row, row + cell.rowspan):
                covered |= {(below, column + right) for right in range(cell.colspan)}


def _rows(placed: Iterable[_Placed], count: int) -> tuple[tuple[Cell, ...], ...]:
    rows: list[list[_Placed]] = [[] for _ in range(count)]
    for each in placed:
        rows[each.row].append(each)
    return tuple(tuple(each.cell for each in sorted(row, key=lambda each: each.column)) for row in rows)


def _rows_without_cells(table: Table) -> int:
    return sum(not row for row in table.rows)
