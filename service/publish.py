"""From articles to the draft issue on disk, and to its end: signed off or discarded."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import partial
from pathlib import Path
from typing import Final

import structlog
from sqlalchemy import Connection

from archive import articles, firings, issues
from archive.articles import ArticleRecord
from archive.files import make_read_only, write_durably
from archive.firings import Outcome
from archive.issues import IssueRecord
from assembler.plan import plan_issue
from assembler.template import check_template
from assembler.typeset import typeset
from service.letters_out import queue_draft
from service.office import Office
from service.page_numbers import UNCOUNTED, Counted, PagesUncounted, count_pages, with_pages
from settings.model import BulletinSettings
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
    template = _template(bulletin)
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


def sign_off(office: Office, bulletin: BulletinSettings, number: int, who: str) -> IssueRecord:
    """The number becomes final, the articles published, the file read-only.

    Raises BadUsage when it is no draft or out of date, StorageFailed when its file is not there.
    """
    with office.ledger.writing() as ledger:
        draft = issues.issue_numbered(ledger, bulletin.id, number)
        signed = issues.sign_off(ledger, draft, who=who, at=office.local(office.now()))
        for file in signed.files:
            make_read_only(office.data_dir / file)
        return signed


def discard(office: Office, bulletin: BulletinSettings, number: int, who: str) -> IssueRecord:
    """The draft is withdrawn; its articles and its number are free again. Raises BadUsage when it is no draft."""
    with office.ledger.writing() as ledger:
        draft = issues.issue_numbered(ledger, bulletin.id, number)
        return issues.discard(ledger, draft, who=who, at=office.local(office.now()))


def _template(bulletin: BulletinSettings) -> bytes:
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
    total = bulletin.first_total and bulletin.first_total + issues.made_before(ledger, bulletin.id, draft)
    issue = _plan(bulletin, records, number, total, dated)
    data, paged = with_pages(office, issue, partial(typeset, issue, template, office.media.read), draft, counted)
    sha256 = hashlib.sha256(data).hexdigest()
    revisions = {record.id: record.revision for record in records}
    contents = [(article.id, revisions[article.id]) for article in issue.articles]
    if draft and (draft.sha256, draft.articles) == (sha256, tuple(contents)) and _is_there(office, draft):
        return Assembled(draft, changed=False, paged=paged)
    issue_id = draft.id if draft else issues.begin_issue(ledger, bulletin.id, number, dated, at=office.now())
    revision = issues.last_revision_of(ledger, bulletin.id, number) + 1
    path = issue_path(bulletin.id, number, revision)
    write_durably(office.data_dir / path, data)
    revision_id = issues.write_revision(
        ledger,
        issue_id,
        number=revision,
        dated=dated,
        contents=contents,
        path=path.as_posix(),
        sha256=sha256,
        at=office.now(),
    )
    made = issues.open_draft(ledger, bulletin.id)
    if made is None:
        raise BadUsage(f"{number.label}刚被签发或作废，请再编排一次。")
    queue_draft(office, ledger, bulletin, made, revision_id, records, before=draft, docx=data)
    return Assembled(made, changed=True, paged=paged)


def _is_there(office: Office, draft: IssueRecord) -> bool:
    return all((office.data_dir / file).is_file() for file in draft.files)


def _next_number(ledger: Connection, bulletin: BulletinSettings, dated: date) -> IssueNumber:
    return issues.next_number(ledger, bulletin.id, bulletin.numbering, dated.year, bulletin.first_number)


def _plan(
    bulletin: BulletinSettings, records: Sequence[ArticleRecord], number: IssueNumber, total: int, dated: date
) -> Issue:
    return plan_issue(
        [IssueArticle(r.id, r.section, r.department or "", r.manuscript) for r in records],
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
        departments=[department.name for department in bulletin.departments],
    )


def issue_path(bulletin: str, number: IssueNumber, revision: int) -> Path:
    """Where a revision's file is kept, relative to data_dir (design.md 5.4); the names are ours."""
    folder = str(number.number) if number.numbering == "running" else f"{number.year}-{number.number}"
    return Path("issues", bulletin, folder, f"{folder}-r{revision}.docx")
