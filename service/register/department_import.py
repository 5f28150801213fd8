"""Importing departments pasted from a spreadsheet, or read from a file of one, with the columns of `COLUMNS`."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

from service.office import Office
from service.register.department_row import DepartmentRow, department_in
from service.register.departments import add_department, change_department
from service.register.register import active_departments
from settings.model import BulletinSettings
from values.department import Department, department_called
from values.errors import BadUsage

_MOST: Final = 500
"""Lines of one import: each is a transaction of its own, and a province has fewer departments."""
_HEADINGS: Final = ("简称", "单位", "单位名称", "名称", "单位简称")


@dataclass(frozen=True, slots=True)
class DepartmentImport:
    """What an import has done."""

    added: tuple[str, ...]
    """Names of new departments."""
    changed: tuple[str, ...]
    """Names of departments that have got something new."""
    same: int
    """Number of lines that say what the register has already."""
    problems: tuple[str, ...]
    """Lines that could not be used, each with its number and the reason, in Chinese."""


def import_departments(office: Office, bulletin: BulletinSettings, text: str, *, who: str) -> DepartmentImport:
    """`import_rows` for a text with a line for each department and tabs between the cells."""
    lines = [(number, line) for number, line in enumerate(text.splitlines(), start=1) if line.strip()]
    if lines and lines[0][1].split("\t")[0].strip() in _HEADINGS:
        lines = lines[1:]
    if not lines:
        raise BadUsage("没有粘贴内容。请在表格里选中简称、全称、别名、投稿地址、分组几列，复制后粘贴到这里。")
    rows = [DepartmentRow(number, tuple(line.split("\t"))) for number, line in lines]
    return import_rows(office, bulletin, rows, who=who)


def import_rows(
    office: Office, bulletin: BulletinSettings, rows: Sequence[DepartmentRow], *, who: str
) -> DepartmentImport:
    """Adds new departments, and to those of the register the names and addresses they lack; removes nothing.

    A row that cannot be used is reported, and the others are imported all the same. Raises BadUsage for too many rows.
    """
    if len(rows) > _MOST:
        raise BadUsage(f"一次最多 {_MOST} 行，请分几次导入。")
    added, changed, problems, same = [], [], [], 0
    for row in rows:
        try:
            wanted = department_in(row)
            registered = _registered(office, bulletin, wanted)
            if registered is None:
                add_department(office, bulletin, wanted, who=who)
                added.append(wanted.name)
            elif change_department(office, bulletin, registered.name, _combined(registered, wanted), who=who):
                changed.append(registered.name)
            else:
                same += 1
        except BadUsage as error:
            problems.append(f"第 {row.number} 行：{error}")
    return DepartmentImport(tuple(added), tuple(changed), same, tuple(problems))


def _registered(office: Office, bulletin: BulletinSettings, wanted: Department) -> Department | None:
    with office.ledger.reading() as ledger:
        return department_called(wanted.name, active_departments(ledger, bulletin))


def _combined(registered: Department, wanted: Department) -> Department:
    full_name = wanted.full_name or registered.full_name
    names = (*registered.aliases, *wanted.aliases)
    if registered.full_name and registered.full_name != full_name:
        names = (*names, registered.full_name)
    return replace(
        registered,
        full_name=full_name,
        group=wanted.group or registered.group,
        aliases=tuple(name for name in dict.fromkeys(names) if name not in (registered.name, full_name)),
        senders=tuple(dict.fromkeys((*registered.senders, *wanted.senders))),
    )
