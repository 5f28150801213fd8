"""Every change of an issue: one open draft of each kind, numbers without gaps, files named once and never changed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from datetime import date, datetime
from typing import Literal

from sqlalchemy import ColumnElement, and_, delete, func, insert, select, update

from archive.article_changes import mark_published
from archive.issues import NEWS, IssueFile, IssueRecord, issue_with_id
from archive.preparations import NOTHING_PREPARED, Preparation
from archive.schema import article, issue, issue_article, issue_file, issue_revision
from archive.search import index_issues
from archive.transaction import Transaction
from values.draft import News
from values.errors import BadUsage
from values.issue import IssueNumber, IssueStatus


@dataclass(frozen=True, slots=True)
class NewIssueRevision:
    """A revision of a draft about to be written."""

    number: int
    """Above that of every revision ever made under the issue's number (`last_revision_of`)."""
    dated: date
    contents: Sequence[tuple[int, int]]
    """(article id, number of its revision) in printed order."""
    path: str
    """The .docx, relative to data_dir."""
    sha256: str
    """Of that file."""
    news: News
    print_sha256: str = ""
    """SHA-256 of the revision as it would be printed: without page numbers, cover note and comments; "": not made."""


def next_number(
    ledger: Transaction,
    bulletin: str,
    numbering: Literal["running", "yearly"],
    year: int,
    first_number: int,
    *,
    supplement: bool = False,
) -> IssueNumber:
    """The number after the last one of the series that was not discarded.

    first_number: the first of a running series, and of the first year of a yearly one; later years begin with 1.
    Ordinary issues and supplements have series of their own. Call it in the transaction that inserts the issue.
    """
    series = IssueNumber(1, numbering, year, supplement).series
    kept = (*_not_discarded(bulletin), issue.c.supplement == supplement)
    last = ledger.sql.execute(select(func.max(issue.c.number)).where(*kept, issue.c.series == series)).scalar()
    if last is not None:
        return IssueNumber(last + 1, numbering, year, supplement)
    is_first = numbering == "running" or not ledger.sql.execute(select(issue.c.id).where(*kept).limit(1)).first()
    return IssueNumber(first_number if is_first else 1, numbering, year, supplement)


def made_before(ledger: Transaction, bulletin: str, draft: IssueRecord | None) -> int:
    """How many issues were made before the draft; draft None: before an issue that is not made yet.

    Discarded issues and supplements are not counted.
    """
    kept = (*_not_discarded(bulletin), issue.c.supplement.is_(False))
    earlier = (issue.c.id < draft.id,) if draft else ()
    return ledger.sql.execute(select(func.count()).select_from(issue).where(*kept, *earlier)).scalar_one()


def _not_discarded(bulletin: str) -> tuple[ColumnElement[bool], ColumnElement[bool]]:
    return (issue.c.bulletin == bulletin, issue.c.status != IssueStatus.DISCARDED.value)


def last_revision_of(ledger: Transaction, bulletin: str, number: IssueNumber) -> int:
    """The highest number of a revision ever made under this issue number, 0 for none.

    Discarded drafts count, so that no file name is used twice.
    """
    highest = select(func.max(issue.c.revision)).where(
        issue.c.bulletin == bulletin, issue.c.series == number.series, issue.c.number == number.number
    )
    return ledger.sql.execute(highest).scalar() or 0


def begin_issue(ledger: Transaction, bulletin: str, number: IssueNumber, dated: date, *, at: datetime) -> int:
    """Reserves the number with a new draft; returns the issue's id.

    Raises IntegrityError when the number is taken, or there is an open draft of the kind (ordinary, supplement).
    """
    return int(
        ledger.sql.execute(
            insert(issue)
            .values(
                bulletin=bulletin,
                series=number.series,
                number=number.number,
                numbering=number.numbering,
                year=number.year,
                supplement=number.supplement,
                dated=dated,
                status=IssueStatus.DRAFT.value,
                revision=last_revision_of(ledger, bulletin, number),
                made_at=at,
            )
            .returning(issue.c.id)
        ).scalar_one()
    )


def reserve_number(
    ledger: Transaction, bulletin: str, number: IssueNumber, dated: date, *, who: str, at: datetime
) -> None:
    """Records that an issue of this number was printed, of which the ledger has nothing else: it was restored from a
    backup that is older. It is listed as signed off, without articles and files; its number is never given again.

    Raises IntegrityError when the number is taken.
    """
    id = begin_issue(ledger, bulletin, number, dated, at=at)
    signed_off = {"status": IssueStatus.SIGNED_OFF.value, "decided_at": at, "decided_by": who}
    ledger.sql.execute(update(issue).where(issue.c.id == id).values(signed_off))
    index_issues(ledger, [id])


