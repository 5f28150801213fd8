"""An editor's changes in an article, when a letter or a second reading brings another text of it."""

from __future__ import annotations

from archive import revisions
from archive.articles import ArticleRecord
from archive.transaction import Transaction
from values import rules
from values.finding import Finding


def is_edited(ledger: Transaction, record: ArticleRecord) -> bool:
    """Whether the current text is an editor's and differs from what was read last."""
    return bool(record.made_by) and revisions.as_read(ledger, record.id) != record.manuscript


def replaced_edit_findings(ledger: Transaction, replaced: ArticleRecord) -> tuple[Finding, ...]:
    """The finding on a text that replaces an editor's; none where no editor's changes are lost.

    replaced: the article before. Where an earlier letter has replaced the editor's text and nobody has looked since,
    its finding is repeated.
    """
    if not replaced.made_by:
        return tuple(finding for finding in replaced.findings if finding.rule == rules.CORRECTED_OVER_EDIT)
    if not is_edited(ledger, replaced):
        return ()
    message = f"第 {replaced.revision} 稿由 {replaced.made_by} 改过；这一稿是单位新发来的，不含那些修改。"
    suggestion = f"请与第 {replaced.revision} 稿比较，把要保留的改过来，或恢复第 {replaced.revision} 稿。"
    return (rules.CORRECTED_OVER_EDIT.finding(message, suggestion=suggestion),)
