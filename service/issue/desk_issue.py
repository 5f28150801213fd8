"""The content of the page 本期, as one value, from a fixed number of queries."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final

from archive import articles, issues
from archive.article_mergers import mergers_of
from archive.articles import ArticleRecord
from archive.decisions import Decision, last_decisions
from archive.issues import IssueRecord
from archive.letter_pages import count_verdicts
from archive.letters import reasons_flagged
from archive.preparations import Preparation, preparation_of
from archive.transaction import Transaction
from archive.viewings import Viewing, viewings_of
from service.commission.overview import ListedCommission, commissions_at_hand
from service.issue.arrange import section_title
from service.issue.issue_order import order_by_section
from service.issue.preview import IssueNow, issue_now
from service.issue.reporting import Reporting, reporting
from service.issue.row_findings import RowFinding, row_findings
from service.office import Office
from settings.model import BulletinSettings
from values.finding import Severity
from values.issue import ArticleStatus, IssueNumber
from values.letter import Verdict
from values.manuscript import Picture, Table

_WAITING: Final = (Verdict.UNCONFIRMED, Verdict.QUARANTINED, Verdict.QUESTION)
"""The verdicts of letters that wait for a person."""
_COMMISSIONS_SINCE: Final = timedelta(days=30)
"""How long after its deadline a commission is shown from which an answer is missing; the statistics keep it."""
_AS_FAR_BACK: Final = timedelta(days=120)
_MOST_ASIDE: Final = 25
NEW, CHANGED, SEEN = "new", "changed", ""


@dataclass(frozen=True, slots=True)
class ArticleRow:
    """An article on the page."""

    id: int
    version: int
    """Raised by every change of the article."""
    title: str
    department: str
    """Canonical name, "" while it is not known."""
    status: ArticleStatus
    characters: int
    """Of the body, without white space."""
    pictures: int
    tables: int
    errors: int
    warnings: int
    remarks: int
    """Findings that are neither errors nor warnings; of all three, those that are open."""
    news: str
    """NEW, CHANGED or SEEN: compared with the text that the person opened last."""
    mended: bool
    """Whether it is the department's answer to a return."""
    edited_by: str
    """Name of the editor who wrote the text; "" for the department's own."""
    placed: bool
    """Whether the editor gave it its place."""
    received_at: datetime
    why_flagged: str
    """Chinese: what in its letter needs the editor's eye, "" for nothing."""
    findings: tuple[RowFinding, ...]
    """The gravest of those that are open."""


@dataclass(frozen=True, slots=True)
class SectionRows:
    """A section on the page, also one without articles: articles can be moved to it."""

    name: str
    """As the ledger has it, "" for the ordinary articles."""
    title: str
    """As people read it."""
    rows: tuple[ArticleRow, ...]


@dataclass(frozen=True, slots=True)
class AsideRow:
    """An article that is not in the issue, and the decision that took it out."""

    row: ArticleRow
    decision: Decision | None
    merged_into: int | None = None
    """Id of the article that has its text (综合采用); None: it stands by itself."""


@dataclass(frozen=True, slots=True)
class IssueView:
    """The content of the page for one person."""

    now: IssueNow
    """The issue as it would be printed now."""
    sections: tuple[SectionRows, ...]
    """In printed order."""
    aside: tuple[AsideRow, ...]
    """Articles that are not in the issue, the latest first."""
    reporting: Reporting
    """Which departments have sent nothing for it, and which only what is not in it; empty for a supplement."""
    commissions: tuple[ListedCommission, ...]
    """约稿 that still await an answer or an editor's word, the earliest deadline first; none for a supplement."""
    unconfirmed: int
    """Letters that wait for a person to confirm their sender."""
    quarantined: int
    """Letters that could not be read."""
    questions: int
    """Letters to the editor that wait for an answer."""
    last: IssueRecord | None
    """The issue signed off last; None before the first."""
    other_count: int
    """Articles for the supplement; on the page of the supplement, for the ordinary issue."""
    other_draft: bool
    """Whether there is a draft of that."""
    prepared: Preparation
    mark: str
    """Changes with anything that the list shows."""

    @property
    def number(self) -> IssueNumber:
        return self.now.issue.masthead.number

    @property
    def dated(self) -> date:
        return self.now.issue.masthead.dated

    @property
    def rows(self) -> tuple[ArticleRow, ...]:
        return tuple(row for section in self.sections for row in section.rows)

    @property
    def errors(self) -> int:
        return sum(row.errors for row in self.rows)

    @property
    def unread(self) -> int:
        return sum(bool(row.news) for row in self.rows)


def issue_view(office: Office, bulletin: BulletinSettings, account_id: int, *, supplement: bool = False) -> IssueView:
    """The content of the page of the next issue, or supplement, for the person with this account."""
    with office.ledger.reading() as ledger:
        now = issue_now(office, ledger, bulletin, supplement=supplement)
        other_count = len(articles.summaries_for_issue(ledger, bulletin.id, supplement=not supplement))
        other_draft = issues.open_draft(ledger, bulletin.id, supplement=not supplement)
        prepared = preparation_of(ledger, bulletin.id, supplement=supplement)
        aside = _aside(ledger, bulletin.id, office.now() - _AS_FAR_BACK)
        rows = _rows(ledger, bulletin.id, account_id, (*now.records, *aside))
        decisions = last_decisions(ledger, [record.id for record in aside])
        merged = {id: merger.into for id, merger in mergers_of(ledger, [record.id for record in aside]).items()}
        waiting = count_verdicts(ledger, bulletin.id, _WAITING)
        last = issues.last_signed_off(ledger, bulletin.id)
        reports = Reporting() if supplement else reporting(ledger, bulletin, now.records)
        since, at = office.now() - _COMMISSIONS_SINCE, office.now()
        at_hand = () if supplement else commissions_at_hand(ledger, bulletin.id, since, at)
    return IssueView(
        now=now,
        sections=_sections(bulletin, now, rows),
        aside=tuple(
            AsideRow(rows[record.id], decisions.get(record.id), merged.get(record.id)) for record in reversed(aside)
        ),
        reporting=reports,
        commissions=tuple(at_hand),
        unconfirmed=waiting[Verdict.UNCONFIRMED],
        quarantined=waiting[Verdict.QUARANTINED],
        questions=waiting[Verdict.QUESTION],
        last=last,
        other_count=other_count,
        other_draft=other_draft is not None,
        prepared=prepared,
        mark=_mark(now, aside, waiting, (other_count, prepared.version, at_hand)),
    )