def write_revision(ledger: Transaction, issue_id: int, new: NewIssueRevision, *, at: datetime) -> int:
    """Writes a new revision of a draft; its articles are no other open draft's from then on. Returns the row's id."""
    ledger.sql.execute(update(issue).where(issue.c.id == issue_id).values(revision=new.number, dated=new.dated))
    revision_id = ledger.sql.execute(
        insert(issue_revision)
        .values(
            issue_id=issue_id,
            number=new.number,
            path=new.path,
            sha256=new.sha256,
            print_sha256=new.print_sha256,
            news=NEWS.dump_json(new.news).decode(),
            made_at=at,
        )
        .returning(issue_revision.c.id)
    ).scalar_one()
    ledger.sql.execute(delete(issue_article).where(issue_article.c.issue_id == issue_id))
    _release_articles(ledger, issue_id)
    for position, (article_id, article_revision) in enumerate(new.contents):
        ledger.sql.execute(
            insert(issue_article).values(
                issue_id=issue_id, article_id=article_id, position=position, article_revision=article_revision
            )
        )
    ledger.sql.execute(
        update(article).where(article.c.id.in_([id for id, _ in new.contents])).values(issue_id=issue_id)
    )
    return int(revision_id)


def record_file(ledger: Transaction, issue_id: int, file: IssueFile, *, at: datetime) -> None:
    """Records that a file of a signed-off issue is complete. Raises IntegrityError for a second file of its kind."""
    ledger.sql.execute(insert(issue_file).values(issue_id=issue_id, made_at=at, **asdict(file)))


def sign_off(
    ledger: Transaction, record: IssueRecord, *, who: str, at: datetime, printed: Preparation = NOTHING_PREPARED
) -> IssueRecord:
    """Makes the number final and the articles published. Returns the issue as it is afterwards.

    printed: 按语 and 责任编辑, as they are printed. Raises BadUsage when the issue is no draft, or contains an article
    that was decided against since the draft was made; times in its message are in the zone of `at`.
    """
    signed = _end(ledger, record, IssueStatus.SIGNED_OFF, who=who, at=at)
    reason = f"{record.number.label}签发"
    for article_id, _ in record.articles:
        mark_published(ledger, article_id, who=who, note=reason, at=at, supplement=record.number.supplement)
    ledger.sql.execute(
        update(article).where(article.c.id.in_([id for id, _ in record.articles])).values(issue_id=record.id)
    )
    with_it = {"editors_note": printed.editors_note, "responsible_editor": printed.responsible_editor}
    ledger.sql.execute(update(issue).where(issue.c.id == record.id).values(with_it))
    index_issues(ledger, [record.id])
    return replace(signed, editors_note=printed.editors_note, responsible_editor=printed.responsible_editor)


def discard(ledger: Transaction, record: IssueRecord, *, who: str, at: datetime) -> IssueRecord:
    """Withdraws the draft: its articles and its number are free again. Returns the issue as it is afterwards.

    Raises BadUsage when the issue is no draft.
    """
    discarded = _end(ledger, record, IssueStatus.DISCARDED, who=who, at=at)
    _release_articles(ledger, record.id)
    return discarded


def _release_articles(ledger: Transaction, issue_id: int) -> None:
    """Takes the articles out of the issue. An article that the other open draft contains too then belongs to that."""
    contains = and_(issue_article.c.issue_id == issue.c.id, issue_article.c.article_id == article.c.id)
    other_drafts = (issue.c.status == IssueStatus.DRAFT.value, issue.c.id != issue_id)
    other = select(func.min(issue.c.id)).join(issue_article, contains).where(*other_drafts).scalar_subquery()
    ledger.sql.execute(update(article).where(article.c.issue_id == issue_id).values(issue_id=other))


def _end(ledger: Transaction, record: IssueRecord, to: IssueStatus, *, who: str, at: datetime) -> IssueRecord:
    """Ends a draft. Raises BadUsage when it is none any more: another process may have ended it since it was read."""
    changed = ledger.sql.execute(
        update(issue)
        .where(issue.c.id == record.id, issue.c.status == IssueStatus.DRAFT.value)
        .values(status=to.value, decided_at=at, decided_by=who)
    ).rowcount
    now = issue_with_id(ledger, record.id)
    if not changed:
        when = f"{now.decided_at.astimezone(at.tzinfo):%Y-%m-%d %H:%M}" if now.decided_at else ""
        raise BadUsage(f"{record.number.label}已于 {when} 由 {now.decided_by} {now.status.chinese}，不能再改。")
    return now
