"""`note`: the editor's note (按语) of the next issue."""

from __future__ import annotations

import getpass
from argparse import ArgumentParser

from cli.base.arguments import add_bulletin, add_supplement
from cli.base.command import Invocation
from cli.base.exit_status import ExitStatus
from cli.base.office import logged_office_of
from service.issue.prepare import write_editors_note


def add_arguments(parser: ArgumentParser) -> None:
    parser.add_argument("text", metavar="TEXT", help="按语，一行一段；'' 为不要按语")
    add_supplement(parser, "增刊的按语")
    add_bulletin(parser)


def run(invocation: Invocation) -> ExitStatus:
    """Replaces the note; it is used up when the issue is signed off. Raises BadUsage for one that is too long."""
    arguments = invocation.arguments
    supplement: bool = arguments.supplement
    with logged_office_of(invocation) as office:
        bulletin = office.bulletin(arguments.bulletin)
        preparation = write_editors_note(office, bulletin, arguments.text, getpass.getuser(), supplement=supplement)
    which, paragraphs = "下一期增刊" if supplement else "本期", preparation.paragraphs
    invocation.output.give_line(
        {"bulletin": bulletin.id, "supplement": supplement, "editors_note": list(paragraphs)},
        f"{which}的按语已记下，共 {len(paragraphs)} 段；再次生成送审稿时随之更新。"
        if paragraphs
        else f"{which}没有按语。",
    )
    return ExitStatus.DONE
