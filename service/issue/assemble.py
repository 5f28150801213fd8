"""Assembling: from articles to the draft issue on disk. For the sign-off see service/issue/sign_off.py."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Final

import structlog

from archive import issue_changes, issues, schedule_record
from archive.changes import NewChange, record_change
from archive.files import write_durably
from archive.issue_changes import NewIssueRevision
from archive.issues import IssueRecord
from archive.schedule_record import Outcome
from archive.transaction import Transaction
from assembler.contents import listed
from assembler.typeset import typeset
from service.issue.draft_issue import draft_issue, news_of
from service.issue.page_numbers import UNCOUNTED, Counted, PagesUncounted, count_pages, pages_in_draft, pages_of
from service.issue.planning import NextIssue, next_issue, template_of
from service.letters.letters_out import StoredDraft, queue_draft
from service.office import Office
from settings.model import BulletinSettings
from values.draft import DraftIssue, News
from values.errors import Changed, JianbaoError
from values.issue import IssueNumber, IssueStatus

_log = structlog.get_logger(__name__)

_COUNTS: Final = 3
"""Attempts to count the pages while new articles keep arriving; each takes LibreOffice some seconds."""


class NothingToAssemble(JianbaoError):
    """No article waits to be printed."""


@dataclass(frozen=True, slots=True)
class Assembled:
    """The outcome of `assemble`."""

    issue: IssueRecord
    """The draft as it now is."""
    changed: bool
    """False where its file is the one from before, byte for byte."""
    paged: bool
    """Whether its contents page, if there is one, shows page numbers."""


def assemble(
    office: Office,
    bulletin: BulletinSettings,
    dated: date | None = None,
    fire_time: datetime | None = None,
    *,
    supplement: bool = False,
    mailed_to: Sequence[str] | None = None,
    counted: Counted = UNCOUNTED,
) -> Assembled | None:
    """Makes the draft of the next issue, or extends the open one; with a fire time, once for that time.

    dated: its date; None for the date that the editor has set, else the day of the fire time, else today.
    supplement: makes the draft of the next supplement (增刊), from the articles chosen for it. mailed_to: the editors
    to whom a new revision is mailed, None for all; () for an editor who downloads it. counted: the pages, where they
    are laid out already.
    Everything happens in one transaction, which also takes the number and queues the mails to the editors: the issue
    appears whole or not at all, and of two processes one makes it. A file that a killed run left behind is overwritten
    by the next run. Only the pages are counted outside: a transaction that needs pages not yet counted is rolled back
    and repeated with them.
    Returns None for a fire time that is handled already, or for which there is no article.
    Raises NothingToAssemble (without a fire time), BadTemplate, StorageFailed.
    """
    recipients = tuple(bulletin.editors if mailed_to is None else mailed_to)
    request = _AssemblyRequest(dated, fire_time, supplement, recipients, template_of(bulletin))
    for _ in range(_COUNTS):
        try:
            return _assemble(office, bulletin, request, counted)
        except PagesUncounted as uncounted:
            counted = count_pages(office, uncounted.docx)
    # Articles arrived during each count: an issue without page numbers is better than none.
    return _assemble(office, bulletin, request, None)


@dataclass(frozen=True, slots=True)
class _AssemblyRequest:
    """The arguments of `assemble`, with the template."""

    dated: date | None
    fire_time: datetime | None
    supplement: bool
    mailed_to: tuple[str, ...]
    template: bytes


def _assemble(
    office: Office, bulletin: BulletinSettings, request: _AssemblyRequest, counted: Counted | None
) -> Assembled | None:
    fire_time = request.fire_time
    with office.ledger.writing() as ledger:
        if fire_time is not None and schedule_record.is_handled(ledger, bulletin.id, fire_time):
            return None
        today = office.local(fire_time or office.now()).date()
        upcoming = next_issue(ledger, bulletin, today, dated=request.dated, supplement=request.supplement)
        if upcoming.draft is None and not upcoming.records:
            if fire_time is None:
                raise NothingToAssemble(_nothing_to_assemble(bulletin, request))
            schedule_record.record_due_time(ledger, bulletin.id, fire_time, Outcome.EMPTY, None, at=office.now())
            return None
        assembled = _make(office, ledger, bulletin, upcoming, request, counted)
        if fire_time is not None:
            outcome = Outcome.ABSORBED if upcoming.draft else Outcome.ASSEMBLED
            schedule_record.record_due_time(
                ledger, bulletin.id, fire_time, outcome, assembled.issue.id, at=office.now()
            )
    _log.info(
        "issue assembled", bulletin=bulletin.id, issue=assembled.issue.number.label, revision=assembled.issue.revision
    )
    return assembled


def _nothing_to_assemble(bulletin: BulletinSettings, request: _AssemblyRequest) -> str:
    if request.supplement:
        return f"刊物 {bulletin.id} 没有编入增刊的稿件：请先选定，例如 arrange 编号 --supplement。"
    return f"刊物 {bulletin.id} 没有可编入的稿件：还没有来稿，或都已刊发、留用、退回、编入增刊。"


def discard(
    office: Office,
    bulletin: BulletinSettings,
    number: int,
    who: str,
    *,
    seen: int | None = None,
    supplement: bool = False,
) -> IssueRecord:
    """Withdraws the draft; its articles and its number become free again. Note and date of the next issue stay.

    seen: the revision that the editor has seen, None for any. Raises BadUsage when the issue is no draft, Changed when
    the draft has another revision.
    """
    with office.ledger.writing() as ledger:
        draft = issues.issue_numbered(ledger, bulletin.id, number, supplement=supplement)
        if draft.status is IssueStatus.DRAFT and seen not in (None, draft.revision):
            label, now = draft.number.label, draft.revision
            raise Changed(f"{label}已更新到第 {now} 稿，您看过的是第 {seen} 稿。请看过新的一稿再作废。")
        discarded = issue_changes.discard(ledger, draft, who=who, at=office.local(office.now()))
        record_change(
            ledger,
            NewChange(
                bulletin=bulletin.id,
                who=who,
                subject="issue",
                subject_id=draft.id,
                summary=f"{draft.number.label}送审稿（第 {draft.revision} 稿）作废",
                at=office.now(),
            ),
        )
    return discarded


def _make(
    office: Office,
    ledger: Transaction,
    bulletin: BulletinSettings,
    upcoming: NextIssue,
    request: _AssemblyRequest,
    counted: Counted | None,
) -> Assembled:
    issue, draft, records = upcoming.issue, upcoming.draft, upcoming.records
    number, dated = issue.masthead.number, issue.masthead.dated
    revisions = {record.id: record.revision for record in records}
    contents = tuple((article.id, revisions[article.id]) for article in issue.articles)

    def typeset_as(revision: int, news: News, pages: Mapping[str, int]) -> tuple[DraftIssue, bytes]:
        described = draft_issue(
            ledger, bulletin, issue, records, revision, news, year_of=lambda moment: office.local(moment).year
        )
        return described, typeset(issue, request.template, office.media.read, pages, described)

    def is_unchanged(pages: Mapping[str, int]) -> bool:
        if draft is None or draft.articles != contents or not (office.data_dir / draft.draft).is_file():
            return False
        _, same = typeset_as(draft.revision, draft.news, pages)
        return hashlib.sha256(same).hexdigest() == draft.sha256

    pages = pages_in_draft(office, draft) if draft else {}
    if draft is not None and pages and is_unchanged(pages):
        return Assembled(draft, changed=False, paged=True)
    plain = typeset(issue, request.template, office.media.read)
    pages = pages_of(office, issue, plain, counted)
    paged = bool(pages) or not listed(issue)
    if draft is not None and is_unchanged(pages):
        return Assembled(draft, changed=False, paged=paged)
    described, docx = typeset_as(
        issue_changes.last_revision_of(ledger, bulletin.id, number) + 1, news_of(ledger, issue, revisions, draft), pages
    )
    issue_id = draft.id if draft else issue_changes.begin_issue(ledger, bulletin.id, number, dated, at=office.now())
    revision_id = _write(
        office, ledger, issue_id, described, contents, docx, print_sha256=hashlib.sha256(plain).hexdigest()
    )
    stored = StoredDraft(issue_id, revision_id, docx)
    queue_draft(office, ledger, bulletin, described, stored, request.mailed_to)
    return Assembled(issues.issue_with_id(ledger, issue_id), changed=True, paged=paged)


def _write(
    office: Office,
    ledger: Transaction,
    issue_id: int,
    draft: DraftIssue,
    contents: Sequence[tuple[int, int]],
    docx: bytes,
    *,
    print_sha256: str,
) -> int:
    """Writes the revision's file, then its row; returns the row's id."""
    path = issue_path(draft.about[0], draft.number, draft.revision)
    write_durably(office.data_dir / path, docx)
    new = NewIssueRevision(
        number=draft.revision,
        dated=draft.dated,
        contents=contents,
        path=path.as_posix(),
        sha256=hashlib.sha256(docx).hexdigest(),
        news=draft.news,
        print_sha256=print_sha256,
    )
    return issue_changes.write_revision(ledger, issue_id, new, at=office.now())


def issue_path(bulletin: str, number: IssueNumber, revision: int) -> Path:
    """Path of a revision's file, relative to data_dir (design.md 5.4)."""
    folder = issue_folder(bulletin, number)
    return folder / f"{folder.name}-r{revision}.docx"


def issue_folder(bulletin: str, number: IssueNumber) -> Path:
    """Folder of all files of that number, relative to data_dir; their names begin with the folder's."""
    return Path("issues", bulletin, number.folder)
