"""`undo`: takes the last decision about articles back, while nothing has happened since."""

from __future__ import annotations

import getpass
from argparse import ArgumentParser

from cli.base.arguments import parse_number
from cli.base.command import Invocation
from cli.base.exit_status import ExitStatus
from cli.base.office import logged_office_of
from cli.base.output_parts import line
from cli.views.articles_left import left_lines, left_rows
from service.article.undo import UndoneDecision, undo_decisions
from service.shapes.articles import article_rows


def add_arguments(parser: ArgumentParser) -> None:
    parser.add_argument("articles", type=parse_number, nargs="+", metavar="ARTICLE", help="稿件的编号；articles 列出")


def run(invocation: Invocation) -> ExitStatus:
    """Articles whose decision stands are named; of the others it is taken back. A 退改 letter that has not gone is
    withdrawn."""
    with logged_office_of(invocation) as office:
        outcome = undo_decisions(office, dict.fromkeys(invocation.arguments.articles), getpass.getuser())
        rows = article_rows(office, [undone.article for undone in outcome.undone])
        invocation.output.give(
            lambda: {"undone": rows, "left": left_rows(outcome.left)},
            lambda: [*(line(_sentence(undone)) for undone in outcome.undone), *left_lines(outcome.left)],
        )
    return ExitStatus.IN_PART if outcome.left else ExitStatus.DONE


def _sentence(undone: UndoneDecision) -> str:
    article = undone.article
    letter = "；退改信已收回" if undone.letter_withdrawn else ""
    done = f"撤销{undone.undone.chinese}，恢复为{article.status.chinese}{letter}"
    return f"稿件 {article.id}《{article.manuscript.title}》：{done}"
