"""Articles as the ledger holds them. `article_changes` changes them, `revisions` writes their texts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from sqlalchemy import (
    ColumnElement,
    RowMapping,
    Select,
    and_,
    bindparam,
    literal,
    or_,
    select,
)

from archive.database import batches
from archive.joint_departments import departments_of
from archive.manuscripts import MANUSCRIPT, findings_of
from archive.schema import article, article_merger, issue, issue_article, letter, letter_article, outbox, revision
from archive.settled_findings import Settlements, settlements_of, settlements_where
from archive.transaction import Transaction
from values.errors import BadUsage, NotThere
from values.finding import Finding
from values.issue import IN_ISSUE, ArticleStatus, IssueNumber, IssueStatus
from values.manuscript import Manuscript

NUMBER: Final = (issue.c.number.label("issue_number"), issue.c.numbering, issue.c.year, issue.c.supplement)
"""The columns from which `label_of` makes the 期号 of a joined issue."""

_LEFT_OUT: Final = (ArticleStatus.HELD, ArticleStatus.RETURNED, ArticleStatus.REJECTED)


@dataclass(frozen=True, slots=True)
class ArticleRecord:
    """An article with one of its texts, the current one unless the function says otherwise."""

    id: int
    bulletin: str
    """Id of its bulletin."""
    status: ArticleStatus
    confirmed: bool
    """False while a person must say which department sent it."""
    section: str
    """Name of the section, "" for the ordinary articles."""
    department: str | None
    """Canonical name, or a guess while it is not confirmed; None: unknown. The first of several that sign together."""
    revision: int
    """Number of the text, from 1."""
    received_at: datetime
    """When the letter came that brought the first text."""
    manuscript: Manuscript
    findings: tuple[Finding, ...]
    """Each with what an editor has decided about it."""
    letter_sha256: str
    """The letter that brought the text, or the text that an editor has changed into this one."""
    attachment: str
    """The file in that letter, as the letter calls it; "": the letter's own text."""
    content_sha256: str
    """Of that file."""
    issue: int | None
    """Number of the issue that contains it, None: no issue does."""
    made_by: str = ""
    """Name of the editor who wrote the text; "": it was read from its letter."""
    position: int | None = None
    """The editor's place for it in its section, None: the office's order decides."""
    for_supplement: bool = False
    """Chosen for the next supplement (增刊)."""
    version: int = 1
    """Raised by every change; whoever writes over a version that he has not seen gets `Changed`."""
    issue_label: str = ""
    """期号 of the issue that contains it, "": no issue does."""
    departments: tuple[str, ...] = ()
    """The departments that sign it, in their order, the canonical name of each; () where none is known."""
    responsible_editor: str = ""
    """责任编辑: name of the editor who answers for it; "": nobody in particular."""


@dataclass(frozen=True, slots=True)
class ArticleSummary:
    """An article without its text: what an order of articles is made from. Reading it parses nothing."""

    id: int
    section: str
    department: str
    """Canonical name, "": unknown."""
    position: int | None
    """The editor's place for it in its section, None: the office's order decides."""
    status: ArticleStatus
    received_at: datetime
    version: int


def articles_of_messages(ledger: Transaction, bulletin: str, message_ids: Sequence[str]) -> frozenset[int]:
    """The articles of letters that have these Message-IDs, or that were answered by letters out that have them.

    Anybody may write any Message-ID into a letter: the result is where to look, never a proof.
    """
    if not message_ids:
        return frozenset()
    answered = select(outbox.c.letter_id).where(outbox.c.message_id.in_(message_ids))
    referred = (
        select(letter_article.c.article_id)
        .join(letter, letter.c.id == letter_article.c.letter_id)
        .where(letter.c.bulletin == bulletin, or_(letter.c.message_id.in_(message_ids), letter.c.id.in_(answered)))
    )
    return frozenset(ledger.sql.execute(referred).scalars())


def articles_of_subject(ledger: Transaction, bulletin: str, subject: str) -> frozenset[int]:
    """The articles of letters with this subject; none for "". As with Message-IDs, a place to look, never a proof."""
    if not subject:
        return frozenset()
    named = (
        select(letter_article.c.article_id)
        .join(letter, letter.c.id == letter_article.c.letter_id)
        .where(letter.c.bulletin == bulletin, letter.c.subject == subject)
    )
    return frozenset(ledger.sql.execute(named).scalars())


def articles_with_picture(ledger: Transaction, article_ids: Sequence[int], sha256: str) -> Sequence[int]:
    """Those of the articles of which a text has this picture, by the SHA-256 of the picture as it is printed."""
    with_it = revision.c.manuscript.contains(sha256, autoescape=True)
    matching: set[int] = set()
    for some in batches(article_ids):
        rows = ledger.sql.execute(select(revision.c.article_id).where(revision.c.article_id.in_(some), with_it))
        matching.update(rows.scalars())
    return sorted(matching)


