"""`joint`: the departments that share an article (联合署名)."""

from __future__ import annotations

import getpass
from argparse import ArgumentParser

from cli.base.arguments import add_article
from cli.base.command import Invocation
from cli.base.exit_status import ExitStatus
from cli.base.office import logged_office_of
from service.article.joint import JointRequest, change_departments


def add_arguments(parser: ArgumentParser) -> None:
    add_article(parser)
    help_on_add = "加上一个单位（名录里的任何叫法），排在后面；可重复"
    parser.add_argument("--add", action="append", default=[], metavar="NAME", help=help_on_add)
    parser.add_argument("--remove", action="append", default=[], metavar="NAME", help="去掉一个单位；可重复")


def run(invocation: Invocation) -> ExitStatus:
    """Without options it shows the departments. Raises NotThere, BadUsage as `change_departments`."""
    arguments = invocation.arguments
    request = JointRequest(arguments.article, getpass.getuser(), arguments.add, arguments.remove)
    with logged_office_of(invocation) as office:
        record = change_departments(office, request)
    departments = list(record.departments)
    shown = "、".join(departments) or "单位待定"
    document = {"article": record.id, "department": record.department, "departments": departments}
    invocation.output.give_line(document, f"稿件 {record.id}《{record.manuscript.title}》的单位：{shown}。")
    return ExitStatus.DONE
