"""The issue as it would be printed now: from the ledger as it stands, not from the last draft that was written."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import Final, Literal

from archive import issues
from archive.articles import ArticleRecord
from archive.issues import IssueRecord
from archive.json_form import JsonForm
from archive.transaction import Transaction
from assembler.typeset import typeset
from service.issue.page_numbers import UNCOUNTED, Counted
from service.issue.paper import Paper, paper_of
from service.issue.planning import next_issue, template_of
from service.issue.press import Failed, Press, Printed, Printing, Waiting
from service.office import Office
from settings.model import BulletinSettings
from values.errors import BadTemplate
from values.issue import Issue

_ISSUE: Final = JsonForm(Issue)


@dataclass(frozen=True, slots=True)
class IssueNow:
    """draft: the open one, None before the first. records: its articles, in printed order.

    key: of all that it is printed from; another one means that the pages look different. template: the Word file, b""
    where it cannot be used; problem: why, in Chinese.
    """

    issue: Issue
    draft: IssueRecord | None
    records: tuple[ArticleRecord, ...]
    key: str
    template: bytes
    problem: str = ""


@dataclass(frozen=True, slots=True)
class Preview:
    """printing: None where there is no LibreOffice, or no usable template. paper: for as long as there are no pages."""

    now: IssueNow
    printing: Printing | None
    paper: Paper

    @property
    def state(self) -> Literal["", "waiting", "printed", "failed"]:
        match self.printing:
            case None:
                return ""
            case Printed():
                return "printed"
            case Waiting():
                return "waiting"
            case Failed():
                return "failed"


def issue_now(office: Office, ledger: Transaction, bulletin: BulletinSettings, *, supplement: bool = False) -> IssueNow:
    """What the next issue (or supplement) would be; without articles, an issue without sections.

    An open draft keeps its date unless the editor has laid down another.
    """
    draft = issues.open_draft(ledger, bulletin.id, supplement=supplement)
    today = draft.dated if draft else office.local(office.now()).date()
    plan = next_issue(ledger, bulletin, today, supplement=supplement)
    issue = plan.issue
    by_id = {record.id: record for record in plan.records}
    try:
        template, problem = template_of(bulletin), ""
    except BadTemplate as error:
        template, problem = b"", str(error)
    key = hashlib.sha256(hashlib.sha256(template).digest() + _ISSUE.dump_json(issue)).hexdigest()
    return IssueNow(issue, draft, tuple(by_id[article.id] for article in issue.articles), key, template, problem)


def preview(office: Office, press: Press, bulletin: BulletinSettings, now: IssueNow) -> Preview:
    """Asks the press for the pages at once, and answers with what there is."""
    printing = None
    if office.soffice is not None and now.template and now.records:
        line = f"{bulletin.id} {now.issue.masthead.number.series}"
        printing = press.ask(line, now.key, lambda: printed(office, now))
    pages = printing.destinations if isinstance(printing, Printed) else {}
    return Preview(now, printing, paper_of(now.issue, pages))


def printed(office: Office, now: IssueNow) -> bytes:
    """The .docx as it would be printed. LibreOffice puts the page numbers in by itself."""
    return typeset(now.issue, now.template, office.media.read)


def is_written(office: Office, press: Press, now: IssueNow) -> bool:
    """Whether the last revision of the draft would print the same."""
    draft = now.draft
    there = tuple((record.id, record.revision) for record in now.records)
    if draft is None or not now.template or (draft.articles, draft.dated) != (there, now.issue.masthead.dated):
        return False
    return not draft.print_sha256 or _sha256(office, press, now) == draft.print_sha256


def counted(office: Office, press: Press, now: IssueNow) -> Counted:
    """The page numbers, where the pages are laid out already; the draft then need not lay them out again."""
    made = press.state(now.key)
    return Counted(_sha256(office, press, now), made.destinations) if isinstance(made, Printed) else UNCOUNTED


def _sha256(office: Office, press: Press, now: IssueNow) -> str:
    """Of the .docx as it would be printed; typesetting takes longer than all else on the page, so it is done once."""
    return press.noted(now.key, lambda: hashlib.sha256(printed(office, now)).hexdigest())
