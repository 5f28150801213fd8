"""Tables rebuilt cell by cell: a manuscript names the cells that begin in a row, Word wants every grid position.

Whatever the manuscript says, the table that comes out is a rectangle of at most 63 columns (Word's limit).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import accumulate, pairwise
from types import MappingProxyType
from typing import Final, Literal

from assembler import styles
from assembler.styles import TemplateStyles
from assembler.wordml import NOTHING, escape, paragraph, runs
from values.manuscript import Cell, Table

_MAX_COLUMNS: Final = 63
_LINE: Final = 320
_CHARACTER: Final = 240
_SHORT: Final = 8
_NO_CELLS: Final[Mapping[tuple[int, int], Mapping[int, str]]] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class TextArea:
    """A text area, in twips. half: how high a row may be that does not break, or headers that are repeated."""

    width: int
    half: int


PORTRAIT: Final = TextArea(8844, 6000)
"""The 156 x 225 mm of GB/T 9704."""
LANDSCAPE: Final = TextArea(12756, 4200)
# A column that has less than this to a cell breaks its words.
_EASY: Final = 4


@dataclass(frozen=True, slots=True)
class _Box:
    """A cell of one printed row. rows: how many rows it still covers, this one included.

    between: markup between its characters, as in `runs`.
    """

    column: int
    span: int
    rows: int
    text: str
    merge: Literal["", "restart", "continue"]
    between: Mapping[int, str] = field(default_factory=dict)


def is_wide(table: Table) -> bool:
    """Whether the columns get too narrow across a portrait page: four characters are wanted where a cell has them."""
    wanted: dict[int, int] = {}
    grid = _grid(table.rows, _NO_CELLS)
    for box in (box for row in grid for box in row):
        longest = min(_longest_line(box.text), _EASY) if box.span == 1 else 0
        wanted[box.column] = max(wanted.get(box.column, 0), longest)
    columns = max((box.column + box.span for row in grid for box in row), default=0)
    return (columns + sum(wanted.values())) * _CHARACTER > PORTRAIT.width


def table_xml(
    table: Table,
    found: TemplateStyles,
    between: Mapping[tuple[int, int], Mapping[int, str]] = _NO_CELLS,
    room: TextArea = PORTRAIT,
) -> str:
    """A w:tbl as wide as the room, "" for a table without cells. Its first header rows repeat on each page.

    between: for cells, by row and place in the row, markup between their characters as in `runs`.
    """
    grid = _grid(table.rows, between)
    columns = max((box.column + box.span for row in grid for box in row), default=0)
    if not columns:
        return ""
    widths = _widths(table, grid, columns, room.width)
    headers = _header_rows(table.header_rows, grid, widths, room.half)
    centred = _short_columns(grid[max(table.header_rows, 0) :])
    body = ""
    for number, row in enumerate(grid):
        boxes = _filled(row, columns)
        if number < table.header_rows:
            style_ids = [found[styles.TABLE_HEADER]] * len(boxes)
        else:
            style_ids = [found[styles.TABLE_CENTRED if box.column in centred else styles.TABLE_TEXT] for box in boxes]
        whole = _height(boxes, widths) <= room.half
        body += _row_xml(boxes, widths, style_ids, whole=whole, repeated=number < headers)
    columns_xml = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
    return (
        f'<w:tbl><w:tblPr><w:tblStyle w:val="{escape(found[styles.TABLE])}"/>'
        f'<w:tblW w:w="{room.width}" w:type="dxa"/><w:jc w:val="center"/><w:tblLayout w:type="fixed"/></w:tblPr>'
        f"<w:tblGrid>{columns_xml}</w:tblGrid>{body}</w:tbl>"
    )


def _grid(rows: Sequence[Sequence[Cell]], between: Mapping[tuple[int, int], Mapping[int, str]]) -> list[list[_Box]]:
    """Each row's boxes from left to right: those that go on from the row above, and those that begin."""
    grid: list[list[_Box]] = []
    for number, row in enumerate(rows):
        above = grid[-1] if grid else []
        going_on = [_Box(box.column, box.span, box.rows - 1, "", "continue") for box in above if box.rows > 1]
        with_markup = [(cell, between.get((number, place), NOTHING)) for place, cell in enumerate(row)]
        beginning = _beginning(with_markup, going_on, len(rows) - number)
        grid.append(sorted([*going_on, *beginning], key=lambda box: box.column))
    return grid


