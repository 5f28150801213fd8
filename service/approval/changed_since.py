"""How a revision of a draft differs from an earlier one that somebody has decided about, article by article."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from archive import approvals
from archive.transaction import Transaction
from service.issue.drafted import DraftedIssue
from service.issue.moves import out_of_order
from values.approval import ApprovalEvent
from values.issue_snapshot import IssueSnapshot, SnapshotArticle


@dataclass(frozen=True, slots=True)
class ChangedText:
    """An article that has another text than before."""

    id: int
    title: str
    """As it is now."""
    before: int
    """Number of its text then."""
    after: int
    """Number of its text now."""


@dataclass(frozen=True, slots=True)
class SnapshotChanges:
    """How a revision differs from an earlier one."""

    added: tuple[SnapshotArticle, ...] = ()
    changed: tuple[ChangedText, ...] = ()
    removed: tuple[SnapshotArticle, ...] = ()
    moved: tuple[SnapshotArticle, ...] = ()
    """At another place, or in another section, than before."""
    renamed: tuple[SnapshotArticle, ...] = ()
    """With another department."""
    frame: tuple[str, ...] = ()
    """What else has changed, in Chinese: 日期, 按语."""

    @property
    def lines(self) -> tuple[str, ...]:
        """The changes in Chinese, one each; that only the layout differs where there are none."""
        named = (
            *(f"新增《{article.title}》" for article in self.added),
            *(f"改动《{text.title}》：第 {text.before} 稿改为第 {text.after} 稿" for text in self.changed),
            *(f"撤下《{article.title}》" for article in self.removed),
            *(f"调整位置《{article.title}》" for article in self.moved),
            *(f"改了单位《{article.title}》：{article.unit or '不明'}" for article in self.renamed),
            *(f"{what}有改动" for what in self.frame),
        )
        return named or ("稿件没有增减改动，只有版面、刊头或版记不同",)


@dataclass(frozen=True, slots=True)
class ChangesForPerson:
    """How a draft differs from the revision that a person decided about last."""

    since: ApprovalEvent
    """That decision."""
    changes: SnapshotChanges


def changes_for(
    ledger: Transaction, drafted: DraftedIssue, events: Sequence[ApprovalEvent], address: str
) -> ChangesForPerson | None:
    """None for a person who has not decided yet, and where nothing that is printed differs.

    events: all on the draft, the earliest first.
    """
    issue_id = drafted.draft.id
    since = next((event for event in reversed(events) if event.person == address), None)
    if since is None or since.revision in approvals.same_print(ledger, issue_id):
        return None
    snapshot = approvals.snapshot_of(ledger, issue_id, since.revision)
    return ChangesForPerson(since, changes_between(snapshot, drafted.snapshot)) if snapshot else None


def changes_between(before: IssueSnapshot, after: IssueSnapshot) -> SnapshotChanges:
    """How `after` differs from `before`."""
    then = {article.id: article for article in before.articles}
    now = {article.id: article for article in after.articles}
    both = [article for article in after.articles if article.id in then]
    moved = out_of_order([article.id for article in before.articles], [article.id for article in both])
    frame = (("日期", before.dated != after.dated), ("按语", before.editors_note != after.editors_note))
    return SnapshotChanges(
        added=tuple(article for article in after.articles if article.id not in then),
        changed=tuple(
            ChangedText(article.id, article.title, then[article.id].revision, article.revision)
            for article in both
            if article.revision != then[article.id].revision
        ),
        removed=tuple(article for article in before.articles if article.id not in now),
        moved=tuple(article for article in both if article.id in moved or article.section != then[article.id].section),
        renamed=tuple(article for article in both if article.unit != then[article.id].unit),
        frame=tuple(what for what, differs in frame if differs),
    )
