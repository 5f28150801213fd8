"""Articles in the ledger: what was read, each revision kept, and every decision about them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from pydantic import TypeAdapter
from sqlalchemy import (
    ColumnElement,
    Connection,
    RowMapping,
    and_,
    bindparam,
    insert,
    literal,
    or_,
    select,
    update,
)

from archive import search
from archive.schema import article, decision, issue, issue_article, letter, letter_article, outbox, revision
from values.errors import BadUsage, Changed
from values.issue import ArticleStatus, IssueNumber, IssueStatus
from values.letter import Verdict
from values.manuscript import Finding, Manuscript

_MANUSCRIPT: TypeAdapter[Manuscript] = TypeAdapter(Manuscript)
_FINDINGS: TypeAdapter[tuple[Finding, ...]] = TypeAdapter(tuple[Finding, ...])

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

_BY_HAND = frozenset(
    {
        ArticleStatus.DRAFT,
        ArticleStatus.ADOPTED,
        ArticleStatus.HELD,
        ArticleStatus.RETURNED,
        ArticleStatus.REJECTED,
    }
)
_NUMBER = (issue.c.number.label("issue_number"), issue.c.numbering, issue.c.year, issue.c.supplement)
_FOR_ISSUES = (ArticleStatus.DRAFT, ArticleStatus.ADOPTED)


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
class ArticleRecord:
    """An article as it stands. `issue`: the number of the issue it is in, None for none; issue_label: with its series.

    made_by: the editor who wrote this revision, "" for one that was read from its letter. position: the editor's own
    place among the articles of its section, None for where the office's order puts it. version: raised by every change.
    """

    id: int
    bulletin: str
    status: ArticleStatus
    confirmed: bool
    section: str
    department: str | None
    revision: int
    received_at: datetime
    manuscript: Manuscript
    findings: tuple[Finding, ...]
    letter_sha256: str
    attachment: str
    content_sha256: str
    issue: int | None
    made_by: str = ""
    position: int | None = None
    for_supplement: bool = False
    version: int = 1
    issue_label: str = ""


@dataclass(frozen=True, slots=True)
class RevisionRecord:
    """One text of an article, with the sender of its letter. issue: the label of the signed-off one it is in, or ""."""

    id: int
    article: int
    department: str | None
    sender: str
    issue: str
    manuscript: Manuscript


def add_article(ledger: Connection, letter_id: int, new: NewArticle, *, at: datetime) -> int:
    """Writes a first revision; returns the article's id."""
    article_id = ledger.execute(
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


def add_revision(ledger: Connection, record: ArticleRecord, letter_id: int, new: NewArticle, *, at: datetime) -> int:
    """Writes a later text of an article, the earlier ones are kept; returns the revision's number.

    Whose it is, its section, its status and when it came stay those of the article.
    """
    number = record.revision + 1
    _write_revision(ledger, record.id, number, letter_id, new, at)
    _change(ledger, record.id, revision=number)
    return number


def add_edit(
    ledger: Connection,
    record: ArticleRecord,
    manuscript: Manuscript,
    findings: Sequence[Finding],
    text_sha256: str,
    *,
    who: str,
    at: datetime,
    source: int | None = None,
) -> int:
    """Writes the text as an editor would have it, over the revision of `record`; returns the new revision's number.

    The revisions before stay, and so does the file it came from: the same file again is still known.
    source: the revision whose file that is, where it is not the one of `record`.
    """
    number = record.revision + 1
    of_record = (revision.c.article_id == record.id, revision.c.number == (source or record.revision))
    columns = (revision.c.letter_id, revision.c.attachment, revision.c.content_sha256)
    came_from = ledger.execute(select(*columns).where(*of_record)).one()
    revision_id = ledger.execute(
        insert(revision).returning(revision.c.id),
        {
            "article_id": record.id,
            "number": number,
            **came_from._mapping,
            "text_sha256": text_sha256,
            "manuscript": _MANUSCRIPT.dump_json(manuscript).decode(),
            "findings": _FINDINGS.dump_json(tuple(findings)).decode(),
            "made_at": at,
            "made_by": who,
        },
    ).scalar_one()
    _change(ledger, record.id, revision=number)
    search.index_revisions(ledger, [revision_id])
    return number


def move(ledger: Connection, article_id: int, section: str, position: int | None) -> None:
    """Puts an article into a section, and at the editor's own place there; None for the office's order."""
    _change(ledger, article_id, section=section, position=position)


def choose_for_supplement(ledger: Connection, article_id: int, chosen: bool) -> None:
    """Whether the article goes into the next supplement (增刊) instead of the next ordinary issue."""
    _change(ledger, article_id, for_supplement=chosen)


def refuse_changed(record: ArticleRecord, seen: int | None) -> None:
    """Raises Changed when the article is not the version that the person has seen; None stands for any."""
    if seen is not None and record.version != seen:
        raise Changed(f"稿件 {record.id}《{record.manuscript.title}》刚被别人改过，请看过现在的样子再改。")


def _change(ledger: Connection, article_id: int, **values: object) -> None:
    """Writes to an article's row and raises its version. (Which issue it is in is written with the issue.)"""
    ledger.execute(update(article).where(article.c.id == article_id).values(version=article.c.version + 1, **values))


def _write_revision(
    ledger: Connection, article_id: int, number: int, letter_id: int, new: NewArticle, at: datetime
) -> None:
    revision_id = ledger.execute(
        insert(revision).returning(revision.c.id),
        {
            "article_id": article_id,
            "number": number,
            "letter_id": letter_id,
            "attachment": new.attachment,
            "content_sha256": new.content_sha256,
            "text_sha256": new.text_sha256,
            "manuscript": _MANUSCRIPT.dump_json(new.manuscript).decode(),
            "findings": _FINDINGS.dump_json(new.findings).decode(),
            "made_at": at,
            "made_by": new.made_by,
        },
    ).scalar_one()
    search.index_revisions(ledger, [revision_id])


def same_article(ledger: Connection, new: NewArticle) -> ArticleRecord | None:
    """The bulletin's article that already holds this manuscript: the same file, or the same text in another file."""
    same = ledger.execute(
        _SAME, {"bulletin": new.bulletin, "content": new.content_sha256, "text": new.text_sha256}
    ).scalar()
    return None if same is None else article_named(ledger, same)


def revisions_after(
    ledger: Connection, bulletin: str, last: int, since: datetime, *, most: int
) -> Sequence[RevisionRecord]:
    """The revisions with an id above `last`, of articles received since then, in the order they were made.

    most: of more, the latest.
    """
    rows = ledger.execute(
        select(
            revision.c.id,
            revision.c.article_id,
            revision.c.manuscript,
            article.c.department,
            letter.c.sender,
            *_NUMBER,
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
            issue=_label(row),
            manuscript=_MANUSCRIPT.validate_json(row["manuscript"]),
        )
        for row in reversed(rows.all())
    ]


def articles_of_messages(ledger: Connection, bulletin: str, message_ids: Sequence[str]) -> frozenset[int]:
    """The articles that came of letters with these Message-IDs, or of letters that were answered with these: an index,
    never a key (any sender may use any id)."""
    if not message_ids:
        return frozenset()
    answered = select(outbox.c.letter_id).where(outbox.c.message_id.in_(message_ids))
    found = (
        select(letter_article.c.article_id)
        .join(letter, letter.c.id == letter_article.c.letter_id)
        .where(letter.c.bulletin == bulletin, or_(letter.c.message_id.in_(message_ids), letter.c.id.in_(answered)))
    )
    return frozenset(ledger.execute(found).scalars())


def confirm(
    ledger: Connection, article_id: int, department: str | None, verdict: Verdict, reason: str, *, at: datetime
) -> None:
    """A person, or a letter from a known sender, has said whose article it is.

    The letters that waited for that get `verdict` and `reason`.
    """
    _change(ledger, article_id, confirmed=True, department=department)
    came_with = letter.c.id.in_(select(letter_article.c.letter_id).where(letter_article.c.article_id == article_id))
    ledger.execute(
        update(letter)
        .where(letter.c.verdict == Verdict.UNCONFIRMED.value, came_with)
        .values(verdict=verdict.value, reason=reason, decided_at=at)
    )
    search.index_letters(ledger, ledger.execute(select(letter.c.id).where(came_with)).scalars().all())
    _index(ledger, article_id)


def _index(ledger: Connection, article_id: int) -> None:
    """Every text of it is found under its department."""
    of_article = select(revision.c.id).where(revision.c.article_id == article_id)
    search.index_revisions(ledger, ledger.execute(of_article).scalars().all())


def assign(ledger: Connection, article_id: int, department: str) -> None:
    """An editor has said which department's article it is."""
    _change(ledger, article_id, department=department)
    _index(ledger, article_id)


def change_status(
    ledger: Connection, article_id: int, to: ArticleStatus, *, who: str, note: str, at: datetime
) -> ArticleRecord:
    """The one place where an article's status changes. Records who, when and why; returns the article as it then is.

    Deciding `adopted` also confirms an article whose sender was unknown. Raises BadUsage for an unknown article, and
    for any change by hand from or to `published`: that comes and goes with the sign-off of its issue (`publish`).
    """
    record = article_named(ledger, article_id)
    if record.status is ArticleStatus.PUBLISHED:
        raise BadUsage(f"稿件 {article_id} 已在{record.issue_label}刊发，不能再改状态；有误请在下一期更正。")
    if to not in _BY_HAND:
        raise BadUsage("“已刊发”由签发产生，不能手工设定。请用 sign-off 签发它所在的那一期。")
    _write_status(ledger, record, to, who=who, note=note, at=at)
    if to is ArticleStatus.ADOPTED and not record.confirmed:
        reason = f"来源已由编辑确认（{who}），稿件 {article_id}"
        confirm(ledger, article_id, record.department, Verdict.ARTICLE, reason, at=at)
    return article_named(ledger, article_id)


def publish(
    ledger: Connection, article_id: int, *, who: str, note: str, at: datetime, supplement: bool = False
) -> None:
    """The status an article gets from the sign-off of its issue. Raises BadUsage when it was decided against since, or
    chosen for an issue of the other kind."""
    record = article_named(ledger, article_id)
    why = ""
    if record.status not in _FOR_ISSUES:
        why = f"改为{record.status.chinese}"
    elif record.for_supplement is not supplement:
        why = "改入增刊" if record.for_supplement else "从增刊改回普通一期"
    if why:
        raise BadUsage(
            f"稿件 {article_id}《{record.manuscript.title}》已{why}，但还在草稿里。"
            "请先重新编排（assemble），看过新草稿再签发。"
        )
    _write_status(ledger, record, ArticleStatus.PUBLISHED, who=who, note=note, at=at)


def _write_status(
    ledger: Connection, record: ArticleRecord, to: ArticleStatus, *, who: str, note: str, at: datetime
) -> None:
    _change(ledger, record.id, status=to.value)
    ledger.execute(
        insert(decision).values(
            article_id=record.id, before=record.status.value, after=to.value, who=who, note=note, decided_at=at
        )
    )


def articles_for_issue(ledger: Connection, bulletin: str, *, supplement: bool = False) -> Sequence[ArticleRecord]:
    """What the next issue takes: confirmed articles in `draft` or `adopted`, in the order they were received.

    A supplement takes those that were chosen for it, the ordinary issue all others.
    """
    return articles(
        ledger,
        article.c.bulletin == bulletin,
        article.c.for_supplement == supplement,
        article.c.confirmed,
        article.c.status.in_([status.value for status in _FOR_ISSUES]),
    )


def article_named(ledger: Connection, article_id: int) -> ArticleRecord:
    """Raises BadUsage when there is no such article."""
    found = articles(ledger, article.c.id == article_id)
    if not found:
        raise BadUsage(f"没有编号为 {article_id} 的稿件。用 articles 命令可查看全部稿件。")
    return found[0]


def revision_numbered(ledger: Connection, article_id: int, number: int) -> ArticleRecord:
    """The article as it stands, with the text, findings and file of that revision. Raises BadUsage for none such."""
    found = articles(ledger, article.c.id == article_id, of=literal(number))
    if not found:
        raise BadUsage(f"稿件 {article_id} 没有第 {number} 稿。")
    return found[0]


def as_read(ledger: Connection, article_id: int) -> Manuscript:
    """The text of the last revision that was read from a letter, before any editor touched it."""
    read = (
        select(revision.c.manuscript)
        .where(revision.c.article_id == article_id, revision.c.made_by == "")
        .order_by(revision.c.number.desc())
        .limit(1)
    )
    return _MANUSCRIPT.validate_json(ledger.execute(read).scalar_one())


def articles_in_issue(ledger: Connection, issue_id: int) -> Sequence[ArticleRecord]:
    """The articles of an issue, each with the revision that stands in it, in the order they were received."""
    of_issue = select(issue_article.c.article_id).where(issue_article.c.issue_id == issue_id)
    printed = select(issue_article.c.article_revision).where(
        issue_article.c.issue_id == issue_id, issue_article.c.article_id == article.c.id
    )
    return articles(ledger, article.c.id.in_(of_issue), of=printed.scalar_subquery())


def articles(
    ledger: Connection, *conditions: ColumnElement[bool], of: ColumnElement[int] = article.c.revision
) -> Sequence[ArticleRecord]:
    """Articles in the order they were received. of: the number of the revision wanted, the current one if not said."""
    rows = ledger.execute(
        select(
            article,
            revision.c.number.label("revision_number"),
            revision.c.manuscript,
            revision.c.findings,
            revision.c.attachment,
            revision.c.content_sha256,
            revision.c.made_by,
            letter.c.sha256.label("letter_sha256"),
            *_NUMBER,
        )
        .select_from(article)
        .join(revision, and_(revision.c.article_id == article.c.id, revision.c.number == of))
        .join(letter, letter.c.id == revision.c.letter_id)
        .outerjoin(issue, and_(issue.c.id == article.c.issue_id, issue.c.status != IssueStatus.DISCARDED.value))
        .where(*conditions)
        .order_by(article.c.received_at, article.c.id)
    ).mappings()
    return [
        ArticleRecord(
            id=row["id"],
            bulletin=row["bulletin"],
            status=ArticleStatus(row["status"]),
            confirmed=row["confirmed"],
            section=row["section"],
            department=row["department"],
            revision=row["revision_number"],
            received_at=row["received_at"],
            manuscript=_MANUSCRIPT.validate_json(row["manuscript"]),
            findings=_FINDINGS.validate_json(row["findings"]),
            letter_sha256=row["letter_sha256"],
            attachment=row["attachment"],
            content_sha256=row["content_sha256"],
            issue=row["issue_number"],
            made_by=row["made_by"],
            position=row["position"],
            for_supplement=row["for_supplement"],
            version=row["version"],
            issue_label=_label(row),
        )
        for row in rows
    ]


def _label(row: RowMapping) -> str:
    """期号 of the issue joined to the row, "" for none."""
    if row["issue_number"] is None:
        return ""
    return IssueNumber(row["issue_number"], row["numbering"], row["year"], row["supplement"]).label
