"""An article as its page shows it: blocks of segments, each with the remarks on it. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal

from service.article.remarks import Remark, Remarks
from values.manuscript import Block, Cell, Heading, Manuscript, Mark, Paragraph, Picture, Table, block_lines


@dataclass(frozen=True, slots=True)
class Segment:
    """Characters with the same look and the same remarks."""

    text: str
    mark: Literal["", "sup", "sub"] = ""
    """Superscript, subscript, or "" for neither."""
    remarks: tuple[Remark, ...] = ()
    """Those that mark these characters."""
    ends: tuple[Remark, ...] = ()
    """Those whose marked characters end here; their numbers follow the segment."""


@dataclass(frozen=True, slots=True)
class ShownCell:
    """A cell of a table as it is shown."""

    cell: Cell
    segments: tuple[Segment, ...]


@dataclass(frozen=True, slots=True)
class ShownBlock:
    """A block as it is shown."""

    block: Block
    segments: tuple[Segment, ...] = ()
    """Of a paragraph, heading or caption; () for a table."""
    rows: tuple[tuple[ShownCell, ...], ...] = ()
    """Of a table; () for other blocks."""
    widths: tuple[int, ...] = ()
    """Of a table's columns, in per cent; () where the source gives none."""
    remarks: tuple[Remark, ...] = ()
    """All on this block, in the order of the text."""


def shown_blocks(manuscript: Manuscript, remarks: Remarks) -> tuple[ShownBlock, ...]:
    """The blocks of the text with the remarks on each."""
    return tuple(_shown(manuscript.blocks, remarks))


def _shown(blocks: Sequence[Block], remarks: Remarks) -> Iterator[ShownBlock]:
    line = 0
    for block in blocks:
        count = len(block_lines(block))
        of_lines = [remarks.lines.get(line + at, ()) for at in range(count)]
        line += count
        yield _shown_block(block, of_lines)


def _shown_block(block: Block, of_lines: list[tuple[Remark, ...]]) -> ShownBlock:
    remarks = tuple(remark for of_line in of_lines for remark in of_line)
    match block:
        case Table():
            rows = zip(block.rows, of_lines, strict=True)
            shown_rows = tuple(_shown_row(row, own) for row, own in rows)
            return ShownBlock(block, rows=shown_rows, widths=percents(block.widths), remarks=remarks)
        case Picture():
            return ShownBlock(block, _segments(block.caption, (), remarks), remarks=remarks)
        case Heading():
            return ShownBlock(block, _segments(block.text, (), remarks), remarks=remarks)
        case Paragraph():
            return ShownBlock(block, _segments(block.text, block.marks, remarks), remarks=remarks)


def percents(widths: tuple[int, ...]) -> tuple[int, ...]:
    """Widths in any unit as per cent of their sum, at least 1; () where the sum is 0."""
    whole = sum(widths)
    return tuple(max(1, round(100 * width / whole)) for width in widths) if whole > 0 else ()


def _shown_row(row: tuple[Cell, ...], remarks: tuple[Remark, ...]) -> tuple[ShownCell, ...]:
    """The cells of a row, which counts as one line with tabs between the cells."""
    cells: list[ShownCell] = []
    start = 0
    for cell in row:
        end = start + len(cell.text)
        own = tuple(remark for remark in remarks if start <= _start(remark) <= end and _end(remark) <= end)
        cells.append(ShownCell(cell, _segments(cell.text, (), own, start)))
        start = end + 1
    return tuple(cells)


def _segments(text: str, marks: tuple[Mark, ...], remarks: tuple[Remark, ...], offset: int = 0) -> tuple[Segment, ...]:
    """The text cut wherever a mark or a remark begins or ends. offset: index of its first character in the line that
    the findings refer to."""
    placed = [
        (_start(remark) - offset, _end(remark) - offset, remark)
        for remark in remarks
        if remark.finding.start is not None
    ]
    edges = {0, len(text), *(edge for mark in marks for edge in (mark.start, mark.end))}
    edges |= {edge for start, end, _ in placed for edge in (start, end)}
    cuts = sorted(edge for edge in edges if 0 <= edge <= len(text))
    segments: list[Segment] = []
    for start, end in pairwise(cuts):
        kind = next((mark.kind for mark in marks if mark.start <= start < mark.end), None)
        segments.append(
            Segment(
                text[start:end],
                "sup" if kind == "superscript" else "sub" if kind == "subscript" else "",
                tuple(remark for first, last, remark in placed if first <= start and end <= last),
                tuple(remark for first, last, remark in placed if last == end and first < last),
            )
        )
    return tuple(segments)


def _start(remark: Remark) -> int:
    return remark.finding.start or 0


def _end(remark: Remark) -> int:
    return remark.finding.end or 0
