"""A text from before its article was split or merged is not put in place of the present one."""

from __future__ import annotations

from archive.article_mergers import is_of_ended_merger, mergers_into
from archive.article_parts import parts_from
from archive.articles import ArticleRecord
from archive.transaction import Transaction
from values.errors import BadUsage


def refuse_uncombined(ledger: Transaction, record: ArticleRecord, number: int) -> None:
    """Raises BadUsage where a text that is, or was made from, that revision would bring back what other articles have
    by now, or lose what was merged into this one."""
    parts = [part for part in parts_from(ledger, record.id) if number <= part.whole_revision]
    mergers = mergers_into(ledger, [record.id]) if number != record.revision else ()
    merged = [merger for merger in mergers if number <= merger.into_revision]
    if merged:
        raise BadUsage(f"第 {number} 稿是合并以前的，没有并入的几篇的文字；要用它，请撤销合并。")
    if number != record.revision and is_of_ended_merger(ledger, record.id, number):
        raise BadUsage(f"第 {number} 稿是合并时的，里面有别的稿件的文字；要用它，请再合并一次。")
    back = {merger.article for merger in mergers}
    apart = [str(part.article) for part in parts if part.article not in back]
    if apart:
        raise BadUsage(
            f"第 {number} 稿是拆分以前的全文，其中的文字已拆成稿件 {'、'.join(apart)}；要合回来，请把它们并入这一篇。"
        )