def _beginning(row: Sequence[tuple[Cell, Mapping[int, str]]], going_on: Sequence[_Box], rows_left: int) -> list[_Box]:
    taken = {column for box in going_on for column in range(box.column, box.column + box.span)}
    free = (column for column in range(_MAX_COLUMNS) if column not in taken)
    boxes: list[_Box] = []
    for cell, between in row:
        column = next(free, None)
        if column is None:
            boxes[-1:] = [_with_more(boxes[-1], cell.text, between)] if boxes else []
            continue
        span = 1
        while span < cell.colspan and column + span < _MAX_COLUMNS and column + span not in taken:
            span += 1
            next(free, None)
        rows = max(1, min(cell.rowspan, rows_left))
        boxes.append(_Box(column, span, rows, cell.text, "restart" if rows > 1 else "", between))
    return boxes


def _with_more(box: _Box, text: str, between: Mapping[int, str]) -> _Box:
    moved = {len(box.text) + 1 + place: markup for place, markup in between.items()}
    return replace(box, text=f"{box.text}\n{text}", between={**box.between, **moved})


def _filled(row: Sequence[_Box], columns: int) -> list[_Box]:
    """The row with an empty box wherever the manuscript has none."""
    filled: list[_Box] = []
    column = 0
    for box in row:
        filled += [_Box(gap, 1, 1, "", "") for gap in range(column, box.column)]
        filled.append(box)
        column = box.column + box.span
    return filled + [_Box(gap, 1, 1, "", "") for gap in range(column, columns)]


def _widths(table: Table, grid: Sequence[Sequence[_Box]], columns: int, measure: int) -> list[int]:
    """Twips per column; together exactly the measure. Without widths of its own a table is shared out by its text."""
    if len(table.widths) == columns and sum(max(width, 0) for width in table.widths) > 0:
        wanted = [max(width, 0) for width in table.widths]
    else:
        wanted = [2] * columns
        for box in (box for row in grid for box in row if box.span == 1):
            wanted[box.column] = max(wanted[box.column], min(_longest_line(box.text) + 1, 20))
    # No column is so narrow that not even one character fits.
    least = min(_CHARACTER * 2, measure // columns)
    spare = measure - least * columns
    edges = [round(spare * edge / sum(wanted)) for edge in accumulate(wanted, initial=0)]
    return [least + right - left for left, right in pairwise(edges)]


def _longest_line(text: str) -> int:
    return max(map(len, text.split("\n")))


def _header_rows(declared: int, grid: Sequence[Sequence[_Box]], widths: Sequence[int], half: int) -> int:
    """How many rows can be repeated: not all of the table, and not more than half a page."""
    wanted = max(0, min(declared, len(grid) - 1))
    heights = accumulate(_height(row, widths) for row in grid[:wanted])
    return sum(1 for height in heights if height <= half)


def _height(row: Sequence[_Box], widths: Sequence[int]) -> int:
    """About how high a row gets, in twips."""
    return _LINE * max((_lines(box, widths) for box in row), default=1)


def _lines(box: _Box, widths: Sequence[int]) -> int:
    room = max(1, sum(widths[box.column : box.column + box.span]) // _CHARACTER - 1)
    return sum(1 + len(line) // room for line in box.text.split("\n"))


def _short_columns(grid: Sequence[Sequence[_Box]]) -> set[int]:
    """Columns of numbers, names and other short texts: these stand in the middle."""
    boxes = [box for row in grid for box in row if box.merge != "continue"]
    long = {box.column for box in boxes if "\n" in box.text or len(box.text) > _SHORT}
    return {box.column for box in boxes} - long


def _row_xml(
    row: Sequence[_Box], widths: Sequence[int], style_ids: Sequence[str], *, whole: bool, repeated: bool
) -> str:
    properties = "<w:cantSplit/>" if whole else ""
    properties += "<w:tblHeader/>" if repeated else ""
    cells = "".join(
        _cell_xml(box, sum(widths[box.column : box.column + box.span]), style_id)
        for box, style_id in zip(row, style_ids, strict=True)
    )
    return f"<w:tr><w:trPr>{properties}</w:trPr>{cells}</w:tr>" if properties else f"<w:tr>{cells}</w:tr>"


def _cell_xml(box: _Box, width: int, style_id: str) -> str:
    span = f'<w:gridSpan w:val="{box.span}"/>' if box.span > 1 else ""
    merge = f'<w:vMerge w:val="{box.merge}"/>' if box.merge else ""
    lines = "".join(paragraph(style_id, runs(line, (), between)) for line, between in _paragraphs(box))
    return f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>{span}{merge}</w:tcPr>{lines}</w:tc>'


def _paragraphs(box: _Box) -> Iterator[tuple[str, Mapping[int, str]]]:
    """The lines of a cell, and the markup within each. What stands at a line's end belongs to that line."""
    start = 0
    for line in box.text.split("\n"):
        inside = range(start, start + len(line) + 1)
        yield line, {place - start: markup for place, markup in box.between.items() if place in inside}
        start += len(line) + 1
