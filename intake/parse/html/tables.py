"""A table of a page as lines of text: a line a row, with a tab between two cells.

So does a table look that was copied from a spreadsheet into plain text; `intake.read.pasted` makes tables of both.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from lxml import etree

CELL_BREAK: Final = "\u2028"
"""LINE SEPARATOR: a line break within a cell."""
_LONGEST_CELL: Final = 300
"""Characters. A cell with more holds an article: the table only places it on the page."""
_MOST_COLUMNS: Final = 50
_MOST_ROWS: Final = 2_000


@dataclass(frozen=True, slots=True)
class PageCell:
    """A cell of a table, as the page has it."""

    lines: tuple[str, ...]
    """Its text, a line for each paragraph."""
    colspan: int = 1
    rowspan: int = 1


def row_elements(table: etree._Element) -> list[list[etree._Element]]:
    """The cells of each row, without those of tables within it."""
    rows = [row for row in table.iter("tr") if _table_around(row) is table]
    return [[cell for cell in row if cell.tag in ("td", "th")] for row in rows[:_MOST_ROWS]]


def span_of(cell: etree._Element, name: str) -> int:
    """The attribute colspan or rowspan; 1 where it is missing or no number."""
    written = cell.get(name, "").strip()
    return min(max(1, int(written)), _MOST_COLUMNS) if written.isascii() and written.isdecimal() else 1


def table_lines(rows: Sequence[Sequence[PageCell]]) -> list[str] | None:
    """The rows as lines; None for a table that only places its cells on the page.

    A merged cell has its text at its top left corner, and empty cells in the rest of its place.
    """
    grid = _without_empty_columns(_grid(rows))
    columns = len(grid[0]) if grid else 0
    if columns < 2 or len(grid) < 2 or any(len(cell) > _LONGEST_CELL for row in grid for cell in row):
        return None
    if sum(sum(map(bool, row)) > 1 for row in grid) * 2 < len(grid):
        return None  # most rows have one cell with text: name and address of a signature, a frame around an article
    return ["\t".join(row) for row in grid]


def _table_around(element: etree._Element) -> etree._Element | None:
    return next(element.iterancestors("table"), None)


def _grid(rows: Sequence[Sequence[PageCell]]) -> list[list[str]]:
    """The texts of the grid's places, all rows of one width; rows without any text are left out."""
    taken: dict[tuple[int, int], str] = {}
    for at, row in enumerate(rows):
        column = 0
        for cell in row:
            while (at, column) in taken:
                column += 1
            if column >= _MOST_COLUMNS:
                break
            for down in range(min(cell.rowspan, len(rows) - at)):
                for right in range(cell.colspan):
                    taken[at + down, column + right] = ""
            taken[at, column] = CELL_BREAK.join(line for line in cell.lines if line)
    width = max((column for _, column in taken), default=-1) + 1
    grid = [[taken.get((at, column), "") for column in range(width)] for at in range(len(rows))]
    return [row for row in grid if any(row)]


def _without_empty_columns(grid: list[list[str]]) -> list[list[str]]:
    kept = [column for column in range(len(grid[0])) if any(row[column] for row in grid)] if grid else []
    return [[row[column] for column in kept] for row in grid]
