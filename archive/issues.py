"""Issues in the ledger: one open draft of each kind, numbers without gaps, files named once and never changed."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from datetime import date, datetime
from typing import Any, Final, Literal

from pydantic import TypeAdapter
from sqlalchemy import (
    BindParameter,
    ColumnElement,
    Row,
    RowMapping,
    and_,
    bindparam,
    delete,
    func,
    insert,
    select,
    update,
)

from archive.articles import publish
from archive.database import batches
from archive.schema import article, issue, issue_article, issue_file, issue_revision
from archive.search import index_issues
from archive.transaction import Transaction
from values.draft import News
from values.errors import BadUsage
from values.issue import IssueNumber, IssueStatus

_NEWS: Final = TypeAdapter(News)
_PRINTED: Final = "printed"
"""Beside the news of a revision."""

# What belongs to several issues at once. Built once: building a statement takes longer than its answer.
_IDS: Final[BindParameter[Any]] = bindparam("ids", expanding=True)
_CONTENTS: Final = (
    select(issue_article).where(issue_article.c.issue_id.in_(_IDS)).order_by(issue_article.c.issue_id, "position")
)
_DRAFTS: Final = (
    select(issue_revision)
    .join(issue, and_(issue.c.id == issue_revision.c.issue_id, issue.c.revision == issue_revision.c.number))
    .where(issue.c.id.in_(_IDS))
)
_FILES: Final = select(issue_file).where(issue_file.c.issue_id.in_(_IDS)).order_by(issue_file.c.id)

FileKind = Literal["docx", "pdf", "manifest"]


@dataclass(frozen=True, slots=True)
class IssueFile:
    """A file of a signed-off issue, relative to data_dir. size: octets."""

    kind: FileKind
    path: str
    sha256: str
    size: int


@dataclass(frozen=True, slots=True)
class IssueRecord:
    """An issue as it stands. articles: (article id, its revision) in printed order.

    draft: the file of its last revision, relative to data_dir, "" before the first; sha256: of that file; news: what
    was new in it. final: the files made at sign-off, those that are complete. printed: the SHA-256 of the draft as it
    would be printed, without page numbers; "" for one made before that was kept. editors_note: 按语 as it was printed,
    "" before the sign-off.
    """

    id: int
    bulletin: str
    number: IssueNumber
    dated: date
    status: IssueStatus
    revision: int
    articles: tuple[tuple[int, int], ...]
    draft: str
    sha256: str
    news: News
    final: tuple[IssueFile, ...]
    made_at: datetime
    decided_at: datetime | None
    decided_by: str | None
    printed: str = ""
    editors_note: str = ""

    @property
    def files(self) -> tuple[str, ...]:
        """All that belong to it, relative to data_dir, the one that counts first."""
        return (*(file.path for file in self.final), *((self.draft,) if self.draft else ()))


def open_draft(ledger: Transaction, bulletin: str, *, supplement: bool = False) -> IssueRecord | None:
    """The ordinary draft, or that of the next supplement: each may stand open beside the other."""
    of_kind = (issue.c.bulletin == bulletin, issue.c.supplement == supplement)
    found = _issues(ledger, *of_kind, issue.c.status == IssueStatus.DRAFT.value)
    return found[0] if found else None


def next_number(
    ledger: Transaction,
    bulletin: str,
    numbering: Literal["running", "yearly"],
    year: int,
    first_number: int,
    *,
    supplement: bool = False,
) -> IssueNumber:
    """The number after the series' last one that was not discarded.

    `first_number` begins a running series, or the yearly series of a bulletin that has no issue of its kind (ordinary,
    supplement) yet; later years begin with 1. Call it inside the transaction that inserts the issue.
    """
    series = IssueNumber(1, numbering, year, supplement).series
    alive = (*_alive(bulletin), issue.c.supplement == supplement)
    last = ledger.sql.execute(select(func.max(issue.c.number)).where(*alive, issue.c.series == series)).scalar()
    if last is not None:
        return IssueNumber(last + 1, numbering, year, supplement)
    fresh = numbering == "running" or not ledger.sql.execute(select(issue.c.id).where(*alive).limit(1)).first()
    return IssueNumber(first_number if fresh else 1, numbering, year, supplement)


def made_before(ledger: Transaction, bulletin: str, draft: IssueRecord | None) -> int:
    """How many issues were begun before the draft; before one that is still to be begun. Discarded ones and
    supplements are not counted."""
    alive = (*_alive(bulletin), issue.c.supplement.is_(False))
    earlier = (issue.c.id < draft.id,) if draft else ()
    return ledger.sql.execute(select(func.count()).select_from(issue).where(*alive, *earlier)).scalar_one()


def _alive(bulletin: str) -> tuple[ColumnElement[bool], ColumnElement[bool]]:
    return (issue.c.bulletin == bulletin, issue.c.status != IssueStatus.DISCARDED.value)


def last_revision_of(ledger: Transaction, bulletin: str, number: IssueNumber) -> int:
    """The highest revision ever made under this number, discarded drafts included: no file name is used twice."""
    highest = select(func.max(issue.c.revision)).where(
        issue.c.bulletin == bulletin, issue.c.series == number.series, issue.c.number == number.number
    )
    return ledger.sql.execute(highest).scalar() or 0


def begin_issue(ledger: Transaction, bulletin: str, number: IssueNumber, dated: date, *, at: datetime) -> int:
    """Reserves the number with a new draft; returns the issue's id. The database refuses a second open draft."""
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


