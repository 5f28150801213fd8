"""`commission`: articles on a topic that departments are asked for: made, mailed, shown, changed."""

from __future__ import annotations

import getpass
from argparse import ArgumentParser, Namespace
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Final

from archive import commissions
from cli.base.arguments import add_actions, add_bulletin, parse_number
from cli.base.command import Invocation
from cli.base.exit_status import ExitStatus
from cli.base.office import logged_office_of
from cli.base.output import Output
from cli.base.output_parts import OutputTable, Styled, line
from service.commission.commissioning import cancel, commission, extend, link, unlink
from service.commission.letters import NO_SERVER, UnitLetter, planned_letters, send_letters
from service.commission.seen_commission import commission_of
from service.office import Office
from settings.model import BulletinSettings
from values.commission import Commission, CommissionStanding
from values.errors import BadUsage

_SUMMARIES: Final = {
    "list": "列出约稿：截稿时间、报了几家、欠几家",
    "new": "约稿；信先不寄，看过再用 send 寄",
    "show": "一次约稿：要求、每个单位报了没有、要寄的信",
    "send": "寄约稿信（改期、取消以后是告知的信），十分钟后寄出，之前可收回",
    "extend": "改截稿时间",
    "cancel": "取消约稿，不再提醒，不进统计",
    "link": "把一篇稿件算作这次约稿的",
    "unlink": "一篇稿件不算这次约稿的",
}


def add_arguments(parser: ArgumentParser) -> None:
    for name, action in add_actions(parser, _SUMMARIES):
        if name not in ("list", "new"):
            action.add_argument("number", type=parse_number, metavar="NUMBER", help="约稿的编号；commission list 列出")
        if name in ("link", "unlink"):
            action.add_argument("article", type=parse_number, metavar="ARTICLE", help="稿件的编号；articles 列出")
        if name == "new":
            action.add_argument("topic", metavar="TOPIC", help="约什么稿，最多 60 字")
            action.add_argument("--demands", default="", metavar="TEXT", help="要求")
            action.add_argument("--demands-file", metavar="FILE", help="要求写在这个文本文件里（UTF-8）")
            units = "单位或分组，名录里的；可以写几次"
            action.add_argument("--unit", action="append", required=True, metavar="NAME", help=units)
            action.add_argument("--send", action="store_true", help="马上寄（十分钟后寄出），不先看")
        if name in ("new", "extend"):
            moment = "截稿时间，如 2026-12-08（当天 18:00）或 '2026-12-08 17:00'"
            action.add_argument("--due", required=True, metavar="TIME", help=moment)
        if name == "cancel":
            action.add_argument("--why", default="", metavar="TEXT", help="原因，记在变更记录里")
        add_bulletin(action)


def run(invocation: Invocation) -> ExitStatus:
    """Does what is asked, and shows the commission as it then is.

    Raises NotThere for an unknown commission or article, BadUsage for what is not allowed or cannot be read.
    """
    arguments = invocation.arguments
    with logged_office_of(invocation) as office:
        bulletin = office.bulletin(arguments.bulletin)
        if arguments.action == "list":
            _list(office, bulletin, invocation.output)
            return ExitStatus.DONE
        number = _act(office, bulletin, arguments)
        _show(office, bulletin, number, invocation.output)
    return ExitStatus.DONE


def _act(office: Office, bulletin: BulletinSettings, arguments: Namespace) -> int:
    """Returns the number of the commission."""
    who = getpass.getuser()
    match arguments.action:
        case "new":
            demands = _text_in(arguments.demands_file) if arguments.demands_file else arguments.demands
            made = commission(office, bulletin, arguments.topic, demands, arguments.unit, arguments.due, who=who)
            if arguments.send:
                send_letters(office, bulletin, made.id, who=who)
            return made.id
        case "send":
            send_letters(office, bulletin, arguments.number, who=who)
        case "extend":
            extend(office, bulletin, arguments.number, arguments.due, who=who)
        case "cancel":
            cancel(office, bulletin, arguments.number, who=who, why=arguments.why)
        case "link":
            link(office, bulletin, arguments.number, arguments.article, who=who)
        case "unlink":
            unlink(office, bulletin, arguments.number, arguments.article, who=who)
    number: int = arguments.number
    return number


