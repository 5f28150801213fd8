"""同意, 退回: a person of a step decides about the revision that was put forward."""

from __future__ import annotations

from dataclasses import dataclass

from archive import approval_links, approvals, issues
from archive.changes import NewChange, record_change
from archive.issues import IssueRecord
from archive.transaction import Transaction
from service.approval.draft_state import state_of
from service.approval.review_letters import ask, report
from service.approval.reviewers import NO_DRAFT, Reviewer, open_link, refuse_unasked
from service.backup.hold import refuse_while_held
from service.issue.drafted import drafted_issue
from service.issue.later_revision import refuse_later_revision
from service.office import Office
from settings.model import BulletinSettings
from values.approval import ApprovalAct, ApprovalEvent, ApprovalStage, ApprovalState, ArticleRemark
from values.errors import BadUsage, NotThere
from values.issue import IssueStatus

LONGEST_REMARK = 2_000
"""Characters of a remark."""


@dataclass(frozen=True, slots=True)
class ReviewDecision:
    """What a person of a step decides."""

    issue: int
    """Id of the issue."""
    revision: int
    """Number of the draft's revision that the person saw."""
    approves: bool
    """False: it is sent back."""
    remark: str = ""
    """About the whole; "" for none."""
    remarks: tuple[ArticleRemark, ...] = ()
    """At single articles."""


@dataclass(frozen=True, slots=True)
class ReviewOutcome:
    """A decision that was recorded."""

    draft: IssueRecord
    state: ApprovalState
    """After the decision."""


def decide_review(
    office: Office, bulletin: BulletinSettings, reviewer: Reviewer, decision: ReviewDecision, *, token: str = ""
) -> ReviewOutcome:
    """Records the decision; then asks the next step, or reports to the editors.

    token: of the one-time link by which the person came, which is used up; "" for none. All is one transaction: of two
    who decide at once the second is told what the first has decided, and a draft that has changed is refused.

    Raises NotThere for a draft that the bulletin does not have, for a person whom no step names and for a link that is
    not valid; BadUsage for a draft that has changed or is not one any more, for a person who is not asked now, for a
    draft sent back without a remark, and until a restore is released.
    """
    refuse_while_held(office)
    with office.ledger.writing() as ledger:
        if token:
            open_link(office, ledger, token)
        return decide_review_within(office, ledger, bulletin, reviewer, decision)


def decide_review_within(
    office: Office, ledger: Transaction, bulletin: BulletinSettings, reviewer: Reviewer, decision: ReviewDecision
) -> ReviewOutcome:
    """`decide_review` as a part of the caller's transaction, for a person whom no link brought."""
    refuse_while_held(office)
    decision = _usable(decision)
    draft = issues.issue_of_bulletin(ledger, bulletin.id, decision.issue)
    if draft is None:
        raise NotThere(NO_DRAFT)
    before = state_of(ledger, bulletin, draft)
    _refuse(ledger, draft, before, reviewer, decision)
    assert before.waiting is not None, "a person is asked"
    event = ApprovalEvent(
        ApprovalAct.APPROVED if decision.approves else ApprovalAct.SENT_BACK,
        draft.revision,
        reviewer.who,
        office.now(),
        before.waiting.step.name,
        reviewer.address,
        reviewer.way,
        decision.remark,
        decision.remarks,
    )
    approvals.record_event(ledger, draft.id, event)
    approval_links.end_links(ledger, draft.id, reviewer.address, at=event.at)
    _record(ledger, draft, reviewer, event)
    after = state_of(ledger, bulletin, draft)
    drafted = drafted_issue(ledger, bulletin, draft)
    if after.stage is not ApprovalStage.WAITING:
        report(office, ledger, bulletin, drafted, event)
    elif after.waiting is not None and after.waiting.step != before.waiting.step:
        ask(office, ledger, bulletin, drafted, after)
    return ReviewOutcome(draft, after)


def _usable(decision: ReviewDecision) -> ReviewDecision:
    """Without empty remarks. Raises BadUsage."""
    remarks = tuple(ArticleRemark(remark.article, text) for remark in decision.remarks if (text := remark.text.strip()))
    remark = decision.remark.strip()
    longest = max((len(text) for text in (remark, *(entry.text for entry in remarks))), default=0)
    if longest > LONGEST_REMARK:
        raise BadUsage(f"一条意见最多 {LONGEST_REMARK} 个字，现有 {longest} 个。")
    if not decision.approves and not remark and not remarks:
        raise BadUsage("退回要写明意见：对全期的，或对某一篇的。")
    return ReviewDecision(decision.issue, decision.revision, decision.approves, remark, remarks)


def _refuse(
    ledger: Transaction, draft: IssueRecord, state: ApprovalState, reviewer: Reviewer, decision: ReviewDecision
) -> None:
    if not any(progress.step.person(reviewer.address) for progress in state.steps):
        raise NotThere(NO_DRAFT)
    if draft.status is not IssueStatus.DRAFT:
        raise BadUsage(f"{draft.number.label}已{draft.status.chinese}，不能再审核。")
    if decision.revision not in approvals.same_print(ledger, draft.id):
        refuse_later_revision(ledger, draft, decision.revision, then="审核")
    refuse_unasked(state, reviewer.address)
    contained = {id for id, _ in draft.articles}
    if not contained.issuperset(remark.article for remark in decision.remarks):
        raise BadUsage("意见所说的稿件不在这一稿里，请刷新后重试。")


def _record(ledger: Transaction, draft: IssueRecord, reviewer: Reviewer, event: ApprovalEvent) -> None:
    """Without the remarks, which may quote a letter that is sealed or erased later; the record stays for good."""
    count = len(event.remarks) + bool(event.remark)
    remarks = f"，意见 {count} 条" if count else ""
    of = f"由 {reviewer.who}（{reviewer.address}）" if reviewer.entered_by else f"（{reviewer.address}）"
    line = (
        f"{draft.number.label}第 {event.revision} 稿“{event.step}”{event.act.chinese}{of}，{event.way.chinese}{remarks}"
    )
    who = reviewer.entered_by or reviewer.who
    record_change(ledger, NewChange(draft.bulletin, who, "issue", draft.id, line, event.at))
