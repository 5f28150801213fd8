"""What an editor decides about findings: 忽略, 已核实, and back; it stands in later texts while their words stand.

Each decision is a line of the record of changes. The text of the article does not change.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

from archive import article_changes, articles, settled_findings
from archive.articles import ArticleRecord
from archive.changes import NewChange, record_change
from service.article.remarks import numbered_remarks
from service.office import Office
from values.errors import BadUsage, Changed
from values.finding import Finding, FindingState, Settlement
from values.fingerprint import fingerprint_of
from values.issue import ArticleStatus

_MOST_NAMED: Final = 3
"""Findings that the record of changes spells out; a line holds no more."""
_LONGEST_QUOTE: Final = 40
"""Characters of a message that the record quotes."""


@dataclass(frozen=True, slots=True)
class SettlementRequest:
    """What a person has decided about findings of an article."""

    article: int
    """Its id."""
    state: FindingState
    """OPEN takes an earlier decision back."""
    who: str
    """Name of the person."""
    seen: int | None = None
    """The version of the article that the person has seen; None accepts any."""


def settle_finding(office: Office, request: SettlementRequest, index: int, rule: str) -> ArticleRecord:
    """Decides about one finding; returns the article as it then is.

    index: of the finding among those of the article; rule: the name of its rule, to be sure that it is the same one.
    Raises Changed where there is no such finding any more; BadUsage for a printed article, and for opening a finding
    that an allowed word covers.
    """

    def chosen(record: ArticleRecord) -> list[Finding]:
        return [finding for finding in record.findings[index : index + 1] if index >= 0 and finding.rule.name == rule]

    return _settle(office, request, chosen)


def settle_numbered(office: Office, request: SettlementRequest, numbers: Sequence[int]) -> ArticleRecord:
    """Decides about the findings with these numbers (`numbered_remarks`). Raises BadUsage also where one is missing."""

    def chosen(record: ArticleRecord) -> list[Finding]:
        by_number = {remark.number: remark.finding for remark in numbered_remarks(record.findings)}
        missing = [str(number) for number in numbers if number not in by_number]
        if missing:
            raise BadUsage(f"稿件 {record.id} 没有意见 {'、'.join(missing)}；用 findings list {record.id} 可看编号。")
        return [by_number[number] for number in numbers]

    return _settle(office, request, chosen)


def settle_rule(office: Office, request: SettlementRequest, rule: str) -> ArticleRecord:
    """Decides about all open findings of one rule. Raises as `settle_finding`."""

    def chosen(record: ArticleRecord) -> list[Finding]:
        return [finding for finding in record.findings if finding.rule.name == rule and finding.is_open]

    return _settle(office, request, chosen)


def _settle(
    office: Office, request: SettlementRequest, chosen: Callable[[ArticleRecord], list[Finding]]
) -> ArticleRecord:
    with office.ledger.writing() as ledger:
        record = articles.article_named(ledger, request.article)
        article_changes.refuse_changed(record, request.seen)
        if record.status is ArticleStatus.PUBLISHED:
            raise BadUsage(f"稿件 {record.id} 已在{record.issue_label}刊发，它的审校意见不能再改。")
        findings = chosen(record)
        if not findings:
            raise Changed("这条意见已经不在了，请看过现在的样子再改。")
        if request.state is FindingState.OPEN:
            _refuse_covered(findings)
        if all(finding.state is request.state for finding in findings):
            return record
        at = office.now()
        fingerprints = [fingerprint_of(finding, record.manuscript) for finding in findings]
        if request.state is FindingState.OPEN:
            settled_findings.reopen(ledger, record.id, fingerprints)
        else:
            settled_findings.settle(ledger, record.id, fingerprints, Settlement(request.state, request.who), at=at)
        article_changes.write_article(ledger, record.id)  # a version of its own: what others have open is outdated
        record_change(
            ledger,
            NewChange(
                bulletin=record.bulletin,
                who=request.who,
                subject="article",
                subject_id=record.id,
                summary=_summary(record, findings, request.state),
                at=at,
            ),
        )
        return articles.reread(ledger, record)


def _refuse_covered(findings: Sequence[Finding]) -> None:
    for finding in findings:
        if finding.settlement is not None and finding.settlement.allowed_word:
            word = finding.settlement.allowed_word
            raise BadUsage(f"“{word}”在总是允许的词里。请先从那里去掉它：findings disallow {word}，或在单位页。")


def _summary(record: ArticleRecord, findings: Sequence[Finding], state: FindingState) -> str:
    quotes = list(dict.fromkeys(_quote(finding) for finding in findings))
    quoted = "、".join(quotes[:_MOST_NAMED]) + (f"等 {len(findings)} 处" if len(findings) > 1 else "")
    done = "的审校意见改回未处理" if state is FindingState.OPEN else f"的审校意见标为{state.chinese}"
    return f"稿件 {record.id}《{record.manuscript.title}》{done}：{quoted}"


def _quote(finding: Finding) -> str:
    message = finding.message.rstrip("。")
    return message if len(message) <= _LONGEST_QUOTE else message[:_LONGEST_QUOTE] + "…"