@dataclass(frozen=True, slots=True)
class PlacedRow:
    """A row with its place in the list."""

    row: ArticleRow
    section: SectionRows
    """Its section, without the other rows."""
    place: int
    """Within the section, from 1."""
    is_last: bool
    """Whether no article of its section follows."""
    sections: tuple[SectionRows, ...]
    """All sections in printed order, without rows: where the article can be moved to."""


def placed_row(
    office: Office, bulletin: BulletinSettings, account_id: int, record: ArticleRecord, *, supplement: bool = False
) -> PlacedRow | None:
    """One row of `issue_view`; None where the article is not in that issue. No text of another article is read."""
    with office.ledger.reading() as ledger:
        by_section = order_by_section(ledger, bulletin, supplement=supplement)
        rows = _rows(ledger, bulletin.id, account_id, [record])
    sections = {name: SectionRows(name, section_title(name), ()) for name in _shown_sections(bulletin, by_section)}
    for name, in_section in by_section.items():
        ids = [article.id for article in in_section]
        if record.id in ids:
            place = ids.index(record.id) + 1
            return PlacedRow(rows[record.id], sections[name], place, place == len(ids), tuple(sections.values()))
    return None


def _aside(ledger: Transaction, bulletin: str, since: datetime) -> Sequence[ArticleRecord]:
    """The latest articles that are not in the issue, in the order they were received; held ones last, and so
    before the others on the page: they are kept for a later issue."""
    left_out = articles.summaries_left_out(ledger, bulletin, since)
    latest = sorted(
        left_out, key=lambda article: (article.status is ArticleStatus.HELD, article.received_at, article.id)
    )
    return articles.articles_with_ids(ledger, [article.id for article in latest[-_MOST_ASIDE:]])


def _rows(
    ledger: Transaction, bulletin: str, account_id: int, records: Sequence[ArticleRecord]
) -> Mapping[int, ArticleRow]:
    ids = [record.id for record in records]
    viewings = viewings_of(ledger, account_id, ids)
    decisions = last_decisions(ledger, ids)
    flagged = reasons_flagged(ledger, bulletin, [record.letter_sha256 for record in records])
    return {
        record.id: _row(
            record, viewings.get(record.id), decisions.get(record.id), flagged.get(record.letter_sha256, "")
        )
        for record in records
    }


def _row(record: ArticleRecord, viewing: Viewing | None, decided: Decision | None, why_flagged: str) -> ArticleRow:
    count = Counter(finding.severity for finding in record.findings if finding.is_open)
    blocks = record.manuscript.blocks
    seen = viewing.revision if viewing else 0
    return ArticleRow(
        id=record.id,
        version=record.version,
        title=record.manuscript.title,
        department="、".join(record.departments) or record.department or "",
        status=record.status,
        characters=len("".join(record.manuscript.text.split())),
        pictures=sum(isinstance(block, Picture) for block in blocks),
        tables=sum(isinstance(block, Table) for block in blocks),
        errors=count[Severity.ERROR],
        warnings=count[Severity.WARNING],
        remarks=count[Severity.INFO],
        news=NEW if not viewing else CHANGED if seen < record.revision else SEEN,
        mended=record.status is ArticleStatus.DRAFT
        and decided is not None
        and (decided.before, decided.after) == (ArticleStatus.RETURNED, ArticleStatus.DRAFT),
        edited_by=record.made_by,
        placed=record.position is not None,
        received_at=record.received_at,
        why_flagged=why_flagged,
        findings=row_findings(record.findings, record.manuscript),
    )


def _sections(bulletin: BulletinSettings, now: IssueNow, rows: Mapping[int, ArticleRow]) -> tuple[SectionRows, ...]:
    filed = {section.name: [rows[article.id] for article in section.articles] for section in now.issue.sections}
    names = _shown_sections(bulletin, filed)
    return tuple(SectionRows(name, section_title(name), tuple(filed.get(name, ()))) for name in names)


def _shown_sections(bulletin: BulletinSettings, filled: Collection[str]) -> list[str]:
    """The sections on the page: those of the settings, and that of 更正 where it has articles."""
    names = dict.fromkeys(("", *bulletin.printed_sections))
    return [name for name in names if name in filled or name in ("", *bulletin.sections)]


def _mark(
    now: IssueNow, aside: Sequence[ArticleRecord], waiting: Mapping[Verdict, int], more: tuple[object, ...]
) -> str:
    content = (
        now.key,
        [(record.id, record.version) for record in (*now.records, *aside)],
        now.draft and (now.draft.id, now.draft.revision),
        sorted(waiting.items()),
        more,
    )
    return hashlib.sha256(repr(content).encode()).hexdigest()[:16]
