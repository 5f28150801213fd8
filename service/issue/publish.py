"""From articles to the draft issue on disk. What becomes of it at sign-off: service/issue/sign_off.py."""

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
from service.letters.letters_out import queue_draft
from service.office import Office
from settings.model import BulletinSettings
from values.draft import DraftIssue, News
from values.errors import JianbaoError
from values.issue import IssueNumber

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
    office: Office,
    bulletin: BulletinSettings,
    dated: date | None = None,
    fire_time: datetime | None = None,
    *,
    supplement: bool = False,
    tell_editors: bool = True,
    counted: Counted = UNCOUNTED,
) -> Assembled | None:
    """Makes the draft of the next issue, or extends the open one; with a fire time, once for that time.

    dated: its date; None for the one that the editor has laid down, else the day of the fire time, else today.
    supplement: makes that of the next supplement (增刊), of the articles chosen for it. tell_editors: False mails the
    draft to nobody, for an editor who has it before his eyes. counted: the pages, where they are laid out already.
    Everything happens in one transaction, which also takes the number and writes to the editors: the issue appears
    whole or not at all, and of two processes one does it. A file that a killed run left behind is written over by the
    next. Only the pages are counted outside: a transaction that meets pages not yet counted is given up, and begun
    anew with them.
    Returns None for a fire time that was handled before, or at which nothing had come in.
    Raises NothingToAssemble (without a fire time), BadTemplate, StorageFailed.
    """
    wish = _Wish(dated, fire_time, supplement, tell_editors, template_of(bulletin))
    for _ in range(_COUNTS):
        try:
            return _assemble(office, bulletin, wish, counted)
        except PagesUncounted as met:
            counted = count_pages(office, met.docx)
    # Something comes in each time while pages are counted: better no page numbers than no issue.
    return _assemble(office, bulletin, wish, None)


@dataclass(frozen=True, slots=True)
class _Wish:
    """What `assemble` is asked for, with the template."""

    dated: date | None
    fire_time: datetime | None
    supplement: bool
    tell_editors: bool
    template: bytes


def _assemble(office: Office, bulletin: BulletinSettings, wish: _Wish, counted: Counted | None) -> Assembled | None:
    fire_time = wish.fire_time
    with office.ledger.writing() as ledger:
        if fire_time is not None and schedule_record.is_handled(ledger, bulletin.id, fire_time):
            return None
        today = office.local(fire_time or office.now()).date()
        plan = next_issue(ledger, bulletin, today, dated=wish.dated, supplement=wish.supplement)
        if plan.draft is None and not plan.records:
            if fire_time is None:
                raise NothingToAssemble(_nothing(bulletin, wish))
            schedule_record.record_due_time(ledger, bulletin.id, fire_time, Outcome.EMPTY, None, at=office.now())
            return None
        made = _make(office, ledger, bulletin, plan, wish, counted)
        if fire_time is not None:
            outcome = Outcome.ABSORBED if plan.draft else Outcome.ASSEMBLED
            schedule_record.record_due_time(ledger, bulletin.id, fire_time, outcome, made.issue.id, at=office.now())
    _log.info("issue assembled", bulletin=bulletin.id, issue=made.issue.number.label, revision=made.issue.revision)
    return made


def _nothing(bulletin: BulletinSettings, wish: _Wish) -> str:
    if wish.supplement:
        return f"刊物 {bulletin.id} 没有编入增刊的稿件：请先选定，例如 arrange 编号 --supplement。"
    return f"刊物 {bulletin.id} 没有可编入的稿件：还没有来稿，或都已刊发、留用、退回、编入增刊。"


