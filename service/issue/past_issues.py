"""Past issues: by year, with the printed articles and the files."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import groupby
from typing import Final

from archive import articles, corrections, endorsements, issues
from archive.articles import ArticleRecord
from archive.corrections import CorrectionLink
from archive.endorsements import Endorsement
from archive.files import read_unaltered
from archive.issues import IssueRecord
from archive.upper_adoptions import PrintedTitle, titles_in_issues
from service.approval.approvals_of import approvals_that_count
from service.office import Office
from settings.model import BulletinSettings
from values.approval import ApprovalEvent
from values.issue import IssueStatus

_KINDS: Final = {
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "pdf": "application/pdf",
    "ofd": "application/ofd",
    "manifest": "application/json",
    "draft": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
}


@dataclass(frozen=True, slots=True)
class PastYear:
    """The closed issues of one year, the latest first."""

    years: Mapping[int, int]
    """How many issues were signed off in each year, the latest year first."""
    year: int | None
    """The year shown; None when nothing was ever signed off."""
    issues: tuple[IssueRecord, ...]
    """Signed off, without supplements."""
    supplements: tuple[IssueRecord, ...]
    discarded: tuple[IssueRecord, ...]
    headlines: Mapping[int, Sequence[PrintedTitle]] = field(default_factory=dict)
    """The titles of the signed-off issues in printed order, by the id of the issue."""


@dataclass(frozen=True, slots=True)
class PastIssue:
    """An issue that is no draft any more."""

    record: IssueRecord
    editors_note: str
    """Empty when it has none."""
    printed: tuple[ArticleRecord, ...]
    """Its articles in printed order, each with the text that was printed."""
    changed: frozenset[int]
    """The ids of articles that have a later text now."""
    approvals: tuple[ApprovalEvent, ...]
    """Who approved it before the sign-off."""
    endorsements: Mapping[int, Sequence[Endorsement]]
    """批示 by the id of the article; articles without any are left out."""
    corrections: Mapping[int, Sequence[CorrectionLink]]
    """What corrects its articles, by their ids; articles that nothing corrects are left out."""

    @property
    def sections(self) -> tuple[tuple[str, tuple[ArticleRecord, ...]], ...]:
        """The name of each section, "" for the ordinary articles, with its articles."""
        return tuple((name, tuple(records)) for name, records in groupby(self.printed, lambda record: record.section))


@dataclass(frozen=True, slots=True)
class Kept:
    """A file of an issue."""

    data: bytes
    name: str
    """A file name for the person who downloads it."""
    content_type: str
    label: str
    """Of the issue: 第70期."""
    sha256: str
    """Of the bytes."""


def past_year(office: Office, bulletin: BulletinSettings, year: int | None = None) -> PastYear:
    """The issues dated in that year; without a year, or for one without issues, those of the latest with any."""
    with office.ledger.reading() as ledger:
        dates = issues.signed_off_dates(ledger, bulletin.id)
        years = dict(sorted(Counter(dated.year for dated in dates).items(), reverse=True))
        shown = year if year in years else next(iter(years), None)
        if shown is None:
            return PastYear(years, None, (), (), tuple(issues.discarded_issues(ledger, bulletin.id)))
        closed = issues.closed_issues(ledger, bulletin.id, date(shown, 1, 1), date(shown, 12, 31))[::-1]
        headlines = titles_in_issues(ledger, [record.id for record in closed])
    signed_off = [record for record in closed if record.status is IssueStatus.SIGNED_OFF]
    return PastYear(
        years,
        shown,
        tuple(record for record in signed_off if not record.number.supplement),
        tuple(record for record in signed_off if record.number.supplement),
        tuple(record for record in closed if record.status is IssueStatus.DISCARDED),
        headlines,
    )


def past_issue(office: Office, bulletin: BulletinSettings, issue_id: int) -> PastIssue | None:
    """None when the bulletin has no such issue, or it is still a draft."""
    with office.ledger.reading() as ledger:
        issue = _closed(issues.issue_of_bulletin(ledger, bulletin.id, issue_id))
        if issue is None:
            return None
        printed = {record.id: record for record in articles.articles_in_issue(ledger, issue_id)}
        approved = approvals_that_count(ledger, issue)
        links = corrections.corrections_of(ledger, list(printed))
        noted = sorted(endorsements.endorsements_on(ledger, list(printed)), key=lambda row: row.article)
        now = articles.current_revisions(ledger, list(printed))
        changed = frozenset(id for id, revision in now.items() if revision != printed[id].revision)
    in_order = tuple(printed[id] for id, _ in issue.articles if id in printed)
    by_article = {article: tuple(rows) for article, rows in groupby(noted, lambda row: row.article)}
    return PastIssue(issue, issue.editors_note, in_order, changed, approved, by_article, links)


def file_of(office: Office, bulletin: BulletinSettings, issue_id: int, kind: str) -> Kept | None:
    """A file of an issue, by its kind; None when there is none. The path comes from the ledger alone.

    kind: docx, pdf, manifest, or draft for its last revision. Raises StorageFailed when it is missing, FileAltered.
    """
    with office.ledger.reading() as ledger:
        issue = _closed(issues.issue_of_bulletin(ledger, bulletin.id, issue_id))
    if issue is None or kind not in _KINDS:
        return None
    files: dict[str, tuple[str, str]] = {file.kind: (file.path, file.sha256) for file in issue.final}
    if issue.draft:
        files["draft"] = (issue.draft, issue.sha256)
    if kind not in files:
        return None
    extension = {"manifest": "json", "draft": "docx"}.get(kind, kind)
    what = {"manifest": "清单", "draft": f"（送审第{issue.revision}稿）"}.get(kind, "")
    name = f"{bulletin.title}{bulletin.kind}{issue.number.label}{what}.{extension}"
    path, sha256 = files[kind]
    return Kept(read_unaltered(office.data_dir / path, sha256), name, _KINDS[kind], issue.number.label, sha256)


def _closed(record: IssueRecord | None) -> IssueRecord | None:
    return None if record is None or record.status is IssueStatus.DRAFT else record
