"""Importing departments pasted from a spreadsheet.

A line each, with 简称, 全称, 别名, 投稿地址, 分组 separated by tabs."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import Final

from service.office import Office
from service.register.departments import add_department, change_department
from service.register.register import active_departments
from settings.departments import department_written
from settings.model import BulletinSettings
from values.department import Department, department_called
from values.errors import BadUsage

_COLUMNS: Final = 5
"""简称, 全称, 别名, 投稿地址, 分组."""

_MOST: Final = 500
"""Lines of one import: each is a transaction of its own, and a province has fewer departments."""
_HEADINGS: Final = ("简称", "单位", "单位名称", "名称", "单位简称")
_BETWEEN_NAMES: Final = re.compile(r"[，,；;、|\s]+")


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
    """Adds new departments, and to those of the register the names and addresses they lack; removes nothing.

    A line that cannot be used is reported, and the others are imported all the same. Raises BadUsage for an empty text
    and for too many lines.
    """
    lines = [(number, line) for number, line in enumerate(text.splitlines(), start=1) if line.strip()]
    if lines and lines[0][1].split("\t")[0].strip() in _HEADINGS:
        lines = lines[1:]
    if not lines:
        raise BadUsage("没有粘贴内容。请在表格里选中简称、全称、别名、投稿地址、分组几列，复制后粘贴到这里。")
    if len(lines) > _MOST:
        raise BadUsage(f"一次最多 {_MOST} 行，请分几次粘贴。")
    added, changed, problems, same = [], [], [], 0
    for number, line in lines:
        try:
            wanted = _department_in(line)
            registered = _registered(office, bulletin, wanted)
            if registered is None:
                add_department(office, bulletin, wanted, who=who)
                added.append(wanted.name)
            elif change_department(office, bulletin, registered.name, _combined(registered, wanted), who=who):
                changed.append(registered.name)
            else:
                same += 1
        except BadUsage as error:
            problems.append(f"第 {number} 行：{error}")
    return DepartmentImport(tuple(added), tuple(changed), same, tuple(problems))


def _department_in(line: str) -> Department:
    cells = [cell.strip().strip('"') for cell in line.split("\t")]
    if len(cells) > _COLUMNS and any(cells[_COLUMNS:]):
        raise BadUsage("列太多了：只要简称、全称、别名、投稿地址、分组五列。")
    name, full_name, aliases, senders, group = (cells + [""] * _COLUMNS)[:_COLUMNS]
    return department_written(name, full_name, _BETWEEN_NAMES.split(aliases), _BETWEEN_NAMES.split(senders), group)


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
