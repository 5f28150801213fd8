"""An open draft as the present ledger would print it, and whether that is what its file shows."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass

from archive import articles, preparations
from archive.articles import ArticleRecord
from archive.issues import IssueRecord
from archive.preparations import Preparation
from archive.transaction import Transaction
from assembler.typeset import typeset
from service.issue.planning import plan, template_of, total_of
from service.office import Office
from service.register.register import department_names
from settings.model import BulletinSettings
from values.errors import BadUsage
from values.issue import Issue
from values.issue_snapshot import IssueSnapshot, SnapshotArticle


@dataclass(frozen=True, slots=True)
class DraftedIssue:
    """A draft with the texts that it was made of, planned anew."""

    draft: IssueRecord
    issue: Issue
    """Those texts in the present order, with the present date, 按语 and configuration."""
    records: Sequence[ArticleRecord]
    """Its articles, each with the text that the draft contains, in the order they were received."""
    prepared: Preparation

    @property
    def snapshot(self) -> IssueSnapshot:
        """What the draft contains."""
        revisions = dict(self.draft.articles)
        planned = [(section.name, article) for section in self.issue.sections for article in section.articles]
        return IssueSnapshot(
            self.draft.dated,
            self.prepared.editors_note,
            tuple(
                SnapshotArticle(a.id, a.manuscript.title, revisions[a.id], section, a.unit) for section, a in planned
            ),
        )


def drafted_issue(ledger: Transaction, bulletin: BulletinSettings, draft: IssueRecord) -> DraftedIssue:
    """The draft, planned anew."""
    prepared = preparations.preparation_of(ledger, bulletin.id, supplement=draft.number.supplement)
    records = articles.articles_in_issue(ledger, draft.id)
    departments, total = department_names(ledger, bulletin), total_of(ledger, bulletin, draft)
    issue = plan(bulletin, departments, records, draft.number, total, draft.dated, prepared)
    return DraftedIssue(draft, issue, records, prepared)


def refuse_printed_otherwise(office: Office, bulletin: BulletinSettings, drafted: DraftedIssue) -> None:
    """Raises BadUsage where order, sections, departments, note, date or template differ from the draft that was seen;
    BadTemplate."""
    draft, issue = drafted.draft, drafted.issue
    same = [article.id for article in issue.articles] == [id for id, _ in draft.articles]
    if same and draft.print_sha256:
        printed = typeset(issue, template_of(bulletin), office.media.read)
        same = hashlib.sha256(printed).hexdigest() == draft.print_sha256
    if not same or drafted.prepared.dated not in (None, draft.dated):
        raise prints_otherwise(draft)


def prints_otherwise(draft: IssueRecord) -> BadUsage:
    """The refusal of a draft that is not what would be printed."""
    return BadUsage(
        f"{draft.number.label}编排之后，稿件的先后、栏目、单位，按语、日期，或刊物的配置、模板改过。"
        "请先重新生成送审稿（在“本期”点“签发…”，或用 assemble），看过再签发。"
    )