def discard(
    office: Office, bulletin: BulletinSettings, number: int, who: str, *, supplement: bool = False
) -> IssueRecord:
    """The draft is withdrawn; its articles and its number are free again. What is laid down for the next issue stays.

    Raises BadUsage when it is no draft.
    """
    with office.ledger.writing() as ledger:
        draft = issues.issue_numbered(ledger, bulletin.id, number, supplement=supplement)
        discarded = issue_changes.discard(ledger, draft, who=who, at=office.local(office.now()))
        record_change(
            ledger,
            NewChange(
                bulletin=bulletin.id,
                who=who,
                subject="issue",
                subject_id=draft.id,
                summary=f"{draft.number.label}草稿（第 {draft.revision} 稿）作废",
                at=office.now(),
            ),
        )
    return discarded


def _make(
    office: Office,
    ledger: Transaction,
    bulletin: BulletinSettings,
    plan: NextIssue,
    wish: _Wish,
    counted: Counted | None,
) -> Assembled:
    issue, draft, records = plan.issue, plan.draft, plan.records
    number, dated = issue.masthead.number, issue.masthead.dated
    revisions = {record.id: record.revision for record in records}
    contents = tuple((article.id, revisions[article.id]) for article in issue.articles)

    def set_as(revision: int, news: News, pages: Mapping[str, int]) -> tuple[DraftIssue, bytes]:
        editors_draft = draft_issue(ledger, bulletin, issue, records, revision, news)
        return editors_draft, typeset(issue, wish.template, office.media.read, pages, editors_draft)

    def is_unchanged(pages: Mapping[str, int]) -> bool:
        if draft is None or draft.articles != contents or not (office.data_dir / draft.draft).is_file():
            return False
        _, again = set_as(draft.revision, draft.news, pages)
        return hashlib.sha256(again).hexdigest() == draft.sha256

    pages = pages_in_draft(office, draft) if draft else {}
    if draft is not None and pages and is_unchanged(pages):
        return Assembled(draft, changed=False, paged=True)
    plain = typeset(issue, wish.template, office.media.read)
    pages = pages_of(office, issue, plain, counted)
    paged = bool(pages) or not listed(issue)
    if draft is not None and is_unchanged(pages):
        return Assembled(draft, changed=False, paged=paged)
    editors_draft, docx = set_as(
        issue_changes.last_revision_of(ledger, bulletin.id, number) + 1, news_of(ledger, issue, revisions, draft), pages
    )
    issue_id = draft.id if draft else issue_changes.begin_issue(ledger, bulletin.id, number, dated, at=office.now())
    revision_id = _write(
        office, ledger, issue_id, editors_draft, contents, docx, print_sha256=hashlib.sha256(plain).hexdigest()
    )
    if wish.tell_editors:
        queue_draft(office, ledger, bulletin, editors_draft, revision_id, docx)
    return Assembled(issues.issue_with_id(ledger, issue_id), changed=True, paged=paged)


def _write(
    office: Office,
    ledger: Transaction,
    issue_id: int,
    editors_draft: DraftIssue,
    contents: Sequence[tuple[int, int]],
    docx: bytes,
    *,
    print_sha256: str,
) -> int:
    """The revision's file, then its row; returns the row's id."""
    path = issue_path(editors_draft.about[0], editors_draft.number, editors_draft.revision)
    write_durably(office.data_dir / path, docx)
    new = NewIssueRevision(
        number=editors_draft.revision,
        dated=editors_draft.dated,
        contents=contents,
        path=path.as_posix(),
        sha256=hashlib.sha256(docx).hexdigest(),
        news=editors_draft.news,
        print_sha256=print_sha256,
    )
    return issue_changes.write_revision(ledger, issue_id, new, at=office.now())


def issue_path(bulletin: str, number: IssueNumber, revision: int) -> Path:
    """Where a revision's file is kept, relative to data_dir (design.md 5.4); the names are ours."""
    folder = issue_folder(bulletin, number)
    return folder / f"{folder.name}-r{revision}.docx"


def issue_folder(bulletin: str, number: IssueNumber) -> Path:
    """The folder of all files of that number, relative to data_dir. They begin with its name."""
    return Path("issues", bulletin, number.folder)
