"""The texts of articles. Every text that was read from a letter or written by an editor is kept."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from sqlalchemy import and_, bindparam, func, insert, or_, select, union_all, update

from archive import joint_departments, search
from archive.article_changes import write_article
from archive.articles import NUMBER, ArticleRecord, article_named, label_of
from archive.manuscripts import MANUSCRIPT, findings_json
from archive.revision_letters import add_letters, copy_letters, has_text_of
from archive.schema import article, brought_in, issue, letter, revision
from archive.transaction import Transaction
from values.finding import Finding
from values.issue import ArticleStatus, IssueStatus
from values.manuscript import Manuscript

_WITH_SAME_TEXT: Final = union_all(
    select(revision.c.article_id).where(revision.c.content_sha256 == bindparam("content")),
    select(revision.c.article_id).where(revision.c.text_sha256 == bindparam("text")),
)
"""Two lookups: for a join with OR, SQLite goes through all articles of the bulletin (5 ms of 3,000; this 0.03)."""
_SAME: Final = select(func.min(article.c.id)).where(
    article.c.bulletin == bindparam("bulletin"), article.c.id.in_(_WITH_SAME_TEXT)
)
_ROWS_AT_ONCE: Final = 50
"""Rows with texts that are held in memory: 8 kB each."""
_AFTER: Final = (
    select(revision.c.id, revision.c.article_id, revision.c.number, revision.c.manuscript)
    .add_columns(article.c.department, article.c.departments, letter.c.sender, *NUMBER)
    .join(article, article.c.id == revision.c.article_id)
    .join(letter, letter.c.id == revision.c.letter_id)
    .outerjoin(issue, and_(issue.c.id == article.c.issue_id, issue.c.status == IssueStatus.SIGNED_OFF.value))
    .where(article.c.bulletin == bindparam("bulletin"), article.c.received_at >= bindparam("since"))
    .where(revision.c.id > bindparam("last"))
    .order_by(revision.c.id.desc())
    .limit(bindparam("most"))
)
_NEW_ARTICLE: Final = insert(article).returning(article.c.id)
_NEW_REVISION: Final = insert(revision).returning(revision.c.id)
"""Built once: these are executed for every manuscript, and building them takes longer than the answers."""


@dataclass(frozen=True, slots=True)
class NewArticle:
    """An article, or a later text of one, about to be written."""

    bulletin: str
    """Id of its bulletin."""
    section: str
    """Name of the section, "" for the ordinary articles."""
    department: str | None
    """Canonical name, or a guess while it is not confirmed; None: unknown."""
    confirmed: bool
    """False while a person must say which department sent it."""
    received_at: datetime
    attachment: str
    """The file it was read from, as the letter calls it; "": the letter's own text."""
    content_sha256: str
    """Of the manuscript's file."""
    text_sha256: str
    """Of title and text, to recognise the same text in another file."""
    manuscript: Manuscript
    findings: tuple[Finding, ...]
    made_by: str = ""
    """Name of the person who had it made at the desk; "": it was read from a letter."""
    departments: tuple[str, ...] = ()
    """The departments that sign it together, in their order; () or one: no joint work."""


@dataclass(frozen=True, slots=True)
class WrittenArticle:
    """Ids of an article that was just written."""

    article: int
    revision: int
    """Of the row of its first text."""


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
    letters: tuple[int, ...] = ()
    """Ids of letters whose text it has besides that of the letters of `source`."""


@dataclass(frozen=True, slots=True)
class RevisionRecord:
    """One text of an article."""

    id: int
    article: int
    """Id of its article."""
    department: str | None
    """Of the article: canonical name, None: unknown."""
    sender: str
    """Address of the letter that brought the text."""
    issue: str
    """期号 of the signed-off issue that contains the article, "": no issue does."""
    manuscript: Manuscript
    joint: bool = False
    """Whether several departments sign the article."""


@dataclass(frozen=True, slots=True)
class RevisionSummary:
    """One text of an article, without the text."""

    number: int
    made_at: datetime
    made_by: str
    """Name of the editor who wrote it; "": it was read from a letter."""
    attachment: str
    """The file it was read from, as the letter calls it."""
    sender: str
    """Address of that letter."""
    letter_sha256: str
    added_by: str
    """Name of the person who added that letter by hand; "" for one that came by mail."""


