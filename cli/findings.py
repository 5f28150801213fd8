"""`findings`: what an editor decides about the findings of an article, and the words that are always allowed."""

from __future__ import annotations

import getpass
from argparse import ArgumentParser
from collections.abc import Sequence
from typing import Any, Final

from archive import articles
from archive.articles import ArticleRecord
from archive.settled_findings import AllowedWord, allowed_words
from cli.base.arguments import add_actions, add_article, add_bulletin, parse_number
from cli.base.command import Invocation
from cli.base.exit_status import ExitStatus
from cli.base.office import logged_office_of
from cli.base.output_parts import OutputTable, Styled
from service.article.remarks import numbered_remarks
from service.article.settle_finding import SettlementRequest, settle_numbered
from service.office import Office
from service.register.allowed_words import allow_word, disallow_word
from service.shapes.articles import finding_rows
from values.finding import FindingState

_STATES: Final = {"dismiss": FindingState.DISMISSED, "check": FindingState.CHECKED, "reopen": FindingState.OPEN}
_SUMMARIES: Final = {
    "list": "一篇稿件的审校意见，带编号和处理情况",
    "dismiss": "忽略：这处没有问题",
    "check": "已核实：核对过，没有错",
    "reopen": "改回未处理",
    "words": "总是允许的词",
    "allow": "总是允许一个词，审校不再提示",
    "disallow": "不再总是允许一个词",
}


def add_arguments(parser: ArgumentParser) -> None:
    for name, action in add_actions(parser, _SUMMARIES):
        if name == "list" or name in _STATES:
            add_article(action)
        else:
            add_bulletin(action)
        if name in _STATES:
            action.add_argument(
                "numbers", type=parse_number, nargs="+", metavar="NUMBER", help="意见的编号，list 和稿件页上有"
            )
        if name in ("allow", "disallow"):
            action.add_argument("word", metavar="WORD", help="一个词")


def run(invocation: Invocation) -> ExitStatus:
    """Lists the findings of the article, or the allowed words, as they then are.

    Raises NotThere, BadUsage for a number or word that is not there.
    """
    arguments, who = invocation.arguments, getpass.getuser()
    with logged_office_of(invocation) as office:
        if arguments.action in _STATES:
            request = SettlementRequest(arguments.article, _STATES[arguments.action], who)
            settle_numbered(office, request, arguments.numbers)
        if arguments.action == "list" or arguments.action in _STATES:
            with office.ledger.reading() as ledger:
                record = articles.article_named(ledger, arguments.article)
            invocation.output.give(lambda: finding_rows(record.findings), lambda: [_finding_table(record)])
            return ExitStatus.DONE
        bulletin = office.bulletin(arguments.bulletin)
        if arguments.action == "allow":
            allow_word(office, bulletin, arguments.word, who)
        elif arguments.action == "disallow":
            disallow_word(office, bulletin, arguments.word, who)
        with office.ledger.reading() as ledger:
            words = allowed_words(ledger, bulletin.id)
        invocation.output.give(lambda: _word_rows(office, words), lambda: [_word_table(office, words)])
    return ExitStatus.DONE


def _finding_table(record: ArticleRecord) -> OutputTable:
    return OutputTable(
        ("编号", "级别", "段落", "意见", "处理", "操作人"),
        tuple(
            (
                Styled(str(remark.number)),
                Styled(remark.finding.severity.chinese),
                Styled("全文" if remark.finding.paragraph is None else f"第 {remark.finding.paragraph + 1} 段"),
                Styled(remark.finding.message),
                Styled(remark.finding.state.chinese),
                Styled(remark.finding.settlement.who if remark.finding.settlement else ""),
            )
            for remark in numbered_remarks(record.findings)
        ),
    )


def _word_rows(office: Office, words: Sequence[AllowedWord]) -> list[dict[str, Any]]:
    return [
        {
            "bulletin": allowed.bulletin,
            "word": allowed.word,
            "who": allowed.who,
            "allowed_at": office.local(allowed.allowed_at).isoformat(),
        }
        for allowed in words
    ]


def _word_table(office: Office, words: Sequence[AllowedWord]) -> OutputTable:
    return OutputTable(
        ("词", "谁允许的", "日期"),
        tuple(
            (Styled(allowed.word), Styled(allowed.who), Styled(f"{office.local(allowed.allowed_at):%Y-%m-%d}"))
            for allowed in words
        ),
    )
