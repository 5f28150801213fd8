"""All bulletins of the office at one look: what is due, what waits for somebody, and how far each issue is."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from archive import articles, issues
from archive.issues import IssueRecord
from archive.letter_pages import count_verdicts
from archive.transaction import Transaction
from archive.viewings import viewings_of
from service.approval.draft_state import state_of
from service.health.activity import Activity
from service.health.alarms import Alarm
from service.health.state import urgent_alarms
from service.issue.period_calendar import next_due_time
from service.office import Office
from settings.model import BulletinSettings
from values.approval import ApprovalState
from values.issue import ArticleStatus
from values.letter import Verdict

_WAITING: Final = (Verdict.UNCONFIRMED, Verdict.QUARANTINED, Verdict.QUESTION)
"""The verdicts of letters that wait for a person."""


@dataclass(frozen=True, slots=True)
class BulletinLine:
    """One bulletin, for one person."""

    bulletin: BulletinSettings
    next_due: datetime | None
    """When it is assembled next, by the office's clock; None: by hand."""
    articles: int
    """In the next issue."""
    unread: int
    """未阅: of these, those whose present text the person has not opened."""
    undecided: int
    """未定: of these, those about which nobody has decided."""
    letters: Mapping[Verdict, int]
    """Letters that wait for a person, by verdict."""
    draft: IssueRecord | None
    approval: ApprovalState | None
    """How far the draft has come; None without steps, or without a draft."""
    last: IssueRecord | None
    """The issue signed off last, None before the first."""
    alarms: tuple[Alarm, ...]
    """Urgent ones."""


def bulletins_overview(office: Office, activity: Activity, account_id: int) -> Sequence[BulletinLine]:
    """A line for each bulletin, in the order of the configuration. No text of an article is read."""
    with office.ledger.reading() as ledger:
        return [_line(office, ledger, activity, bulletin, account_id) for bulletin in office.settings.bulletins]


def _line(
    office: Office, ledger: Transaction, activity: Activity, bulletin: BulletinSettings, account_id: int
) -> BulletinLine:
    in_issue = articles.summaries_for_issue(ledger, bulletin.id, supplement=False)
    ids = [article.id for article in in_issue]
    viewed, present = viewings_of(ledger, account_id, ids), articles.current_revisions(ledger, ids)
    draft = issues.open_draft(ledger, bulletin.id)
    return BulletinLine(
        bulletin=bulletin,
        next_due=next_due_time(office, bulletin),
        articles=len(ids),
        unread=sum(id not in viewed or viewed[id].revision < present[id] for id in ids),
        undecided=sum(article.status is ArticleStatus.DRAFT for article in in_issue),
        letters={verdict: count for verdict, count in count_verdicts(ledger, bulletin.id, _WAITING).items() if count},
        draft=draft,
        approval=state_of(ledger, bulletin, draft) if draft is not None and bulletin.approval_steps else None,
        last=issues.last_signed_off(ledger, bulletin.id),
        alarms=urgent_alarms(office, activity, bulletin),
    )
