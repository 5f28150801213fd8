"""How far a draft has come on its way to the sign-off, from its steps, the acts on it, and what would be printed."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from values.approval import (
    ApprovalAct,
    ApprovalEvent,
    ApprovalStage,
    ApprovalState,
    ApprovalStep,
    Approver,
    approval_state,
)

A, B, C = (Approver(f"{name}@office.example", name) for name in "abc")
FIRST = ApprovalStep("审核", (A, B), "any")
BOTH = ApprovalStep("审核", (A, B), "all")
LAST = ApprovalStep("签发", (C,), "any")
AT = datetime(2022, 11, 8, 8, tzinfo=UTC)


def events(*acts: str) -> list[ApprovalEvent]:
    """ "+1" puts revision 1 forward, "a+1@审核" approves it, "a-1@审核" sends it back."""
    made = []
    for minute, written in enumerate(acts):
        act, _, step = written.partition("@")
        person, sign, revision = act.partition("+" if "+" in act else "-")
        kind = ApprovalAct.SENT_BACK if sign == "-" else ApprovalAct.APPROVED if person else ApprovalAct.PUT_FORWARD
        address = f"{person}@office.example" if person else ""
        at = AT + timedelta(minutes=minute)
        made.append(ApprovalEvent(kind, int(revision), person or "王编辑", at, step, address))
    return made


def state(steps: tuple[ApprovalStep, ...], *acts: str, holding: tuple[int, ...] = (1,)) -> ApprovalState:
    return approval_state(steps, events(*acts), holding)


@pytest.mark.parametrize(
    ("steps", "acts", "expected"),
    [
        ((), (), "可签发"),
        ((FIRST,), (), "拟稿"),
        ((FIRST,), ("+1",), "待审核（审核）"),
        ((FIRST,), ("+1", "a+1@审核"), "可签发"),
        ((BOTH,), ("+1", "a+1@审核"), "待审核（审核）"),
        ((BOTH,), ("+1", "a+1@审核", "a+1@审核"), "待审核（审核）"),
        ((BOTH,), ("+1", "a+1@审核", "b+1@审核"), "可签发"),
        ((FIRST, LAST), ("+1", "b+1@审核"), "待审核（签发）"),
        ((FIRST, LAST), ("+1", "b+1@审核", "c+1@签发"), "可签发"),
        ((FIRST, LAST), ("+1", "c+1@签发"), "待审核（审核）"),
        ((FIRST, LAST), ("+1", "b+1@审核", "c-1@签发"), "已退回"),
        # Put forward again unchanged: who has approved it is not asked again, who sent it back is.
        ((FIRST, LAST), ("+1", "b+1@审核", "c-1@签发", "+1"), "待审核（签发）"),
        ((BOTH,), ("+1", "a-1@审核", "+1", "b+1@审核"), "待审核（审核）"),
        ((BOTH,), ("+1", "a-1@审核", "+1", "b+1@审核", "a+1@审核"), "可签发"),
        # Approvals without a revision put forward, of strangers, and of another step do not count.
        ((FIRST,), ("a+1@审核",), "拟稿"),
        ((FIRST,), ("+1", "c+1@审核"), "待审核（审核）"),
        ((FIRST,), ("+1", "a+1@签发"), "待审核（审核）"),
    ],
)
def test_stage(steps: tuple[ApprovalStep, ...], acts: tuple[str, ...], expected: str) -> None:
    assert state(steps, *acts).chinese == expected


@pytest.mark.parametrize(
    ("holding", "expected"),
    [((1,), ApprovalStage.READY), ((2,), ApprovalStage.DRAFTING), ((1, 2), ApprovalStage.READY)],
)
def test_approvals_hold_for_what_was_seen_and_for_revisions_that_print_the_same(
    holding: tuple[int, ...], expected: ApprovalStage
) -> None:
    assert state((FIRST,), "+1", "a+1@审核", holding=holding).stage is expected


def test_a_change_asks_everybody_again() -> None:
    asked = state((BOTH,), "+1", "a+1@审核", "b+1@审核", "+2", holding=(2,))
    assert asked.waiting is not None
    assert asked.waiting.missing == (A, B)
    assert (asked.asks(A.address), asked.asks(C.address)) == (A, None)


def test_who_is_asked_and_who_has_signed() -> None:
    half = state((BOTH, LAST), "+1", "b+1@审核")
    assert [half.asks(person.address) for person in (A, B, C)] == [A, None, None]
    signed = state((BOTH, LAST), "+1", "b+1@审核", "a+1@审核", "c+1@签发")
    assert [approval.who for approval in signed.approvals] == ["b", "a", "c"]
    assert signed.signers == ("c",)
    assert state((FIRST,), "+1", "a-1@审核").sent_back == events("+1", "a-1@审核")[1]
    assert state(()).signers == ()
    assert Approver("leader@office.example").shown == "leader@office.example"
