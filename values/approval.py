"""审核: the steps that a draft issue passes before it may be signed off, and how far it has come. Pure."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Literal


class ApprovalStage(StrEnum):
    """How far a draft has come on its way to the sign-off."""

    DRAFTING = "drafting"
    """拟稿: what would be printed now was not put forward yet."""
    WAITING = "waiting"
    """待审核: the people of a step are asked."""
    SENT_BACK = "sent_back"
    """已退回: somebody of a step has sent it back; the editor puts it forward again."""
    READY = "ready"
    """可签发: every step has approved what would be printed now, or there are no steps."""

    @property
    def chinese(self) -> str:
        return {"drafting": "拟稿", "waiting": "待审核", "sent_back": "已退回", "ready": "可签发"}[self.value]


class ApprovalAct(StrEnum):
    """What somebody did with a revision of a draft."""

    PUT_FORWARD = "put_forward"
    """提请审核: the editor asks the people of the steps."""
    APPROVED = "approved"
    """同意: somebody of a step agrees to the revision."""
    SENT_BACK = "sent_back"
    """退回: somebody of a step wants it changed; the remarks say how."""

    @property
    def chinese(self) -> str:
        return {"put_forward": "提请审核", "approved": "同意", "sent_back": "退回"}[self.value]


class ApprovalWay(StrEnum):
    """By what a person of a step was recognised."""

    DESK = "desk"
    """Logged in at the desk."""
    LINK = "link"
    """The one-time link of a letter."""
    COMMAND = "command"
    """Entered on the server by somebody who names the person."""
    MAIL = "mail"
    """An answer to the letter that asks, with its code or vouched for by the mail server."""

    @property
    def chinese(self) -> str:
        return {"desk": "在审稿台", "link": "凭一次性链接", "command": "由命令登记", "mail": "答复来信"}[self.value]


@dataclass(frozen=True, slots=True)
class Approver:
    """A person of a step."""

    address: str
    """Mail address in lower case: by it a person is recognised."""
    name: str = ""
    """As it is recorded and printed; "": the account's name or the address stands for it."""

    @property
    def shown(self) -> str:
        """The name, or else the address."""
        return self.name or self.address


@dataclass(frozen=True, slots=True)
class ApprovalStep:
    """A step, as the configuration names it."""

    name: str
    """Unique among the steps of a bulletin, such as 审核."""
    people: tuple[Approver, ...]
    need: Literal["any", "all"]
    """any: one of the people is enough; all: each of them must approve."""

    @property
    def addresses(self) -> frozenset[str]:
        """Of its people."""
        return frozenset(person.address for person in self.people)

    def person(self, address: str) -> Approver | None:
        """The person with that address; None for somebody else."""
        return next((person for person in self.people if person.address == address), None)


@dataclass(frozen=True, slots=True)
class ArticleRemark:
    """What an approver wants changed in one article."""

    article: int
    """Its id."""
    text: str


@dataclass(frozen=True, slots=True)
class ApprovalEvent:
    """An act of an editor or approver."""

    act: ApprovalAct
    revision: int
    """Number of the draft's revision that the person saw."""
    who: str
    """The person's name."""
    at: datetime
    step: str = ""
    """Name of the step; "" for PUT_FORWARD."""
    person: str = ""
    """Address of the approver, in lower case; "" for PUT_FORWARD."""
    way: ApprovalWay = ApprovalWay.DESK
    remark: str = ""
    """About the whole; of PUT_FORWARD, the editor's words to the approvers. "": none."""
    remarks: tuple[ArticleRemark, ...] = ()
    """At single articles."""


@dataclass(frozen=True, slots=True)
class StepProgress:
    """A step, and who has approved in it what would be printed now."""

    step: ApprovalStep
    approvals: tuple[ApprovalEvent, ...]
    """The last one of each person, in the order of the approvals."""

    @property
    def is_complete(self) -> bool:
        return len(self.approvals) >= (1 if self.step.need == "any" else len(self.step.people))

    @property
    def missing(self) -> tuple[Approver, ...]:
        """The people who have not approved; () once the step is complete."""
        approved = {approval.person for approval in self.approvals}
        return () if self.is_complete else tuple(p for p in self.step.people if p.address not in approved)


@dataclass(frozen=True, slots=True)
class ApprovalState:
    """How far a draft has come."""

    stage: ApprovalStage
    steps: tuple[StepProgress, ...]
    """All steps in their order; () where the bulletin has none."""
    waiting: StepProgress | None = None
    """The step whose people are asked; None unless the stage is WAITING."""
    sent_back: ApprovalEvent | None = None
    """By whom and why; None unless the stage is SENT_BACK."""

    @property
    def chinese(self) -> str:
        """The stage, with the step that is asked."""
        return self.stage.chinese + (f"（{self.waiting.step.name}）" if self.waiting else "")

    @property
    def approvals(self) -> tuple[ApprovalEvent, ...]:
        """All approvals that count, in the order of the steps."""
        return tuple(approval for progress in self.steps for approval in progress.approvals)

    @property
    def signers(self) -> tuple[str, ...]:
        """Names of those who have approved in the last step; () where there are no steps."""
        return tuple(approval.who for approval in self.steps[-1].approvals) if self.steps else ()

    def asks(self, address: str) -> Approver | None:
        """The person with that address, if that one is asked now; None otherwise."""
        asked = self.waiting.missing if self.waiting else ()
        return next((person for person in asked if person.address == address), None)


def approval_state(
    steps: Sequence[ApprovalStep], events: Sequence[ApprovalEvent], holding: Collection[int]
) -> ApprovalState:
    """How far the draft has come.

    events: all of the issue, the earliest first. holding: numbers of the revisions that print what would be printed
    now: an act holds for the revision that the person saw, so that those on other revisions do not count. Approvals of
    people or steps that the configuration does not name (any more) do not count either.
    """
    current = [event for event in events if event.revision in holding]
    progress = tuple(StepProgress(step, _approvals(step, current)) for step in steps)
    if not steps:
        return ApprovalState(ApprovalStage.READY, ())
    put_forward = [place for place, event in enumerate(current) if event.act is ApprovalAct.PUT_FORWARD]
    if not put_forward:
        return ApprovalState(ApprovalStage.DRAFTING, progress)
    since = current[put_forward[-1] :]
    sent_back = next((event for event in reversed(since) if event.act is ApprovalAct.SENT_BACK), None)
    if sent_back is not None:
        return ApprovalState(ApprovalStage.SENT_BACK, progress, sent_back=sent_back)
    waiting = next((entry for entry in progress if not entry.is_complete), None)
    stage = ApprovalStage.READY if waiting is None else ApprovalStage.WAITING
    return ApprovalState(stage, progress, waiting)


def _approvals(step: ApprovalStep, events: Sequence[ApprovalEvent]) -> tuple[ApprovalEvent, ...]:
    """The last act of each of its people, where that is an approval."""
    last = {event.person: event for event in events if event.step == step.name and event.person in step.addresses}
    return tuple(event for event in events if last.get(event.person) is event and event.act is ApprovalAct.APPROVED)
