"""The refusal of an act on a revision of a draft that is not the last one any more, with what has changed since."""

from __future__ import annotations

from collections.abc import Iterable

from archive import issues
from archive.issues import IssueRecord
from archive.transaction import Transaction
from values.draft import News
from values.errors import BadUsage
from values.issue import IssueStatus


def refuse_later_revision(ledger: Transaction, now: IssueRecord, seen: int, *, then: str = "签发") -> None:
    """Raises BadUsage for a draft whose last revision is not number `seen`. then: what the person wanted to do."""
    if now.status is not IssueStatus.DRAFT or now.revision == seen:
        return
    if seen > now.revision:
        raise BadUsage(f"{now.number.label}还没有第 {seen} 稿，现在是第 {now.revision} 稿。")
    changes = _in_words(issues.news_since(ledger, now.id, seen)) or "稿件没有增减，版面或审校意见有改动"
    raise BadUsage(
        f"{now.number.label}已更新到第 {now.revision} 稿，您看过的是第 {seen} 稿：{changes}。请看过新的一稿再{then}。"
    )


def _in_words(news: Iterable[News]) -> str:
    revisions = list(news)
    kinds = {
        "新增": [title for revision in revisions for title in revision.added],
        "换稿": [title for revision in revisions for title in revision.changed],
        "撤下": [title for revision in revisions for title in revision.removed],
        "调整位置": [title for revision in revisions for title in revision.moved],
    }
    return "；".join(
        f"{kind}" + "".join(f"《{title}》" for title in titles) for kind, titles in kinds.items() if titles
    )