def add_article(ledger: Transaction, letter_id: int, new: NewArticle, *, at: datetime) -> int:
    """Writes a new article with its first revision; returns the article's id."""
    return add_first_revision(ledger, letter_id, new, at=at).article


def add_first_revision(ledger: Transaction, letter_id: int, new: NewArticle, *, at: datetime) -> WrittenArticle:
    """`add_article`, with the id of the revision."""
    article_id: int = ledger.sql.execute(
        _NEW_ARTICLE,
        {
            "bulletin": new.bulletin,
            "status": ArticleStatus.DRAFT.value,
            "confirmed": new.confirmed,
            "section": new.section,
            "department": new.department,
            "departments": joint_departments.stored(new.departments),
            "revision": 1,
            "received_at": new.received_at,
        },
    ).scalar_one()
    revision_id = _write_revision(ledger, article_id, 1, letter_id, new, at)
    indexed = search.IndexedRevision(new.bulletin, article_id, 1, new.department, new.received_at, new.manuscript)
    search.index_revision(ledger, indexed)
    return WrittenArticle(article_id, revision_id)


def add_revision(ledger: Transaction, record: ArticleRecord, letter_id: int, new: NewArticle, *, at: datetime) -> int:
    """Writes a later text of an article; returns the revision's number. The earlier texts stay.

    Department, section, status and time of arrival of the article do not change.
    """
    number = record.revision + 1
    _write_revision(ledger, record.id, number, letter_id, new, at)
    search.index_revision(ledger, _indexed(record, number, new.manuscript))
    write_article(ledger, record.id, revision=number)
    return number


def add_edit(ledger: Transaction, record: ArticleRecord, edit: NewEdit, *, at: datetime) -> int:
    """Writes an edited text over the revision of `record`; returns the new revision's number.

    The revisions before stay, and so does the file the text came from: the same file again is recognised.
    """
    number = record.revision + 1
    of_record = (revision.c.article_id == record.id, revision.c.number == (edit.source or record.revision))
    columns = (revision.c.id, revision.c.letter_id, revision.c.attachment, revision.c.content_sha256)
    came_from = dict(ledger.sql.execute(select(*columns).where(*of_record)).mappings().one())
    source_id = came_from.pop("id")
    revision_id: int = ledger.sql.execute(
        _NEW_REVISION,
        {
            "article_id": record.id,
            "number": number,
            **came_from,
            "text_sha256": edit.text_sha256,
            "manuscript": MANUSCRIPT.dump_json(edit.manuscript).decode(),
            "findings": findings_json(edit.findings),
            "made_at": at,
            "made_by": edit.who,
        },
    ).scalar_one()
    copy_letters(ledger, source_id, revision_id)
    add_letters(ledger, record.id, number, edit.letters)
    write_article(ledger, record.id, revision=number)
    search.index_revision(ledger, _indexed(record, number, edit.manuscript))
    return number


def add_findings(ledger: Transaction, record: ArticleRecord, findings: Sequence[Finding]) -> None:
    """Adds findings to the present text of the article, about which a letter says something; the text stays."""
    this = (revision.c.article_id == record.id, revision.c.number == record.revision)
    written = findings_json((*findings, *record.findings))
    ledger.sql.execute(update(revision).where(*this).values(findings=written))
    write_article(ledger, record.id)


