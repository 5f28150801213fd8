#!/usr/bin/env python3
"""Jianbao's command line: reads the configuration, builds the parts, connects them. The commands are in `service`.

Exit status: 0 done; 1 done in part, the output says what failed (check-text: something was found); 2 bad usage or
configuration; 3 the outside (mailbox, SMTP, disk) is unavailable, nothing lost, try later.
"""

from __future__ import annotations

import argparse
import logging
import os
import sys
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from values.account import Role
from values.errors import JianbaoError
from values.issue import ArticleStatus

if TYPE_CHECKING:
    from contextlib import AbstractContextManager

    from cli.answers import Answers
    from service.health.pulse import Pulse
    from service.office import Office

# The rooms are imported in `main`: every child process that reads letters imports this file too, and needs none of it.

HOME = Path(__file__).resolve().parent


def parser() -> argparse.ArgumentParser:
    """Every command of design.md section 5.2 that this version has."""
    whole = argparse.ArgumentParser(prog="run_service.py", description="简报：从投稿邮箱到排好版的一期。")
    whole.add_argument("--config", type=Path, default=HOME / "config.toml", metavar="FILE", help="配置文件")
    commands = whole.add_subparsers(dest="command", required=True, metavar="COMMAND")

    def command(name: str, does: str) -> argparse.ArgumentParser:
        one = commands.add_parser(name, help=does, description=does)
        one.add_argument("--json", action="store_true", help="标准输出只有一份 JSON")
        return one

    command("run", "收稿、按时编排、发信，直到收到 SIGTERM")
    demo = command("demo", "用示例来信走一遍全程；在终端上还打开审稿台，按 Ctrl+C 结束")
    demo.add_argument("--once", action="store_true", help="走完就结束")
    demo.add_argument("--serve", action="store_true", help="不在终端上也打开审稿台")
    command("check", "检查配置、口令、邮箱、发信、模板、字体、磁盘、时钟、台账")
    command("poll", "现在就收一遍邮箱，读完每封来信")
    bring_in = command("import", "导入 .eml 文件、文件夹、Maildir 或 mbox，读完每封来信")
    bring_in.add_argument("paths", nargs="+", type=Path, metavar="PATH")
    command("messages", "每封来信和它的结果")
    command("articles", "每篇稿件、正文和审校意见")
    make = command("assemble", "编出（或重编）下一期的草稿")
    make.add_argument("--date", type=date.fromisoformat, metavar="YYYY-MM-DD", help="印发日期，默认今天")
    command("issues", "各期和它们的文件")
    decide = command("decide", "决定一篇稿件的去留")
    decide.add_argument("article", type=int, metavar="ARTICLE")
    decide.add_argument("status", choices=[s.value for s in ArticleStatus if s is not ArticleStatus.PUBLISHED])
    decide.add_argument("--note", default="", metavar="TEXT", help="理由；退改必须写，会写进给单位的信里")
    decide.add_argument("--department", metavar="NAME", help="是哪个单位的稿件，猜错或没猜出时写明")
    decide.add_argument("--no-letter", action="store_true", help="退改时不给单位写信")
    arrange = command("arrange", "安排一篇稿件：在哪个栏目、排第几、进不进增刊")
    arrange.add_argument("article", type=int, metavar="ARTICLE")
    arrange.add_argument("--section", metavar="NAME", help="移到这个栏目；普通稿件的栏目是空的：--section ''")
    where = arrange.add_mutually_exclusive_group()
    where.add_argument("--before", type=int, metavar="ID", help="排在这篇稿件前面")
    for place, does in {"first": "排在本栏目最前", "last": "最后", "up": "上移一篇", "down": "下移一篇"}.items():
        where.add_argument(f"--{place}", dest="place", action="store_const", const=place, help=does)
    where.add_argument("--office-order", action="store_true", help="不再由编辑定位置，按单位的先后排")
    which = arrange.add_mutually_exclusive_group()
    which.add_argument("--supplement", dest="supplement", action="store_true", default=None, help="编入下一期增刊")
    which.add_argument("--ordinary", dest="supplement", action="store_false", help="仍编入普通一期")
    note = command("note", "本期的按语；送审和签发的都带着它")
    note.add_argument("text", metavar="TEXT", help="按语，一行一段；'' 为不要按语")
    sign_off = command("sign-off", "签发：期号和文件从此不变")
    sign_off.add_argument("--revision", type=int, metavar="N", help="看过的是第几稿；之后又有新稿时不签发")
    discard = command("discard", "作废一期草稿")
    for one in (sign_off, discard):
        one.add_argument("number", type=int, metavar="NUMBER")
    for one, does in {make: "编增刊", note: "增刊的按语", sign_off: "签发增刊", discard: "作废增刊的草稿"}.items():
        one.add_argument("--supplement", action="store_true", help=does)
    senders = command("senders", "编辑认领过的发件地址")
    senders.add_argument("--forget", default="", metavar="ADDRESS", help="不再记住这个地址")
    for one in (bring_in, make, note, sign_off, discard, senders):
        one.add_argument("--bulletin", metavar="ID", help="刊物，只有一个时可省略")
    command("retry", "重读一封待处理或需留意的来信").add_argument("letter", metavar="LETTER", help="sha256 的前几位")
    letters_out = command("outbox", "发件箱：发出的信和待发的信")
    letters_out.add_argument("action", nargs="?", choices=["send"], help="send：现在就发")
    letters_out.add_argument("--resend", type=int, metavar="ID", help="把发不出或可能已发的一封重新排队")
    text = command("check-text", "审校一个文件（.docx、.txt……），不收信也不记账；有意见时返回 1")
    text.add_argument("file", type=Path, metavar="FILE")
    text.add_argument("--bulletin", metavar="ID", help="用哪个刊物的名录和用词表，只有一个时可省略")
    _user_arguments(command("user", "审稿台的用户"))
    command("migrate", "把台账升级到本版本的格式")
    return whole


