"""From articles to the draft issue on disk. What becomes of it at sign-off: service/sign_off.py."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Final

import structlog
from sqlalchemy import Connection

from archive import articles, firings, issues
from archive.articles import ArticleRecord
from archive.files import write_durably
from archive.firings import Outcome
from archive.issues import IssueRecord
from assembler.contents import listed
from assembler.plan import plan_issue
from assembler.template import check_template
from assembler.typeset import typeset
from service.draft_issue import draft_issue, news_of
from service.letters_out import queue_draft
from service.office import Office
from service.page_numbers import UNCOUNTED, Counted, PagesUncounted, count_pages, pages_in_draft, pages_of
from service.register import as_registered
from settings.model import BulletinSettings
from values.draft import DraftIssue, News
from values.errors import BadTemplate, BadUsage, JianbaoError
from values.issue import Imprint, Issue, IssueArticle, IssueNumber, Masthead

_log = structlog.get_logger(__name__)

_COUNTS: Final = 3


class NothingToAssemble(JianbaoError):
    """No article waits for an issue."""


@dataclass(frozen=True, slots=True)
class Assembled:
    """A draft as it now stands. `changed`: False when it is what it was before, to the byte.

    `paged`: its contents page, if it has one, shows page numbers.
    """

    issue: IssueRecord
    changed: bool
    paged: bool


def assemble(
    office: Office, bulletin: BulletinSettings, dated: date, fire_time: datetime | None = None
) -> Assembled | None:
    """Makes the draft of the next issue, or extends the open one; with a fire time, once for that time.

    Everything happens in one transaction, which also takes the number and writes to the editors: the issue appears
    whole or not at all, and of two processes one does it. A file that a killed run left behind is written over by the
    next. Only the pages are counted outside: a transaction that meets pages not yet counted is given up, and begun
    anew with them.
    Returns None for a fire time that was handled before, or at which nothing had come in.
    Raises NothingToAssemble (without a fire time), BadTemplate, StorageFailed.
    """
    template = template_of(bulletin)
    counted = UNCOUNTED
    for _ in range(_COUNTS):
        try:
            return _assemble(office, bulletin, dated, fire_time, template, counted)
        except PagesUncounted as met:
            counted = count_pages(office, met.docx)
    # Something comes in each time while pages are counted: better no page numbers than no issue.
    return _assemble(office, bulletin, dated, fire_time, template, None)


def _assemble(
    office: Office,
    bulletin: BulletinSettings,
    dated: date,
    fire_time: datetime | None,
    template: bytes,
    counted: Counted | None,
) -> Assembled | None:
    with office.ledger.writing() as ledger:
        bulletin = as_registered(ledger, bulletin)
        if fire_time is not None and firings.fired(ledger, bulletin.id, fire_time):
            return None
        records = articles.articles_for_issue(ledger, bulletin.id)
        draft = issues.open_draft(ledger, bulletin.id)
        if draft is None and not records:
            if fire_time is None:
                raise NothingToAssemble(f"刊物 {bulletin.id} 没有可编入的稿件：还没有来稿，或都已刊发、留用、退回。")
            firings.record_firing(ledger, bulletin.id, fire_time, Outcome.EMPTY, None, at=office.now())
            return None
        made = _make(office, ledger, bulletin, records, draft, dated, template, counted)
        if fire_time is not None:
            outcome = Outcome.ABSORBED if draft else Outcome.ASSEMBLED
            firings.record_firing(ledger, bulletin.id, fire_time, outcome, made.issue.id, at=office.now())
    _log.info("issue assembled", bulletin=bulletin.id, issue=made.issue.number.label, revision=made.issue.revision)
    return made


def discard(office: Office, bulletin: BulletinSettings, number: int, who: str) -> IssueRecord:
    """The draft is withdrawn; its articles and its number are free again. Raises BadUsage when it is no draft."""
    with office.ledger.writing() as ledger:
        draft = issues.issue_numbered(ledger, bulletin.id, number)
        return issues.discard(ledger, draft, who=who, at=office.local(office.now()))


def template_of(bulletin: BulletinSettings) -> bytes:
    """The office's Word template, fit for use. Raises BadTemplate."""
    try:
        template = bulletin.template.read_bytes()
    except OSError as error:
        remedy = "请检查配置中的 template，或放回 templates/bulletin.docx"
        raise BadTemplate((f"模板 {bulletin.template} 读不到（{error.strerror}）；{remedy}。",)) from error
    if problems := check_template(template):
        raise BadTemplate(tuple(f"模板 {bulletin.template}：{problem}" for problem in problems))
    return template


