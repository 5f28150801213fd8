"""`decide`: adopted, held, returned, rejected, about one article or several; or another department."""

from __future__ import annotations

import getpass
from argparse import ArgumentParser

from archive.articles import article_named
from cli.base.arguments import add_article, parse_number
from cli.base.command import Invocation
from cli.base.exit_status import ExitStatus
from cli.base.office import logged_office_of
from cli.base.output_parts import line
from cli.views.articles_left import left_lines, left_rows
from service.article.decide import DecisionRequest, DecisionResult, decide
from service.article.decide_several import decide_several
from service.office import Office
from service.shapes.articles import article_rows
from values.errors import BadUsage
from values.issue import ArticleStatus


def add_arguments(parser: ArgumentParser) -> None:
    add_article(parser)
    statuses = [status.value for status in ArticleStatus if status is not ArticleStatus.PUBLISHED]
    help_on_status = "draft 待审，adopted 采用，held 留用，returned 退改，rejected 退稿"
    parser.add_argument("status", nargs="?", choices=statuses, help=f"{help_on_status}；不写则只改归 --department")
    parser.add_argument("--note", default="", metavar="TEXT", help="理由；退改、退稿必须写，退改的会写进给单位的信里")
    parser.add_argument("--department", metavar="NAME", help="是哪个单位的稿件，猜错或没猜出时写明")
    parser.add_argument("--no-letter", action="store_true", help="退改时不给单位写信")
    parser.add_argument(
        "--also", type=parse_number, nargs="+", default=[], metavar="ARTICLE", help="还有这几篇，一并作同样的决定"
    )


def run(invocation: Invocation) -> ExitStatus:
    """A returned article goes back to its department by mail, as at the desk. Without a status the article keeps its
    own and only changes its department (改归). With --also several articles get the decision in one transaction.
    Raises BadUsage for neither status nor department."""
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
        if arguments.also:
            return _decide_several(invocation, office, request)
        result = decide(office, request)
        done = result.article.status.chinese if arguments.status else f"改归{result.article.department}"
        invocation.output.give_line(article_rows(office, [result.article])[0], _sentence(result, done))
    return ExitStatus.DONE


def _decide_several(invocation: Invocation, office: Office, request: DecisionRequest) -> ExitStatus:
    """Articles about which it could not be decided are named; the others are decided about."""
    outcome = decide_several(office, request, dict.fromkeys((request.article, *invocation.arguments.also)))
    invocation.output.give(
        lambda: {
            "decided": article_rows(office, [result.article for result in outcome.decided]),
            "left": left_rows(outcome.left),
        },
        lambda: [
            *(line(_sentence(result, result.article.status.chinese)) for result in outcome.decided),
            *left_lines(outcome.left),
        ],
    )
    return ExitStatus.IN_PART if outcome.left else ExitStatus.DONE


def _sentence(result: DecisionResult, done: str) -> str:
    article, notice = result.article, result.notice
    effects = [f"已记住 {result.learned_sender} 是{article.department}的地址"] if result.learned_sender else []
    if notice is not None:
        effects.append(f"没有寄信：{notice.why_not}" if notice.why_not else f"已写信给 {notice.to}")
    if article.issue:
        effects.append("再次生成送审稿时随之更新")
    return "；".join([f"稿件 {article.id}《{article.manuscript.title}》：{done}", *effects])


def _status_of(office: Office, article_id: int) -> ArticleStatus:
    with office.ledger.reading() as ledger:
        return article_named(ledger, article_id).status
