"""`endorse`: 批示 on a printed article, with the scan of the paper."""

from __future__ import annotations

import getpass
from argparse import ArgumentParser
from contextlib import closing
from pathlib import Path
from typing import Any, Final

from archive.articles import article_named
from archive.endorsements import Endorsement, EndorsementWords, endorsements_on
from cli.base.arguments import add_actions, add_article, parse_day, parse_number
from cli.base.command import Invocation
from cli.base.exit_status import ExitStatus
from cli.base.office import logged_office_of
from cli.base.output_parts import OutputTable, Styled
from service.article.endorse import (
    EndorsementRequest,
    ScanUpload,
    change_endorsement,
    endorse,
    endorsement_named,
    remove_endorsement,
)
from service.article.original import OriginalViewer
from service.office import Office
from values.errors import BadUsage

_SUMMARIES: Final = {
    "list": "一篇稿件上的批示",
    "add": "登记一条批示；稿件须已刊发",
    "change": "更改一条批示；没写的选项不变",
    "remove": "删除一条批示，连同原件",
}


def add_arguments(parser: ArgumentParser) -> None:
    for name, action in add_actions(parser, _SUMMARIES):
        add_article(action)
        if name in ("change", "remove"):
            action.add_argument("id", type=parse_number, metavar="ID", help="批示的编号；list 列出")
        if name in ("add", "change"):
            action.add_argument("--level", required=name == "add", metavar="LEVEL", help="级别，如 市级")
            action.add_argument("--leader", metavar="NAME", help="批示人和职务")
            action.add_argument("--date", type=parse_day, metavar="D", help="批示的日期，如 2022-11-08")
            action.add_argument("--text", metavar="TEXT", help="批示内容")
            action.add_argument("--scan", type=Path, metavar="FILE", help="原件：图片或 PDF")
        if name == "change":
            action.add_argument("--without-scan", action="store_true", help="去掉原件")
        if name == "remove":
            action.add_argument("--why", required=True, metavar="TEXT", help="为什么删除")


def run(invocation: Invocation) -> ExitStatus:
    """Does it, and lists the 批示 on the article as they then are. Raises as `service.article.endorse`."""
    arguments, who = invocation.arguments, getpass.getuser()
    with logged_office_of(invocation) as office:
        with office.ledger.reading() as ledger:
            record = article_named(ledger, arguments.article)
        with closing(OriginalViewer(office)) as viewer:
            if arguments.action == "add":
                words = EndorsementWords(
                    arguments.level, arguments.leader or "", arguments.date, (arguments.text or "").strip()
                )
                wanted = EndorsementRequest(words, _scan(arguments.scan))
                endorse(office, viewer, office.bulletin(record.bulletin), record.id, wanted, who=who)
            elif arguments.action == "change":
                before = endorsement_named(office, record.id, arguments.id)
                change_endorsement(office, viewer, before, _changed(before, arguments), who=who)
            elif arguments.action == "remove":
                before = endorsement_named(office, record.id, arguments.id)
                remove_endorsement(office, before, who=who, why=arguments.why)
        with office.ledger.reading() as ledger:
            listed = endorsements_on(ledger, [record.id])
        rows = [_row(office, endorsement) for endorsement in listed]
    invocation.output.give(lambda: rows, lambda: [_table(rows)])
    return ExitStatus.DONE


def _changed(before: Endorsement, arguments: Any) -> EndorsementRequest:
    """What was there, with the options that are written."""
    was = before.words
    words = EndorsementWords(
        was.level if arguments.level is None else arguments.level,
        was.leader if arguments.leader is None else arguments.leader,
        was.dated if arguments.date is None else arguments.date,
        was.text if arguments.text is None else arguments.text.strip(),
    )
    return EndorsementRequest(words, _scan(arguments.scan), arguments.without_scan)


def _scan(path: Path | None) -> ScanUpload | None:
    """Raises BadUsage for a file that cannot be read."""
    if path is None:
        return None
    try:
        return ScanUpload(path.name, path.read_bytes())
    except OSError as error:
        raise BadUsage(f"读不了 {path}：{error.strerror}。") from None


def _row(office: Office, endorsement: Endorsement) -> dict[str, Any]:
    words, scan = endorsement.words, endorsement.scan
    return {
        "id": endorsement.id,
        "article": endorsement.article,
        "level": words.level,
        "leader": words.leader,
        "date": words.dated.isoformat() if words.dated else None,
        "text": words.text,
        "scan": {"name": scan.name, "sha256": scan.sha256} if scan else None,
        "who": endorsement.who,
        "noted_at": office.local(endorsement.noted_at).isoformat(),
    }


def _table(rows: list[dict[str, Any]]) -> OutputTable:
    return OutputTable(
        ("编号", "级别", "批示人", "日期", "批示内容", "原件", "登记人"),
        tuple(
            (
                Styled(str(row["id"])),
                Styled(row["level"]),
                Styled(row["leader"]),
                Styled(row["date"] or ""),
                Styled(row["text"]),
                Styled(row["scan"]["name"] if row["scan"] else ""),
                Styled(row["who"]),
            )
            for row in rows
        ),
    )
