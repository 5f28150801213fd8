"""The issue as it would be printed now: from the present ledger, not from the last draft that was written."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final, Literal

from archive import issues
from archive.articles import ArticleRecord
from archive.issues import IssueRecord
from archive.json_form import JsonForm
from archive.transaction import Transaction
from assembler.imprint import needs_even_page
from assembler.typeset import typeset
from service.issue.page_numbers import UNCOUNTED, Counted
from service.issue.page_renderer import PageRenderer, RenderedPages, Rendering, RenderingFailed, RenderingPending
from service.issue.planning import next_issue, template_of
from service.issue.web_issue import WebIssue, web_issue_of
from service.office import Office
from settings.model import BulletinSettings
from values.errors import BadTemplate
from values.issue import Issue

_ISSUE: Final = JsonForm(Issue)


@dataclass(frozen=True, slots=True)
class IssueNow:
    """The next issue as it would be printed from the present ledger."""

    issue: Issue
    draft: IssueRecord | None
    """The open draft, None before the first."""
    records: tuple[ArticleRecord, ...]
    """The articles, in printed order."""
    key: str
    """The bulletin's id, "-", and a digest of everything that the pages are made of: equal keys mean equal pages."""
    template: bytes
    """The Word template, b"" where it cannot be used."""
    problem: str = ""
    """Why the template cannot be used, in Chinese; "" where it can."""


@dataclass(frozen=True, slots=True)
class Preview:
    """What the desk shows of the next issue."""

    now: IssueNow
    rendering: Rendering | None
    """None without LibreOffice, without a usable template, or without articles."""
    paper: WebIssue
    """The issue as a web page, shown until the pages are rendered."""

    @property
    def state(self) -> Literal["", "waiting", "printed", "failed"]:
        match self.rendering:
            case None:
                return ""
            case RenderedPages():
                return "printed"
            case RenderingPending():
                return "waiting"
            case RenderingFailed():
                return "failed"


def issue_now(office: Office, ledger: Transaction, bulletin: BulletinSettings, *, supplement: bool = False) -> IssueNow:
    """The next issue (or supplement) as it would be printed now; without articles it has no sections.

    An open draft keeps its date unless the editor has prepared another.
    """
    draft = issues.open_draft(ledger, bulletin.id, supplement=supplement)
    today = draft.dated if draft else office.local(office.now()).date()
    upcoming = next_issue(ledger, bulletin, today, supplement=supplement)
    issue = upcoming.issue
    by_id = {record.id: record for record in upcoming.records}
    try:
        template, problem = template_of(bulletin), ""
    except BadTemplate as error:
        template, problem = b"", str(error)
    digest = hashlib.sha256(hashlib.sha256(template).digest() + _ISSUE.dump_json(issue)).hexdigest()
    key = f"{bulletin.id}-{digest}"
    return IssueNow(issue, draft, tuple(by_id[article.id] for article in issue.articles), key, template, problem)


def is_key_of(bulletin: BulletinSettings, key: str) -> bool:
    """Whether the pages with that key (`IssueNow.key`) are of this bulletin."""
    return key.rpartition("-")[0] == bulletin.id


def preview(office: Office, renderer: PageRenderer, bulletin: BulletinSettings, now: IssueNow) -> Preview:
    """Requests the pages from the renderer and returns at once, with what is rendered already."""

    def revised(pages: Mapping[str, int]) -> bytes | None:
        return typeset(now.issue, now.template, office.media.read, pages) if needs_even_page(now.issue, pages) else None

    rendering = None
    if office.soffice is not None and now.template and now.records:
        queue = f"{bulletin.id} {now.issue.masthead.number.series}"
        rendering = renderer.request(queue, now.key, lambda: docx_to_print(office, now), revised)
    pages = rendering.destinations if isinstance(rendering, RenderedPages) else {}
    return Preview(now, rendering, web_issue_of(now.issue, pages))


def docx_to_print(office: Office, now: IssueNow) -> bytes:
    """The .docx as it would be printed, without page numbers in its contents: LibreOffice fills them in."""
    return typeset(now.issue, now.template, office.media.read)


def is_written(office: Office, renderer: PageRenderer, now: IssueNow) -> bool:
    """Whether the last revision of the draft prints the same pages."""
    draft = now.draft
    contents = tuple((record.id, record.revision) for record in now.records)
    if draft is None or not now.template or (draft.articles, draft.dated) != (contents, now.issue.masthead.dated):
        return False
    return not draft.print_sha256 or _sha256(office, renderer, now) == draft.print_sha256


def counted(office: Office, renderer: PageRenderer, now: IssueNow) -> Counted:
    """The page numbers of pages that are rendered already, so that the draft need not lay them out again."""
    state = renderer.state(now.key)
    if not isinstance(state, RenderedPages):
        return UNCOUNTED
    return Counted(_sha256(office, renderer, now), state.destinations)


def _sha256(office: Office, renderer: PageRenderer, now: IssueNow) -> str:
    """SHA-256 of the .docx as it would be printed, computed once a key: typesetting takes most of the page's time."""
    return renderer.note(now.key, lambda: hashlib.sha256(docx_to_print(office, now)).hexdigest())
