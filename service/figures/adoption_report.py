"""采用情况通报: the statistics of a period as an article of the next issue.

The letter to itself that the desk makes of it (`service.article.own_article`) follows from the table alone: the same
table is the same letter and changes nothing; a newer table of the period is a further revision of the same article.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from email.message import EmailMessage
from typing import Final

from archive import articles, revisions
from archive.articles import ArticleRecord
from archive.changes import NewChange, record_change
from archive.revisions import NewArticle
from archive.statistics import OWN_LETTERS
from archive.transaction import Transaction
from service.article.decide import DecisionRequest, decide_within
from service.article.own_article import own_letter, write_own_article
from service.figures.statistics import DepartmentFigures, Statistics, groups_of, statistics_of
from service.office import Office
from service.register.register import active_departments
from settings.model import BulletinSettings
from values.department import department_called
from values.errors import BadUsage
from values.issue import ArticleStatus
from values.manuscript import Cell, Manuscript, Paragraph, Table
from values.period import Period

_HEADINGS: Final[tuple[str, ...]] = ("序号", "单位", "报送", "采用", "采用率")
_WIDTHS: Final[tuple[int, ...]] = (8, 34, 12, 12, 16)
"""In proportion: the department's name on one line, numbers of five digits."""
_COMMISSION_HEADINGS: Final[tuple[str, ...]] = ("约稿按时", "约稿迟到", "欠稿")
_COMMISSION_WIDTHS: Final = (14, 14, 12)
_POINTS_HEADING: Final = "得分"
_POINTS_WIDTH: Final = 14


@dataclass(frozen=True, slots=True)
class AdoptionReport:
    """The report as an article."""

    article: ArticleRecord
    changed: bool
    """False when the article had these figures already and goes into the next issue anyway."""
    created: bool
    """Whether the article is new, not a further revision."""


def report_adoption(office: Office, bulletin: BulletinSettings, period: Period, *, who: str) -> AdoptionReport:
    """Makes the report of that period, or updates it, and lets it go into the next issue.

    An editor's text of it stays until there are newer figures, and is then the revision before.
    Raises BadUsage for a period without any figures and for a report that is printed already; StorageFailed.
    """
    table = statistics_of(office, bulletin, period)
    if table.is_empty:
        raise BadUsage(f"{period.label}没有来稿，也没有刊发，没有什么可通报的。")
    manuscript = report_of(table, bulletin.office)
    message = _letter(office, bulletin, period, manuscript)
    with office.ledger.writing() as ledger:
        new = _new_article(office, ledger, bulletin, period, manuscript, who)
        before = revisions.same_article(ledger, new)
        if before is not None and before.status is ArticleStatus.PUBLISHED:
            raise BadUsage(f"{period.label}的采用情况通报已在{before.issue_label}刊发，不能再改；有误请在下一期更正。")
        if before is not None and _is_up_to_date(before, message, new):
            revived = _revive(office, ledger, before, who)
            return AdoptionReport(articles.article_named(ledger, before.id), changed=revived, created=False)
        article_id = write_own_article(office, ledger, new, message, before)
        verb = "生成" if before is None else "更新"
        _record(office, ledger, bulletin, article_id, f"{verb}《{manuscript.title}》", who)
        if before is not None:
            _revive(office, ledger, before, who)
        return AdoptionReport(articles.article_named(ledger, article_id), changed=True, created=before is None)


def report_of(statistics: Statistics, office: str) -> Manuscript:
    """All departments, those that sent nothing too, group by group. office: the byline.

    In the order of the register, without ranks; by points where the office scores articles.
    """
    period, total = statistics.period, statistics.total
    words = f"{period.label}，各单位共报送信息{total.received}条，采用{total.adopted}条，采用率{total.rate_in_words}"
    endorsed = f"，获领导批示{total.endorsements}条" if total.endorsements else ""
    asked = total.commissions
    if statistics.counts_commissions:
        endorsed += f"；约稿{asked.asked}篇次，按时{asked.done}篇次，迟到{asked.late}篇次，欠稿{asked.missed}篇次"
    headings, widths = _columns(statistics)
    rows: list[tuple[Cell, ...]] = [tuple(map(Cell, headings))]
    for group, lines in groups_of(statistics.ranked):
        if group:
            rows.append((Cell(group, colspan=len(headings)),))
        rows += [_cells(str(number), line, statistics) for number, line in enumerate(lines, start=1)]
    rows.append(_cells("", total, statistics))
    table = Table(rows=tuple(rows), widths=widths, header_rows=1)
    return Manuscript(
        title_lines=(f"{period.label}信息采用情况通报",),
        byline=office,
        blocks=(Paragraph(f"{words}{endorsed}。现将有关情况通报如下。"), table),
    )


