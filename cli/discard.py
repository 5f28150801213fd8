"""`discard`: the draft of an issue is withdrawn."""

from __future__ import annotations

import getpass
from argparse import ArgumentParser

from cli.base.arguments import add_bulletin, add_issue_number, add_supplement
from cli.base.command import Invocation
from cli.base.exit_status import ExitStatus
from cli.base.office import logged_office_of
from service.issue.assemble import discard
from service.shapes.issues import issue_row


def add_arguments(parser: ArgumentParser) -> None:
    add_issue_number(parser)
    add_supplement(parser, "作废增刊的送审稿")
    add_bulletin(parser)


def run(invocation: Invocation) -> ExitStatus:
    """Raises BadUsage when there is no draft of that number."""
    arguments = invocation.arguments
    with logged_office_of(invocation) as office:
        bulletin = office.bulletin(arguments.bulletin)
        issue = discard(office, bulletin, arguments.number, getpass.getuser(), supplement=arguments.supplement)
    sentence = f"{issue.number.label}送审稿已作废，其中的稿件可编入下一次送审稿。"
    invocation.output.give_line(issue_row(issue), sentence)
    return ExitStatus.DONE
