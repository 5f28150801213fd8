"""Files of drafts by revision, and the letters that hold edited ones."""

from __future__ import annotations

from sqlalchemy import select

from archive import issue_changes, letters
from archive.database import Ledger
from archive.draft_files import EDITED_DRAFTS, draft_file, edited_files_of_removed_drafts
from archive.issue_changes import NewIssueRevision
from archive.letters import LetterDetails
from archive.removed_drafts import remove_drafts
from archive.schema import issue_revision
from archive.transaction import Transaction
from tests.support.ledger_rows import AT, BULLETIN, keep_letter
from values.draft import News
from values.issue import IssueNumber
from values.letter import Verdict

NUMBER = IssueNumber(70, "running", 2022)


def drafted(ledger: Transaction, revisions: int) -> list[int]:
    """Ids of the rows of the revisions of one draft."""
    issue = issue_changes.begin_issue(ledger, BULLETIN, NUMBER, AT.date(), at=AT)
    for number in range(1, revisions + 1):
        new = NewIssueRevision(number, AT.date(), (), f"issues/70-r{number}.docx", f"{number}" * 64, News())
        issue_changes.write_revision(ledger, issue, new, at=AT)
    return list(ledger.sql.execute(select(issue_revision.c.id).order_by(issue_revision.c.number)).scalars())


def edited(ledger: Transaction, about: str) -> int:
    letter = keep_letter(ledger, about)
    details = LetterDetails(message_id=f"<{EDITED_DRAFTS}.{about}.0123456789abcdef@example.org>")
    letters.settle(ledger, letter, Verdict.IGNORED, "改过的送审稿", at=AT, details=details)
    return letter


def test_each_revision_has_its_own_file_until_it_is_removed(ledger: Ledger) -> None:
    with ledger.writing() as writing:
        first, _ = drafted(writing, 2)
        remove_drafts(writing, [first], at=AT)
        files = [draft_file(writing, BULLETIN, "running", 70, number) for number in (1, 2, 3)]
    assert [file and (file.path, file.removed) for file in files] == [
        ("issues/70-r1.docx", True),
        ("issues/70-r2.docx", False),
        None,
    ]


def test_edited_files_are_named_by_the_draft_that_was_removed(ledger: Ledger) -> None:
    """Also one that was made when the bulletin had another id."""
    with ledger.writing() as writing:
        first, _ = drafted(writing, 2)
        ids = [edited(writing, about) for about in ("wuxing.running.70.1", "wuxing.running.70.2", "old.running.70.1")]
        assert edited_files_of_removed_drafts(writing, BULLETIN) == []
        remove_drafts(writing, [first], at=AT)
        assert edited_files_of_removed_drafts(writing, BULLETIN) == [ids[0], ids[2]]
