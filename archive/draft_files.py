"""The files of drafts by revision: those of earlier revisions stay until a letter that they contain is removed."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from sqlalchemy import select

from archive.schema import brought_draft, issue, issue_revision, letter, removal
from archive.transaction import Transaction

EDITED_DRAFTS: Final = "edited-draft"
"""The beginning of the Message-ID of a letter that holds an edited draft."""


def edited_files_of_removed_drafts(ledger: Transaction, bulletin: str) -> Sequence[int]:
    """Ids of the letters that hold an edited draft of the bulletin whose own file was removed together with a letter:
    those that a person handed in, and those that came by mail, also to another bulletin's mailbox."""
    gone = ledger.sql.execute(
        select(issue.c.series, issue.c.number, issue_revision.c.number.label("revision"))
        .join(issue, issue.c.id == issue_revision.c.issue_id)
        .where(issue.c.bulletin == bulletin, issue_revision.c.removed_at.is_not(None))
    ).all()
    drafts = {(row.series, str(row.number), str(row.revision)) for row in gone}
    kept = ledger.sql.execute(
        select(letter.c.id, letter.c.message_id)
        .where(letter.c.bulletin == bulletin, letter.c.id.not_in(select(removal.c.letter_id)))
        .where(letter.c.message_id >= f"<{EDITED_DRAFTS}.", letter.c.message_id < f"<{EDITED_DRAFTS}/")
        .order_by(letter.c.id)
    )
    # <edited-draft.bulletin.series.number.revision.digest@…>: the bulletin may have had another id when it was made.
    handed_in = [row.id for row in kept if tuple(row.message_id.split("@")[0].split(".")[2:5]) in drafts]
    return sorted({*handed_in, *_mailed(ledger, bulletin, drafts)})


def _mailed(ledger: Transaction, bulletin: str, drafts: Collection[tuple[str, str, str]]) -> Iterator[int]:
    """Ids of the letters of any bulletin that brought one of these drafts of the bulletin by mail."""
    brought = ledger.sql.execute(
        select(brought_draft, letter.c.bulletin.label("of"))
        .join(letter, letter.c.id == brought_draft.c.letter_id)
        .where(letter.c.id.not_in(select(removal.c.letter_id)))
    ).all()
    other_bulletins = set(ledger.sql.execute(select(issue.c.bulletin).where(issue.c.bulletin != bulletin)).scalars())
    for row in brought:
        # A file may still have a former id of the bulletin, and then came to its mailbox.
        own = row.bulletin == bulletin or (row.of == bulletin and row.bulletin not in other_bulletins)
        if own and (row.series, str(row.number), str(row.revision)) in drafts:
            yield row.letter_id


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
