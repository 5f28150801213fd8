"""An article as it is shown: blocks of segments, each with the findings that point at it. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal

from service.article.remarks import Remark, Remarks
from values.manuscript import Block, Cell, Heading, Manuscript, Mark, Paragraph, Picture, Table, block_lines


@dataclass(frozen=True, slots=True)
class Segment:
    """Characters that look alike. mark: "sup", "sub" or "" for neither. remarks: those that point at them."""

    text: str
    mark: Literal["", "sup", "sub"] = ""
    remarks: tuple[Remark, ...] = ()
    ends: tuple[Remark, ...] = ()
    """Those whose place ends here: their numbers stand behind it."""


@dataclass(frozen=True, slots=True)
class ShownCell:
    cell: Cell
    segments: tuple[Segment, ...]


@dataclass(frozen=True, slots=True)
class Shown:
    """A block. segments: of a paragraph, heading or caption; rows: of a table. remarks: all that point into it."""

    block: Block
    segments: tuple[Segment, ...] = ()
    rows: tuple[tuple[ShownCell, ...], ...] = ()
    widths: tuple[int, ...] = ()
    """Of a table's columns, in per cent; empty where the source gives none."""
    remarks: tuple[Remark, ...] = ()


def shown(manuscript: Manuscript, remarks: Remarks) -> tuple[Shown, ...]:
    return tuple(_shown(manuscript.blocks, remarks))


def _shown(blocks: Sequence[Block], remarks: Remarks) -> Iterator[Shown]:
    line = 0
    for block in blocks:
        count = len(block_lines(block))
        of_lines = [remarks.lines.get(line + at, ()) for at in range(count)]
        line += count
        yield _shown_block(block, of_lines)


def _shown_block(block: Block, of_lines: list[tuple[Remark, ...]]) -> Shown:
    remarks = tuple(remark for of_line in of_lines for remark in of_line)
    match block:
        case Table():
            rows = zip(block.rows, of_lines, strict=True)
            shown_rows = tuple(_shown_row(row, own) for row, own in rows)
            return Shown(block, rows=shown_rows, widths=percents(block.widths), remarks=remarks)
        case Picture():
            return Shown(block, _segments(block.caption, (), remarks), remarks=remarks)
        case Heading():
            return Shown(block, _segments(block.text, (), remarks), remarks=remarks)
        case Paragraph():
            return Shown(block, _segments(block.text, block.marks, remarks), remarks=remarks)


def percents(widths: tuple[int, ...]) -> tuple[int, ...]:
    whole = sum(widths)
    return tuple(max(1, round(100 * width / whole)) for width in widths) if whole > 0 else ()


def _shown_row(row: tuple[Cell, ...], remarks: tuple[Remark, ...]) -> tuple[ShownCell, ...]:
    """A row is one line, its cells parted by tabs."""
    cells: list[ShownCell] = []
    start = 0
    for cell in row:
        end = start + len(cell.text)
        own = tuple(one for one in remarks if start <= (one.finding.start or 0) <= end and _end(one) <= end)
        cells.append(ShownCell(cell, _segments(cell.text, (), own, start)))
        start = end + 1
    return tuple(cells)


def _segments(text: str, marks: tuple[Mark, ...], remarks: tuple[Remark, ...], offset: int = 0) -> tuple[Segment, ...]:
    """offset: where the text begins in the line that the findings count from."""
    placed = [(_start(one) - offset, _end(one) - offset, one) for one in remarks if one.finding.start is not None]
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
                tuple(one for first, last, one in placed if first <= start and end <= last),
                tuple(one for first, last, one in placed if last == end and first < last),
            )
        )
    return tuple(segments)


def _start(remark: Remark) -> int:
    return remark.finding.start or 0


def _end(remark: Remark) -> int:
    return remark.finding.end or 0
