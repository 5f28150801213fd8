"""`split`: one article becomes several (拆分)."""

from __future__ import annotations

import getpass
from argparse import ArgumentParser
from collections.abc import Sequence

from archive.articles import article_named
from cli.base.arguments import add_article
from cli.base.command import Invocation
from cli.base.exit_status import ExitStatus
from cli.base.office import logged_office_of
from cli.base.output_parts import line
from service.article.passages import block_label
from service.article.split import NewPart, SplitRequest, split_article
from service.office import Office
from service.shapes.articles import article_rows
from values.errors import BadUsage
from values.whole_number import whole_number


def add_arguments(parser: ArgumentParser) -> None:
    add_article(parser)
    parser.add_argument(
        "--part",
        action="append",
        nargs="+",
        default=[],
        metavar="WORD",
        help="从第几块起、标题，可再写单位、署名：--part 4 校园食堂 区教体局；可重复，从前到后",
    )
    parser.add_argument("--why", default="", metavar="TEXT", help="理由，记入变更记录")


def run(invocation: Invocation) -> ExitStatus:
    """Without --part it lists the blocks with their numbers. Raises NotThere, BadUsage as `split_article`."""
    arguments = invocation.arguments
    parts = [_part(words) for words in arguments.part]
    with logged_office_of(invocation) as office:
        if not parts:
            _list_blocks(invocation, office)
            return ExitStatus.DONE
        request = SplitRequest(arguments.article, parts, getpass.getuser(), why=arguments.why)
        articles = split_article(office, request)
        rows = article_rows(office, articles)
        shown = [f"稿件 {record.id}《{record.manuscript.title}》" for record in articles]
    invocation.output.give(lambda: rows, lambda: [line(f"拆成 {len(shown)} 篇：{'、'.join(shown)}。")])
    return ExitStatus.DONE


def _part(words: Sequence[str]) -> NewPart:
    number = whole_number(words[0])
    if number is None or not 2 <= len(words) <= 4:
        raise BadUsage("--part 后面依次是从第几块起、标题，可再写单位、署名，如 --part 4 校园食堂 区教体局。")
    title, department, byline = (*words[1:], "", "")[:3]
    return NewPart(number - 1, title, byline or None, department or None)


def _list_blocks(invocation: Invocation, office: Office) -> None:
    with office.ledger.reading() as ledger:
        blocks = article_named(ledger, invocation.arguments.article).manuscript.blocks
    labels = [block_label(block) for block in blocks]
    rows = [{"number": number, "text": label} for number, label in enumerate(labels, 1)]
    shown = [f"{number:3} {label}" for number, label in enumerate(labels, 1)]
    invocation.output.give(lambda: rows, lambda: [line(text) for text in shown or ["没有正文。"]])
