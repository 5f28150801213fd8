"""Issues that are signed off, for whoever looks one up: by year, with what was printed and the files."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import Final

from archive import articles, issues
from archive.articles import ArticleRecord
from archive.files import read_file
from archive.issues import IssueRecord
from service.office import Office
from settings.model import BulletinSettings
from values.issue import IssueStatus

_KINDS: Final = {
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "pdf": "application/pdf",
    "manifest": "application/json",
    "draft": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
}


@dataclass(frozen=True, slots=True)
class PastYear:
    """years: how many were signed off in each, the latest first; year: the one shown, None when there is none."""

    years: Mapping[int, int]
    year: int | None
    issues: tuple[IssueRecord, ...]
    supplements: tuple[IssueRecord, ...]
    discarded: tuple[IssueRecord, ...]


@dataclass(frozen=True, slots=True)
class PastIssue:
    """An issue that is no draft any more. printed: its articles in printed order, each as it was printed; changed: the
    ids of those that have a later text now."""

    record: IssueRecord
    editors_note: str
    printed: tuple[ArticleRecord, ...]
    changed: frozenset[int]

    @property
    def sections(self) -> tuple[tuple[str, tuple[ArticleRecord, ...]], ...]:
        """The name of each section, "" for the ordinary articles, with what stands in it."""
        return tuple((name, tuple(found)) for name, found in groupby(self.printed, lambda one: one.section))


@dataclass(frozen=True, slots=True)
class Kept:
    """A file of an issue. name: what to call it when it is kept elsewhere."""

    data: bytes
    name: str
    content_type: str


def past_year(office: Office, bulletin: BulletinSettings, year: int | None = None) -> PastYear:
    """Of the year in which they are dated, the latest first; without a year, or for one that has none, the last."""
    with office.ledger.reading() as ledger:
        dates = issues.signed_off_dates(ledger, bulletin.id)
        years = dict(sorted(Counter(dated.year for dated in dates).items(), reverse=True))
        shown = year if year in years else next(iter(years), None)
        if shown is None:
            return PastYear(years, None, (), (), tuple(issues.discarded_issues(ledger, bulletin.id)))
        found = issues.closed_issues(ledger, bulletin.id, date(shown, 1, 1), date(shown, 12, 31))[::-1]
    signed_off = [one for one in found if one.status is IssueStatus.SIGNED_OFF]
    return PastYear(
        years,
        shown,
        tuple(one for one in signed_off if not one.number.supplement),
        tuple(one for one in signed_off if one.number.supplement),
        tuple(one for one in found if one.status is IssueStatus.DISCARDED),
    )


def past_issue(office: Office, bulletin: BulletinSettings, issue_id: int) -> PastIssue | None:
    """None when the bulletin has no such issue, or it is still a draft."""
    with office.ledger.reading() as ledger:
        found = _closed(issues.issue_of_bulletin(ledger, bulletin.id, issue_id))
        if found is None:
            return None
        printed = {one.id: one for one in articles.articles_in_issue(ledger, issue_id)}
        now = articles.current_revisions(ledger, list(printed))
        changed = frozenset(id for id, revision in now.items() if revision != printed[id].revision)
    in_order = tuple(printed[id] for id, _ in found.articles if id in printed)
    return PastIssue(found, found.editors_note, in_order, changed)


def file_of(office: Office, bulletin: BulletinSettings, issue_id: int, kind: str) -> Kept | None:
    """A file of an issue, by its kind; None when there is none. The path comes from the ledger alone.

    draft: the last revision that was made of it. Raises StorageFailed when the file is not there any more.
    """
    with office.ledger.reading() as ledger:
        found = _closed(issues.issue_of_bulletin(ledger, bulletin.id, issue_id))
    if found is None or kind not in _KINDS:
        return None
    paths = {file.kind: file.path for file in found.final} | ({"draft": found.draft} if found.draft else {})
    if kind not in paths:
        return None
    extension = {"manifest": "json", "draft": "docx"}.get(kind, kind)
    what = {"manifest": "清单", "draft": f"（送审第{found.revision}稿）"}.get(kind, "")
    name = f"{bulletin.title}{bulletin.kind}{found.number.label}{what}.{extension}"
    return Kept(read_file(office.data_dir / paths[kind]), name, _KINDS[kind])


def _closed(record: IssueRecord | None) -> IssueRecord | None:
    return None if record is None or record.status is IssueStatus.DRAFT else record
