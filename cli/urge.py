"""`urge`: letters to the departments that have sent nothing for the next issue (催稿); shows them first."""

from __future__ import annotations

import getpass
from argparse import ArgumentParser
from collections.abc import Sequence
from typing import Any

from cli.base.arguments import add_bulletin
from cli.base.command import Invocation
from cli.base.exit_status import ExitStatus
from cli.base.office import logged_office_of
from cli.base.output_parts import OutputTable, Styled, line
from service.commission.urge import UrgedDepartment, silent_departments, urge
from values.errors import BadUsage


def add_arguments(parser: ArgumentParser) -> None:
    parser.add_argument("--send", action="store_true", help="寄信，十分钟后寄出，之前可收回；不写只列出")
    units = "只催这个单位；可以写几次，不写就是所有本期未报送的"
    parser.add_argument("--unit", action="append", default=[], metavar="NAME", help=units)
    parser.add_argument("--again", action="store_true", help="本期催过的也再催一次")
    add_bulletin(parser)


def run(invocation: Invocation) -> ExitStatus:
    """Queues the letters where that is asked, and lists them. Raises BadUsage without a mail server, and for a
    department that is not one of 本期未报送."""
    arguments = invocation.arguments
    with logged_office_of(invocation) as office:
        bulletin = office.bulletin(arguments.bulletin)
        with office.ledger.reading() as ledger:
            silent = silent_departments(office, ledger, bulletin)
        names = [entry.letter.department for entry in silent]
        if other := [name for name in arguments.unit if name not in names]:
            raise BadUsage(f"{'、'.join(other)} 不在本期未报送的单位里。")
        count = 0
        if arguments.send:
            units = arguments.unit or names
            again = units if arguments.again else ()
            count = urge(office, bulletin, units, who=getpass.getuser(), again=again)
            with office.ledger.reading() as ledger:
                silent = silent_departments(office, ledger, bulletin)
    queued = f"{count} 封信十分钟后寄出，之前可用 outbox --take-back 编号 收回。"
    sentence = queued if arguments.send else f"本期未报送 {len(silent)} 个单位；没有寄，只是列出。"
    invocation.output.give(lambda: [_row(entry) for entry in silent], lambda: [line(sentence), _table(silent)])
    return ExitStatus.DONE


def _row(entry: UrgedDepartment) -> dict[str, Any]:
    letter = entry.letter
    return {
        "department": letter.department,
        "times": entry.times,
        "to": letter.out.to if letter.out else "",
        "subject": letter.out.subject if letter.out else "",
        "text": letter.text,
        "state": letter.record.delivery.state.value if letter.record else "",
        "outbox": letter.record.id if letter.record else None,
        "why_not": letter.why_not,
    }


def _table(silent: Sequence[UrgedDepartment]) -> OutputTable:
    return OutputTable(
        ("单位", "催过", "收件人", "状态"),
        tuple(
            (
                Styled(entry.letter.department),
                Styled(f"{entry.times} 次"),
                Styled(entry.letter.out.to if entry.letter.out else ""),
                Styled(
                    entry.letter.why_not
                    or (entry.letter.record.delivery.state.chinese if entry.letter.record else "还没有寄")
                ),
            )
            for entry in silent
        ),
    )
