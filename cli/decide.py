"""`decide`: adopted, held, returned, rejected."""

from __future__ import annotations

import getpass
from argparse import ArgumentParser

from cli.base.arguments import add_article
from cli.base.command import Invocation
from cli.base.exit_status import ExitStatus
from cli.base.office import logged_office_of
from service.article.decide import DecisionRequest, decide
from service.shapes.articles import article_rows
from values.issue import ArticleStatus


def add_arguments(parser: ArgumentParser) -> None:
    add_article(parser)
    statuses = [status.value for status in ArticleStatus if status is not ArticleStatus.PUBLISHED]
    help_on_status = "draft 待审，adopted 采用，held 留用，returned 退改，rejected 退稿"
    parser.add_argument("status", choices=statuses, help=help_on_status)
    parser.add_argument("--note", default="", metavar="TEXT", help="理由；退改必须写，会写进给单位的信里")
    parser.add_argument("--department", metavar="NAME", help="是哪个单位的稿件，猜错或没猜出时写明")
    parser.add_argument("--no-letter", action="store_true", help="退改时不给单位写信")


def run(invocation: Invocation) -> ExitStatus:
    """A returned article goes back to its department by mail, as at the desk."""
    arguments = invocation.arguments
    request = DecisionRequest(
        article=arguments.article,
        status=ArticleStatus(arguments.status),
        who=getpass.getuser(),
        note=arguments.note,
        department=arguments.department,
        notify=not arguments.no_letter,
    )
    with logged_office_of(invocation) as office:
        result = decide(office, request)
        article, notice = result.article, result.notice
        effects = [f"已记住 {result.learned_sender} 是{article.department}的地址"] if result.learned_sender else []
        if notice is not None:
            effects.append(f"没有寄信：{notice.why_not}" if notice.why_not else f"已写信给 {notice.to}")
        if article.issue:
            effects.append("再次生成送审稿时随之更新")
        decided = f"稿件 {article.id}《{article.manuscript.title}》：{article.status.chinese}"
        invocation.output.give_line(article_rows(office, [article])[0], "；".join([decided, *effects]))
    return ExitStatus.DONE
