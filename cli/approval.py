"""`approval`: the way of a draft to the sign-off: where it stands, 提请审核, 同意, 退回."""

from __future__ import annotations

import getpass
from argparse import ArgumentParser, Namespace
from collections.abc import Sequence
from typing import Any, Final

from archive import approvals, issues
from archive.issues import IssueRecord
from cli.base.arguments import add_actions, add_bulletin, add_issue_number, add_supplement, parse_number
from cli.base.command import Invocation
from cli.base.exit_status import ExitStatus
from cli.base.office import logged_office_of
from cli.base.output import Output
from cli.base.output_parts import OutputTable, Styled, line
from service.approval.decide_review import ReviewDecision, decide_review
from service.approval.draft_state import state_of
from service.approval.put_forward import ask_again, put_forward
from service.approval.reviewers import reviewer_by_command
from service.office import Office
from settings.model import BulletinSettings
from values.approval import ApprovalEvent, ApprovalState, ArticleRemark
from values.errors import BadUsage
from values.whole_number import whole_number

_SUMMARIES: Final = {
    "show": "到了哪一步，谁同意、退回过，有什么意见",
    "put-forward": "提请审核：请第一步（还没同意的那一步）的人审",
    "ask-again": "再寄一个链接给还没审的人，原来的作废",
    "approve": "登记一个人同意（他在别处说的）",
    "return": "登记一个人退回，附意见",
}


def add_arguments(parser: ArgumentParser) -> None:
    for name, action in add_actions(parser, _SUMMARIES):
        add_issue_number(action)
        add_supplement(action, "增刊")
        add_bulletin(action)
        if name != "show":
            action.add_argument("--revision", type=parse_number, metavar="N", help="看过的是第几稿；之后又有新稿时不做")
        if name == "put-forward":
            action.add_argument("--note", default="", metavar="TEXT", help="给审核人的说明")
        if name in ("ask-again", "approve", "return"):
            action.add_argument("--person", required=True, metavar="ADDRESS", help="审核人的邮箱，配置里的")
        if name in ("approve", "return"):
            action.add_argument("--remark", default="", metavar="TEXT", help="对全期的意见")
            action.add_argument(
                "--at", action="append", default=[], metavar="ARTICLE=TEXT", help="对一篇稿件的意见；可以写几次"
            )


def run(invocation: Invocation) -> ExitStatus:
    """Does what is asked and shows where the draft stands then.

    Raises BadUsage where there are no steps, for no draft of that number, and for what its state does not allow.
    """
    arguments = invocation.arguments
    with logged_office_of(invocation) as office:
        bulletin = office.bulletin(arguments.bulletin)
        if arguments.action in ("approve", "return"):
            _decide(office, bulletin, arguments)
        elif arguments.action == "put-forward":
            put_forward(
                office,
                bulletin,
                arguments.number,
                getpass.getuser(),
                seen=arguments.revision,
                note=arguments.note,
                supplement=arguments.supplement,
            )
        elif arguments.action == "ask-again":
            who, supplement = getpass.getuser(), arguments.supplement
            ask_again(office, bulletin, arguments.number, arguments.person, who, supplement=supplement)
        _show(office, bulletin, arguments, invocation.output)
    return ExitStatus.DONE


def _decide(office: Office, bulletin: BulletinSettings, arguments: Namespace) -> None:
    draft = _draft(office, bulletin, arguments)
    seen = draft.revision if arguments.revision is None else arguments.revision
    remarks = tuple(_remark(written) for written in arguments.at)
    decision = ReviewDecision(draft.id, seen, arguments.action == "approve", arguments.remark, remarks)
    decide_review(office, bulletin, reviewer_by_command(bulletin, arguments.person, getpass.getuser()), decision)


def _remark(written: str) -> ArticleRemark:
    number, _, text = written.partition("=")
    article = whole_number(number.strip())
    if article is None or not text.strip():
        raise BadUsage(f"--at {written} 应写成 稿件编号=意见，例如 --at 12=数字要核对。")
    return ArticleRemark(article, text)


def _draft(office: Office, bulletin: BulletinSettings, arguments: Namespace) -> IssueRecord:
    with office.ledger.reading() as ledger:
        return issues.issue_numbered(ledger, bulletin.id, arguments.number, supplement=arguments.supplement)


def _show(office: Office, bulletin: BulletinSettings, arguments: Namespace, output: Output) -> None:
    draft = _draft(office, bulletin, arguments)
    with office.ledger.reading() as ledger:
        state, events = state_of(ledger, bulletin, draft), approvals.events_of(ledger, draft.id)
    if not state.steps:
        raise BadUsage("这份简报没有配置审核的步骤（[[bulletin.approval]]），编辑可以直接签发。")
    sentence = f"{draft.number.label}第 {draft.revision} 稿：{state.chinese}"
    output.give(
        lambda: _document(office, draft, state, events),
        lambda: [line(sentence), _steps(state), *([_acts(office, events)] if events else [])],
    )


def _document(
    office: Office, draft: IssueRecord, state: ApprovalState, events: Sequence[ApprovalEvent]
) -> dict[str, Any]:
    return {
        "bulletin": draft.bulletin,
        "number": draft.number.number,
        "revision": draft.revision,
        "stage": state.stage.value,
        "waiting_for": [person.address for person in state.waiting.missing] if state.waiting else [],
        "steps": [
            {
                "step": progress.step.name,
                "need": progress.step.need,
                "complete": progress.is_complete,
                "approved_by": [approval.person for approval in progress.approvals],
            }
            for progress in state.steps
        ],
        "events": [
            {
                "act": event.act.value,
                "revision": event.revision,
                "step": event.step,
                "person": event.person,
                "who": event.who,
                "way": event.way.value,
                "at": office.local(event.at).isoformat(),
                "remark": event.remark,
                "remarks": [{"article": remark.article, "text": remark.text} for remark in event.remarks],
            }
            for event in events
        ],
    }


def _steps(state: ApprovalState) -> OutputTable:
    return OutputTable(
        ("步骤", "要", "已同意", "在等"),
        tuple(
            (
                Styled(progress.step.name),
                Styled("人人同意" if progress.step.need == "all" else "一人同意"),
                Styled("、".join(approval.who for approval in progress.approvals)),
                Styled("、".join(person.shown for person in progress.missing)),
            )
            for progress in state.steps
        ),
    )


def _acts(office: Office, events: Sequence[ApprovalEvent]) -> OutputTable:
    return OutputTable(
        ("时间", "第几稿", "步骤", "谁", "做了什么", "意见"),
        tuple(
            (
                Styled(f"{office.local(event.at):%m-%d %H:%M}"),
                Styled(str(event.revision)),
                Styled(event.step),
                Styled(event.who),
                Styled(f"{event.act.chinese}（{event.way.chinese}）" if event.step else event.act.chinese),
                Styled(
                    "\n".join([*filter(None, [event.remark]), *(f"稿件 {r.article}：{r.text}" for r in event.remarks)])
                ),
            )
            for event in events
        ),
    )
