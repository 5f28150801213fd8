"""`merge`: several articles become one with all departments credited (综合采用), and back."""

from __future__ import annotations

import getpass
from argparse import ArgumentParser

from cli.base.arguments import parse_number
from cli.base.command import Invocation
from cli.base.exit_status import ExitStatus
from cli.base.office import logged_office_of
from service.article.joint_adoption import MergeRequest, merge_articles, undo_merger
from service.shapes.articles import article_rows
from values.errors import BadUsage


def add_arguments(parser: ArgumentParser) -> None:
    help_on_articles = "稿件的编号，按正文的先后；与 --undo 一起只写一个"
    parser.add_argument("articles", nargs="+", type=parse_number, metavar="ARTICLE", help=help_on_articles)
    parser.add_argument("--into", type=parse_number, metavar="ID", help="并入哪一篇；不写是第一篇")
    parser.add_argument("--title", default="", metavar="TEXT", help="合并后的标题；不写用那一篇的")
    parser.add_argument("--headings", action="store_true", help="各篇的标题作小标题")
    parser.add_argument("--why", default="", metavar="TEXT", help="理由，记入变更记录")
    parser.add_argument("--undo", action="store_true", help="撤销最近一次并入这一篇的合并；刊发以后不能撤销")


def run(invocation: Invocation) -> ExitStatus:
    """Raises NotThere, BadUsage as `merge_articles` and `undo_merger`."""
    arguments, who = invocation.arguments, getpass.getuser()
    first = arguments.articles[0]
    if arguments.undo and len(arguments.articles) > 1:
        raise BadUsage("--undo 只写一个编号：别的稿件并入的那一篇。")
    with logged_office_of(invocation) as office:
        if arguments.undo:
            article, *freed = undo_merger(office, first, who)
            numbers = "、".join(str(other.id) for other in freed)
            sentence = f"稿件 {article.id}《{article.manuscript.title}》撤销合并；稿件 {numbers} 恢复原来的状态。"
        else:
            into = first if arguments.into is None else arguments.into
            request = MergeRequest(
                arguments.articles, into, who, arguments.title, arguments.headings, why=arguments.why
            )
            article = merge_articles(office, request)
            units = "、".join(article.departments)
            sentence = f"并成稿件 {article.id}《{article.manuscript.title}》，单位：{units}；其余改为留用，随它刊发。"
        invocation.output.give_line(article_rows(office, [article])[0], sentence)
    return ExitStatus.DONE
