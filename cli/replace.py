"""`replace`: words of the articles of the next issue (查找替换); lists the places, and replaces them with --apply."""

from __future__ import annotations

import getpass
from argparse import ArgumentParser
from typing import Any

from cli.base.arguments import add_bulletin, add_supplement, parse_number
from cli.base.command import Invocation
from cli.base.exit_status import ExitStatus
from cli.base.office import logged_office_of
from cli.base.output_parts import line
from service.issue.replace_text import ArticlePlaces, Replaced, Replacement, places_in_issue, replace_in_issue
from service.office import Office
from settings.model import BulletinSettings


def add_arguments(parser: ArgumentParser) -> None:
    parser.add_argument("words", metavar="WORDS", help="查找的文字")
    parser.add_argument("substitute", nargs="?", metavar="SUBSTITUTE", help="替换成的文字；“”为删去。不写则只列出")
    parser.add_argument(
        "--article", type=parse_number, action="append", metavar="ARTICLE", help="只在这篇里；可以写几次"
    )
    parser.add_argument("--apply", action="store_true", help="替换列出的每一处；不写则只列出")
    add_supplement(parser, "下一期增刊")
    add_bulletin(parser)


def run(invocation: Invocation) -> ExitStatus:
    """Lists or replaces. IN_PART when an article was skipped. Raises BadUsage as the operation does."""
    arguments = invocation.arguments
    with logged_office_of(invocation) as office:
        bulletin = office.bulletin(arguments.bulletin)
        places = [
            entry
            for entry in places_in_issue(office, bulletin, arguments.words, supplement=arguments.supplement)
            if arguments.article is None or entry.article.id in arguments.article
        ]
        applies = arguments.apply and arguments.substitute is not None and bool(places)
        replaced = _replace(office, bulletin, places, arguments) if applies else None
    shown = [_sentence(entry) for entry in places] or [f"本期没有“{arguments.words}”。"]
    if replaced is not None:
        shown.append(f"已替换 {len(replaced.articles)} 篇里的 {replaced.count} 处。")
        shown += [f"没有动：{article.id}《{article.title}》（{article.why}）" for article in replaced.skipped]
    elif places:
        shown.append("没有替换，只是列出；加 --apply 替换。")
    invocation.output.give(lambda: _document(places, replaced), lambda: [line(text) for text in shown])
    return ExitStatus.IN_PART if replaced is not None and replaced.skipped else ExitStatus.DONE


def _replace(office: Office, bulletin: BulletinSettings, places: list[ArticlePlaces], arguments: Any) -> Replaced:
    chosen = {entry.article.id: [occurrence.place for occurrence in entry.occurrences] for entry in places}
    seen = {entry.article.id: entry.article.version for entry in places}
    wanted = Replacement(arguments.words, arguments.substitute, chosen, seen)
    return replace_in_issue(office, bulletin, wanted, who=getpass.getuser())


def _sentence(entry: ArticlePlaces) -> str:
    around = "；".join(f"{each.before}【{each.words}】{each.after}" for each in entry.occurrences)
    return f"{entry.article.id}《{entry.article.manuscript.title}》{len(entry.occurrences)} 处：{around}"


def _document(places: list[ArticlePlaces], replaced: Replaced | None) -> dict[str, Any]:
    return {
        "places": [
            {
                "article": entry.article.id,
                "part": occurrence.place.part,
                "start": occurrence.place.start,
                "before": occurrence.before,
                "after": occurrence.after,
            }
            for entry in places
            for occurrence in entry.occurrences
        ],
        "replaced": replaced.count if replaced else 0,
        "skipped": [article.id for article in replaced.skipped] if replaced else [],
    }
