"""Replaces characters of an article where findings point; everything around them stays as it is."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from values.manuscript import Block, Cell, Heading, Manuscript, Mark, Paragraph, Picture, Table, block_lines


@dataclass(frozen=True, slots=True)
class Edit:
    """Characters [start, end) of a line become `after`."""

    start: int
    end: int
    after: str

    @property
    def growth(self) -> int:
        return len(self.after) - (self.end - self.start)


def apart(edits: Iterable[Edit]) -> list[Edit]:
    """The edits that do not overlap an earlier one, in the order of the text."""
    kept: list[Edit] = []
    for edit in sorted(edits, key=lambda edit: edit.start):
        if not kept or kept[-1].end <= edit.start:
            kept.append(edit)
    return kept


def mended(manuscript: Manuscript, edits: Mapping[int, Sequence[Edit]]) -> Manuscript:
    """The manuscript with these edits made. edits: by index into `Manuscript.lines`.

    Of two that overlap the first is made; one that would join two cells of a table is not.
    """
    blocks: list[Block] = []
    index = 0
    for block in manuscript.blocks:
        lines = len(block_lines(block))
        of_lines = [apart(edits.get(index + line, ())) for line in range(lines)]
        blocks.append(_mended_block(block, of_lines) if any(of_lines) else block)
        index += lines
    return replace(manuscript, blocks=tuple(blocks))


def mended_text(text: str, edits: Sequence[Edit]) -> str:
    """The text with these edits made. edits: in order, none overlapping."""
    pieces: list[str] = []
    done = 0
    for edit in edits:
        pieces += (text[done : edit.start], edit.after)
        done = edit.end
    return "".join((*pieces, text[done:]))


def mended_paragraph(block: Paragraph | Heading, edits: Sequence[Edit]) -> Paragraph | Heading:
    """The block with these edits made; its marks (superscripts …) move with their characters."""
    text = mended_text(block.text, edits)
    if isinstance(block, Heading):
        return replace(block, text=text)
    marks = (_moved(mark, edits) for mark in block.marks)
    return replace(block, text=text, marks=tuple(mark for mark in marks if mark.start < mark.end))


def _mended_block(block: Block, of_lines: Sequence[Sequence[Edit]]) -> Block:
    if isinstance(block, Table):
        rows = zip(block.rows, of_lines, strict=True)
        return replace(block, rows=tuple(_mended_row(row, edits) for row, edits in rows))
    if isinstance(block, Picture):
        return replace(block, caption=mended_text(block.caption, of_lines[0]))
    return mended_paragraph(block, of_lines[0])


def _mended_row(row: tuple[Cell, ...], edits: Sequence[Edit]) -> tuple[Cell, ...]:
    """A row is one line, with tabs between its cells."""
    cells: list[Cell] = []
    start = 0
    for cell in row:
        end = start + len(cell.text)
        own = [Edit(e.start - start, e.end - start, e.after) for e in edits if start <= e.start and e.end <= end]
        cells.append(replace(cell, text=mended_text(cell.text, own)) if own else cell)
        start = end + 1
    return tuple(cells)


def _moved(mark: Mark, edits: Sequence[Edit]) -> Mark:
    """The mark at its place in the mended text; a change that touches it leaves it at its edge."""

    def moved(place: int) -> int:
        return place + sum(edit.growth for edit in edits if edit.end <= place)

    return replace(mark, start=moved(mark.start), end=moved(mark.end))