def _write_revision(
    ledger: Transaction, article_id: int, number: int, letter_id: int, new: NewArticle, at: datetime
) -> int:
    """Returns the id of the revision."""
    revision_id: int = ledger.sql.execute(
        _NEW_REVISION,
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
    return revision_id


def _indexed(record: ArticleRecord, number: int, manuscript: Manuscript) -> search.IndexedRevision:
    return search.IndexedRevision(record.bulletin, record.id, number, record.department, record.received_at, manuscript)


def same_article(ledger: Transaction, new: NewArticle) -> ArticleRecord | None:
    """The bulletin's article that already holds this manuscript: the same file, or the same text in another file.

    Of several, the first; None when there is none.
    """
    same = ledger.sql.execute(
        _SAME, {"bulletin": new.bulletin, "content": new.content_sha256, "text": new.text_sha256}
    ).scalar()
    return None if same is None else article_named(ledger, same)


def articles_with_text(ledger: Transaction, bulletin: str, text_sha256: str) -> Sequence[int]:
    """Ids of the bulletin's articles that have, or had, this text, the first one first."""
    with_text = select(revision.c.article_id).where(revision.c.text_sha256 == text_sha256)
    of_bulletin = select(article.c.id).where(article.c.bulletin == bulletin, article.c.id.in_(with_text))
    return ledger.sql.execute(of_bulletin.order_by(article.c.id)).scalars().all()


def revisions_after(
    ledger: Transaction,
    bulletin: str,
    last: int,
    since: datetime,
    *,
    most: int,
) -> Iterator[RevisionRecord]:
    """The revisions with an id above `last`, of articles received since `since`, the latest first.

    A year's texts take 30 MB: they are parsed one at a time, as the caller takes them. most: of more revisions, the
    latest ones.
    """
    asked = {"bulletin": bulletin, "last": last, "since": since, "most": most}
    for row in ledger.sql.execute(_AFTER, asked, execution_options={"yield_per": _ROWS_AT_ONCE}).mappings():
        yield RevisionRecord(
            id=row["id"],
            article=row["article_id"],
            department=row["department"],
            sender=row["sender"],
            issue=label_of(row),
            manuscript=MANUSCRIPT.validate_json(row["manuscript"]),
            joint=bool(row["departments"]),
        )


def revisions_of(ledger: Transaction, article_id: int) -> Sequence[RevisionSummary]:
    """All texts of an article, the latest first."""
    rows = ledger.sql.execute(
        select(
            revision.c.number,
            revision.c.made_at,
            revision.c.made_by,
            revision.c.attachment,
            letter.c.sender,
            letter.c.sha256,
            func.coalesce(brought_in.c.who, ""),
        )
        .join(letter, letter.c.id == revision.c.letter_id)
        .outerjoin(brought_in, brought_in.c.letter_id == letter.c.id)
        .where(revision.c.article_id == article_id)
        .order_by(revision.c.number.desc())
    )
    return [RevisionSummary(*row) for row in rows]


def last_revisions_from_letters(ledger: Transaction, revisions: Mapping[int, int]) -> Mapping[int, int]:
    """Number of the last revision that a letter brought, by article id, for articles in the revisions given by id."""
    numbers = ledger.sql.execute(
        select(revision.c.article_id, revision.c.number)
        .where(revision.c.article_id.in_(list(revisions)), revision.c.made_by == "")
        .order_by(revision.c.number)
    )
    return {row.article_id: row.number for row in numbers if row.number <= revisions[row.article_id]}


def last_revision_of_others(ledger: Transaction, article_id: int, letter_id: int) -> int | None:
    """Number of the article's last text without a text of this letter; None when all have one."""
    from_elsewhere = (revision.c.article_id == article_id, ~has_text_of(letter_id))
    return ledger.sql.execute(select(func.max(revision.c.number)).where(*from_elsewhere)).scalar()


def has_revision_text_of(ledger: Transaction, article_id: int, number: int, letter_id: int) -> bool:
    """Whether that text of the article has text of the letter."""
    this = (revision.c.article_id == article_id, revision.c.number == number, has_text_of(letter_id))
    return ledger.sql.execute(select(revision.c.id).where(*this)).first() is not None


def as_read(ledger: Transaction, article_id: int) -> Manuscript:
    """The text of the last revision that was read from a letter, not written by an editor; of an article that was split
    from another, and of which no letter has brought a text since, the text that it was given then.

    Raises NoResultFound for an article that does not exist.
    """
    last_read = (
        select(revision.c.manuscript)
        .where(revision.c.article_id == article_id, or_(revision.c.made_by == "", revision.c.number == 1))
        .order_by(revision.c.number.desc())
        .limit(1)
    )
    return MANUSCRIPT.validate_json(ledger.sql.execute(last_read).scalar_one())
