"""A draft as the people who approve it see it: its text, how far it has come, and what has changed for them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from archive import approvals, articles, issues
from archive.issues import IssueRecord
from archive.transaction import Transaction
from service.approval.changed_since import SnapshotChanges, changes_for
from service.approval.draft_state import state_of
from service.article.compare import ComparedRow, compared
from service.issue.drafted import DraftedIssue, drafted_issue, refuse_printed_otherwise
from service.issue.page_numbers import pages_in_draft
from service.issue.web_issue import WebIssue, web_issue_of
from service.office import Office
from settings.model import BulletinSettings
from values.approval import ApprovalEvent, ApprovalState
from values.errors import BadUsage
from values.issue import IssueStatus


@dataclass(frozen=True, slots=True)
class ReviewedText:
    """An article that has another text than when the person decided last."""

    id: int
    title: str
    rows: tuple[ComparedRow, ...]
    """The sentences that differ."""


@dataclass(frozen=True, slots=True)
class DraftWay:
    """The way of a draft to the sign-off, as far as it has come."""

    state: ApprovalState
    events: tuple[ApprovalEvent, ...]
    """All acts on the draft, the latest first."""
    titles: Mapping[int, str]
    """Of the articles of the draft, by their ids."""

    def title_of(self, article: int) -> str:
        """For an article that the draft does not contain any more, its number."""
        return self.titles.get(article) or f"稿件 {article}"


@dataclass(frozen=True, slots=True)
class ReviewedDraft:
    """A draft for one person of its steps."""

    drafted: DraftedIssue
    paper: WebIssue
    """What the draft prints."""
    way: DraftWay
    since: ApprovalEvent | None
    """The person's last act on an earlier text; None for the first time, and where nothing that is printed differs."""
    changes: tuple[str, ...]
    """What has changed since, in Chinese; () where `since` is None."""
    texts: tuple[ReviewedText, ...]
    """Those of the changed articles."""
    problem: str
    """Why it cannot be approved now although the person is asked: the editor is changing it. "" where it can."""

    @property
    def draft(self) -> IssueRecord:
        return self.drafted.draft


def reviewed_draft(office: Office, bulletin: BulletinSettings, issue_id: int, address: str) -> ReviewedDraft | None:
    """The draft as that person sees it; None where the bulletin has no such draft or no step names the person."""
    with office.ledger.reading() as ledger:
        draft = issues.issue_of_bulletin(ledger, bulletin.id, issue_id)
        named = any(step.person(address) for step in bulletin.approval_steps)
        if draft is None or draft.status is not IssueStatus.DRAFT or not named:
            return None
        drafted = drafted_issue(ledger, bulletin, draft)
        way, holding = draft_way(ledger, bulletin, drafted), approvals.same_print(ledger, draft.id)
        if not any(event.revision in holding for event in way.events):
            return None  # not put forward: it is the editors' own
        changed = changes_for(ledger, drafted, way.events[::-1], address)
        texts = _texts(ledger, changed.changes) if changed else ()
    return ReviewedDraft(
        drafted=drafted,
        paper=web_issue_of(drafted.issue, pages_in_draft(office, draft)),
        way=way,
        since=changed.since if changed else None,
        changes=changed.changes.lines if changed else (),
        texts=texts,
        problem=_problem(office, bulletin, drafted),
    )


def draft_way(ledger: Transaction, bulletin: BulletinSettings, drafted: DraftedIssue) -> DraftWay:
    """How far the draft has come."""
    events = approvals.events_of(ledger, drafted.draft.id)
    titles = {article.id: article.manuscript.title for article in drafted.issue.articles}
    return DraftWay(state_of(ledger, bulletin, drafted.draft), tuple(reversed(events)), titles)


def drafts_asking(office: Office, address: str) -> tuple[tuple[BulletinSettings, IssueRecord, ApprovalState], ...]:
    """The open drafts of all bulletins that ask this person now."""
    with office.ledger.reading() as ledger:
        return tuple(_asking(office, ledger, address)) if address else ()


def _asking(
    office: Office, ledger: Transaction, address: str
) -> Iterator[tuple[BulletinSettings, IssueRecord, ApprovalState]]:
    for bulletin in office.settings.bulletins:
        for supplement in (False, True):
            draft = issues.open_draft(ledger, bulletin.id, supplement=supplement) if bulletin.approval_steps else None
            if draft is not None and (state := state_of(ledger, bulletin, draft)).asks(address):
                yield bulletin, draft, state


def _problem(office: Office, bulletin: BulletinSettings, drafted: DraftedIssue) -> str:
    try:
        refuse_printed_otherwise(office, bulletin, drafted)
    except BadUsage:
        return "编辑正在改这一期，等编好新的一稿会再请您审核。"
    return ""


def _texts(ledger: Transaction, changes: SnapshotChanges) -> tuple[ReviewedText, ...]:
    """Of the changed articles, the sentences that differ."""
    texts = []
    for text in changes.changed:
        before, after = (
            articles.revision_numbered(ledger, text.id, number).manuscript for number in (text.before, text.after)
        )
        rows = tuple(row for row in compared(before, after) if row.change != "equal")
        texts.append(ReviewedText(text.id, text.title, rows))
    return tuple(texts)
