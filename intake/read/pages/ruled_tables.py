"""Tables among the lines drawn on a page: their grid, and the text of each cell.

A cell ends where a line is drawn; cells without a line between them are one. pdfplumber and camelot go the same way
(lines to crossings to cells); both bring a PDF parser of their own and are not used (docs/decisions/0088).
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import islice, pairwise
from typing import Final

from intake.read.pages.lines import PageLine, line_of, rows_of, segments_of
from intake.read.pages.page import Box, Character
from intake.read.pages.paragraphs import paragraph_of
from values.manuscript import Cell, Table

_RULE: Final = 3.0
"""Points: the thickest line of a table."""
_LONG: Final = 8.0
"""Points: the shortest line of a table; a row of small text is no lower."""
_NEAR: Final = 4.0
"""Points: lines this close are one (a double line), and ends this close meet."""
_MOST_RULES: Final = 6_000
"""Lines looked at on one page, a bound on time: a map has more. A page of a hundred rows, cell by cell, has as many."""
_PADDING: Final = 5.4
"""Points between the border of a cell and its text, on either side, as Word and LibreOffice set it (0.19 cm)."""
_ROOM: Final = 0.3
"""Of the size: room beyond the first part of the next line that shows that a line ended early; as in `paragraphs`."""
_LEAST_FILLED: Final = 0.3
"""The share of cells with text; the bars of a chart and the boxes of a plan have less."""
_TWIPS: Final = 20
"""Of a point; the widths of columns are whole numbers."""


@dataclass(frozen=True, slots=True)
class RuledCell:
    """A cell of the grid."""

    row: int
    column: int
    rowspan: int
    colspan: int


@dataclass(frozen=True, slots=True)
class RuledTable:
    """A grid of at least two cells. Lengths are points."""

    box: Box
    columns: tuple[float, ...]
    """The edges of the columns, from the left; one more than there are columns."""
    rows: tuple[float, ...]
    """The edges of the rows, from the top."""
    cells: tuple[RuledCell, ...]
    """Row by row."""

    def fields(self) -> dict[tuple[int, int], int]:
        """The index of the cell of each field, by row and column."""
        return {
            (row, column): at
            for at, cell in enumerate(self.cells)
            for row in range(cell.row, cell.row + cell.rowspan)
            for column in range(cell.column, cell.column + cell.colspan)
        }


@dataclass(frozen=True, slots=True)
class PlacedTable:
    """A table with its text, and where it is on its page."""

    box: Box
    table: Table


def tables_among(rules: Iterable[Box]) -> tuple[RuledTable, ...]:
    """The tables that drawn lines form. rules: the boxes of lines and rectangles."""
    horizontal: list[Box] = []
    vertical: list[Box] = []
    for rule in islice(rules, _MOST_RULES):
        if rule.width >= _LONG and rule.height >= _LONG:  # a rectangle: its four sides
            horizontal += (Box(rule.left, y, rule.right, y) for y in (rule.top, rule.bottom))
            vertical += (Box(x, rule.top, x, rule.bottom) for x in (rule.left, rule.right))
        elif rule.width >= _LONG and rule.height <= _RULE:
            horizontal.append(rule)
        elif rule.height >= _LONG and rule.width <= _RULE:
            vertical.append(rule)
    groups = (_grid(group, horizontal) for group in _groups(sorted(vertical, key=lambda rule: rule.top)))
    return tuple(table for table in groups if table is not None)


def with_text(
    tables: Sequence[RuledTable], characters: Sequence[Character]
) -> tuple[list[PlacedTable], list[Character]]:
    """The tables that hold text, each with it, and the characters outside of them."""
    placed: list[PlacedTable] = []
    rest = list(characters)
    for table in tables:
        fields = table.fields()
        inside: dict[int, list[Character]] = {}
        outside: list[Character] = []
        for character in rest:
            x, y = (character.left + character.right) / 2, character.baseline - character.size / 3
            field = bisect_right(table.rows, y) - 1, bisect_right(table.columns, x) - 1
            cell = fields.get(field) if table.box.holds(x, y) else None
            if cell is None:
                outside.append(character)
            else:
                inside.setdefault(cell, []).append(character)
        filled = sum(any(not character.text.isspace() for character in own) for own in inside.values())
        if filled > 1 and filled >= _LEAST_FILLED * len(table.cells):
            placed.append(PlacedTable(table.box, _table(table, inside)))
            rest = outside
    return placed, rest


def joined(above: Table, below: Table) -> Table | None:
    """The one table that continues on the next page; None when the columns differ. A repeated header is dropped."""
    if len(above.widths) != len(below.widths):
        return None
    if any(abs(width - wide) > _TWIPS * _NEAR for width, wide in zip(above.widths, below.widths, strict=True)):
        return None
    repeats = bool(above.rows and below.rows) and above.rows[0] == below.rows[0]
    return Table((*above.rows, *below.rows[repeats:]), above.widths, max(above.header_rows, int(repeats)))


def _grid(vertical: Sequence[Box], horizontal: Sequence[Box]) -> RuledTable | None:
    """The table of a group of vertical lines, with the horizontal lines that begin and end at them."""
    box = _around(vertical)
    columns = _edges(line.left for line in vertical)
    meeting = [
        line
        for line in horizontal
        if box.top - _NEAR <= line.top <= box.bottom + _NEAR
        and _meets(line.left, columns)
        and _meets(line.right, columns)
    ]
    rows = _edges(line.top for line in meeting)
    if (len(columns) - 1) * (len(rows) - 1) < 2:
        return None
    walls = _Walls(columns, rows, vertical, meeting)
    cells = tuple(_cells(len(columns) - 1, len(rows) - 1, walls))
    if len(cells) < 2:
        return None
    return RuledTable(Box(columns[0], rows[0], columns[-1], rows[-1]), columns, rows, cells)


class _Walls:
    """Where lines are drawn between the fields of a grid."""

    def __init__(
        self, columns: Sequence[float], rows: Sequence[float], vertical: Iterable[Box], horizontal: Iterable[Box]
    ) -> None:
        self._right: set[tuple[int, int]] = set()
        self._below: set[tuple[int, int]] = set()
        for line in vertical:
            edge = _nearest(line.left, columns)
            self._right |= {(row, edge - 1) for row in _covered(line.top, line.bottom, rows)}
        for line in horizontal:
            edge = _nearest(line.top, rows)
            self._below |= {(edge - 1, column) for column in _covered(line.left, line.right, columns)}

    def right_of(self, row: int, column: int) -> bool:
        return (row, column) in self._right

    def below(self, row: int, column: int) -> bool:
        return (row, column) in self._below


def _cells(columns: int, rows: int, walls: _Walls) -> list[RuledCell]:
    """The rectangles of fields without a wall between them."""
    taken: set[tuple[int, int]] = set()
    cells: list[RuledCell] = []
    for row in range(rows):
        for column in range(columns):
            if (row, column) in taken:
                continue
            right = column + 1
            while right < columns and not walls.right_of(row, right - 1) and (row, right) not in taken:
                right += 1
            bottom = row + 1
            while bottom < rows and not any(walls.below(bottom - 1, at) for at in range(column, right)):
                bottom += 1
            taken |= {(down, across) for down in range(row, bottom) for across in range(column, right)}
            cells.append(RuledCell(row, column, bottom - row, right - column))
    return cells


def _table(table: RuledTable, inside: dict[int, list[Character]]) -> Table:
    rows: list[list[Cell]] = [[] for _ in range(len(table.rows) - 1)]
    for at, cell in enumerate(table.cells):
        width = table.columns[cell.column + cell.colspan] - table.columns[cell.column]
        rows[cell.row].append(Cell(_cell_text(inside.get(at, ()), width), cell.colspan, cell.rowspan))
    widths = tuple(round(_TWIPS * (right - left)) for left, right in pairwise(table.columns))
    return Table(tuple(map(tuple, rows)), widths)


def _cell_text(characters: Iterable[Character], width: float) -> str:
    """The text of a cell: a line that had no room for the first part of the next one goes on in it."""
    lines = [line_of(row, (0, 0)) for row in rows_of(segments_of(characters))]
    paragraphs: list[list[PageLine]] = []
    for line in lines:
        above = paragraphs[-1][-1] if paragraphs else None
        if above is None or width - 2 * _PADDING - (above.right - above.left) > line.first + _ROOM * line.size:
            paragraphs.append([])
        paragraphs[-1].append(line)
    return "\n".join(text for own in paragraphs if (text := paragraph_of(own, centred=False).text.strip()))


def _groups(vertical: list[Box]) -> list[list[Box]]:
    """The vertical lines at the same height."""
    groups: list[list[Box]] = []
    end = 0.0
    for rule in vertical:
        if groups and rule.top <= end + _NEAR:
            groups[-1].append(rule)
        else:
            groups.append([rule])
            end = rule.bottom
        end = max(end, rule.bottom)
    return groups


def _edges(places: Iterable[float]) -> tuple[float, ...]:
    """The distinct places, those that are near to each other once."""
    edges: list[float] = []
    for place in sorted(places):
        if not edges or place - edges[-1] > _NEAR:
            edges.append(place)
    return tuple(edges)


def _nearest(place: float, edges: Sequence[float]) -> int:
    return min(range(len(edges)), key=lambda at: abs(edges[at] - place))


def _meets(place: float, edges: Sequence[float]) -> bool:
    return any(abs(place - edge) <= _NEAR for edge in edges)


def _covered(start: float, end: float, edges: Sequence[float]) -> Iterable[int]:
    """The fields whose middle a line from start to end passes."""
    return (at for at, (low, high) in enumerate(pairwise(edges)) if start <= (low + high) / 2 <= end)


def _around(boxes: Sequence[Box]) -> Box:
    return Box(
        min(box.left for box in boxes),
        min(box.top for box in boxes),
        max(box.right for box in boxes),
        max(box.bottom for box in boxes),
    )
