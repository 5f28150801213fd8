"""`assemble`: makes, or remakes, the draft of the next issue."""

from __future__ import annotations

from argparse import ArgumentParser

from cli.base.arguments import add_bulletin, add_supplement, parse_day
from cli.base.command import Invocation
from cli.base.exit_status import ExitStatus
from cli.base.office import logged_office_of
from service.issue.assemble import Assembled, NothingToAssemble, assemble
from service.office import Office
from service.shapes.issues import assembled_row


def add_arguments(parser: ArgumentParser) -> None:
    parser.add_argument("--date", type=parse_day, metavar="YYYY-MM-DD", help="印发日期，默认今天")
    add_supplement(parser, "编增刊")
    add_bulletin(parser)


def run(invocation: Invocation) -> ExitStatus:
    """IN_PART when there is no article for the issue."""
    arguments = invocation.arguments
    with logged_office_of(invocation) as office:
        bulletin = office.bulletin(arguments.bulletin)
        try:
            made = assemble(office, bulletin, arguments.date, supplement=arguments.supplement)
        except NothingToAssemble as error:
            invocation.output.give_line({"bulletin": bulletin.id, "error": str(error)}, str(error))
            return ExitStatus.IN_PART
        assert made is not None  # None is only for a scheduled time
        invocation.output.give_line(assembled_row(made.issue), _sentence(office, made))
    return ExitStatus.DONE


def _sentence(office: Office, made: Assembled) -> str:
    what = "已编好" if made.changed else "没有变化"
    files = "、".join(str(office.data_dir / file) for file in made.issue.files)
    unpaged = "" if made.paged else "。目录里的页码还没有排出：用 Word 打开，问是否更新域时选“是”"
    label, revision, count = made.issue.number.label, made.issue.revision, len(made.issue.articles)
    return f"{label}送审稿{what}（第 {revision} 稿，{count} 篇）：{files}{unpaged}"
