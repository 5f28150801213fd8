"""The drafts that were mailed, as their letters number the articles, and the codes by which answers are recognised.

The ledger has the fingerprints of the codes, never a code.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from sqlalchemy import func, select, update

from archive.database import insert_if_new, upsert
from archive.json_form import JsonForm
from archive.schema import answer_code, change, issue_letter, issue_revision, mailed_draft, outbox
from archive.transaction import Transaction
from values.issue import ArticleStatus


@dataclass(frozen=True, slots=True)
class MailedArticle:
    """An article as a mailed revision of a draft contains it."""

    id: int
    revision: int
    """Number of its text."""
    status: ArticleStatus
    """What was decided about it then."""
    last_change: int = 0
    """The last line of the record of changes when a reply reported the article; 0 where none has since the draft."""


@dataclass(frozen=True, slots=True)
class MailedDraft:
    """A revision of a draft as it was mailed."""

    articles: tuple[MailedArticle, ...]
    """In the order in which its letters number them."""
    last_change: int
    """The last line of the record of changes when the revision was made: later ones are by somebody who knew more."""
    preparation_change: int = 0
    """The same for 按语 and date, when a reply reported what somebody else did to them; 0 where none has."""

    def with_reported(self, reported: Sequence[MailedArticle], preparation_change: int) -> MailedDraft:
        """After a reply that reported these articles, and 按语 and date as of that line; 0 for not those."""
        later = {article.id: article for article in reported}
        articles = tuple(later.get(article.id, article) for article in self.articles)
        return MailedDraft(articles, self.last_change, preparation_change or self.preparation_change)


@dataclass(frozen=True, slots=True)
class AnswerCode:
    """For whom a code was made, and for what."""

    issue: int
    """Id of the issue."""
    revision: int
    """Number of the draft's revision."""
    person: str
    """Address, in lower case."""
    used_at: datetime | None
    """When an answer with it was followed; None: it is unused."""


_CONTENTS: Final = JsonForm(MailedDraft)


def record_mailed_draft(ledger: Transaction, issue_id: int, revision: int, person: str, draft: MailedDraft) -> None:
    """Records what a person was mailed of a revision, in place of what was recorded before."""
    contents = _CONTENTS.dump_json(draft).decode()
    row = {"issue_id": issue_id, "revision": revision, "person": person, "contents": contents}
    ledger.sql.execute(upsert(ledger, mailed_draft, ("issue_id", "revision", "person")), row)


def mailed_draft_of(ledger: Transaction, issue_id: int, revision: int, person: str) -> MailedDraft | None:
    """None for a revision that the person was never mailed, or before answers were understood."""
    same = (mailed_draft.c.issue_id == issue_id, mailed_draft.c.revision == revision, mailed_draft.c.person == person)
    stored = ledger.sql.execute(select(mailed_draft.c.contents).where(*same)).scalar()
    return None if stored is None else _CONTENTS.validate_json(stored)


def last_mailed_revision(ledger: Transaction, issue_id: int, revision: int, person: str) -> int | None:
    """The number of the last revision, up to that one, that the person was mailed; None for none."""
    same = (mailed_draft.c.issue_id == issue_id, mailed_draft.c.revision <= revision, mailed_draft.c.person == person)
    return ledger.sql.execute(select(func.max(mailed_draft.c.revision)).where(*same)).scalar()


def mailed_revision(ledger: Transaction, message_ids: Sequence[str]) -> tuple[int, int] | None:
    """(id of the issue, number of the revision) that the first of our letters with these Message-IDs was about; None
    when none of them was about a draft. Anybody may write any Message-ID into a letter."""
    for message_id in message_ids:
        of_letter = select(outbox.c.id, outbox.c.issue_revision_id).where(outbox.c.message_id == message_id)
        letter_out = ledger.sql.execute(of_letter).first()
        if letter_out is None:
            continue
        revision = select(issue_revision.c.issue_id, issue_revision.c.number)
        brought = ledger.sql.execute(revision.where(issue_revision.c.id == letter_out.issue_revision_id)).first()
        about = select(issue_letter.c.issue_id, issue_letter.c.revision)
        brought = brought or ledger.sql.execute(about.where(issue_letter.c.outbox_id == letter_out.id)).first()
        if brought is not None:
            return brought[0], brought[1]
    return None


def last_change_in(ledger: Transaction, issue_id: int, revision: int) -> int:
    """The last line of the record of changes when that revision was made; 0 for none."""
    made_at = select(issue_revision.c.made_at).where(
        issue_revision.c.issue_id == issue_id, issue_revision.c.number == revision
    )
    last = select(func.max(change.c.id)).where(change.c.changed_at <= made_at.scalar_subquery())
    return ledger.sql.execute(last).scalar() or 0


def add_code(ledger: Transaction, code_sha256: str, code: AnswerCode) -> None:
    """Adds a code; the same one again changes nothing."""
    values = {"issue_id": code.issue, "revision": code.revision, "person": code.person, "used_at": code.used_at}
    insert_if_new(ledger, answer_code, ("code_sha256",), code_sha256=code_sha256, **values)


def code_with(ledger: Transaction, code_sha256: str) -> AnswerCode | None:
    """The code of that fingerprint, also a used one; None for an unknown one."""
    row = ledger.sql.execute(select(answer_code).where(answer_code.c.code_sha256 == code_sha256)).first()
    return None if row is None else AnswerCode(row.issue_id, row.revision, row.person, row.used_at)


def count_used(ledger: Transaction, issue_id: int, revision: int, person: str) -> int:
    """How many codes of that person for that revision are used up."""
    same = (answer_code.c.issue_id == issue_id, answer_code.c.revision == revision, answer_code.c.person == person)
    used = select(func.count()).select_from(answer_code).where(*same, answer_code.c.used_at.is_not(None))
    return int(ledger.sql.execute(used).scalar_one())


def use_code(ledger: Transaction, code_sha256: str, *, at: datetime) -> None:
    """Uses the code up."""
    ledger.sql.execute(update(answer_code).where(answer_code.c.code_sha256 == code_sha256).values(used_at=at))