def _make(
    office: Office,
    ledger: Connection,
    bulletin: BulletinSettings,
    records: Sequence[ArticleRecord],
    draft: IssueRecord | None,
    dated: date,
    template: bytes,
    counted: Counted | None,
) -> Assembled:
    number = draft.number if draft else _next_number(ledger, bulletin, dated)
    issue = plan(bulletin, records, number, total_of(ledger, bulletin, draft), dated)
    revisions = {record.id: record.revision for record in records}
    contents = tuple((article.id, revisions[article.id]) for article in issue.articles)

    def set_as(revision: int, news: News, pages: Mapping[str, int]) -> tuple[DraftIssue, bytes]:
        told = draft_issue(ledger, bulletin, issue, records, revision, news)
        return told, typeset(issue, template, office.media.read, pages, told)

    def is_unchanged(pages: Mapping[str, int]) -> bool:
        if draft is None or draft.articles != contents or not (office.data_dir / draft.draft).is_file():
            return False
        _, again = set_as(draft.revision, draft.news, pages)
        return hashlib.sha256(again).hexdigest() == draft.sha256

    pages = pages_in_draft(office, draft) if draft else {}
    if not (pages and is_unchanged(pages)):
        pages = pages_of(office, issue, typeset(issue, template, office.media.read), counted)
    paged = bool(pages) or not listed(issue)
    if draft is not None and is_unchanged(pages):
        return Assembled(draft, changed=False, paged=paged)
    told, docx = set_as(
        issues.last_revision_of(ledger, bulletin.id, number) + 1, news_of(ledger, issue, revisions, draft), pages
    )
    issue_id = draft.id if draft else issues.begin_issue(ledger, bulletin.id, number, dated, at=office.now())
    revision_id = _write(office, ledger, issue_id, told, contents, issue_path(bulletin.id, number, told.revision), docx)
    made = issues.open_draft(ledger, bulletin.id)
    if made is None:
        raise BadUsage(f"{number.label}刚被签发或作废，请再编排一次。")
    queue_draft(office, ledger, bulletin, told, revision_id, docx)
    return Assembled(made, changed=True, paged=paged)


def _write(
    office: Office,
    ledger: Connection,
    issue_id: int,
    told: DraftIssue,
    contents: Sequence[tuple[int, int]],
    path: Path,
    docx: bytes,
) -> int:
    """The revision's file, then its row; returns the row's id."""
    write_durably(office.data_dir / path, docx)
    return issues.write_revision(
        ledger,
        issue_id,
        number=told.revision,
        dated=told.dated,
        contents=contents,
        path=path.as_posix(),
        sha256=hashlib.sha256(docx).hexdigest(),
        news=told.news,
        at=office.now(),
    )


def _next_number(ledger: Connection, bulletin: BulletinSettings, dated: date) -> IssueNumber:
    return issues.next_number(ledger, bulletin.id, bulletin.numbering, dated.year, bulletin.first_number)


def total_of(ledger: Connection, bulletin: BulletinSettings, draft: IssueRecord | None) -> int:
    """总期号 of the draft, or of the issue that is to be begun; 0 where the bulletin prints none."""
    return bulletin.first_total and bulletin.first_total + issues.made_before(ledger, bulletin.id, draft)


def plan(
    bulletin: BulletinSettings, records: Sequence[ArticleRecord], number: IssueNumber, total: int, dated: date
) -> Issue:
    """The issue of these articles, as the settings (`as_registered`) would have it. total: 总期号, 0 for none."""
    return plan_issue(
        as_planned(records),
        Masthead(bulletin.title, bulletin.kind, number, bulletin.office, dated, total, bulletin.date_form),
        Imprint(
            report_to=bulletin.report_to,
            copy_to=bulletin.copy_to,
            issue_to=bulletin.issue_to,
            office=bulletin.office,
            phone=bulletin.phone,
            call_for_papers=bulletin.call_for_papers,
            mailbox=bulletin.mailbox.username,
            copies=bulletin.copies,
        ),
        sections=bulletin.sections,
        departments=department_order(bulletin),
    )


def department_order(bulletin: BulletinSettings) -> tuple[str, ...]:
    """Canonical names in the order of the contents page."""
    return tuple(department.name for department in bulletin.departments)


def as_planned(records: Sequence[ArticleRecord]) -> list[IssueArticle]:
    """The articles as the plan takes them."""
    return [IssueArticle(r.id, r.section, r.department or "", r.manuscript, r.position) for r in records]


def issue_path(bulletin: str, number: IssueNumber, revision: int) -> Path:
    """Where a revision's file is kept, relative to data_dir (design.md 5.4); the names are ours."""
    folder = issue_folder(bulletin, number)
    return folder / f"{folder.name}-r{revision}.docx"


def issue_folder(bulletin: str, number: IssueNumber) -> Path:
    """The folder of all files of that number, relative to data_dir. They begin with its name."""
    return Path(
        "issues", bulletin, str(number.number) if number.numbering == "running" else f"{number.year}-{number.number}"
    )
