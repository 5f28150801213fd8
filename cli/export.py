"""`export`: the issues of a year as files that need no program."""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path

from cli.base.arguments import add_bulletin, parse_number
from cli.base.command import Invocation
from cli.base.exit_status import ExitStatus
from cli.base.office import logged_office_of
from cli.base.output_parts import line
from cli.views.letters import error_lines
from service.exporting.export_year import export_year


def add_arguments(parser: ArgumentParser) -> None:
    parser.add_argument("path", nargs="?", type=Path, metavar="PATH", help="空的或还没有的文件夹，默认 刊物-年份")
    parser.add_argument("--year", type=parse_number, required=True, metavar="Y", help="哪一年印发的")
    add_bulletin(parser)


def run(invocation: Invocation) -> ExitStatus:
    """IN_PART when a file could not be exported; the index says so too. Raises BadUsage, StorageFailed."""
    arguments = invocation.arguments
    with logged_office_of(invocation) as office:
        bulletin = office.bulletin(arguments.bulletin)
        folder = arguments.path or Path(f"{bulletin.id}-{arguments.year}")
        done = export_year(office, bulletin, arguments.year, folder)
    document = {
        "folder": str(done.folder),
        "issues": done.issues,
        "articles": done.articles,
        "problems": list(done.problems),
    }
    sentence = f"已导出到 {done.folder}：{done.issues} 期，{done.articles} 篇。用浏览器打开其中的 index.html。"
    invocation.output.give(lambda: document, lambda: [line(sentence), *error_lines(done.problems)])
    return ExitStatus.IN_PART if done.problems else ExitStatus.DONE
