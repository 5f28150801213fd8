"""`departments`: the register of a bulletin, listed, and from and to a file of a spreadsheet."""

from __future__ import annotations

import getpass
from argparse import ArgumentParser
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any, Final

from cli.base.arguments import add_actions, add_bulletin
from cli.base.command import Invocation
from cli.base.exit_status import ExitStatus
from cli.base.office import office_of
from cli.base.output import Output
from cli.base.output_parts import OutputTable, Styled, line
from service.office import Office
from service.register.department_file import department_rows, departments_as_csv, departments_as_workbook
from service.register.department_import import DepartmentImport, import_rows
from service.register.department_row import COLUMNS, row_of
from service.register.register import active_departments
from settings.model import BulletinSettings
from values.department import Department
from values.errors import BadUsage, StorageFailed

_SUMMARIES: Final = {
    "list": "列出名录里的单位",
    "import": "从 .xlsx 或 .csv 导入：新单位加上，已有的补上缺的叫法和地址，不删",
    "export": "导出成 .xlsx 或 .csv；改后可再导入",
}


def add_arguments(parser: ArgumentParser) -> None:
    for name, action in add_actions(parser, _SUMMARIES):
        if name != "list":
            help_on_file = f".xlsx 或 .csv 文件，列是{'、'.join(COLUMNS)}"
            action.add_argument("file", type=Path, metavar="FILE", help=help_on_file)
        add_bulletin(action)


def run(invocation: Invocation) -> ExitStatus:
    """IN_PART where rows could not be imported. Raises BadUsage for a file that cannot be read, or that exists already
    when it should be written."""
    arguments = invocation.arguments
    with office_of(invocation) as office:
        bulletin = office.bulletin(arguments.bulletin)
        if arguments.action == "import":
            done = import_rows(office, bulletin, department_rows(arguments.file), who=getpass.getuser())
            return _show_import(invocation.output, done)
        departments = _register(office, bulletin)
        if arguments.action == "export":
            _export(arguments.file, departments)
            sentence = f"{arguments.file} 里是 {len(departments)} 个单位。"
            document = {"path": str(arguments.file), "departments": len(departments)}
            invocation.output.give(lambda: document, lambda: [line(sentence)])
        else:
            invocation.output.give(lambda: [_row(each) for each in departments], lambda: [_table(departments)])
    return ExitStatus.DONE


def _register(office: Office, bulletin: BulletinSettings) -> tuple[Department, ...]:
    with office.ledger.reading() as ledger:
        return active_departments(ledger, bulletin)


def _export(path: Path, departments: Sequence[Department]) -> None:
    """Raises BadUsage, StorageFailed."""
    makers = {".xlsx": departments_as_workbook, ".csv": departments_as_csv}
    maker = makers.get(path.suffix.lower())
    if maker is None:
        raise BadUsage(f"文件名要以 .xlsx 或 .csv 结尾，不是“{path.name}”。")
    data = maker(departments)
    try:
        with path.open("xb") as file:
            file.write(data)
    except FileExistsError:
        raise BadUsage(f"{path} 已经有了，请换一个文件名。") from None
    except OSError as error:
        raise StorageFailed(f"写不了 {path}：{error.strerror}。") from None


def _show_import(output: Output, done: DepartmentImport) -> ExitStatus:
    summary = f"新增 {len(done.added)} 个单位，补充 {len(done.changed)} 个，{done.same} 个没有变化。"
    output.give(lambda: asdict(done), lambda: [line(summary), *(line(problem, "red") for problem in done.problems)])
    return ExitStatus.IN_PART if done.problems else ExitStatus.DONE


def _row(department: Department) -> dict[str, Any]:
    return {
        "name": department.name,
        "full_name": department.full_name,
        "aliases": list(department.aliases),
        "senders": list(department.senders),
        "group": department.group,
    }


def _table(departments: Sequence[Department]) -> OutputTable:
    return OutputTable(COLUMNS, tuple(tuple(map(Styled, row_of(department))) for department in departments))
