"""Tables as WordprocessingML. A manuscript lists the cells that begin in each row; Word requires every grid position.

Whatever the manuscript claims, the table that is written is a rectangle of at most 63 columns.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import accumulate, pairwise
from types import MappingProxyType
from typing import Final, Literal, TypeAlias

from assembler import styles
from assembler.styles import TemplateStyles
from assembler.wordml import NO_MARKUP, MarkupByOffset, escape, paragraph, runs
from values.manuscript import Cell, Table

MarkupByCell: TypeAlias = Mapping[tuple[int, int], MarkupByOffset]
"""Markup within the texts of cells, by row and by place among the cells that begin in that row; both from 0."""
_NO_CELLS: Final[MarkupByCell] = MappingProxyType({})
_MAX_COLUMNS: Final = 63
"""Word opens no table with more."""
_LINE: Final = 320
"""Twips: a line of TableText, exactly 16 points in the templates."""
_CHARACTER: Final = 240
"""Twips: a Chinese character of TableText, 12 points."""
_SHORT: Final = 8
"""Characters: a column whose cells have no more is centred. Numbers, units and names fit in; sentences do not."""
_LONGEST_SHARE: Final = 20
"""Characters: longer cells do not widen their column further, so that one sentence leaves room for the others."""
_HEADER_CELL: Final = 12
"""Characters: no longer text names a column (综合得分（百分制）has ten)."""
_MOST_NAMING_ROWS: Final = 3
"""A cell that reaches further down names a group of rows, not columns."""
_WORD: Final = 4
"""Characters: a column with less room for a cell breaks words, since Chinese words have two to four."""


@dataclass(frozen=True, slots=True)
class TextArea:
    """The text area of a page, in twips (1/20 point)."""

    width: int
    half: int
    """About half of its height: rows up to this height are kept on one page, and headers up to it are repeated."""


PORTRAIT: Final = TextArea(8844, 6000)
"""156 x 225 mm (GB/T 9704-2012 5.2.2)."""
LANDSCAPE: Final = TextArea(12756, 4200)
"""225 x 156 mm."""


@dataclass(frozen=True, slots=True)
class _Box:
    """A cell of one printed row."""

    column: int
    """Its first grid column, from 0."""
    span: int
    """How many grid columns it covers."""
    rows: int
    """How many rows it still covers, this one included."""
    text: str
    merge: Literal["", "restart", "continue"]
    """The w:vMerge: whether it begins a merge over several rows or continues one from above; "" for neither."""
    markup: MarkupByOffset = field(default_factory=dict)


def is_wide(table: Table) -> bool:
    """Whether the table needs a landscape page: its columns would be too narrow for the first four characters of a
    cell."""
    characters: dict[int, int] = {}
    grid = _grid(table.rows, _NO_CELLS)
    for box in (box for row in grid for box in row):
        longest = min(_longest_line(box.text), _WORD) if box.span == 1 else 0
        characters[box.column] = max(characters.get(box.column, 0), longest)
    columns = max((box.column + box.span for row in grid for box in row), default=0)
    return (columns + sum(characters.values())) * _CHARACTER > PORTRAIT.width


def table_xml(
    table: Table,
    style_ids: TemplateStyles,
    markup: MarkupByCell = _NO_CELLS,
    area: TextArea = PORTRAIT,
) -> str:
    """A w:tbl as wide as the text area; "" for a table without cells. Its header rows are repeated on each page.

    Where the author has marked none, the rows at the top that only name columns are repeated.
    """
    grid = _grid(table.rows, markup)
    columns = max((box.column + box.span for row in grid for box in row), default=0)
    if not columns:
        return ""
    widths = _widths(table, grid, columns, area.width)
    headers = _header_rows(table.header_rows or _naming_rows(grid), grid, widths, area.half)
    centred = _short_columns(grid[max(table.header_rows, 0) :])
    body = ""
    for number, row in enumerate(grid):
        boxes = _filled(row, columns)
        if number < table.header_rows:
            cell_styles = [style_ids[styles.TABLE_HEADER]] * len(boxes)
        else:
            cell_styles = [
                style_ids[styles.TABLE_CENTRED if box.column in centred else styles.TABLE_TEXT] for box in boxes
            ]
        whole = _height(boxes, widths) <= area.half
        body += _row_xml(boxes, widths, cell_styles, whole=whole, repeated=number < headers)
    columns_xml = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
    return (
        f'<w:tbl><w:tblPr><w:tblStyle w:val="{escape(style_ids[styles.TABLE])}"/>'
        f'<w:tblW w:w="{area.width}" w:type="dxa"/><w:jc w:val="center"/><w:tblLayout w:type="fixed"/></w:tblPr>'
        f"<w:tblGrid>{columns_xml}</w:tblGrid>{body}</w:tbl>"
    )


def _grid(rows: Sequence[Sequence[Cell]], markup: MarkupByCell) -> list[list[_Box]]:
    """The boxes of each row from left to right: those continued from the row above, and those that begin."""
    grid: list[list[_Box]] = []
    for number, row in enumerate(rows):
        above = grid[-1] if grid else []
        continued = [_Box(box.column, box.span, box.rows - 1, "", "continue") for box in above if box.rows > 1]
        with_markup = [(cell, markup.get((number, place), NO_MARKUP)) for place, cell in enumerate(row)]
        beginning = _beginning(with_markup, continued, len(rows) - number)
        grid.append(sorted([*continued, *beginning], key=lambda box: box.column))
    return grid


def _beginning(row: Sequence[tuple[Cell, MarkupByOffset]], continued: Sequence[_Box], rows_left: int) -> list[_Box]:
    """The cells of a row on the free columns. Cells beyond the last column are appended to the last box."""
    taken = {column for box in continued for column in range(box.column, box.column + box.span)}
    free = (column for column in range(_MAX_COLUMNS) if column not in taken)
    boxes: list[_Box] = []
    for cell, markup in row:
        column = next(free, None)
        if column is None:
            boxes[-1:] = [_with_more(boxes[-1], cell.text, markup)] if boxes else []
            continue
        span = 1
        while span < cell.colspan and column + span < _MAX_COLUMNS and column + span not in taken:
            span += 1
            next(free, None)
        rows = max(1, min(cell.rowspan, rows_left))
        boxes.append(_Box(column, span, rows, cell.text, "restart" if rows > 1 else "", markup))
    return boxes


def _with_more(box: _Box, text: str, markup: MarkupByOffset) -> _Box:
    moved = {len(box.text) + 1 + offset: piece for offset, piece in markup.items()}
    return replace(box, text=f"{box.text}\n{text}", markup={**box.markup, **moved})


def _filled(row: Sequence[_Box], columns: int) -> list[_Box]:
    """The row with an empty box wherever the manuscript has no cell."""
    filled: list[_Box] = []
    column = 0
    for box in row:
        filled += [_Box(gap, 1, 1, "", "") for gap in range(column, box.column)]
        filled.append(box)
        column = box.column + box.span
    return filled + [_Box(gap, 1, 1, "", "") for gap in range(column, columns)]


def _widths(table: Table, grid: Sequence[Sequence[_Box]], columns: int, measure: int) -> list[int]:
    """The width of each column in twips; together exactly `measure`.

    A table without usable widths of its own is divided by the lengths of its texts.
    """
    if len(table.widths) == columns and sum(max(width, 0) for width in table.widths) > 0:
        shares = [max(width, 0) for width in table.widths]
    else:
        shares = [2] * columns
        for box in (box for row in grid for box in row if box.span == 1):
            shares[box.column] = max(shares[box.column], min(_longest_line(box.text) + 1, _LONGEST_SHARE))
    # Two characters: one, and the margins of the cell.
    least = min(_CHARACTER * 2, measure // columns)
    spare = measure - least * columns
    edges = [round(spare * edge / sum(shares)) for edge in accumulate(shares, initial=0)]
    return [least + right - left for left, right in pairwise(edges)]


def _longest_line(text: str) -> int:
    return max(map(len, text.split("\n")))


def _naming_rows(grid: Sequence[Sequence[_Box]]) -> int:
    """How many rows at the top name the columns: the first one, and those that its cells reach down to. 0 where a cell
    of them is long or has figures, where fewer than two have text, and for a table of one column."""
    first = grid[0]
    rows = max(box.rows for box in first) if first else 0
    texts = [box.text for row in grid[:rows] for box in row if box.text.strip()]
    named = len(texts) > 1 and len(first) > 1 and rows <= _MOST_NAMING_ROWS
    return rows if named and all(map(_names_column, texts)) else 0


def _names_column(text: str) -> bool:
    return len(text) <= _HEADER_CELL and not any(character.isdigit() for character in text)


def _header_rows(declared: int, grid: Sequence[Sequence[_Box]], widths: Sequence[int], half: int) -> int:
    """How many rows are repeated: never the whole table, and never more than half a page."""
    candidates = max(0, min(declared, len(grid) - 1))
    heights = accumulate(_height(row, widths) for row in grid[:candidates])
    return sum(1 for height in heights if height <= half)


def _height(row: Sequence[_Box], widths: Sequence[int]) -> int:
    """The approximate height of a row in twips."""
    return _LINE * max((_lines(box, widths) for box in row), default=1)


def _lines(box: _Box, widths: Sequence[int]) -> int:
    per_line = max(1, sum(widths[box.column : box.column + box.span]) // _CHARACTER - 1)
    return sum(1 + len(line) // per_line for line in box.text.split("\n"))


def _short_columns(grid: Sequence[Sequence[_Box]]) -> set[int]:
    """The columns of numbers, names and other short texts, which are centred."""
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
    lines = "".join(paragraph(style_id, runs(line, (), markup)) for line, markup in _paragraphs(box))
    return f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>{span}{merge}</w:tcPr>{lines}</w:tc>'


def _paragraphs(box: _Box) -> Iterator[tuple[str, MarkupByOffset]]:
    """The lines of a cell, and the markup within each. Markup at the end of a line belongs to that line."""
    start = 0
    for line in box.text.split("\n"):
        inside = range(start, start + len(line) + 1)
        yield line, {offset - start: piece for offset, piece in box.markup.items() if offset in inside}
        start += len(line) + 1
