"""Tables: each merged cell once, and nested tables flattened into the text of their cell."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Final

from intake.read.containers.refusals import TOO_COMPLEX, refuse
from intake.read.docx.content_controls import shows_placeholder
from intake.read.docx.equations import depends_on_layout
from intake.read.docx.limits import DocumentLimits
from intake.read.docx.tags import (
    ALTERNATE_CONTENT,
    CUSTOM_XML,
    DEL,
    INS,
    MOVE_FROM,
    MOVE_TO,
    SDT,
    SDT_CONTENT,
    VAL,
    Element,
    T,
    branch,
    flag,
    integer,
    val,
    w,
)
from intake.read.docx.tally import Tally
from intake.read.source import SourceBlock, SourceParagraph
from values import rules
from values.manuscript import Cell, Mark, Picture, Table

_TR: Final = w("tr")
_TC: Final = w("tc")
_TR_PR: Final = w("trPr")
_TC_PR: Final = w("tcPr")
_CELL_DEL: Final = w("cellDel")
"""A cell whose deletion is tracked (ECMA-376 17.13.5.2); the others close up."""
_GRID_SPAN: Final = w("gridSpan")
_V_MERGE: Final = w("vMerge")
_H_MERGE: Final = w("hMerge")
_WRAPPERS: Final = frozenset({CUSTOM_XML, INS, MOVE_TO})
_MOST_COLUMNS: Final = 63
"""Word's own limit. Other programs write wider tables: a w:tblGrid with more columns is accepted up to the next one."""
_MOST_COLUMNS_EVER: Final = 500
"""Above this a file is hostile: a few bytes of w:gridSpan would become as many cells."""
_RAISED: Final = str.maketrans("0123456789+-−=()n", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁼⁽⁾ⁿ")
_LOWERED: Final = str.maketrans("0123456789+-−=()", "₀₁₂₃₄₅₆₇₈₉₊₋₋₌₍₎")

ReadCell = Callable[[Element, int], list[SourceBlock]]
"""Reads the blocks of a w:tc that is nested in so many tables."""


@dataclass(slots=True)
class _Open:
    """A cell that may still grow downwards or to the right."""

    column: int
    text: str
    colspan: int
    rowspan: int = 1


class TableReader:
    """Reads the w:tbl elements of one part."""

    def __init__(self, limits: DocumentLimits, tally: Tally) -> None:
        self._limits = limits
        self._tally = tally

    def read(self, element: Element, depth: int, read_cell: ReadCell) -> list[SourceBlock]:
        """The table, and after it the pictures of its cells; [] for a table without rows.

        depth: 1 for a table in the body. Raises UnreadableManuscript when it is nested too deep, or has too many rows
        or columns.
        """
        if depth > self._limits.table_depth:
            raise refuse(TOO_COMPLEX)
        grid = element.find(w("tblGrid"))
        widths = [] if grid is None else [integer(col.get(w("w")), 0) for col in grid.iterchildren(w("gridCol"))]
        most = min(max(_MOST_COLUMNS, len(widths)), _MOST_COLUMNS_EVER)
        pictures: list[Picture] = []
        rows: list[list[_Open]] = []
        above: dict[int, _Open] = {}
        header_rows = 0
        for row in _members(element, _TR):
            properties = row.find(_TR_PR)
            if properties is not None and self._left_out(row, properties):
                continue
            if properties is not None and header_rows == len(rows) and flag(properties, w("tblHeader")):
                header_rows += 1
            cells, above = self._row(row, above, most, lambda cell: self._text(read_cell(cell, depth), pictures))
            rows.append(cells)
            if len(rows) > self._limits.table_rows:
                raise refuse(f"表格超过 {self._limits.table_rows} 行，没有读入。请把大表格另附。")
        if not rows:
            return []
        if pictures and depth == 1:
            self._tally.add(rules.PICTURE_IN_TABLE, count=len(pictures))
        return [_table(rows, widths, header_rows), *pictures]

    def _left_out(self, row: Element, properties: Element) -> bool:
        if properties.find(DEL) is not None or properties.find(MOVE_FROM) is not None:
            self._tally.add(rules.TRACKED_DELETION, _raw_text(row))
            return True
        if flag(properties, w("hidden")):
            self._tally.add(rules.HIDDEN_TEXT, _raw_text(row))
            return True
        if properties.find(INS) is not None:
            self._tally.add(rules.TRACKED_INSERTION)
        return False

    def _row(
        self, row: Element, above: dict[int, _Open], most: int, text: Callable[[Element], str]
    ) -> tuple[list[_Open], dict[int, _Open]]:
        """The cells that begin in a row, and by column those that the row below may continue.

        above: the latter of the row above. most: columns that one cell, or an edge, may span.
        """
        before, after = _edge(row, "gridBefore", most), _edge(row, "gridAfter", most)
        cells = [_Open(0, "", before)] if before else []
        continuable: dict[int, _Open] = {}
        column = before
        for element in _members(row, _TC):
            properties = element.find(_TC_PR)
            if properties is not None and properties.find(_CELL_DEL) is not None:
                self._tally.add(rules.TRACKED_DELETION, _raw_text(element))
                continue
            colspan = 1 if properties is None else min(_span(properties), most)
            merged = None
            if properties is not None:
                upper = above.get(column)
                merged = _grown(properties, upper, cells[-1] if cells else None, column, colspan)
            if merged is None:
                merged = _Open(column, "" if self._is_placeholder(element) else text(element), colspan)
                cells.append(merged)
            else:
                self._report_covered(element)
            if properties is not None and properties.find(_V_MERGE) is not None:
                continuable[column] = merged
            column += colspan
        if column + after > _MOST_COLUMNS_EVER:
            raise refuse(TOO_COMPLEX)
        if after:
            cells.append(_Open(column, "", after))
        return cells, continuable

    def _is_placeholder(self, element: Element) -> bool:
        """Whether a content control around the cell has not been filled in."""
        control = element.getparent()
        control = None if control is None or control.tag != SDT_CONTENT else control.getparent()
        if control is None or not shows_placeholder(control):
            return False
        self._tally.add(rules.PLACEHOLDER, _raw_text(element))
        return True

    def _report_covered(self, element: Element) -> None:
        text = _raw_text(element)
        if text.strip():
            self._tally.add(rules.HIDDEN_TEXT, text)

    def _text(self, blocks: list[SourceBlock], pictures: list[Picture]) -> str:
        """The text of the blocks of a cell. Their pictures are appended to `pictures`."""
        lines: list[str] = []
        for block in blocks:
            if isinstance(block, SourceParagraph):
                lines.append(self._scripted(block))
            elif isinstance(block, Table):
                lines += (" ".join(" ".join(cell.text.split()) for cell in row) for row in block.rows)
            else:
                pictures.append(block)
        return "\n".join(line for line in lines if line.strip())

    def _scripted(self, paragraph: SourceParagraph) -> str:
        """The text of a paragraph with m² and CO₂ in characters of their own, since the text of a cell has no marks.

        Where Unicode has no such character the text stays as it is, with an omission.
        """
        text = paragraph.text
        for formula in filter(depends_on_layout, paragraph.formulas):
            self._tally.add(rules.EQUATION, formula.text)
        for mark in reversed(paragraph.marks):
            part = text[mark.start : mark.end]
            changed = part.translate(_RAISED if mark.kind == "superscript" else _LOWERED)
            if any(old == new and not old.isspace() for old, new in zip(part, changed, strict=True)):
                self._tally.add(rules.SCRIPT_IN_TABLE, _around(text, mark))
            else:
                text = text[: mark.start] + changed + text[mark.end :]
        return text


def _around(text: str, mark: Mark) -> str:
    return text[max(0, mark.start - 6) : mark.end]


def _members(parent: Element, wanted: str) -> Iterator[Element]:
    """The rows of a table or the cells of a row, also those inside content controls and the like."""
    for child in parent:
        tag = child.tag
        if tag == wanted:
            yield child
        elif tag == SDT:
            content = child.find(SDT_CONTENT)
            if content is not None:
                yield from _members(content, wanted)
        elif tag in _WRAPPERS:
            yield from _members(child, wanted)
        elif tag == ALTERNATE_CONTENT:
            chosen = branch(child)
            if chosen is not None:
                yield from _members(chosen, wanted)


def _grown(properties: Element, above: _Open | None, left: _Open | None, column: int, colspan: int) -> _Open | None:
    """The cell that this w:tc continues, downwards or to the right, after growing by it; None when it begins a cell."""
    if above is not None and above.colspan == colspan and _merge(properties, _V_MERGE) == "continue":
        above.rowspan += 1
        return above
    adjacent = left is not None and left.column + left.colspan == column
    if left is not None and adjacent and _merge(properties, _H_MERGE) == "continue":
        left.colspan += colspan
        return left
    return None


def _merge(properties: Element, tag: str) -> str | None:
    """ "restart", "continue", or None: the cell is not merged that way. A merge without w:val continues."""
    element = properties.find(tag)
    return None if element is None else element.get(VAL, "continue")


def _edge(row: Element, name: str, most: int) -> int:
    properties = row.find(_TR_PR)
    text = None if properties is None else val(properties, w(name))
    return min(max(integer(text, 0), 0), most)


def _span(properties: Element) -> int:
    return max(integer(val(properties, _GRID_SPAN), 1), 1)


def _raw_text(element: Element) -> str:
    return "".join(text.text or "" for text in element.iter(T))


def _table(rows: list[list[_Open]], widths: list[int], header_rows: int) -> Table:
    """The finished table: every row reaches the right edge, and there is a width for every column or none."""
    covered = _covered(rows)
    columns = max(covered, default=0)
    finished = []
    for row, width in zip(rows, covered, strict=True):
        cells = [Cell(cell.text, cell.colspan, cell.rowspan) for cell in row]
        if width < columns:
            cells.append(Cell("", columns - width))
        finished.append(tuple(cells))
    return Table(tuple(finished), _widths(widths, columns), header_rows)


def _covered(rows: list[list[_Open]]) -> list[int]:
    """How many columns each row reaches, cells merged from above included."""
    covered = [0] * len(rows)
    for index, row in enumerate(rows):
        for cell in row:
            for below in range(index, min(index + cell.rowspan, len(rows))):
                covered[below] = max(covered[below], cell.column + cell.colspan)
    return covered


def _widths(widths: list[int], columns: int) -> tuple[int, ...]:
    """A width for every column, the average for those without one; () when a width makes no sense."""
    given = widths[:columns]
    if not given or min(given) <= 0:
        return ()
    return tuple(given + [sum(given) // len(given)] * (columns - len(given)))
