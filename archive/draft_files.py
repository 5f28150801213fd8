"""The files of drafts by revision: those of earlier revisions stay until a letter that they contain is removed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from sqlalchemy import select

from archive.schema import issue, issue_revision
from archive.transaction import Transaction

EDITED_DRAFTS: Final = "edited-draft"
"""The beginning of the Message-ID of a letter that holds an edited draft."""


@dataclass(frozen=True, slots=True)
class DraftFile:
    """The file of one revision of a draft."""

    issue: int
    """Id of the issue."""
    revision: int
    path: str
    """Relative to data_dir."""
    sha256: str
    removed: bool
    """Whether the file was removed together with a letter."""


def draft_file(ledger: Transaction, bulletin: str, series: str, number: int, revision: int) -> DraftFile | None:
    """None when there is no such revision. The revisions of a number count on over a discarded draft."""
    of_number = (issue.c.bulletin == bulletin, issue.c.series == series, issue.c.number == number)
    row = ledger.sql.execute(
        select(issue_revision)
        .join(issue, issue.c.id == issue_revision.c.issue_id)
        .where(*of_number, issue_revision.c.number == revision)
        .order_by(issue_revision.c.id.desc())
    ).first()
    if row is None:
        return None
    return DraftFile(row.issue_id, row.number, row.path, row.sha256, row.removed_at is not None)
