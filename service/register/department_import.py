"""A list of departments pasted from a spreadsheet: 简称, 全称, 别名, 投稿地址 in columns, tabs between, a line each."""

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

_COLUMNS: Final = 4
_MOST: Final = 500
_HEADINGS: Final = ("简称", "单位", "单位名称", "名称", "单位简称")
_BETWEEN_NAMES: Final = re.compile(r"[，,；;、|\s]+")


@dataclass(frozen=True, slots=True)
class Imported:
    """added, changed: names. same: how many say what the register says already. problems: Chinese, with their line."""

    added: tuple[str, ...]
    changed: tuple[str, ...]
    same: int
    problems: tuple[str, ...]


def import_departments(office: Office, bulletin: BulletinSettings, text: str, *, who: str) -> Imported:
    """Adds the departments that are new, and to those known what they lack: nothing is taken from any.

    A line that cannot be used is told, and the others are done all the same. Raises BadUsage when there is none.
    """
    lines = [(number, line) for number, line in enumerate(text.splitlines(), start=1) if line.strip()]
    if lines and lines[0][1].split("\t")[0].strip() in _HEADINGS:
        lines = lines[1:]
    if not lines:
        raise BadUsage("没有粘贴内容。请在表格里选中简称、全称、别名、投稿地址几列，复制后粘贴到这里。")
    if len(lines) > _MOST:
        raise BadUsage(f"一次最多 {_MOST} 行，请分几次粘贴。")
    added, changed, problems, same = [], [], [], 0
    for number, line in lines:
        try:
            wanted = _written(line)
            known = _known(office, bulletin, wanted)
            if known is None:
                add_department(office, bulletin, wanted, who=who)
                added.append(wanted.name)
            elif change_department(office, bulletin, known.name, _together(known, wanted), who=who):
                changed.append(known.name)
            else:
                same += 1
        except BadUsage as error:
            problems.append(f"第 {number} 行：{error}")
    return Imported(tuple(added), tuple(changed), same, tuple(problems))


def _written(line: str) -> Department:
    cells = [cell.strip().strip('"') for cell in line.split("\t")]
    if len(cells) > _COLUMNS and any(cells[_COLUMNS:]):
        raise BadUsage("列太多了：只要简称、全称、别名、投稿地址四列。")
    name, full_name, aliases, senders = (cells + [""] * _COLUMNS)[:_COLUMNS]
    return department_written(name, full_name, _BETWEEN_NAMES.split(aliases), _BETWEEN_NAMES.split(senders))


def _known(office: Office, bulletin: BulletinSettings, wanted: Department) -> Department | None:
    with office.ledger.reading() as ledger:
        return department_called(wanted.name, active_departments(ledger, bulletin))


def _together(known: Department, wanted: Department) -> Department:
    full_name = wanted.full_name or known.full_name
    names = (*known.aliases, *wanted.aliases)
    if known.full_name and known.full_name != full_name:
        names = (*names, known.full_name)
    aliases = tuple(one for one in dict.fromkeys(names) if one not in (known.name, full_name))
    return replace(
        known,
        full_name=full_name,
        aliases=aliases,
        senders=tuple(dict.fromkeys((*known.senders, *wanted.senders))),
    )
