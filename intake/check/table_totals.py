"""Checks of the totals of tables, by column and by row: hints with the sum."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import Final

from intake.check.arithmetic import hint
from intake.check.proof import Proof, ProofLine
from values.finding import Finding
from values.manuscript import Table, block_lines

_TOTAL: Final = re.compile(r"\s*(?:合\s*计|总\s*计|共\s*计|小\s*计)\s*")
_NUMBER: Final = re.compile(r"\s*(\d{1,3}(?:,\d{3})+|\d{1,9})(\.\d{1,4})?\s*")
_NOT_ADDED: Final = re.compile("单\\s*价|标准|比|率|%|％|均|得分|排名|序号|编号|年份|年度")
"""Words of headings whose columns are not added up."""
_FACTORS: Final = re.compile(rf"数\s*量|面积|{_NOT_ADDED.pattern}")
"""Words of headings whose columns are not added to each other: 单价 by 数量 is multiplied."""
_LEAST_ROWS: Final = 2
"""Rows that are added up: one alone has no total."""


def table_totals(proof: Proof) -> Iterator[Finding]:
    """A row or a column 合计 whose numbers are not the sums of those that it is about."""
    first = 0
    for block in proof.manuscript.blocks:
        if isinstance(block, Table):
            lines = proof.lines[first : first + len(block.rows)]
            rows = [[cell.text for cell in row] for row in block.rows]
            if len({len(row) for row in rows}) == 1:
                yield from _wrong_in_total_row(rows, lines)
                yield from _wrong_in_total_column(rows, lines)
        first += len(block_lines(block))


def _wrong_in_total_row(rows: Sequence[Sequence[str]], lines: Sequence[ProofLine]) -> Iterator[Finding]:
    """Of the row 合计, which is the last one, or the first one below the headings."""
    at = next((place for place, row in enumerate(rows) if any(map(_TOTAL.fullmatch, row[:2]))), None)
    if at is None or any(map(_TOTAL.fullmatch, rows[at][2:])):
        return
    added = rows[1:at] if at > _LEAST_ROWS else rows[at + 1 :]
    headings = rows[0] if at else [""] * len(rows[0])
    if len(added) < _LEAST_ROWS or any(_TOTAL.fullmatch(row[0]) for row in added):
        return
    for column in range(1, len(rows[0])):
        total = _value(rows[at][column])
        numbers = [_value(row[column]) for row in added]
        if total is None or None in numbers or _NOT_ADDED.search(headings[column]):
            continue
        right = sum(number for number in numbers if number is not None)
        if abs(right - total) > _rounding([total, *filter(None, numbers)]):
            name = f"“{headings[column]}”一列" if headings[column] else "这一列"
            message = f"{name}相加为{right}，合计写的是{rows[at][column].strip()}。"
            yield hint(lines[at], _cell_span(rows[at], column), message)


def _wrong_in_total_column(rows: Sequence[Sequence[str]], lines: Sequence[ProofLine]) -> Iterator[Finding]:
    """Of the last column, where it is headed 合计 and is right in as many rows as it is wrong in."""
    last = len(rows[0]) - 1
    if last < _LEAST_ROWS or not _TOTAL.fullmatch(rows[0][last]) or any(map(_FACTORS.search, rows[0][1:last])):
        return
    wrong: list[tuple[int, Decimal]] = []
    right = 0
    for at, row in enumerate(rows[1:], start=1):
        total, numbers = _value(row[last]), [number for cell in row[:last] if (number := _value(cell)) is not None]
        if total is None or len(numbers) < _LEAST_ROWS:
            continue
        if abs(sum(numbers) - total) <= _rounding([total, *numbers]):
            right += 1
        else:
            wrong.append((at, sum(numbers, Decimal())))
    if right >= len(wrong):
        for at, added in wrong:
            message = f"这一行相加为{added}，合计写的是{rows[at][last].strip()}。"
            yield hint(lines[at], _cell_span(rows[at], last), message)


def _value(cell: str) -> Decimal | None:
    """The number of a cell; None when it is anything else."""
    match = _NUMBER.fullmatch(cell)
    return None if match is None else Decimal(match[1].replace(",", "") + (match[2] or ""))


def _rounding(numbers: Sequence[Decimal]) -> Decimal:
    """By how much a sum may be off where its numbers are rounded: half a unit of each one's last place; none where all
    are whole."""
    places = [-int(number.as_tuple().exponent) for number in numbers]
    return sum((Decimal(10) ** -place / 2 for place in places if place), Decimal(0))


def _cell_span(row: Sequence[str], column: int) -> tuple[int, int]:
    """The characters of a cell in its line, in which tabs stand between cells."""
    start = sum(len(cell) + 1 for cell in row[:column])
    return start, start + len(row[column])
