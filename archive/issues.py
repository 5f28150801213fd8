"""Issues as the ledger holds them. They are written in `issue_changes`."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final, Literal

from sqlalchemy import (
    BindParameter,
    ColumnElement,
    Row,
    RowMapping,
    and_,
    bindparam,
    func,
    select,
)

from archive.database import batches
from archive.json_form import JsonForm
from archive.schema import issue, issue_article, issue_file, issue_revision
from archive.transaction import Transaction
from values.draft import News
from values.errors import BadUsage
from values.issue import IssueNumber, IssueStatus

NEWS: Final = JsonForm(News)
"""How the news of a revision is stored."""

# For several issues at once. Built once: building a statement takes longer than executing it.
_IDS: Final[BindParameter[Any]] = bindparam("ids", expanding=True)
_CONTENTS: Final = (
    select(issue_article).where(issue_article.c.issue_id.in_(_IDS)).order_by(issue_article.c.issue_id, "position")
)
_DRAFTS: Final = (
    select(issue_revision)
    .join(issue, and_(issue.c.id == issue_revision.c.issue_id, issue.c.revision == issue_revision.c.number))
    .where(issue.c.id.in_(_IDS), issue_revision.c.removed_at.is_(None))
)
_FILES: Final = select(issue_file).where(issue_file.c.issue_id.in_(_IDS)).order_by(issue_file.c.id)

FileKind = Literal["docx", "pdf", "ofd", "manifest"]


@dataclass(frozen=True, slots=True)
class IssueFile:
    """A file of a signed-off issue."""

    kind: FileKind
    path: str
    """Relative to data_dir."""
    sha256: str
    size: int
    """Octets."""


@dataclass(frozen=True, slots=True)
class IssueRecord:
    """An issue as the ledger holds it."""

    id: int
    bulletin: str
    """Id of its bulletin."""
    number: IssueNumber
    dated: date
    """印发日期, as it is printed in the masthead."""
    status: IssueStatus
    revision: int
    """Number of the last revision of its draft; 0 before the first."""
    articles: tuple[tuple[int, int], ...]
    """(article id, number of its revision) in printed order."""
    draft: str
    """The .docx of the last revision, relative to data_dir; "": there is none yet, or it was removed with a letter."""
    sha256: str
    """Of that file; "" before the first."""
    news: News
    """What was new in the last revision."""
    final: tuple[IssueFile, ...]
    """The files made at sign-off, those that are complete, in the order they were made."""
    made_at: datetime
    decided_at: datetime | None
    """When it was signed off or discarded; None for a draft."""
    decided_by: str | None
    """Who signed it off or discarded it; None for a draft."""
    print_sha256: str = ""
    """SHA-256 of the last revision as it would be printed, without page numbers; "" where that was not recorded."""
    editors_note: str = ""
    """按语 as it was printed, a paragraph a line; "" for none, and before the sign-off."""
    responsible_editor: str = ""
    """责任编辑 as it was printed; "" for none, and before the sign-off."""

    @property
    def files(self) -> tuple[str, ...]:
        """Paths of all its files, relative to data_dir: those of the sign-off first."""
        return (*(file.path for file in self.final), *((self.draft,) if self.draft else ()))


def open_draft(ledger: Transaction, bulletin: str, *, supplement: bool = False) -> IssueRecord | None:
    """The open draft of the next ordinary issue, or of the next supplement; None when there is none."""
    of_kind = (issue.c.bulletin == bulletin, issue.c.supplement == supplement)
    drafts = _issues(ledger, *of_kind, issue.c.status == IssueStatus.DRAFT.value)
    return drafts[0] if drafts else None


def news_since(ledger: Transaction, issue_id: int, seen: int) -> tuple[News, ...]:
    """What was new in each revision of the issue after number `seen`, in the order of the revisions."""
    later = (issue_revision.c.issue_id == issue_id, issue_revision.c.number > seen)
    rows = ledger.sql.execute(select(issue_revision.c.news).where(*later).order_by(issue_revision.c.number)).scalars()
    return tuple(NEWS.validate_json(stored) for stored in rows)


def issue_numbered(ledger: Transaction, bulletin: str, number: int, *, supplement: bool = False) -> IssueRecord:
    """The issue of that number: the latest that is not discarded, else the latest. Raises BadUsage for none."""
    of_kind = (issue.c.bulletin == bulletin, issue.c.supplement == supplement)
    records = _issues(ledger, *of_kind, issue.c.number == number)
    if not records:
        kind = "增刊" if supplement else ""
        raise BadUsage(f"没有{kind}第 {number} 期（刊物 {bulletin}）。用 issues 命令可查看各期。")
    kept = [record for record in records if record.status is not IssueStatus.DISCARDED]
    return (kept or list(records))[-1]


def issue_with_id(ledger: Transaction, issue_id: int) -> IssueRecord:
    """The issue of that id. Raises IndexError when there is none."""
    return _issues(ledger, issue.c.id == issue_id)[0]


def issue_of_bulletin(ledger: Transaction, bulletin: str, issue_id: int) -> IssueRecord | None:
    """None when the bulletin has no such issue."""
    return next(iter(_issues(ledger, issue.c.bulletin == bulletin, issue.c.id == issue_id)), None)


def signed_off_issue_of(ledger: Transaction, article_id: int) -> IssueRecord | None:
    """The signed-off issue that prints the article; None when none does."""
    printing = select(issue_article.c.issue_id).where(issue_article.c.article_id == article_id)
    signed_off = issue.c.status == IssueStatus.SIGNED_OFF.value
    return next(iter(_issues(ledger, issue.c.id.in_(printing), signed_off)), None)


def issues_with_ids(ledger: Transaction, ids: Sequence[int]) -> Sequence[IssueRecord]:
    """Those of the issues that exist, in the order they were made."""
    return _issues(ledger, issue.c.id.in_(ids))


def issues(ledger: Transaction) -> Sequence[IssueRecord]:
    """All issues of all bulletins, in the order they were made."""
    return _issues(ledger)


def issues_page(ledger: Transaction, bulletin: str, *, before: int | None, most: int) -> Sequence[IssueRecord]:
    """Issues of the bulletin, drafts and discarded ones too, the latest made first. before: the id with which the last
    page ended, None for the first page. most: issues on a page."""
    conditions = [issue.c.bulletin == bulletin, *([issue.c.id < before] if before is not None else [])]
    wanted = select(issue.c.id).where(*conditions).order_by(issue.c.id.desc()).limit(most)
    return _issues(ledger, issue.c.id.in_(list(ledger.sql.execute(wanted).scalars())))[::-1]


def signed_off_page(ledger: Transaction, bulletin: str, *, before: int | None, most: int) -> Sequence[IssueRecord]:
    """As `issues_page`, of signed-off issues alone."""
    conditions = [issue.c.bulletin == bulletin, issue.c.status == IssueStatus.SIGNED_OFF.value]
    if before is not None:
        conditions.append(issue.c.id < before)
    wanted = select(issue.c.id).where(*conditions).order_by(issue.c.id.desc()).limit(most)
    return _issues(ledger, issue.c.id.in_(list(ledger.sql.execute(wanted).scalars())))[::-1]


def signed_off_issues(ledger: Transaction) -> Sequence[IssueRecord]:
    """All signed-off issues of all bulletins, in the order they were made."""
    return _issues(ledger, issue.c.status == IssueStatus.SIGNED_OFF.value)


def last_signed_off(ledger: Transaction, bulletin: str, *, supplements: bool = True) -> IssueRecord | None:
    """The signed-off issue that was made last; None when there is none. supplements: whether they count too."""
    signed_off = [issue.c.bulletin == bulletin, issue.c.status == IssueStatus.SIGNED_OFF.value]
    if not supplements:
        signed_off.append(~issue.c.supplement)
    last = select(func.max(issue.c.id)).where(*signed_off).scalar_subquery()
    return next(iter(_issues(ledger, issue.c.id == last)), None)


def signed_off_dates(ledger: Transaction, bulletin: str) -> Sequence[date]:
    """The printed date of each signed-off issue, in no order."""
    signed_off = (issue.c.bulletin == bulletin, issue.c.status == IssueStatus.SIGNED_OFF.value)
    return ledger.sql.execute(select(issue.c.dated).where(*signed_off)).scalars().all()


def closed_issues(ledger: Transaction, bulletin: str, first: date, last: date) -> Sequence[IssueRecord]:
    """The signed-off and discarded issues dated from `first` to `last`, in the order they were made."""
    closed = (issue.c.bulletin == bulletin, issue.c.status != IssueStatus.DRAFT.value)
    return _issues(ledger, *closed, issue.c.dated.between(first, last))


def discarded_issues(ledger: Transaction, bulletin: str) -> Sequence[IssueRecord]:
    """The discarded drafts of the bulletin, in the order they were made."""
    return _issues(ledger, issue.c.bulletin == bulletin, issue.c.status == IssueStatus.DISCARDED.value)


def _issues(ledger: Transaction, *conditions: ColumnElement[bool]) -> Sequence[IssueRecord]:
    """Issues in the order they were made, each with its articles, its last draft and its files."""
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
        news=NEWS.validate_json(made.news) if made else News(),
        final=tuple(files),
        made_at=row["made_at"],
        decided_at=row["decided_at"],
        decided_by=row["decided_by"],
        print_sha256=made.print_sha256 if made else "",
        editors_note=row["editors_note"],
        responsible_editor=row["responsible_editor"],
    )
