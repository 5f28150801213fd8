"""`rename`: a bulletin or a mailbox that has another name in config.toml now."""

from __future__ import annotations

import getpass
from argparse import ArgumentParser
from dataclasses import asdict

from cli.base.command import Invocation
from cli.base.exit_status import ExitStatus
from cli.base.office import logged_office_of
from service.renaming.rename import end_bulletin, rename_bulletin, rename_mailbox
from values.errors import BadUsage


def add_arguments(parser: ArgumentParser) -> None:
    parser.add_argument("former", metavar="OLD", help="原来的名字：刊物的 id，或邮箱的 username")
    parser.add_argument("new", nargs="?", metavar="NEW", help="config.toml 里现在的名字")
    which = parser.add_mutually_exclusive_group()
    which.add_argument("--mailbox", action="store_true", help="改的是邮箱的 username，不是刊物的 id")
    which.add_argument("--ended", action="store_true", help="刊物不再办了，不是改名：check 不再提它，来信和各期都留着")


def run(invocation: Invocation) -> ExitStatus:
    """Raises BadUsage, StorageFailed."""
    arguments, who = invocation.arguments, getpass.getuser()
    former, new = arguments.former, arguments.new
    if arguments.ended == (new is not None):
        raise BadUsage("请给出原来的名字和现在的名字；刊物不再办的，只给名字，加 --ended。")
    with logged_office_of(invocation) as office:
        if arguments.mailbox:
            letters = rename_mailbox(office, former, new, who=who)
            sentence = f"邮箱 {former} 已改为 {new}，{letters} 封来信不再收一遍，也不再答复。"
            invocation.output.give_line({"former": former, "new": new, "letters": letters}, sentence)
            return ExitStatus.DONE
        rows = (
            end_bulletin(office, former, who=who) if arguments.ended else rename_bulletin(office, former, new, who=who)
        )
    contents = f"来信 {rows.letters} 封、稿件 {rows.articles} 篇、各期 {rows.issues} 期"
    sentence = (
        f"刊物 {former} 已记为不再办，{contents}都留着。"
        if arguments.ended
        else f"刊物 {former} 已改名为 {new}：{contents}都跟着它，期号接着编，文件留在原处。"
    )
    invocation.output.give_line({"former": former, "new": new} | asdict(rows), sentence)
    return ExitStatus.DONE
