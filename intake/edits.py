"""What an editor has changed in an article, when a letter or a second reading brings another text of it."""

from __future__ import annotations

from archive import revisions
from archive.articles import ArticleRecord
from archive.transaction import Transaction
from values import rules
from values.finding import Finding


def is_edited(ledger: Transaction, record: ArticleRecord) -> bool:
    """Whether the current text is an editor's and not, after all, just what was read."""
    return bool(record.made_by) and revisions.as_read(ledger, record.id) != record.manuscript


def told_of_edit(ledger: Transaction, target: ArticleRecord) -> tuple[Finding, ...]:
    """What is to be said when an editor's changes are in the text that is about to be replaced, or were in one that
    has been replaced since without anybody having looked."""
    if not target.made_by:
        return tuple(one for one in target.findings if one.rule == rules.CORRECTED_OVER_EDIT)
    if not is_edited(ledger, target):
        return ()
    message = f"第 {target.revision} 稿由 {target.made_by} 改过；这一稿是单位新发来的，不含那些修改。"
    suggestion = f"请与第 {target.revision} 稿比较，把要保留的改过来，或恢复第 {target.revision} 稿。"
    return (rules.CORRECTED_OVER_EDIT.finding(message, suggestion=suggestion),)