def _text_in(file: str) -> str:
    """Raises BadUsage for a file that cannot be read, or is not in UTF-8."""
    try:
        return Path(file).read_bytes().decode("utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise BadUsage(f"读不了 {file}：要 UTF-8 的文本文件。") from error


def _list(office: Office, bulletin: BulletinSettings, output: Output) -> None:
    with office.ledger.reading() as ledger:
        listed = commissions.commissions_of(ledger, bulletin.id)
    output.give(
        lambda: [_document(office, each, ()) for each in listed],
        lambda: [_table(office, listed)] if listed else [line("还没有约过稿。")],
    )


def _table(office: Office, listed: Sequence[Commission]) -> OutputTable:
    rows = []
    for each in listed:
        counts = _counts(office, each)
        shown = (
            "已取消" if each.cancelled_at else "，".join(f"{word} {count}" for word, count in counts.items() if count)
        )
        due = f"{office.local(each.due_at):%Y-%m-%d %H:%M}"
        rows.append((Styled(str(each.id)), Styled(each.topic), Styled(due), Styled(shown)))
    return OutputTable(("编号", "题目", "截稿", "单位"), tuple(rows))


def _counts(office: Office, made: Commission) -> dict[str, int]:
    at = office.now()
    return {standing.chinese: len(made.standing_in(standing, at)) for standing in CommissionStanding}


def _show(office: Office, bulletin: BulletinSettings, number: int, output: Output) -> None:
    with office.ledger.reading() as ledger:
        made = commission_of(ledger, bulletin, number)
        letters = planned_letters(office, ledger, bulletin, made)
    due = f"{office.local(made.due_at):%Y-%m-%d %H:%M}"
    state = "已取消" if made.cancelled_at else f"{due} 截稿"
    head = [line(f"{made.label}：{made.topic}，{state}"), *(line(f"  {text}") for text in made.demands.splitlines())]
    proposals = [
        line(
            f"可能也是：稿件 {proposal.article}《{proposal.title}》（{'、'.join(proposal.departments) or '单位待定'}）"
        )
        for proposal in made.proposals
    ]
    output.give(lambda: _document(office, made, letters), lambda: [*head, _units(office, made, letters), *proposals])


def _units(office: Office, made: Commission, letters: Sequence[UnitLetter]) -> OutputTable:
    by_unit = {letter.department: letter for letter in letters}
    rows = []
    for name in made.departments:
        articles = "；".join(f"{answer.article}《{answer.title}》" for answer in made.answers_of(name))
        standing, state = made.standing_of(name, office.now()).chinese, _state(by_unit.get(name))
        rows.append((Styled(name), Styled(standing), Styled(articles), Styled(state)))
    return OutputTable(("单位", "情况", "稿件", "约稿信"), tuple(rows))


def _state(letter: UnitLetter | None) -> str:
    if letter is None:
        return NO_SERVER
    return letter.why_not or (letter.record.delivery.state.chinese if letter.record else "还没有寄")


def _document(office: Office, made: Commission, letters: Sequence[UnitLetter]) -> dict[str, Any]:
    at = office.now()
    return {
        "number": made.id,
        "bulletin": made.bulletin,
        "topic": made.topic,
        "demands": made.demands,
        "due": office.local(made.due_at).isoformat(),
        "made_by": made.made_by,
        "made_at": office.local(made.made_at).isoformat(),
        "cancelled_at": office.local(made.cancelled_at).isoformat() if made.cancelled_at else None,
        "departments": [
            {
                "department": name,
                "standing": made.standing_of(name, at).value,
                "articles": [answer.article for answer in made.answers_of(name)],
            }
            for name in made.departments
        ],
        "proposals": [
            {"article": proposal.article, "departments": list(proposal.departments), "way": proposal.way.value}
            for proposal in made.proposals
        ],
        "letters": [
            {
                "department": letter.department,
                "to": letter.out.to if letter.out else "",
                "subject": letter.out.subject if letter.out else "",
                "text": letter.text,
                "state": letter.record.delivery.state.value if letter.record else "",
                "outbox": letter.record.id if letter.record else None,
                "why_not": letter.why_not,
            }
            for letter in letters
        ],
    }
