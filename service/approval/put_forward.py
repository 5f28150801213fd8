"""提请审核: the editor puts a revision of a draft forward to the people of the steps."""

from __future__ import annotations

from dataclasses import dataclass

from archive import approvals, issues
from archive.changes import NewChange, record_change
from archive.files import read_unaltered
from archive.issues import IssueRecord
from archive.transaction import Transaction
from service.approval.draft_state import state_of
from service.approval.review_letters import ask, ask_person
from service.backup.hold import refuse_while_held
from service.issue.drafted import drafted_issue, refuse_printed_otherwise
from service.issue.later_revision import refuse_later_revision
from service.office import Office
from settings.model import BulletinSettings
from values.approval import ApprovalAct, ApprovalEvent, ApprovalStage, ApprovalState
from values.errors import BadUsage
from values.issue import IssueStatus

_LONGEST = 2_000


@dataclass(frozen=True, slots=True)
class PutForward:
    """A revision that was put forward."""

    draft: IssueRecord
    state: ApprovalState
    mailed: tuple[str, ...]
    """Addresses to which a letter with a one-time link was queued; () where no letters are sent."""


def put_forward(
    office: Office,
    bulletin: BulletinSettings,
    number: int,
    who: str,
    *,
    seen: int | None = None,
    note: str = "",
    supplement: bool = False,
) -> PutForward:
    """Asks the people of the first step that has not approved the draft yet.

    seen: the revision that the editor has seen, None for the present one. note: the editor's words to the approvers.
    Raises BadUsage where there are no steps, for an issue that is no draft, has a later revision, would be printed
    otherwise than it shows, or is put forward already, and until a restore is released; StorageFailed when the draft's
    file is missing or was altered.
    """
    refuse_while_held(office)
    note = note.strip()
    if len(note) > _LONGEST:
        raise BadUsage(f"给审核人的说明最多 {_LONGEST} 个字，现有 {len(note)} 个。")
    with office.ledger.reading() as ledger:
        draft = _open_draft(ledger, bulletin, number, supplement=supplement)
        refuse_later_revision(ledger, draft, draft.revision if seen is None else seen, then="提请审核")
        drafted = drafted_issue(ledger, bulletin, draft)
    read_unaltered(office.data_dir / draft.draft, draft.sha256)
    refuse_printed_otherwise(office, bulletin, drafted)
    with office.ledger.writing() as ledger:
        now = _open_draft(ledger, bulletin, number, supplement=supplement)
        refuse_later_revision(ledger, now, draft.revision, then="提请审核")
        _refuse_repeated(now, state_of(ledger, bulletin, now))
        event = ApprovalEvent(ApprovalAct.PUT_FORWARD, now.revision, who, office.now(), remark=note)
        approvals.record_event(ledger, now.id, event, drafted.snapshot)
        state = state_of(ledger, bulletin, now)
        asked = state.waiting.step.name if state.waiting else ""
        _record(office, ledger, now, who, f"第 {now.revision} 稿提请审核{f'（{asked}）' if asked else ''}")
        return PutForward(now, state, ask(office, ledger, bulletin, drafted, state))


def ask_again(
    office: Office, bulletin: BulletinSettings, number: int, address: str, who: str, *, supplement: bool = False
) -> None:
    """Mails another link to a person who is asked now; the earlier one is void. Raises BadUsage."""
    refuse_while_held(office)
    if not office.settings.smtp.host or office.settings.desk.listen is None:
        raise BadUsage("没有配置发信服务器或审稿台，寄不了链接；请审核人登录审稿台，或用 approval 命令登记。")
    address = address.strip().lower()
    with office.ledger.writing() as ledger:
        draft = _open_draft(ledger, bulletin, number, supplement=supplement)
        state = state_of(ledger, bulletin, draft)
        waiting, person = state.waiting, state.asks(address)
        if waiting is None or person is None:
            raise BadUsage(f"{draft.number.label}现在没有在等 {address} 审核。")
        ask_person(office, ledger, bulletin, drafted_issue(ledger, bulletin, draft), waiting, address)
        _record(office, ledger, draft, who, f"第 {draft.revision} 稿再请{person.shown}审核，原来的链接作废")


def _open_draft(ledger: Transaction, bulletin: BulletinSettings, number: int, *, supplement: bool) -> IssueRecord:
    if not bulletin.approval_steps:
        raise BadUsage("这份简报没有配置审核的步骤（[[bulletin.approval]]），编辑可以直接签发。")
    draft = issues.issue_numbered(ledger, bulletin.id, number, supplement=supplement)
    if draft.status is not IssueStatus.DRAFT:
        raise BadUsage(f"{draft.number.label}已{draft.status.chinese}，不能再提请审核。")
    return draft


def _refuse_repeated(draft: IssueRecord, state: ApprovalState) -> None:
    if state.stage in (ApprovalStage.WAITING, ApprovalStage.READY):
        raise BadUsage(f"{draft.number.label}第 {draft.revision} 稿已经提请过了，现在是{state.chinese}。")


def _record(office: Office, ledger: Transaction, draft: IssueRecord, who: str, summary: str) -> None:
    line = f"{draft.number.label}{summary}"
    record_change(ledger, NewChange(draft.bulletin, who, "issue", draft.id, line, office.now()))