def write_revision(
    ledger: Transaction,
    issue_id: int,
    *,
    number: int,
    dated: date,
    contents: Sequence[tuple[int, int]],
    path: str,
    sha256: str,
    news: News,
    printed: str = "",
    at: datetime,
) -> int:
    """A new revision of a draft: its date, its articles (id, revision) in order, its file. Returns the row's id.

    printed: see IssueRecord.
    """
    ledger.sql.execute(update(issue).where(issue.c.id == issue_id).values(revision=number, dated=dated))
    revision_id = ledger.sql.execute(
        insert(issue_revision)
        .values(
            issue_id=issue_id,
            number=number,
            path=path,
            sha256=sha256,
            news=json.dumps(_NEWS.dump_python(news) | {_PRINTED: printed}, ensure_ascii=False),
            made_at=at,
        )
        .returning(issue_revision.c.id)
    ).scalar_one()
    ledger.sql.execute(delete(issue_article).where(issue_article.c.issue_id == issue_id))
    _let_go(ledger, issue_id)
    for position, (article_id, article_revision) in enumerate(contents):
        ledger.sql.execute(
            insert(issue_article).values(
                issue_id=issue_id, article_id=article_id, position=position, article_revision=article_revision
            )
        )
    ledger.sql.execute(update(article).where(article.c.id.in_([a for a, _ in contents])).values(issue_id=issue_id))
    return int(revision_id)


def news_since(ledger: Transaction, issue_id: int, seen: int) -> tuple[News, ...]:
    """What was new in each revision after the one that was seen."""
    later = (issue_revision.c.issue_id == issue_id, issue_revision.c.number > seen)
    rows = ledger.sql.execute(select(issue_revision.c.news).where(*later).order_by(issue_revision.c.number)).scalars()
    return tuple(_NEWS.validate_json(told) for told in rows)


def record_file(ledger: Transaction, issue_id: int, file: IssueFile, *, at: datetime) -> None:
    """A file of a signed-off issue is complete. The database refuses a second one of its kind."""
    ledger.sql.execute(insert(issue_file).values(issue_id=issue_id, made_at=at, **asdict(file)))


def sign_off(ledger: Transaction, record: IssueRecord, *, who: str, at: datetime, note: str = "") -> IssueRecord:
    """The number becomes final and the articles are published, in one transaction. Returns the issue as it then is.

    note: 按语, as it is printed.
    Raises BadUsage when it is not a draft, or holds an article that was meanwhile decided against. Times that it says
    are in the zone of `at`.
    """
    signed = _end(ledger, record, IssueStatus.SIGNED_OFF, who=who, at=at)
    said = f"{record.number.label}签发"
    for article_id, _ in record.articles:
        publish(ledger, article_id, who=who, note=said, at=at, supplement=record.number.supplement)
    ledger.sql.execute(
        update(article).where(article.c.id.in_([id for id, _ in record.articles])).values(issue_id=record.id)
    )
    ledger.sql.execute(update(issue).where(issue.c.id == record.id).values(editors_note=note))
    index_issues(ledger, [record.id])
    return replace(signed, editors_note=note)


def discard(ledger: Transaction, record: IssueRecord, *, who: str, at: datetime) -> IssueRecord:
    """The draft is withdrawn: its articles are free for the next issue, its number is too. Raises BadUsage as above."""
    discarded = _end(ledger, record, IssueStatus.DISCARDED, who=who, at=at)
    _let_go(ledger, record.id)
    return discarded


def _let_go(ledger: Transaction, issue_id: int) -> None:
    """The issue holds its articles no more. One that was chosen back and forth may still stand in the other draft."""
    holds = and_(issue_article.c.issue_id == issue.c.id, issue_article.c.article_id == article.c.id)
    others = (issue.c.status == IssueStatus.DRAFT.value, issue.c.id != issue_id)
    other = select(func.min(issue.c.id)).join(issue_article, holds).where(*others).scalar_subquery()
    ledger.sql.execute(update(article).where(article.c.issue_id == issue_id).values(issue_id=other))


def _end(ledger: Transaction, record: IssueRecord, to: IssueStatus, *, who: str, at: datetime) -> IssueRecord:
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


def issue_numbered(ledger: Transaction, bulletin: str, number: int, *, supplement: bool = False) -> IssueRecord:
    """The latest issue of that number, one not discarded before a discarded one. Raises BadUsage for none."""
    of_kind = (issue.c.bulletin == bulletin, issue.c.supplement == supplement)
    found = _issues(ledger, *of_kind, issue.c.number == number)
    if not found:
        kind = "增刊" if supplement else ""
        raise BadUsage(f"没有{kind}第 {number} 期（刊物 {bulletin}）。用 issues 命令可查看各期。")
    alive = [record for record in found if record.status is not IssueStatus.DISCARDED]
    return (alive or list(found))[-1]


