"""`decide`: adopted, held, returned, rejected; or another department."""

from __future__ import annotations

import getpass
from argparse import ArgumentParser

from archive.articles import article_named
from cli.base.arguments import add_article
from cli.base.command import Invocation
from cli.base.exit_status import ExitStatus
from cli.base.office import logged_office_of
from service.article.decide import DecisionRequest, decide
from service.office import Office
from service.shapes.articles import article_rows
from values.errors import BadUsage
from values.issue import ArticleStatus


def add_arguments(parser: ArgumentParser) -> None:
    add_article(parser)
    statuses = [status.value for status in ArticleStatus if status is not ArticleStatus.PUBLISHED]
    help_on_status = "draft 待审，adopted 采用，held 留用，returned 退改，rejected 退稿"
    parser.add_argument("status", nargs="?", choices=statuses, help=f"{help_on_status}；不写则只改归 --department")
    parser.add_argument("--note", default="", metavar="TEXT", help="理由；退改必须写，会写进给单位的信里")
    parser.add_argument("--department", metavar="NAME", help="是哪个单位的稿件，猜错或没猜出时写明")
    parser.add_argument("--no-letter", action="store_true", help="退改时不给单位写信")


def run(invocation: Invocation) -> ExitStatus:
    """A returned article goes back to its department by mail, as at the desk. Without a status the article keeps its
    own and only changes its department (改归). Raises BadUsage for neither."""
    arguments = invocation.arguments
    if arguments.status is None and arguments.department is None:
        raise BadUsage("请写明决定（如 adopted），或用 --department 写明改归哪个单位。")
    with logged_office_of(invocation) as office:
        request = DecisionRequest(
            article=arguments.article,
            status=ArticleStatus(arguments.status) if arguments.status else _status_of(office, arguments.article),
            who=getpass.getuser(),
            note=arguments.note,
            department=arguments.department,
            notify=not arguments.no_letter,
        )
        result = decide(office, request)
        article, notice = result.article, result.notice
        effects = [f"已记住 {result.learned_sender} 是{article.department}的地址"] if result.learned_sender else []
        if notice is not None:
            effects.append(f"没有寄信：{notice.why_not}" if notice.why_not else f"已写信给 {notice.to}")
        if article.issue:
            effects.append("再次生成送审稿时随之更新")
        done = article.status.chinese if arguments.status else f"改归{article.department}"
        decided = f"稿件 {article.id}《{article.manuscript.title}》：{done}"
        invocation.output.give_line(article_rows(office, [article])[0], "；".join([decided, *effects]))
    return ExitStatus.DONE


def _status_of(office: Office, article_id: int) -> ArticleStatus:
    with office.ledger.reading() as ledger:
        return article_named(ledger, article_id).status
