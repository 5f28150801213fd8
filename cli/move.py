"""`move`: the ledger to another database."""

from __future__ import annotations

import logging
from argparse import ArgumentParser

from cli.base.command import Invocation
from cli.base.exit_status import ExitStatus
from programs.landlock import forbid_inspection
from service.moving.move_ledger import IN_DATA_DIR, move_ledger
from settings.load import load_settings


def add_arguments(parser: ArgumentParser) -> None:
    parser.add_argument(
        "--to",
        required=True,
        metavar="URL",
        help=f"postgresql://用户@主机/库名，一个空的库；{IN_DATA_DIR} 表示移回 data_dir 里的文件",
    )


def run(invocation: Invocation) -> ExitStatus:
    """Works on the data directory itself, while no service runs."""
    arguments, surroundings = invocation.arguments, invocation.surroundings
    settings = load_settings(arguments.config)
    surroundings.configure_logs(settings.service.log_format, logging.ERROR)
    forbid_inspection()
    moved = move_ledger(settings, surroundings.environ, arguments.to, surroundings.now())
    rows = sum(moved.rows.values())
    document = {"rows": dict(moved.rows), "left_as": moved.left_as, "database": moved.setting}
    invocation.output.give_line(
        document,
        f"台账已移动并逐行核对：{len(moved.rows)} 张表，{rows} 行。现在把 config.toml 里 [service] 的 database 改成 "
        f'"{moved.setting}"，再启动服务；改以前各命令都不打开台账。原来的台账还在 {moved.left_as}，确认无误后请删去。',
    )
    return ExitStatus.DONE
