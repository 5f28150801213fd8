"""How far a draft has come on its way to the sign-off, by the ledger and the present configuration."""

from __future__ import annotations

from typing import Final

from archive import approvals, issues
from archive.issues import IssueRecord
from archive.transaction import Transaction
from service.office import Office
from settings.model import BulletinSettings
from values.approval import ApprovalStage, ApprovalState, approval_state
from values.errors import BadUsage

_REMEDIES: Final = {
    ApprovalStage.DRAFTING: "还没有提请审核。请先提请审核，各步都同意了再签发。",
    ApprovalStage.WAITING: "各步都同意了才能签发。",
    ApprovalStage.SENT_BACK: "请按意见改过，重新编排，再提请审核。",
}


def state_of(ledger: Transaction, bulletin: BulletinSettings, draft: IssueRecord) -> ApprovalState:
    """How far the last revision of the draft has come; ready where the bulletin has no steps."""
    steps = bulletin.approval_steps
    if not steps:
        return approval_state((), (), ())
    return approval_state(steps, approvals.events_of(ledger, draft.id), approvals.same_print(ledger, draft.id))


def state_of_open_draft(
    office: Office, bulletin: BulletinSettings, *, supplement: bool = False
) -> ApprovalStage | None:
    """How far the open draft has come; None where the bulletin has no steps, or there is no draft."""
    if not bulletin.approval_steps:
        return None
    with office.ledger.reading() as ledger:
        draft = issues.open_draft(ledger, bulletin.id, supplement=supplement)
        return None if draft is None else state_of(ledger, bulletin, draft).stage


def refuse_unapproved(ledger: Transaction, bulletin: BulletinSettings, draft: IssueRecord) -> ApprovalState:
    """The state of a draft that every step has approved. Raises BadUsage for any other, naming who is asked."""
    state = state_of(ledger, bulletin, draft)
    if state.stage is not ApprovalStage.READY:
        which = f"{draft.number.label}第 {draft.revision} 稿"
        raise BadUsage(f"{which}{state.chinese}，不能签发：{_why(state)}{_REMEDIES[state.stage]}")
    return state


def _why(state: ApprovalState) -> str:
    if state.waiting is not None:
        people = "、".join(person.shown for person in state.waiting.missing)
        return f"“{state.waiting.step.name}”在等{people}。"
    if state.sent_back is not None:
        remark = state.sent_back.remark
        return f"{state.sent_back.who}退回{f'（{remark}）' if remark else ''}。"
    return ""
