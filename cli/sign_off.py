"""`sign-off`: the number of an issue becomes final, its files immutable."""

from __future__ import annotations

import getpass
from argparse import ArgumentParser

from cli.base.arguments import add_bulletin, add_issue_number, add_supplement, parse_number
from cli.base.command import Invocation
from cli.base.exit_status import ExitStatus
from cli.base.office import logged_office_of
from service.issue.sign_off import sign_off
from service.shapes.issues import issue_row


def add_arguments(parser: ArgumentParser) -> None:
    parser.add_argument("--revision", type=parse_number, metavar="N", help="看过的是第几稿；之后又有新稿时不签发")
    parser.add_argument(
        "--shown",
        type=parse_number,
        action="append",
        default=[],
        metavar="ARTICLE",
        help="来信改过、还没有人在审稿台看过的稿件，说明已经看过；可以写几次",
    )
    add_issue_number(parser)
    add_supplement(parser, "签发增刊")
    add_bulletin(parser)


def run(invocation: Invocation) -> ExitStatus:
    """Raises BadUsage when there is no draft of that number or it was changed since somebody has seen it."""
    arguments = invocation.arguments
    with logged_office_of(invocation) as office:
        issue = sign_off(
            office,
            office.bulletin(arguments.bulletin),
            arguments.number,
            getpass.getuser(),
            seen=arguments.revision,
            shown=arguments.shown,
            supplement=arguments.supplement,
        )
        files = "、".join(str(office.data_dir / file.path) for file in issue.final)
    sentence = f"{issue.number.label}已签发，{len(issue.articles)} 篇稿件已刊发：{files}"
    invocation.output.give_line(issue_row(issue), sentence)
    return ExitStatus.DONE
