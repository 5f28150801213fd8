"""What becomes of an editor's changes and of findings, when a letter or a second reading brings another text."""

from __future__ import annotations

from archive import revisions
from archive.articles import ArticleRecord
from archive.transaction import Transaction
from intake.check.again import moved_findings
from values import rules
from values.finding import Finding, Subject
from values.manuscript import Manuscript


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


def compared_findings(record: ArticleRecord, manuscript: Manuscript) -> tuple[Finding, ...]:
    """What the article's text was compared with, and what later letters say of it, at the places in `manuscript`, which
    its own letter was read as anew."""
    of_ledger = (finding for finding in record.findings if finding.rule.subject is Subject.LEDGER)
    return tuple(moved_findings(of_ledger, record.manuscript, manuscript))