def articles_for_issue(ledger: Transaction, bulletin: str, *, supplement: bool = False) -> Sequence[ArticleRecord]:
    """What the next issue takes: confirmed articles in `draft` or `adopted`, in the order they were received.

    A supplement takes those that were chosen for it, the ordinary issue all others.
    """
    return _articles(ledger, *_for_issue(bulletin, supplement))


def summaries_for_issue(ledger: Transaction, bulletin: str, *, supplement: bool = False) -> Sequence[ArticleSummary]:
    """The articles of `articles_for_issue`, without their texts."""
    return _summaries(ledger, *_for_issue(bulletin, supplement))


def summaries_left_out(ledger: Transaction, bulletin: str, since: datetime) -> Sequence[ArticleSummary]:
    """Articles that an editor keeps out of the next issue, in the order they were received, without their texts: those
    returned or rejected that were received since `since`, and all that are held, but for those that were printed as a
    part of another (综合采用)."""
    host = article.alias()
    printed = (
        select(article_merger.c.article_id)
        .join(host, host.c.id == article_merger.c.into_id)
        .where(article_merger.c.undone_at.is_(None), host.c.status == ArticleStatus.PUBLISHED.value)
    )
    return _summaries(
        ledger,
        article.c.bulletin == bulletin,
        article.c.status.in_([status.value for status in _LEFT_OUT]),
        or_(article.c.status == ArticleStatus.HELD.value, article.c.received_at >= since),
        article.c.id.not_in(printed),
    )


def held_articles(ledger: Transaction, bulletin: str) -> Sequence[int]:
    """Ids of the confirmed articles that are held, in the order they were received."""
    held = (article.c.bulletin == bulletin, article.c.confirmed, article.c.status == ArticleStatus.HELD.value)
    ids = select(article.c.id).where(*held).order_by(article.c.received_at, article.c.id)
    return ledger.sql.execute(ids).scalars().all()


def summaries_with_ids(ledger: Transaction, bulletin: str, ids: Sequence[int]) -> Sequence[ArticleSummary]:
    """Those of the articles that the bulletin has, in the order they were received."""
    return _summaries(ledger, article.c.bulletin == bulletin, article.c.id.in_(ids))


def _for_issue(bulletin: str, supplement: bool) -> tuple[ColumnElement[bool], ...]:
    return (
        article.c.bulletin == bulletin,
        article.c.for_supplement == supplement,
        article.c.confirmed,
        article.c.status.in_([status.value for status in IN_ISSUE]),
    )


def _summaries(ledger: Transaction, *conditions: ColumnElement[bool]) -> Sequence[ArticleSummary]:
    rows = ledger.sql.execute(_SUMMARIES.where(*conditions))
    return [
        ArticleSummary(
            id=row.id,
            section=row.section,
            department=row.department or "",
            position=row.position,
            status=ArticleStatus(row.status),
            received_at=row.received_at,
            version=row.version,
        )
        for row in rows
    ]


def is_of_bulletin(ledger: Transaction, article_id: int, bulletin: str) -> bool:
    """Whether there is such an article, and it is one of this bulletin's. Reads no text."""
    wanted = (article.c.id == article_id, article.c.bulletin == bulletin)
    return ledger.sql.execute(select(article.c.id).where(*wanted)).scalar() is not None


def refuse_unknown(ledger: Transaction, article_id: int) -> None:
    """Raises NotThere when there is no such article. Reads no text."""
    if ledger.sql.execute(select(article.c.id).where(article.c.id == article_id)).scalar() is None:
        raise _unknown(article_id)


def _unknown(article_id: int) -> NotThere:
    return NotThere(f"没有编号为 {article_id} 的稿件。用 articles 命令可查看全部稿件。")


def article_named(ledger: Transaction, article_id: int) -> ArticleRecord:
    """Raises NotThere when there is no such article."""
    row = ledger.sql.execute(_CURRENT_BY_ID, {"article": article_id}).mappings().first()
    if row is None:
        raise _unknown(article_id)
    return _with_text(row, settlements_of(ledger, article_id))


def revision_numbered(ledger: Transaction, article_id: int, number: int) -> ArticleRecord:
    """The article with the text, findings and file of that revision. Raises BadUsage when there is no such revision."""
    records = _articles(ledger, article.c.id == article_id, of=literal(number))
    if not records:
        raise BadUsage(f"稿件 {article_id} 没有第 {number} 稿。")
    return records[0]


def articles_in_issue(ledger: Transaction, issue_id: int) -> Sequence[ArticleRecord]:
    """The articles of an issue, each with the revision that it contains, in the order they were received."""
    of_issue = select(issue_article.c.article_id).where(issue_article.c.issue_id == issue_id)
    printed = select(issue_article.c.article_revision).where(
        issue_article.c.issue_id == issue_id, issue_article.c.article_id == article.c.id
    )
    return _articles(ledger, article.c.id.in_(of_issue), of=printed.scalar_subquery())


