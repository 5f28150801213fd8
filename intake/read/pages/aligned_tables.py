"""Tables without drawn lines: rows of at least three texts that stand below each other in the same columns.

Two columns are none: two signatures, a list with tabs and a form have the same gaps (docs/decisions/0097).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from statistics import median
from typing import Final

from intake.read.pages.lines import LineSegment, line_of, rows_of
from intake.read.pages.page import Box
from intake.read.pages.paragraphs import paragraph_of
from intake.read.pages.ruled_tables import PlacedTable
from values.manuscript import Cell, Table
from values.ordinals import label_of

_FEWEST_COLUMNS: Final = 3
_FEWEST_ROWS: Final = 3
_WIDEST_STEP: Final = 3.5
"""Of the size: more between two rows ends the table. Rows of cells with two lines are about three apart."""
_LINE_STEP: Final = 2.0
"""Of the size: the most between two lines of one cell."""
_NEAR: Final = 0.6
"""Of the size: lines of one cell begin at the same place, or have the same middle."""
_LONGEST_CELL: Final = 8.0
"""Characters: columns of running text are wider than this, and their lines fill them."""
_FILLED: Final = 0.85
"""Of the width of a column: the median line of running text is at least so long."""
_TWIPS: Final = 20
"""Of a point; the widths of columns are whole numbers."""

_Row = list[LineSegment]
_Span = tuple[float, float]
"""The left and right edge of a column, in points."""


def aligned_tables(segments: Sequence[LineSegment]) -> tuple[list[PlacedTable], list[LineSegment]]:
    """The tables among the segments of a page, and the segments outside of them."""
    if max(Counter(round(segment.box.bottom) for segment in segments).values(), default=0) < _FEWEST_COLUMNS:
        return [], list(segments)
    rows = list(rows_of(segments))
    placed: list[PlacedTable] = []
    rest: list[LineSegment] = []
    at = 0
    while at < len(rows):
        end, columns = _run(rows, at)
        if columns:
            placed.append(_placed(rows[at:end], columns))
        else:
            end = at + 1
            rest += rows[at]
        at = end
    return placed, rest


def _run(rows: Sequence[_Row], start: int) -> tuple[int, list[_Span]]:
    """The index after the rows of a table that begins at `start`, and its columns; [] where none begins."""
    if len(rows[start]) < _FEWEST_COLUMNS:
        return start, []
    columns = _columns(rows[start])
    end = start + 1
    while end < len(rows) and (wider := _with_row(rows, start, end, columns)):
        columns = wider
        end += 1
    while end > start and len(rows[end - 1]) < 2:  # a line below the table that happens to be in a column
        end -= 1
    own = rows[start:end]
    full = sum(len(row) >= _FEWEST_COLUMNS for row in own)
    is_table = full >= _FEWEST_ROWS and len(columns) >= _FEWEST_COLUMNS and not _is_running_text(own, columns)
    return end, columns if is_table else []


def _with_row(rows: Sequence[_Row], start: int, at: int, columns: Sequence[_Span]) -> list[_Span]:
    """The columns with a further row; [] where the row is none of the table."""
    row, above = rows[at], rows[at - 1]
    size = median(segment.box.height for segment in row)
    step = row[0].box.bottom - above[0].box.bottom
    if step > _WIDEST_STEP * size:
        return []
    if len(row) < 2 and not (step <= _LINE_STEP * size and _continues(row[0], rows[start:at], columns)):
        return []
    wider = _columns([*row, *(segment for earlier in rows[start:at] for segment in earlier)])
    return wider if len(wider) >= len(columns) and all(len(own) < 2 for own in _by_column(row, wider)) else []


def _continues(segment: LineSegment, rows: Sequence[_Row], columns: Sequence[_Span]) -> bool:
    """Whether a single text goes on in the cell above it."""
    if label_of(_text([segment])) is not None:
        return False
    at = _column_of(segment, columns)
    above = next((own for row in reversed(rows) for own in row if _column_of(own, columns) == at), None)
    if at is None or above is None:
        return False
    near = _NEAR * segment.box.height
    middles = (above.box.left + above.box.right) / 2, (segment.box.left + segment.box.right) / 2
    return abs(above.box.left - segment.box.left) <= near or abs(middles[0] - middles[1]) <= near


def _columns(segments: Iterable[LineSegment]) -> list[_Span]:
    """The columns in which the segments stand: those that overlap from above share one."""
    columns: list[_Span] = []
    for box in sorted((segment.box for segment in segments), key=lambda box: box.left):
        if columns and box.left < columns[-1][1]:
            columns[-1] = columns[-1][0], max(columns[-1][1], box.right)
        else:
            columns.append((box.left, box.right))
    return columns


def _column_of(segment: LineSegment, columns: Sequence[_Span]) -> int | None:
    middle = (segment.box.left + segment.box.right) / 2
    return next((at for at, (left, right) in enumerate(columns) if left <= middle <= right), None)


def _by_column(row: Iterable[LineSegment], columns: Sequence[_Span]) -> list[_Row]:
    cells: list[_Row] = [[] for _ in columns]
    for segment in row:
        at = _column_of(segment, columns)
        cells[at if at is not None else 0].append(segment)
    return cells


def _is_running_text(rows: Sequence[_Row], columns: Sequence[_Span]) -> bool:
    """Whether two columns at least are filled by wide lines, as those of a newspaper are."""
    filled = 0
    for at, (left, right) in enumerate(columns):
        boxes = [own.box for row in rows for own in _by_column(row, columns)[at]]
        size = median(box.height for box in boxes)
        wide = right - left > _LONGEST_CELL * size
        filled += wide and median(box.width for box in boxes) >= _FILLED * (right - left)
    return filled > 1


def _placed(rows: Sequence[_Row], columns: Sequence[_Span]) -> PlacedTable:
    texts: list[list[list[LineSegment]]] = []
    for row in rows:
        cells = _by_column(row, columns)
        if len(row) < 2 and texts:
            for own, more in zip(texts[-1], cells, strict=True):
                own += more
        else:
            texts.append(cells)
    boxes = [segment.box for row in rows for segment in row]
    box = Box(columns[0][0], min(box.top for box in boxes), columns[-1][1], max(box.bottom for box in boxes))
    table = Table(tuple(tuple(Cell(_text(own)) for own in row) for row in texts), tuple(_widths(columns)))
    return PlacedTable(box, table)


def _widths(columns: Sequence[_Span]) -> Iterator[int]:
    """Each column reaches to the middle of the gaps beside it."""
    edges = [columns[0][0], *((left[1] + right[0]) / 2 for left, right in pairwise(columns)), columns[-1][1]]
    return (round(_TWIPS * (right - left)) for left, right in pairwise(edges))


def _text(segments: Sequence[LineSegment]) -> str:
    lines = [line_of(row, (0, 0)) for row in rows_of(segments)]
    return paragraph_of(lines, centred=False).text.strip() if lines else ""