def _user_arguments(user: argparse.ArgumentParser) -> None:
    actions = user.add_subparsers(dest="action", required=True, metavar="ACTION")
    roles = [role.value for role in Role]
    for action, does in {
        "list": "列出用户",
        "add": "添加用户，给出设置密码的一次性链接",
        "password": "给出重设密码的一次性链接",
        "role": "改变角色",
        "disable": "停用",
        "enable": "恢复",
    }.items():
        one = actions.add_parser(action, help=does, description=does)
        one.add_argument("--json", action="store_true", default=argparse.SUPPRESS, help=argparse.SUPPRESS)
        if action != "list":
            one.add_argument("name", metavar="NAME")
        if action == "add":
            one.add_argument(
                "--role", choices=roles, default=Role.EDITOR.value, help="viewer 只看，editor 编辑，admin 还管用户"
            )
            one.add_argument("--display-name", default="", metavar="TEXT", help="同事怎么称呼，记在变更记录里")
        if action == "role":
            one.add_argument("role", choices=roles)


def main(words: list[str]) -> int:
    """Runs one command; what it may raise becomes a line for a person and an exit status."""
    from rich.console import Console

    from cli.commands import exit_status

    arguments = parser().parse_args(words)
    complaints = Console(stderr=True, highlight=False)
    try:
        return _do(arguments)
    except JianbaoError as error:
        for line in str(error).splitlines():
            complaints.print(line, style="red", markup=False, soft_wrap=True)
        return exit_status(error)


def _do(arguments: argparse.Namespace) -> int:
    from cli import commands
    from cli.answers import Answers, console_for
    from cli.demo import demo
    from cli.run_command import run_command
    from service.office import open_office
    from service.running import logs
    from settings.load import load_settings

    if arguments.command == "check-text":
        return _check_text(arguments, Answers(console_for(sys.stdout, os.environ), arguments.json))
    settings = load_settings(arguments.config)
    logs.configure_logs(settings.service.log_format, logging.INFO if arguments.command == "run" else logging.ERROR)
    answers = Answers(console_for(sys.stdout, os.environ), arguments.json)
    if arguments.command == "demo":
        serve = not arguments.once and (arguments.serve or sys.stdout.isatty())
        return demo(answers.console, settings, HOME, now, os.environ, serve_desk if serve else None)
    if arguments.command == "migrate":
        return commands.migrate_command(settings, answers)
    with open_office(settings, now, os.environ) as office:
        if arguments.command == "run":
            return run_command(office, serve_desk)
        return commands.COMMANDS[arguments.command](office, arguments, answers)


def serve_desk(office: Office, pulse: Pulse) -> AbstractContextManager[None]:
    """The desk, for the commands that open it; the others need none of the web's libraries."""
    from desk.server import serving_desk

    return serving_desk(office, pulse)


def _check_text(arguments: argparse.Namespace, answers: Answers) -> int:
    """A department may have this program and no config.toml; one that was named must be there."""
    from cli.check_text import check_text_command

    if arguments.config == HOME / "config.toml" and not arguments.config.exists():
        arguments.config = None
    return check_text_command(arguments, answers)


def now() -> datetime:
    """The one clock of the service."""
    return datetime.now(UTC)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