def articles(ledger: Transaction) -> Sequence[ArticleRecord]:
    """All articles of all bulletins, in the order they were received."""
    return _articles(ledger)


def articles_with_ids(ledger: Transaction, ids: Sequence[int]) -> Sequence[ArticleRecord]:
    """Those of the articles that exist, in the order they were received."""
    return _articles(ledger, article.c.id.in_(ids))


def article_of_bulletin(ledger: Transaction, bulletin: str, article_id: int) -> ArticleRecord | None:
    """None when the bulletin has no such article."""
    records = _articles(ledger, article.c.id == article_id, article.c.bulletin == bulletin)
    return records[0] if records else None


def current_revisions(ledger: Transaction, article_ids: Sequence[int]) -> Mapping[int, int]:
    """The number of the current revision of each of these articles, by article id."""
    rows = ledger.sql.execute(select(article.c.id, article.c.revision).where(article.c.id.in_(article_ids)))
    return {row.id: row.revision for row in rows}


def _select(of: ColumnElement[int], *text: ColumnElement[Any]) -> Select[Any]:
    """Articles in the order they were received, with the columns of `_record`. of: the number of the revision."""
    return (
        select(
            article,
            revision.c.number.label("revision_number"),
            revision.c.attachment,
            revision.c.content_sha256,
            revision.c.made_by,
            letter.c.sha256.label("letter_sha256"),
            *NUMBER,
            *text,
        )
        .select_from(article)
        .join(revision, and_(revision.c.article_id == article.c.id, revision.c.number == of))
        .join(letter, letter.c.id == revision.c.letter_id)
        .outerjoin(issue, and_(issue.c.id == article.c.issue_id, issue.c.status != IssueStatus.DISCARDED.value))
        .order_by(article.c.received_at, article.c.id)
    )


_TEXT: Final = (revision.c.manuscript, revision.c.findings)
# Built once: building a statement takes longer than SQLite takes for one article.
_CURRENT: Final = _select(article.c.revision, *_TEXT)
_CURRENT_BY_ID: Final = _CURRENT.where(article.c.id == bindparam("article"))
_CURRENT_WITHOUT_TEXT: Final = _select(article.c.revision).where(article.c.id == bindparam("article"))
_SUMMARIES: Final = select(
    article.c.id,
    article.c.section,
    article.c.department,
    article.c.position,
    article.c.status,
    article.c.received_at,
    article.c.version,
).order_by(article.c.received_at, article.c.id)


def _articles(
    ledger: Transaction, *conditions: ColumnElement[bool], of: ColumnElement[int] | None = None
) -> Sequence[ArticleRecord]:
    """Articles in the order they were received. of: the number of the revision wanted, None for the current one."""
    statement = _CURRENT if of is None else _select(of, *_TEXT)
    settlements = settlements_where(ledger, *conditions)
    return [_with_text(row, settlements) for row in ledger.sql.execute(statement.where(*conditions)).mappings()]


def reread(ledger: Transaction, record: ArticleRecord) -> ArticleRecord:
    """The article as it is now. Its text is parsed again only where another revision is the current one."""
    row = ledger.sql.execute(_CURRENT_WITHOUT_TEXT, {"article": record.id}).mappings().one()
    if row["revision_number"] != record.revision:
        return article_named(ledger, record.id)
    settlements = settlements_of(ledger, record.id)
    findings = settlements.applied(record.id, record.bulletin, record.manuscript, record.findings)
    return _record(row, record.manuscript, findings)


def _with_text(row: RowMapping, settlements: Settlements) -> ArticleRecord:
    manuscript, findings = MANUSCRIPT.validate_json(row["manuscript"]), findings_of(row["findings"])
    return _record(row, manuscript, settlements.applied(row["id"], row["bulletin"], manuscript, findings))


def _record(row: RowMapping, manuscript: Manuscript, findings: tuple[Finding, ...]) -> ArticleRecord:
    return ArticleRecord(
        id=row["id"],
        bulletin=row["bulletin"],
        status=ArticleStatus(row["status"]),
        confirmed=row["confirmed"],
        section=row["section"],
        department=row["department"],
        revision=row["revision_number"],
        received_at=row["received_at"],
        manuscript=manuscript,
        findings=findings,
        letter_sha256=row["letter_sha256"],
        attachment=row["attachment"],
        content_sha256=row["content_sha256"],
        issue=row["issue_number"],
        made_by=row["made_by"],
        position=row["position"],
        for_supplement=row["for_supplement"],
        version=row["version"],
        issue_label=label_of(row),
        departments=departments_of(row["department"], row["departments"]),
        responsible_editor=row["responsible_editor"],
    )


def label_of(row: RowMapping) -> str:
    """期号 of the issue joined to the row, "" for none."""
    if row["issue_number"] is None:
        return ""
    return IssueNumber(row["issue_number"], row["numbering"], row["year"], row["supplement"]).label
