"""`train`: learns what the office's own past issues write."""

from __future__ import annotations

import getpass
import sys
from argparse import ArgumentParser
from pathlib import Path

from archive.own_texts import own_texts
from cli.base.command import Invocation
from cli.base.exit_status import ExitStatus
from cli.base.office import logged_office_of
from cli.base.output_parts import line
from cli.base.progress import progress
from cli.base.terminal import error_terminal
from cli.views.letters import error_lines
from intake.pool import ReadingPool
from service.register.training import forget_training, train
from values.errors import BadUsage


def add_arguments(parser: ArgumentParser) -> None:
    parser.add_argument(
        "folder", nargs="?", type=Path, metavar="FOLDER", help="往期简报的文件夹；不给就只报告记下了什么"
    )
    parser.add_argument("--reset", action="store_true", help="忘掉以前记下的；同时给文件夹的，忘掉后重新记")


def run(invocation: Invocation) -> ExitStatus:
    """IN_PART when a file could not be read. Raises BadUsage, StorageFailed."""
    arguments = invocation.arguments
    who = getpass.getuser()
    unread: tuple[str, ...] = ()
    with logged_office_of(invocation) as office:
        if arguments.reset:
            if arguments.folder is not None and not arguments.folder.is_dir():  # before anything is forgotten
                raise BadUsage(f"没有文件夹 {arguments.folder}。")
            forget_training(office, who)
        if arguments.folder is not None:
            with ReadingPool(workers=1) as pool, progress(error_terminal(sys.stderr)) as report:
                unread = train(office, pool, arguments.folder, who, report).unread
        learned = own_texts(office.data_dir)
    document = {
        "files": learned.files,
        "characters": learned.characters,
        "sequences": learned.sequences,
        "trained_at": learned.trained_at,
        "octets": len(learned.octets),
        "unread": list(unread),
    }
    if learned.files:
        sentence = (
            f"已记下本单位 {learned.files} 个文件、{learned.characters} 字里的用词（{learned.sequences} 处），"
            "审校不再疑它们有错别字；train --reset 可以忘掉。"
        )
    else:
        sentence = "没有记下本单位的用词。用 train 文件夹 读往期简报，审校就不再疑其中的地名、人名、企业名有错。"
    invocation.output.give(lambda: document, lambda: [line(sentence), *error_lines(unread)])
    return ExitStatus.IN_PART if unread else ExitStatus.DONE
