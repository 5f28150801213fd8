"""The next issue from the present ledger: its articles in order, its number, date and 按语; and its template."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from archive import articles, issue_changes, issues, preparations
from archive.articles import ArticleRecord
from archive.issues import IssueRecord
from archive.preparations import NOTHING_PREPARED, Preparation
from archive.transaction import Transaction
from assembler.plan import plan_issue
from assembler.template import check_template
from service.register.register import department_names
from settings.model import BulletinSettings
from values.errors import BadTemplate
from values.issue import Imprint, Issue, IssueArticle, IssueNumber, Masthead


@dataclass(frozen=True, slots=True)
class NextIssue:
    """The next issue from the present ledger."""

    issue: Issue
    draft: IssueRecord | None
    """The open draft of its kind; None where there is none."""
    records: Sequence[ArticleRecord]
    """Its articles, in any order."""


def next_issue(
    ledger: Transaction,
    bulletin: BulletinSettings,
    today: date,
    *,
    dated: date | None = None,
    supplement: bool = False,
) -> NextIssue:
    """The next issue, or supplement, with all that the editor has prepared for it; empty where there are no articles.

    dated: overrides the prepared date; None: the prepared date, or else `today`.
    """
    records = articles.articles_for_issue(ledger, bulletin.id, supplement=supplement)
    draft = issues.open_draft(ledger, bulletin.id, supplement=supplement)
    prepared = preparations.preparation_of(ledger, bulletin.id, supplement=supplement)
    dated = dated or prepared.dated or today
    number = draft.number if draft else _next_number(ledger, bulletin, dated.year, supplement=supplement)
    total = total_of(ledger, bulletin, draft, supplement=supplement)
    departments = department_names(ledger, bulletin)
    issue = plan(bulletin, departments, records, number, total, dated, prepared)
    return NextIssue(issue, draft, records)


def _next_number(ledger: Transaction, bulletin: BulletinSettings, year: int, *, supplement: bool) -> IssueNumber:
    first = bulletin.first_supplement if supplement else bulletin.first_number
    return issue_changes.next_number(ledger, bulletin.id, bulletin.numbering, year, first, supplement=supplement)


def total_of(
    ledger: Transaction, bulletin: BulletinSettings, draft: IssueRecord | None, *, supplement: bool = False
) -> int:
    """总期号 of the draft, or of a new issue; 0 where none is printed, as in supplements."""
    if not bulletin.first_total or (draft.number.supplement if draft else supplement):
        return 0
    return bulletin.first_total + issue_changes.made_before(ledger, bulletin.id, draft)


def plan(
    bulletin: BulletinSettings,
    departments: Sequence[str],
    records: Sequence[ArticleRecord],
    number: IssueNumber,
    total: int,
    dated: date,
    prepared: Preparation = NOTHING_PREPARED,
) -> Issue:
    """The issue of these articles, by the settings.

    departments: canonical names in the order of the contents page. total: 总期号, 0 for none.
    prepared: 按语 and 责任编辑; its date is not used.
    """
    return plan_issue(
        as_planned(records),
        Masthead(
            bulletin.title,
            bulletin.kind,
            number,
            bulletin.office,
            dated,
            total,
            bulletin.date_form,
            bulletin.marking,
            bulletin.registration,
        ),
        Imprint(
            report_to=bulletin.report_to,
            copy_to=bulletin.copy_to,
            issue_to=bulletin.issue_to,
            office=bulletin.office,
            phone=bulletin.phone,
            call_for_papers=bulletin.call_for_papers,
            mailbox=bulletin.mailbox.username,
            copies=bulletin.copies,
            double_sided=bulletin.double_sided,
            responsible_editor=prepared.responsible_editor,
        ),
        sections=bulletin.printed_sections,
        departments=departments,
        editors_note=prepared.paragraphs,
    )


def as_planned(records: Sequence[ArticleRecord]) -> list[IssueArticle]:
    """The articles as `plan_issue` takes them."""
    return [IssueArticle(r.id, r.section, r.department or "", r.manuscript, r.position, r.departments) for r in records]


def template_of(bulletin: BulletinSettings) -> bytes:
    """The office's Word template, checked. Raises BadTemplate."""
    try:
        template = bulletin.template.read_bytes()
    except OSError as error:
        remedy = "请检查配置中的 template，或放回 templates/bulletin.docx"
        raise BadTemplate((f"模板 {bulletin.template} 读不到（{error.strerror}）；{remedy}。",)) from error
    if problems := _template_problems(template):
        raise BadTemplate(tuple(f"模板 {bulletin.template}：{problem}" for problem in problems))
    return template


@lru_cache(maxsize=4)
def _template_problems(template: bytes) -> tuple[str, ...]:
    """By content: checking takes 20 ms, and every page of the desk about an issue asks for it."""
    return tuple(check_template(template))
