"""What the commands say to a person at a terminal. Text from letters is always `Text`, never rich markup."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from rich.console import Console
from rich.table import Table
from rich.text import Text

from archive.articles import ArticleRecord
from archive.issues import IssueRecord
from archive.letters import LetterRecord
from archive.outbox import OutboxRecord
from archive.senders import LearnedSender
from service.health.check import Line, State
from service.letters.take_in import TakenIn
from service.office import Office
from values.finding import Finding, Severity
from values.letter import Verdict
from values.outgoing import OutboxState

VERDICT_COLOURS = {
    Verdict.ARTICLE: "green",
    Verdict.FLAGGED: "yellow",
    Verdict.UNCONFIRMED: "yellow",
    Verdict.DUPLICATE: "cyan",
    Verdict.QUARANTINED: "red",
    Verdict.IGNORED: "bright_black",
    Verdict.PENDING: "bright_black",
}


def show_messages(console: Console, office: Office, letters: Sequence[LetterRecord]) -> None:
    table = _table("收到", "发件人", "主题", "结果", "说明")
    for letter in letters:
        table.add_row(
            Text(f"{office.local(letter.received_at):%m-%d %H:%M}"),
            Text(letter.sender or "（不明）"),
            Text(letter.subject or "（无主题）"),
            Text(letter.verdict.chinese, style=VERDICT_COLOURS[letter.verdict]),
            Text(letter.reason),
        )
    console.print(table)


def show_articles(console: Console, articles: Sequence[ArticleRecord]) -> None:
    table = _table("编号", "单位", "标题", "栏目", "状态", "期", "审校意见")
    for article in articles:
        table.add_row(
            Text(str(article.id)),
            Text(article.department or "（不明）"),
            Text(article.manuscript.title),
            Text(article.section),
            Text(article.status.chinese if article.confirmed else "待认领"),
            Text(article.issue_label),
            Text("\n".join(finding.message for finding in article.findings)),
        )
    console.print(table)


def show_findings(console: Console, findings: Sequence[Finding], lines: Sequence[str]) -> None:
    """lines: of the body, from which the words are quoted."""
    if not findings:
        console.print(Text("没有发现问题。", style="green"))
        return
    table = _table("级别", "段落", "原文", "意见", "建议")
    for one in findings:
        name, colour = _SEVERITIES[one.severity]
        place = "全文" if one.paragraph is None else f"第 {one.paragraph + 1} 段"
        quote = lines[one.paragraph][one.start : one.end] if one.paragraph is not None and one.start is not None else ""
        table.add_row(Text(name, style=colour), Text(place), Text(quote), Text(one.message), Text(one.suggestion or ""))
    console.print(table)


_SEVERITIES = {
    Severity.ERROR: ("错误", "red"),
    Severity.WARNING: ("疑问", "yellow"),
    Severity.INFO: ("提示", "bright_black"),
}


def show_senders(console: Console, learned: Sequence[LearnedSender]) -> None:
    table = _table("地址", "单位", "记住的日期", "谁认领的")
    for one in learned:
        table.add_row(Text(one.address), Text(one.department), Text(f"{one.learned_at:%Y-%m-%d}"), Text(one.learned_by))
    console.print(table)


def show_issues(console: Console, issues: Sequence[IssueRecord]) -> None:
    table = _table("期号", "刊物", "日期", "状态", "稿次", "篇数", "文件")
    for issue in issues:
        table.add_row(
            Text(issue.number.label),
            Text(issue.bulletin),
            Text(issue.dated.isoformat()),
            Text(issue.status.chinese),
            Text(str(issue.revision)),
            Text(str(len(issue.articles))),
            Text("\n".join(issue.files)),
        )
    console.print(table)


def show_outbox(console: Console, office: Office, letters: Sequence[OutboxRecord]) -> None:
    table = _table("编号", "种类", "收件人", "主题", "状态", "次数", "下次", "服务器的回答")
    for one in letters:
        delivery = one.delivery
        again = delivery.next_attempt_at
        table.add_row(
            Text(str(one.id)),
            Text(one.kind.chinese),
            Text(one.to),
            Text(one.subject),
            Text(delivery.state.chinese, style=_STATE_COLOURS[delivery.state]),
            Text(str(delivery.attempts)),
            Text(f"{office.local(again):%m-%d %H:%M}" if again else ""),
            Text(f"{delivery.answer_code or ''} {delivery.answer}".strip()),
        )
    console.print(table)


_STATE_COLOURS = {
    OutboxState.QUEUED: "bright_black",
    OutboxState.SENT: "green",
    OutboxState.POSSIBLY_SENT: "yellow",
    OutboxState.FAILED: "red",
}


def show_taken_in(console: Console, result: TakenIn) -> None:
    counts = "，".join(f"{verdict.chinese} {count}" for verdict, count in sorted(result.verdicts.items()))
    console.print(
        Text(f"收下 {result.stored} 封，其中新来信 {result.new} 封。{'读稿结果：' + counts if counts else ''}")
    )
    show_errors(console, result.errors)


def show_errors(console: Console, errors: Iterable[str]) -> None:
    for error in errors:
        console.print(Text(error, style="red"))


def show_check(console: Console, lines: Iterable[Line]) -> None:
    for line in lines:
        sign, colour = _SIGNS[line.state]
        console.print(Text.assemble((f"{sign} {line.name}  ", colour), line.said))


_SIGNS = {
    State.FINE: ("✓", "green"),
    State.ADVICE: ("!", "yellow"),
    State.BROKEN: ("✗", "red"),
    State.UNAVAILABLE: ("✗", "red"),
}


def _table(*headings: str) -> Table:
    table = Table(header_style="bold", show_lines=False, pad_edge=False)
    for heading in headings:
        table.add_column(heading, overflow="fold", no_wrap=heading in ("收到", "结果", "编号", "状态", "期号", "日期"))
    return table
