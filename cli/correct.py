"""`correct`: an erratum (更正) of a printed article for the next issue."""

from __future__ import annotations

import getpass
from argparse import ArgumentParser
from typing import Any

from archive.corrections import corrections_of
from cli.base.arguments import add_article, add_bulletin
from cli.base.command import Invocation
from cli.base.exit_status import ExitStatus
from cli.base.office import logged_office_of
from cli.base.output_parts import line
from service.article.correct import make_correction, printed_article, separate_correction
from service.article.erratum import WrongWords
from service.shapes.articles import correction_row


def add_arguments(parser: ArgumentParser) -> None:
    add_article(parser)
    add_bulletin(parser)
    parser.add_argument(
        *("--change", "-c"),
        nargs=2,
        action="append",
        default=[],
        metavar=("WRONG", "RIGHT"),
        help='刊发的字句和应为的字句，可以写几次；"" 是删去',
    )
    parser.add_argument("--proposed", action="store_true", help="用单位报来的更正与刊发的不同之处")
    parser.add_argument("--not-a-correction", action="store_true", help="这篇不是更正，按普通稿件处理")


def run(invocation: Invocation) -> ExitStatus:
    """Makes the erratum, or lists what corrects the article. Raises as `service.article.correct`."""
    arguments, who = invocation.arguments, getpass.getuser()
    with logged_office_of(invocation) as office:
        bulletin = office.bulletin(arguments.bulletin)
        if arguments.not_a_correction:
            separate_correction(office, bulletin, arguments.article, who=who)
            return ExitStatus.DONE
        words = [WrongWords(wrong.strip(), right.strip()) for wrong, right in arguments.change]
        if arguments.proposed:
            words += printed_article(office, bulletin, arguments.article).proposed
        if words or arguments.proposed:
            make_correction(office, bulletin, arguments.article, words, who=who)
        with office.ledger.reading() as ledger:
            links = corrections_of(ledger, [arguments.article]).get(arguments.article, ())
        rows: list[dict[str, Any]] = [correction_row(link) for link in links]
        shown = [line(f"稿件 {link.article}：{link.in_words}") for link in links]
    invocation.output.give(lambda: rows, lambda: shown or [line("没有更正。")])
    return ExitStatus.DONE
