"""`upper`: what papers of a higher level printed of our articles (上级采用)."""

from __future__ import annotations

import getpass
from argparse import ArgumentParser, Namespace
from collections.abc import Sequence
from contextlib import closing
from datetime import date
from pathlib import Path
from typing import Any, Final

from archive.upper_adoptions import NewUpperAdoption
from cli.base.arguments import add_actions, add_article, add_bulletin, parse_day, parse_number
from cli.base.command import Invocation
from cli.base.exit_status import ExitStatus
from cli.base.office import logged_office_of
from cli.base.output_parts import OutputLine, OutputTable, Styled, line
from service.article.original import OriginalViewer
from service.figures.upper_adoption import (
    NoticeSource,
    matches_in,
    record_upper_adoptions,
    remove_upper_adoption,
    upper_adoptions_in,
)
from service.figures.upper_matches import MatchProposal, NoticeMatches
from service.office import Office
from service.shapes.statistics import upper_rows
from settings.model import BulletinSettings
from values.errors import BadUsage
from values.period import year_of
from values.upper_adoption import AdoptedAs, adopted_as_in

_SUMMARIES: Final = {
    "list": "一年的上级采用",
    "add": "登记一条",
    "read": "读一份通报，列出对上的和没有对上的；--take 才登记对得准的",
    "remove": "删除一条",
}


def add_arguments(parser: ArgumentParser) -> None:
    for name, action in add_actions(parser, _SUMMARIES):
        add_bulletin(action)
        if name in ("add", "remove"):
            add_article(action)
        if name == "list":
            action.add_argument("--year", type=parse_number, metavar="Y", help="哪一年；默认今年")
        if name == "read":
            action.add_argument("file", nargs="?", type=Path, metavar="FILE", help="通报：.docx、.xlsx、PDF、文本")
            action.add_argument("--letter", type=parse_number, metavar="ID", help="或一封来信，审稿台地址里的编号")
            action.add_argument("--take", action="store_true", help="登记对得准的（相似 85%% 以上）")
        if name in ("add", "read"):
            action.add_argument("--level", metavar="LEVEL", required=name == "add", help="级别，如 市级")
            action.add_argument("--publication", metavar="NAME", required=name == "add", help="刊物，可带期数")
            action.add_argument(
                "--date", type=parse_day, metavar="D", required=name == "add", help="刊物的日期，如 2022-11-08"
            )
        if name == "add":
            action.add_argument("--as", dest="adopted_as", default="", metavar="HOW", help="全文、综合或摘要")
        if name == "remove":
            action.add_argument("id", type=parse_number, metavar="ID", help="list 列出的编号")
            action.add_argument("--why", required=True, metavar="TEXT", help="为什么删除")


def run(invocation: Invocation) -> ExitStatus:
    """Does it, and lists the year. `read` lists what matches. Raises as `service.figures.upper_adoption`."""
    arguments, who = invocation.arguments, getpass.getuser()
    with logged_office_of(invocation) as office:
        bulletin, today = office.bulletin(arguments.bulletin), office.local(office.now()).date()
        if arguments.action == "read":
            with closing(OriginalViewer(office)) as viewer:
                matches = matches_in(office, viewer, bulletin, _source(arguments))
            if arguments.take:
                taken = [_taken(arguments, proposal) for proposal in matches.proposals if proposal.is_sure]
                record_upper_adoptions(office, bulletin, taken, who=who)
            invocation.output.give(lambda: _document(matches), lambda: _shown(matches))
            return ExitStatus.DONE
        if arguments.action == "add":
            adopted_as = adopted_as_in(arguments.adopted_as)
            new = NewUpperAdoption(
                arguments.article, arguments.level, arguments.publication, arguments.date, adopted_as
            )
            record_upper_adoptions(office, bulletin, [new], who=who)
        elif arguments.action == "remove":
            remove_upper_adoption(office, bulletin, arguments.article, arguments.id, who=who, why=arguments.why)
        year = getattr(arguments, "year", None) or (arguments.date.year if arguments.action == "add" else today.year)
        rows = _of_year(office, bulletin, today.replace(year=year, day=1))
    invocation.output.give(lambda: rows, lambda: [_table(rows)])
    return ExitStatus.DONE


def _of_year(office: Office, bulletin: BulletinSettings, day: date) -> list[dict[str, Any]]:
    year = year_of(day)
    return upper_rows(office, upper_adoptions_in(office, bulletin, year.first, year.last))


def _source(arguments: Namespace) -> NoticeSource:
    """Raises BadUsage where nothing, or two things, are named, and for a file that cannot be read."""
    if (arguments.file is None) == (arguments.letter is None):
        raise BadUsage("请给一个文件，或用 --letter 指明一封来信。")
    if arguments.file is None:
        return NoticeSource(letter=arguments.letter)
    try:
        return NoticeSource(file=(arguments.file.name, arguments.file.read_bytes()))
    except OSError as error:
        raise BadUsage(f"读不了 {arguments.file}：{error.strerror}。") from None


def _taken(arguments: Namespace, proposal: MatchProposal) -> NewUpperAdoption:
    """Raises BadUsage where neither the list nor the options give level, paper and day."""
    item = proposal.item
    level, paper = item.level or arguments.level, item.publication or arguments.publication
    dated = item.dated or arguments.date
    if not (level and paper and dated):
        raise BadUsage(f"“{item.title}”没有写明级别、刊物或日期，请用 --level、--publication、--date 补上。")
    return NewUpperAdoption(proposal.printed.article, level, paper, dated, item.adopted_as, item.title)


def _document(matches: NoticeMatches) -> dict[str, Any]:
    return {
        "proposals": [
            {
                "title": proposal.item.title,
                "article": proposal.printed.article,
                "own_title": proposal.printed.title,
                "percent": proposal.percent,
                "sure": proposal.is_sure,
            }
            for proposal in matches.proposals
        ],
        "unmatched": [item.title for item in matches.unmatched],
    }


def _shown(matches: NoticeMatches) -> Sequence[OutputLine | OutputTable]:
    rows = tuple(
        (
            Styled(proposal.item.title),
            Styled(str(proposal.printed.article)),
            Styled(proposal.printed.title),
            Styled(proposal.printed.issue_label),
            Styled(f"{proposal.percent}%"),
        )
        for proposal in matches.proposals
    )
    unmatched = [line(f"没有对上：{item.title}") for item in matches.unmatched]
    return [OutputTable(("通报里的标题", "稿件", "刊发的标题", "期", "相似"), rows), *unmatched]


def _table(rows: Sequence[dict[str, Any]]) -> OutputTable:
    names = ("id", "date", "level", "publication", "article", "own_title")
    return OutputTable(
        ("编号", "日期", "级别", "刊物", "稿件", "标题", "方式"),
        tuple(
            (*(Styled(str(row[name])) for name in names), Styled(AdoptedAs(row["adopted_as"]).chinese)) for row in rows
        ),
    )
