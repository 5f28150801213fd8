"""`responsible`: the editor who answers for the next issue, or for one article (责任编辑)."""

from __future__ import annotations

import getpass
from argparse import ArgumentParser

from cli.base.arguments import add_bulletin, add_supplement, parse_number
from cli.base.command import Invocation
from cli.base.exit_status import ExitStatus
from cli.base.office import logged_office_of
from service.article.comment import set_article_editor
from service.issue.prepare import set_responsible_editor


def add_arguments(parser: ArgumentParser) -> None:
    parser.add_argument("name", metavar="NAME", help="姓名；'' 为不定、不印")
    parser.add_argument("--article", type=parse_number, metavar="ID", help="一篇稿件的；不写是整期的")
    add_supplement(parser, "增刊的")
    add_bulletin(parser)


def run(invocation: Invocation) -> ExitStatus:
    """Raises NotThere for an unknown article, BadUsage for a printed one."""
    arguments, who = invocation.arguments, getpass.getuser()
    with logged_office_of(invocation) as office:
        if arguments.article is not None:
            name = set_article_editor(office, arguments.article, arguments.name, who).responsible_editor
            of, document = f"稿件 {arguments.article} ", {"article": arguments.article}
        else:
            bulletin, supplement = office.bulletin(arguments.bulletin), arguments.supplement
            prepared = set_responsible_editor(office, bulletin, arguments.name, who, supplement=supplement)
            name, of = prepared.responsible_editor, "下一期增刊" if supplement else "本期"
            document = {"bulletin": bulletin.id, "supplement": supplement}
    sentence = f"{of}的责任编辑：{name}。" if name else f"{of}不定责任编辑。"
    invocation.output.give_line({**document, "responsible_editor": name}, sentence)
    return ExitStatus.DONE
