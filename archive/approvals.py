"""What was done with the revisions of drafts before their sign-off: put forward, approved, sent back, with remarks."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from sqlalchemy import insert, select

from archive.json_form import JsonForm
from archive.schema import approval_event, approval_remark, issue, issue_revision
from archive.transaction import Transaction
from values.approval import ApprovalAct, ApprovalEvent, ApprovalWay, ArticleRemark
from values.issue_snapshot import IssueSnapshot

_SNAPSHOT: Final = JsonForm(IssueSnapshot)


@dataclass(frozen=True, slots=True)
class ArticleRemarkRecord:
    """A remark at an article, with the act that it belongs to."""

    event: ApprovalEvent
    issue: int
    """Id of the issue."""
    text: str


def record_event(
    ledger: Transaction, issue_id: int, event: ApprovalEvent, snapshot: IssueSnapshot | None = None
) -> None:
    """Writes an act. snapshot: what the revision contains, where it is put forward."""
    values = {
        "issue_id": issue_id,
        "revision": event.revision,
        "act": event.act.value,
        "step": event.step,
        "person": event.person,
        "who": event.who,
        "way": event.way.value,
        "remark": event.remark,
        "snapshot": _SNAPSHOT.dump_json(snapshot).decode() if snapshot else "",
        "happened_at": event.at,
    }
    id = ledger.sql.execute(insert(approval_event).values(values).returning(approval_event.c.id)).scalar_one()
    rows = [{"approval_event_id": id, "article_id": r.article, "remark": r.text} for r in event.remarks]
    if rows:
        ledger.sql.execute(insert(approval_remark), rows)


def events_of(ledger: Transaction, issue_id: int) -> Sequence[ApprovalEvent]:
    """All acts on the revisions of an issue, the earliest first."""
    rows = ledger.sql.execute(
        select(approval_event).where(approval_event.c.issue_id == issue_id).order_by(approval_event.c.id)
    ).mappings()
    remarks = _remarks(ledger, issue_id)
    return [
        ApprovalEvent(
            act=ApprovalAct(row["act"]),
            revision=row["revision"],
            who=row["who"],
            at=row["happened_at"],
            step=row["step"],
            person=row["person"],
            way=ApprovalWay(row["way"]),
            remark=row["remark"],
            remarks=tuple(remarks[row["id"]]),
        )
        for row in rows
    ]


def snapshot_of(ledger: Transaction, issue_id: int, revision: int) -> IssueSnapshot | None:
    """What the revision contained; None when neither it nor one that prints the same was ever put forward."""
    put_forward = (
        approval_event.c.issue_id == issue_id,
        approval_event.c.revision.in_(_printing_as(ledger, issue_id, revision)),
        approval_event.c.act == ApprovalAct.PUT_FORWARD.value,
    )
    stored = ledger.sql.execute(
        select(approval_event.c.snapshot).where(*put_forward).order_by(approval_event.c.id.desc()).limit(1)
    ).scalar()
    return _SNAPSHOT.validate_json(stored) if stored else None


def same_print(ledger: Transaction, issue_id: int) -> frozenset[int]:
    """Numbers of the revisions of the issue that print the same as its last one, which is among them.

    A revision also differs from the one before by the remarks in its margins, which are not printed.
    """
    last = ledger.sql.execute(select(issue.c.revision).where(issue.c.id == issue_id)).scalar_one()
    return _printing_as(ledger, issue_id, last)


def _printing_as(ledger: Transaction, issue_id: int, revision: int) -> frozenset[int]:
    """Numbers of the revisions that print the same as that one, which is among them."""
    revisions = select(issue_revision.c.number, issue_revision.c.print_sha256).where(
        issue_revision.c.issue_id == issue_id
    )
    printed = {row.number: row.print_sha256 for row in ledger.sql.execute(revisions)}
    digest = printed.get(revision, "")
    return frozenset({revision, *(number for number, other in printed.items() if digest and other == digest)})


def remarks_at(ledger: Transaction, article_id: int) -> Sequence[ArticleRemarkRecord]:
    """What approvers want changed in the article, the latest first."""
    events = ledger.sql.execute(
        select(approval_event.c.issue_id)
        .join(approval_remark, approval_remark.c.approval_event_id == approval_event.c.id)
        .where(approval_remark.c.article_id == article_id)
        .distinct()
        .order_by(approval_event.c.issue_id.desc())
    ).scalars()
    return [
        ArticleRemarkRecord(event, issue_id, remark.text)
        for issue_id in events
        for event in reversed(events_of(ledger, issue_id))
        for remark in event.remarks
        if remark.article == article_id
    ]


def _remarks(ledger: Transaction, issue_id: int) -> Mapping[int, list[ArticleRemark]]:
    """By the id of the act."""
    rows = ledger.sql.execute(
        select(approval_remark)
        .join(approval_event, approval_event.c.id == approval_remark.c.approval_event_id)
        .where(approval_event.c.issue_id == issue_id)
        .order_by(approval_remark.c.article_id)
    )
    remarks: defaultdict[int, list[ArticleRemark]] = defaultdict(list)
    for row in rows:
        remarks[row.approval_event_id].append(ArticleRemark(row.article_id, row.remark))
    return remarks
