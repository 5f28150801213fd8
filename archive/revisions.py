"""The texts of articles: each that was read from a letter or written by an editor is kept."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import and_, bindparam, insert, or_, select

from archive import search
from archive.article_changes import write_article
from archive.articles import NUMBER, ArticleRecord, article_named, label_of
from archive.manuscripts import MANUSCRIPT, findings_json
from archive.schema import article, issue, letter, revision
from archive.transaction import Transaction
from values.finding import Finding
from values.issue import ArticleStatus, IssueStatus
from values.manuscript import Manuscript

# Built once: this is asked for every manuscript, and building it takes longer than the answer.
_SAME = (
    select(article.c.id)
    .join(revision, revision.c.article_id == article.c.id)
    .where(
        article.c.bulletin == bindparam("bulletin"),
        or_(revision.c.content_sha256 == bindparam("content"), revision.c.text_sha256 == bindparam("text")),
    )
    .order_by(article.c.id)
    .limit(1)
)


@dataclass(frozen=True, slots=True)
class NewArticle:
    """An article about to be written: whose it is, and what was read.

    content_sha256: of the manuscript file; text_sha256: of its title and text, to recognise the same text in another
    file. confirmed: False while a person must say who sent it. made_by: the person who had it made at the desk, "" for
    what was read from a letter that came.
    """

    bulletin: str
    section: str
    department: str | None
    confirmed: bool
    received_at: datetime
    attachment: str
    content_sha256: str
    text_sha256: str
    manuscript: Manuscript
    findings: tuple[Finding, ...]
    made_by: str = ""


@dataclass(frozen=True, slots=True)
class NewEdit:
    """A text about to be written as an editor would have it."""

    manuscript: Manuscript
    findings: tuple[Finding, ...]
    text_sha256: str
    """Of title and text, to recognise the same text in another file."""
    who: str
    """Name of the editor."""
    source: int | None = None
    """Number of the revision whose file this text comes from, None for the current one."""


@dataclass(frozen=True, slots=True)
class RevisionRecord:
    """One text of an article, with the sender of its letter. issue: the label of the signed-off one it is in, or ""."""

    id: int
    article: int
    department: str | None
    sender: str
    issue: str
    manuscript: Manuscript


def add_article(ledger: Transaction, letter_id: int, new: NewArticle, *, at: datetime) -> int:
    """Writes a first revision; returns the article's id."""
    article_id = ledger.sql.execute(
        insert(article).returning(article.c.id),
        {
            "bulletin": new.bulletin,
            "status": ArticleStatus.DRAFT.value,
            "confirmed": new.confirmed,
            "section": new.section,
            "department": new.department,
            "revision": 1,
            "received_at": new.received_at,
        },
    ).scalar_one()
    _write_revision(ledger, article_id, 1, letter_id, new, at)
    return int(article_id)


def add_revision(ledger: Transaction, record: ArticleRecord, letter_id: int, new: NewArticle, *, at: datetime) -> int:
    """Writes a later text of an article, the earlier ones are kept; returns the revision's number.

    Whose it is, its section, its status and when it came stay those of the article.
    """
    number = record.revision + 1
    _write_revision(ledger, record.id, number, letter_id, new, at)
    write_article(ledger, record.id, revision=number)
    return number


def add_edit(ledger: Transaction, record: ArticleRecord, edit: NewEdit, *, at: datetime) -> int:
    """Writes an edited text over the revision of `record`; returns the new revision's number.

    The revisions before stay, and so does the file the text came from: the same file again is recognised.
    """
    number = record.revision + 1
    of_record = (revision.c.article_id == record.id, revision.c.number == (edit.source or record.revision))
    columns = (revision.c.letter_id, revision.c.attachment, revision.c.content_sha256)
    came_from = ledger.sql.execute(select(*columns).where(*of_record)).one()
    revision_id = ledger.sql.execute(
        insert(revision).returning(revision.c.id),
        {
            "article_id": record.id,
            "number": number,
            **came_from._mapping,
            "text_sha256": edit.text_sha256,
            "manuscript": MANUSCRIPT.dump_json(edit.manuscript).decode(),
            "findings": findings_json(edit.findings),
            "made_at": at,
            "made_by": edit.who,
        },
    ).scalar_one()
    write_article(ledger, record.id, revision=number)
    search.index_revision(ledger, revision_id, edit.manuscript)
    return number


def _write_revision(
    ledger: Transaction, article_id: int, number: int, letter_id: int, new: NewArticle, at: datetime
) -> None:
    revision_id = ledger.sql.execute(
        insert(revision).returning(revision.c.id),
        {
            "article_id": article_id,
            "number": number,
            "letter_id": letter_id,
            "attachment": new.attachment,
            "content_sha256": new.content_sha256,
            "text_sha256": new.text_sha256,
            "manuscript": MANUSCRIPT.dump_json(new.manuscript).decode(),
            "findings": findings_json(new.findings),
            "made_at": at,
            "made_by": new.made_by,
        },
    ).scalar_one()
    search.index_revision(ledger, revision_id, new.manuscript)


def same_article(ledger: Transaction, new: NewArticle) -> ArticleRecord | None:
    """The bulletin's article that already holds this manuscript: the same file, or the same text in another file."""
    same = ledger.sql.execute(
        _SAME, {"bulletin": new.bulletin, "content": new.content_sha256, "text": new.text_sha256}
    ).scalar()
    return None if same is None else article_named(ledger, same)


def revisions_after(
    ledger: Transaction, bulletin: str, last: int, since: datetime, *, most: int
) -> Sequence[RevisionRecord]:
    """The revisions with an id above `last`, of articles received since then, in the order they were made.

    most: of more, the latest.
    """
    rows = ledger.sql.execute(
        select(
            revision.c.id,
            revision.c.article_id,
            revision.c.manuscript,
            article.c.department,
            letter.c.sender,
            *NUMBER,
        )
        .join(article, article.c.id == revision.c.article_id)
        .join(letter, letter.c.id == revision.c.letter_id)
        .outerjoin(issue, and_(issue.c.id == article.c.issue_id, issue.c.status == IssueStatus.SIGNED_OFF.value))
        .where(article.c.bulletin == bulletin, article.c.received_at >= since, revision.c.id > last)
        .order_by(revision.c.id.desc())
        .limit(most)
    ).mappings()
    return [
        RevisionRecord(
            id=row["id"],
            article=row["article_id"],
            department=row["department"],
            sender=row["sender"],
            issue=label_of(row),
            manuscript=MANUSCRIPT.validate_json(row["manuscript"]),
        )
        for row in reversed(rows.all())
    ]


def as_read(ledger: Transaction, article_id: int) -> Manuscript:
    """The text of the last revision that was read from a letter, before any editor touched it."""
    read = (
        select(revision.c.manuscript)
        .where(revision.c.article_id == article_id, revision.c.made_by == "")
        .order_by(revision.c.number.desc())
        .limit(1)
    )
    return MANUSCRIPT.validate_json(ledger.sql.execute(read).scalar_one())
