"""A department as a row of a table: pasted from a spreadsheet, or in a file of one."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from settings.departments import department_written
from values.department import Department
from values.errors import BadUsage

COLUMNS: Final = ("简称", "全称", "别名", "投稿地址", "分组")
_BETWEEN_NAMES: Final = re.compile(r"[，,；;、|\s]+")


@dataclass(frozen=True, slots=True)
class DepartmentRow:
    """A row with something in it."""

    number: int
    """Of the row in its table, from 1."""
    cells: tuple[str, ...]
    """In the order of `COLUMNS`; those at the end may be missing."""


def department_in(row: DepartmentRow) -> Department:
    """The department that the row describes. Raises BadUsage with every mistake in it."""
    cells = [cell.strip().strip('"') for cell in row.cells]
    if any(cells[len(COLUMNS) :]):
        raise BadUsage(f"列太多了：只要{'、'.join(COLUMNS)}五列。")
    name, full_name, aliases, senders, group = (cells + [""] * len(COLUMNS))[: len(COLUMNS)]
    return department_written(name, full_name, _BETWEEN_NAMES.split(aliases), _BETWEEN_NAMES.split(senders), group)


def row_of(department: Department) -> tuple[str, ...]:
    """The cells of a department; `department_in` makes the same department of them."""
    aliases, senders = "、".join(department.aliases), "；".join(department.senders)
    return department.name, department.full_name, aliases, senders, department.group
