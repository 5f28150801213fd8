"""`circulate`: the signed issue to the list of the bulletin (印发), 采用通知 to the departments; shows them first."""

from __future__ import annotations

import getpass
from argparse import ArgumentParser
from typing import Any

from cli.base.arguments import add_bulletin, add_issue_number, add_supplement
from cli.base.command import Invocation
from cli.base.exit_status import ExitStatus
from cli.base.office import logged_office_of
from cli.base.output_parts import OutputTable, Styled, line
from service.dispatch.dispatch import dispatch
from service.dispatch.planned_letters import DispatchKind, PlannedLetter, issue_signed


def add_arguments(parser: ArgumentParser) -> None:
    parser.add_argument("--issue", action="store_true", help="把签发的一期寄给配置里 circulate 的邮箱，十分钟后寄出")
    parser.add_argument("--notices", action="store_true", help="给采用稿件的单位寄采用通知，十分钟后寄出")
    add_issue_number(parser)
    add_supplement(parser, "增刊")
    add_bulletin(parser)


def run(invocation: Invocation) -> ExitStatus:
    """Queues the letters of the kinds named, and lists all; without a kind, lists them only.

    Raises BadUsage for an issue that is not signed off, without a mail server, and where there is nobody to write to.
    """
    arguments = invocation.arguments
    asked: dict[DispatchKind, bool] = {"issue": arguments.issue, "notices": arguments.notices}
    kinds = [kind for kind, wanted in asked.items() if wanted]
    with logged_office_of(invocation) as office:
        bulletin, supplement = office.bulletin(arguments.bulletin), arguments.supplement
        issue, planned = issue_signed(office, bulletin, arguments.number, supplement=supplement)
        count = 0
        if kinds:
            count = dispatch(office, bulletin, issue.id, kinds, getpass.getuser())
            issue, planned = issue_signed(office, bulletin, arguments.number, supplement=supplement)
    label = issue.number.label
    queued = f"{count} 封信十分钟后寄出，之前可用 outbox --take-back 编号 收回。"
    sentence = f"{label}：{queued if kinds else '没有寄，只是列出。'}"
    invocation.output.give(lambda: [_row(letter) for letter in planned], lambda: [line(sentence), _table(planned)])
    return ExitStatus.DONE


def _row(letter: PlannedLetter) -> dict[str, Any]:
    return {
        "kind": letter.kind,
        "department": letter.department,
        "to": letter.out.to if letter.out else "",
        "subject": letter.out.subject if letter.out else "",
        "text": letter.text,
        "state": letter.record.delivery.state.value if letter.record else "",
        "outbox": letter.record.id if letter.record else None,
        "why_not": letter.why_not,
    }


def _table(planned: tuple[PlannedLetter, ...]) -> OutputTable:
    return OutputTable(
        ("种类", "单位", "收件人", "主题", "状态"),
        tuple(
            (
                Styled("印发" if letter.kind == "issue" else "采用通知"),
                Styled(letter.department),
                Styled(letter.out.to if letter.out else ""),
                Styled(letter.out.subject if letter.out else ""),
                Styled(letter.why_not or (letter.record.delivery.state.chinese if letter.record else "还没有寄")),
            )
            for letter in planned
        ),
    )
