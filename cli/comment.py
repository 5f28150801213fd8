"""`comment`: what editors write to each other about an article."""

from __future__ import annotations

import getpass
from argparse import ArgumentParser

from archive.article_comments import comments_on
from archive.articles import article_named
from cli.base.arguments import add_article
from cli.base.command import Invocation
from cli.base.exit_status import ExitStatus
from cli.base.office import logged_office_of
from cli.base.output_parts import line
from service.article.comment import comment_on


def add_arguments(parser: ArgumentParser) -> None:
    add_article(parser)
    parser.add_argument("text", nargs="?", metavar="TEXT", help="留言；不写则列出已有的")


def run(invocation: Invocation) -> ExitStatus:
    """Adds a comment, or lists them. Raises NotThere for an unknown article."""
    arguments = invocation.arguments
    with logged_office_of(invocation) as office:
        if arguments.text is not None:
            comment_on(office, arguments.article, arguments.text, getpass.getuser())
        with office.ledger.reading() as ledger:
            article_named(ledger, arguments.article)
            comments = comments_on(ledger, arguments.article)
        rows = [
            {"who": comment.who, "text": comment.text, "at": office.local(comment.written_at).isoformat()}
            for comment in comments
        ]
        shown = [f"{office.local(c.written_at):%m-%d %H:%M} {c.who}：{c.text}" for c in comments]
    invocation.output.give(lambda: rows, lambda: [line(text) for text in shown or ["还没有留言。"]])
    return ExitStatus.DONE
