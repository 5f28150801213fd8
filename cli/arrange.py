"""`arrange`: the place of an article in the next issue, and whether that is the ordinary one or a supplement."""

from __future__ import annotations

import getpass
from argparse import ArgumentParser, Namespace
from typing import Final

from archive import articles
from cli.base.arguments import add_article, parse_number
from cli.base.command import Invocation
from cli.base.exit_status import ExitStatus
from cli.base.office import logged_office_of
from service.issue.arrange import choose_for_supplement, move_article, section_title
from service.office import Office
from service.shapes.articles import article_rows
from values.errors import BadUsage

_PLACES: Final = {"first": "排在本栏目最前", "last": "最后", "up": "上移一篇", "down": "下移一篇"}


def add_arguments(parser: ArgumentParser) -> None:
    add_article(parser)
    parser.add_argument("--section", metavar="NAME", help="移到这个栏目；普通稿件的栏目是空的：--section ''")
    where = parser.add_mutually_exclusive_group()
    where.add_argument("--before", type=parse_number, metavar="ID", help="排在这篇稿件前面")
    for place, summary in _PLACES.items():
        where.add_argument(f"--{place}", dest="place", action="store_const", const=place, help=summary)
    where.add_argument("--number", dest="place", type=parse_number, metavar="N", help="排在本栏目第几篇")
    where.add_argument("--office-order", action="store_true", help="不再由编辑定位置，按单位的先后排")
    which = parser.add_mutually_exclusive_group()
    which.add_argument("--supplement", dest="supplement", action="store_true", default=None, help="编入下一期增刊")
    which.add_argument("--ordinary", dest="supplement", action="store_false", help="仍编入普通一期")


def run(invocation: Invocation) -> ExitStatus:
    """Raises BadUsage for no article of that id, one that is printed, and no place named."""
    arguments = invocation.arguments
    with logged_office_of(invocation) as office:
        _arrange(office, arguments)
        with office.ledger.reading() as ledger:
            article = articles.article_named(ledger, arguments.article)
        which = "增刊" if article.for_supplement else "普通一期"
        invocation.output.give_line(
            article_rows(office, [article])[0],
            f"稿件 {article.id}《{article.manuscript.title}》：{which}，“{section_title(article.section)}”。"
            "再次生成送审稿时随之更新。",
        )
    return ExitStatus.DONE


def _arrange(office: Office, arguments: Namespace) -> None:
    """Raises BadUsage when no place is named: `move_article` without one would undo the editor's own order."""
    section, place, before = arguments.section, arguments.place, arguments.before
    moves = arguments.office_order or any(wish is not None for wish in (section, place, before))
    if arguments.supplement is None and not moves:
        raise BadUsage("请说明怎样安排，例如 --first、--before 12、--section 情况通报、--supplement。")
    who = getpass.getuser()
    if arguments.supplement is not None:
        choose_for_supplement(office, arguments.article, who, chosen=arguments.supplement)
    if moves:
        move_article(office, arguments.article, who, section=section, place=place, before=before)
