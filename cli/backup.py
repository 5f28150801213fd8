"""`backup`: all that the service keeps, in one file or added to a folder of backups."""

from __future__ import annotations

import logging
from argparse import ArgumentParser
from pathlib import Path
from typing import Final

from cli.base.arguments import parse_number
from cli.base.command import Invocation
from cli.base.exit_status import ExitStatus
from cli.base.output_parts import line
from cli.base.stop_signal import unwound_by_sigterm
from cli.views.letters import error_lines
from programs.landlock import forbid_inspection
from service.backup.back_up import BackedUp, back_up_to_file, back_up_to_folder
from service.office import ledger_server
from settings.load import load_settings
from values.errors import BadUsage

_KEEP: Final = 14
"""Backups that stay in a folder: two weeks of nights."""


def add_arguments(parser: ArgumentParser) -> None:
    parser.add_argument("path", nargs="?", type=Path, metavar="PATH", help="备份文件（.tar.xz），或放它的文件夹")
    parser.add_argument("--to", type=Path, metavar="DIR", help="增量备份到这个文件夹：相同的文件只存一份")
    parser.add_argument(
        "--keep", type=parse_number, default=_KEEP, metavar="N", help="--to 的文件夹里留最近几次，默认 14"
    )


def run(invocation: Invocation) -> ExitStatus:
    """IN_PART when the data directory itself lacks something that the ledger records. Works on the data directory, also
    on a ledger of an earlier format."""
    arguments = invocation.arguments
    if (arguments.path is None) == (arguments.to is None) or arguments.keep < 1:
        raise BadUsage("请给出备份文件的路径，或用 --to 给出备份文件夹（两者取一）；--keep 至少为 1。")
    surroundings = invocation.surroundings
    settings = load_settings(invocation.arguments.config)
    surroundings.configure_logs(settings.service.log_format, logging.ERROR)
    forbid_inspection()
    data_dir, server = settings.service.data_dir, ledger_server(settings, surroundings.environ)
    with unwound_by_sigterm():
        if arguments.to is not None:
            done = back_up_to_folder(server, data_dir, arguments.to, arguments.keep, surroundings.now)
        else:
            done = back_up_to_file(server, data_dir, arguments.path, surroundings.now)
    invocation.output.give(lambda: _document(done), lambda: [line(_sentence(done)), *error_lines(done.problems)])
    return ExitStatus.IN_PART if done.problems else ExitStatus.DONE


def _document(done: BackedUp) -> dict[str, object]:
    return {
        "target": str(done.target),
        "made_at": done.manifest.made_at.isoformat(),
        "version": done.manifest.version,
        "ledger_format": done.manifest.ledger_format,
        "files": len(done.manifest.members),
        "octets": done.octets,
        "pruned": done.pruned,
        "problems": list(done.problems),
    }


def _sentence(done: BackedUp) -> str:
    files, size = len(done.manifest.members), done.octets / 1e6
    pruned = f"，清掉较早的 {done.pruned} 次" if done.pruned else ""
    return f"已备份到 {done.target}：{files} 个文件，写了 {size:.1f} MB，读回核对无误{pruned}。"
