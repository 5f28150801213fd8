"""The approvals of a signed-off issue, as its manifest lists them."""

from __future__ import annotations

from typing import Any

from archive import approvals
from archive.issues import IssueRecord
from archive.transaction import Transaction
from service.office import Office
from values.approval import ApprovalAct, ApprovalEvent


def approvals_that_count(ledger: Transaction, issue: IssueRecord) -> tuple[ApprovalEvent, ...]:
    """The approvals of what was printed: of each person in a step the last act, where it is an approval.

    By the record alone: the configuration may name other steps and people since the sign-off.
    """
    holding = approvals.same_print(ledger, issue.id)
    acts = [event for event in approvals.events_of(ledger, issue.id) if event.revision in holding and event.step]
    last = {(event.step, event.person): event for event in acts}
    return tuple(event for event in last.values() if event.act is ApprovalAct.APPROVED)


def approvals_of(office: Office, ledger: Transaction, issue: IssueRecord) -> list[dict[str, Any]]:
    """Who approved which revision in which step, when and how."""
    return [
        {
            "step": event.step,
            "person": event.person,
            "name": event.who,
            "revision": event.revision,
            "at": office.local(event.at).isoformat(),
            "way": event.way.value,
        }
        for event in approvals_that_count(ledger, issue)
    ]
