"""`import`: letters from files, as if fetched."""

from __future__ import annotations

import sys
from argparse import ArgumentParser
from pathlib import Path

from cli.base.arguments import add_bulletin
from cli.base.command import Invocation
from cli.base.exit_status import ExitStatus
from cli.base.office import logged_office_of
from cli.base.progress import progress
from cli.base.terminal import error_terminal
from cli.views.intake_result import give_intake_result
from intake.pool import ReadingPool
from service.letters.receive import LetterReceiver


def add_arguments(parser: ArgumentParser) -> None:
    parser.add_argument(
        "paths", nargs="+", type=Path, metavar="PATH", help=".eml 文件、放 .eml 的文件夹、Maildir 或 mbox"
    )
    add_bulletin(parser)


def run(invocation: Invocation) -> ExitStatus:
    """IN_PART when some of the files held no letter, BAD_USAGE when none did."""
    arguments = invocation.arguments
    with (
        logged_office_of(invocation) as office,
        ReadingPool() as pool,
        progress(error_terminal(sys.stderr)) as report,
    ):
        result = LetterReceiver(office, pool, report=report).import_letters(
            office.bulletin(arguments.bulletin), arguments.paths
        )
    give_intake_result(invocation.output, result)
    if result.errors:
        return ExitStatus.IN_PART if result.stored else ExitStatus.BAD_USAGE
    return ExitStatus.DONE