def issue_known(ledger: Transaction, issue_id: int) -> IssueRecord | None:
    """The issue of that id, None when there is none."""
    return next(iter(_issues(ledger, issue.c.id == issue_id)), None)


def issue_with_id(ledger: Transaction, issue_id: int) -> IssueRecord:
    """The issue as it now is, by the id of a record of it."""
    return _issues(ledger, issue.c.id == issue_id)[0]


def issue_of_bulletin(ledger: Transaction, bulletin: str, issue_id: int) -> IssueRecord | None:
    """None when the bulletin has no such issue."""
    return next(iter(_issues(ledger, issue.c.bulletin == bulletin, issue.c.id == issue_id)), None)


def issues_with_ids(ledger: Transaction, ids: Sequence[int]) -> Sequence[IssueRecord]:
    """Those of the issues that exist, in the order they were begun."""
    return _issues(ledger, issue.c.id.in_(ids))


def issues(ledger: Transaction) -> Sequence[IssueRecord]:
    """All issues of all bulletins, in the order they were begun."""
    return _issues(ledger)


def signed_off_issues(ledger: Transaction) -> Sequence[IssueRecord]:
    """All signed-off issues of all bulletins, in the order they were begun."""
    return _issues(ledger, issue.c.status == IssueStatus.SIGNED_OFF.value)


def last_signed_off(ledger: Transaction, bulletin: str) -> IssueRecord | None:
    """The signed-off issue that was begun last, supplements included; None when there is none."""
    signed_off = (issue.c.bulletin == bulletin, issue.c.status == IssueStatus.SIGNED_OFF.value)
    last = select(func.max(issue.c.id)).where(*signed_off).scalar_subquery()
    return next(iter(_issues(ledger, issue.c.id == last)), None)


def signed_off_dates(ledger: Transaction, bulletin: str) -> Sequence[date]:
    """The printed date of each signed-off issue, in no order."""
    signed_off = (issue.c.bulletin == bulletin, issue.c.status == IssueStatus.SIGNED_OFF.value)
    return ledger.sql.execute(select(issue.c.dated).where(*signed_off)).scalars().all()


def closed_issues(ledger: Transaction, bulletin: str, first: date, last: date) -> Sequence[IssueRecord]:
    """The signed-off and discarded issues dated from `first` to `last`, in the order they were begun."""
    closed = (issue.c.bulletin == bulletin, issue.c.status != IssueStatus.DRAFT.value)
    return _issues(ledger, *closed, issue.c.dated.between(first, last))


def discarded_issues(ledger: Transaction, bulletin: str) -> Sequence[IssueRecord]:
    """In the order they were begun."""
    return _issues(ledger, issue.c.bulletin == bulletin, issue.c.status == IssueStatus.DISCARDED.value)


def _issues(ledger: Transaction, *conditions: ColumnElement[bool]) -> Sequence[IssueRecord]:
    """Issues in the order they were begun."""
    rows = ledger.sql.execute(select(issue).where(*conditions).order_by(issue.c.id)).mappings().all()
    contents: dict[int, list[tuple[int, int]]] = {}
    drafts: dict[int, Row[Any]] = {}
    files: dict[int, list[IssueFile]] = {}
    for ids in batches([row["id"] for row in rows]):
        for part in ledger.sql.execute(_CONTENTS, {"ids": ids}):
            contents.setdefault(part.issue_id, []).append((part.article_id, part.article_revision))
        drafts |= {made.issue_id: made for made in ledger.sql.execute(_DRAFTS, {"ids": ids})}
        for file in ledger.sql.execute(_FILES, {"ids": ids}):
            files.setdefault(file.issue_id, []).append(IssueFile(file.kind, file.path, file.sha256, file.size))
    return [_record(row, contents.get(row["id"], ()), drafts.get(row["id"]), files.get(row["id"], ())) for row in rows]


def _record(
    row: RowMapping, contents: Sequence[tuple[int, int]], made: Row[Any] | None, files: Sequence[IssueFile]
) -> IssueRecord:
    return IssueRecord(
        id=row["id"],
        bulletin=row["bulletin"],
        number=IssueNumber(row["number"], row["numbering"], row["year"], row["supplement"]),
        dated=row["dated"],
        status=IssueStatus(row["status"]),
        revision=row["revision"],
        articles=tuple(contents),
        draft=made.path if made else "",
        sha256=made.sha256 if made else "",
        news=_NEWS.validate_json(made.news) if made else News(),
        final=tuple(files),
        made_at=row["made_at"],
        decided_at=row["decided_at"],
        decided_by=row["decided_by"],
        printed=json.loads(made.news).get(_PRINTED, "") if made else "",
        editors_note=row["editors_note"],
    )
