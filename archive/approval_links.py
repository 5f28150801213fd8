"""The one-time links by which people of a step approve one revision of a draft; the ledger has their fingerprints."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import insert, select, update

from archive.schema import approval_link
from archive.transaction import Transaction


@dataclass(frozen=True, slots=True)
class ApprovalLink:
    """For whom a link was made, and for what."""

    issue: int
    """Id of the issue."""
    revision: int
    """Number of the draft's revision that it is for."""
    step: str
    """Name of the step."""
    person: str
    """Address, in lower case."""
    expires_at: datetime
    used_at: datetime | None = None
    """When its person decided, or another link took its place; None: it is unused."""


def add_link(ledger: Transaction, token_sha256: str, link: ApprovalLink, *, at: datetime) -> None:
    """Adds a link; the person's earlier links to the issue are used up by it."""
    end_links(ledger, link.issue, link.person, at=at)
    values = {
        "token_sha256": token_sha256,
        "issue_id": link.issue,
        "revision": link.revision,
        "step": link.step,
        "person": link.person,
        "expires_at": link.expires_at,
    }
    ledger.sql.execute(insert(approval_link).values(values))


def link_of(ledger: Transaction, token_sha256: str) -> ApprovalLink | None:
    """The link, also one that is used or expired; None for an unknown one."""
    row = ledger.sql.execute(select(approval_link).where(approval_link.c.token_sha256 == token_sha256)).first()
    if row is None:
        return None
    return ApprovalLink(row.issue_id, row.revision, row.step, row.person, row.expires_at, row.used_at)


def end_links(ledger: Transaction, issue_id: int, person: str, *, at: datetime) -> None:
    """Uses up the unused links of the person to the issue."""
    unused = (
        approval_link.c.issue_id == issue_id,
        approval_link.c.person == person,
        approval_link.c.used_at.is_(None),
    )
    ledger.sql.execute(update(approval_link).where(*unused).values(used_at=at))
