"""`restore`: a data directory from a backup; `--release` lets letters out and sign-offs go on afterwards."""

from __future__ import annotations

import getpass
import logging
import re
import sys
from argparse import ArgumentParser
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from archive.ledger_format import FORMAT
from cli.base.command import Invocation
from cli.base.exit_status import ExitStatus
from cli.base.office import logged_office_of
from cli.base.output_parts import OutputLine, line
from cli.base.progress import progress
from cli.base.terminal import error_terminal
from cli.views.letters import error_lines
from programs.landlock import forbid_inspection
from service.backup.hold import PrintedNumber, moment_in, release
from service.backup.restore import Restored, restore
from settings.load import load_settings
from settings.secrets import without_secrets
from values.errors import BadUsage

_PRINTED: Final = re.compile(r"([a-z0-9-]+)=(增刊?)?([1-9][0-9]{0,6})")


def add_arguments(parser: ArgumentParser) -> None:
    help_on_path = "备份文件，或 backup --to 的文件夹（用其中最近一次；也可给出其中的 backups/….json）"
    parser.add_argument("path", nargs="?", type=Path, metavar="PATH", help=help_on_path)
    parser.add_argument("--release", action="store_true", help="恢复后核对过了：继续发信，可以签发")
    help_on_printed = "与 --release 同用：备份以后签发过的最后一期，如 wuxing=72（增刊写 wuxing=增3）；可写多次"
    parser.add_argument("--printed", action="append", default=[], metavar="ID=N", help=help_on_printed)
    help_on_since = "与 --release 同用：服务是何时停的，如 2026-11-30T12:00；以后的来信才发回执，默认从恢复时算起"
    parser.add_argument("--since", metavar="TIME", help=help_on_since)


def run(invocation: Invocation) -> ExitStatus:
    """IN_PART when something of the backup could not be put back. Raises BadUsage, DamagedBackup, StorageFailed."""
    arguments = invocation.arguments
    if arguments.release == (arguments.path is not None):
        raise BadUsage("请给出备份文件或备份文件夹；恢复并核对以后，再单独运行 restore --release。")
    if not arguments.release and (arguments.printed or arguments.since):
        raise BadUsage("--printed 和 --since 要与 --release 同用。")
    return _release(invocation) if arguments.release else _restore(invocation)


def _restore(invocation: Invocation) -> ExitStatus:
    surroundings = invocation.surroundings
    settings = load_settings(invocation.arguments.config)
    surroundings.configure_logs(settings.service.log_format, logging.ERROR)
    forbid_inspection()
    environ = without_secrets(settings.secrets, surroundings.environ)
    with progress(error_terminal(sys.stderr)) as report:
        done = restore(settings, invocation.arguments.path, surroundings.now, environ, report)
    invocation.output.give(lambda: _document(done), lambda: [*_lines(done), *error_lines(done.problems)])
    return ExitStatus.IN_PART if done.problems else ExitStatus.DONE


def _document(done: Restored) -> dict[str, object]:
    return {
        "made_at": done.manifest.made_at.isoformat(),
        "version": done.manifest.version,
        "files": len(done.manifest.members),
        "format_before": done.format_before,
        "format": FORMAT,
        "removed": done.removed,
        "newer_letters": done.taken.letters,
        "newer_issues": done.taken.issues,
        "ended_tokens": done.ended_tokens,
        "problems": list(done.problems),
    }


def _lines(done: Restored) -> Iterator[OutputLine]:
    manifest = done.manifest
    upgraded = f"，台账已从格式 {done.format_before} 升级到 {FORMAT}" if done.format_before != FORMAT else ""
    yield line(f"已从 {manifest.made_at:%Y-%m-%d %H:%M} 的备份恢复 {len(manifest.members)} 个文件{upgraded}。")
    if done.taken.letters or done.taken.issues:
        yield line(f"文件夹里比备份新的，已记回台账：来信 {done.taken.letters} 封，签发的 {done.taken.issues} 期。")
    if done.removed:
        yield line(f"备份以后删除、销毁过的 {done.removed} 封来信，仍是删除的。")
    if done.ended_tokens:
        yield line(f"接口令牌 {done.ended_tokens} 个已全部吊销（备份以后吊销过哪些无从知道），请用 token add 重新发。")
    yield line(
        "发件箱和签发现在暂停：备份以后可能已发过信、签发过新的一期。请核对最后一期的期号，"
        "再运行 restore --release（签发过的用 --printed 刊物=期号 写明），然后启动服务。"
    )


def _release(invocation: Invocation) -> ExitStatus:
    arguments = invocation.arguments
    printed = [_printed(text) for text in arguments.printed]
    with logged_office_of(invocation) as office:
        since = None if arguments.since is None else moment_in(office, arguments.since)
        done = release(office, printed, since, who=getpass.getuser())
    used = f"已用过的期号：{'、'.join(done.numbers)}，不再使用。" if done.numbers else ""
    sentence = (
        f"已放行，发信和签发照常。{used}以前发送结果不明的 {done.given_up} 封不再自动发，"
        "用 outbox 查看，确要再发的用 outbox --resend 编号。"
    )
    invocation.output.give_line({"given_up": done.given_up, "numbers": list(done.numbers)}, sentence)
    return ExitStatus.DONE


def _printed(text: str) -> PrintedNumber:
    form = _PRINTED.fullmatch(text)
    if form is None:
        raise BadUsage(f"看不懂 --printed {text}；应如 wuxing=72，增刊写 wuxing=增3。")
    return PrintedNumber(form[1], int(form[3]), form[2] is not None)