def _columns(statistics: Statistics) -> tuple[tuple[str, ...], tuple[int, ...]]:
    """The headings with their widths, in proportion. What says nothing in this office is left out."""
    headings, widths = _HEADINGS, _WIDTHS
    if statistics.counts_commissions:
        headings, widths = (*headings, *_COMMISSION_HEADINGS), (*widths, *_COMMISSION_WIDTHS)
    if statistics.scored:
        headings, widths = (*headings, _POINTS_HEADING), (*widths, _POINTS_WIDTH)
    return headings, widths


def _cells(number: str, line: DepartmentFigures, statistics: Statistics) -> tuple[Cell, ...]:
    texts = [number, line.department, str(line.received), str(line.adopted), line.rate_in_words]
    if statistics.counts_commissions:
        asked = line.commissions
        texts += [str(asked.done), str(asked.late), str(asked.missed)]
    if statistics.scored:
        texts.append(line.points_in_words)
    return tuple(map(Cell, texts))


def report_section(bulletin: BulletinSettings) -> str:
    """The section that the report goes into, "" for the ordinary articles."""
    return bulletin.report_section if bulletin.report_section in bulletin.sections else ""


def _new_article(
    office: Office, ledger: Transaction, bulletin: BulletinSettings, period: Period, manuscript: Manuscript, who: str
) -> NewArticle:
    """The article has no file; in place of its SHA-256 stands that of a key, by which its revisions are recognised.

    The key has a NUL, so that no text file of a letter can have the same SHA-256.
    """
    key = f"采用情况通报\0{bulletin.id}\0{period.slug}"
    issuer = department_called(bulletin.office, active_departments(ledger, bulletin))
    return NewArticle(
        bulletin=bulletin.id,
        section=report_section(bulletin),
        department=issuer.name if issuer else None,
        confirmed=True,
        received_at=office.now(),
        attachment="",
        content_sha256=hashlib.sha256(key.encode()).hexdigest(),
        text_sha256=manuscript.text_sha256,
        manuscript=manuscript,
        findings=(),
        made_by=who,
    )


def _is_up_to_date(before: ArticleRecord, message: EmailMessage, new: NewArticle) -> bool:
    """Whether the article was made of the same table, or has the same text."""
    same_letter = before.letter_sha256 == hashlib.sha256(message.as_bytes()).hexdigest()
    return same_letter or before.manuscript.text_sha256 == new.text_sha256


def _revive(office: Office, ledger: Transaction, before: ArticleRecord, who: str) -> bool:
    """Lets a report that was held, returned or rejected go into the next issue; returns whether it was one."""
    if before.status in (ArticleStatus.DRAFT, ArticleStatus.ADOPTED):
        return False
    request = DecisionRequest(before.id, ArticleStatus.DRAFT, who, note="重新编入采用情况通报")
    decide_within(office, ledger, before, request, at=office.now())
    return True


def _letter(office: Office, bulletin: BulletinSettings, period: Period, manuscript: Manuscript) -> EmailMessage:
    """The table as a letter of the last day of the period."""
    about = f"{OWN_LETTERS}.{bulletin.id}.{period.slug.replace('..', '_')}"
    return own_letter(office, bulletin, about, manuscript, period.last)


def _record(
    office: Office, ledger: Transaction, bulletin: BulletinSettings, article_id: int, summary: str, who: str
) -> None:
    record_change(
        ledger,
        NewChange(
            bulletin=bulletin.id,
            who=who,
            subject="article",
            subject_id=article_id,
            summary=summary,
            at=office.now(),
        ),
    )
