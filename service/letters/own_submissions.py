"""查询: what a department gets as the list of its own submissions of this year."""

from __future__ import annotations

from typing import Final

from archive import articles, own_submissions, statistics
from archive.statistics import PeriodBounds
from archive.transaction import Transaction
from service.figures.statistics import moments_of, names_of
from service.office import Office
from service.register.register import register_of
from settings.model import BulletinSettings
from values.department import department_of_sender
from values.issue import ArticleStatus
from values.own_submissions import OwnSubmission, OwnSubmissions
from values.period import year_of

_MOST: Final = 60
"""Submissions in a letter: one a week, and some more. The others are counted."""


def submissions_of_sender(
    office: Office, ledger: Transaction, bulletin: BulletinSettings, sender: str
) -> OwnSubmissions | None:
    """This year's submissions of the units that the address is registered for; None for an address of no unit.

    Joint work is a submission of each of its units. Left out: what nobody has confirmed yet, and what a sealed or
    removed letter brought. A reason is given only where a letter has told it to an address of these units: other
    notes are the office's own, and of joint work one unit may have been written to about another's part.
    """
    with_learned = register_of(office, ledger, bulletin).departments
    units = [unit.name for unit in department_of_sender(sender, with_learned)]
    if not units:
        return None
    year = year_of(office.local(office.now()).date())
    bounds = PeriodBounds(*moments_of(office, year), year.first, year.last)
    _, canonical = names_of(ledger, bulletin)
    counted = statistics.departments_counted(ledger, bulletin.id, bounds)
    names = [name for name in counted if name is not None and canonical(name) in units]
    ids = own_submissions.showable_articles(ledger, statistics.articles_counted(ledger, bulletin.id, bounds, names))
    reasons = {
        id: mailed.reason
        for id, mailed in own_submissions.reasons_mailed(ledger, ids[:_MOST]).items()
        if any(unit.name in units for unit in department_of_sender(mailed.to, with_learned))
    }
    records = {record.id: record for record in articles.articles_with_ids(ledger, ids[:_MOST])}
    entries = tuple(
        OwnSubmission(
            title=record.manuscript.title,
            day=office.local(record.received_at).date(),
            status=record.status,
            issue=record.issue_label if record.status is ArticleStatus.PUBLISHED else "",
            reason=reasons.get(record.id, ""),
        )
        for record in (records[id] for id in ids[:_MOST])
    )
    return OwnSubmissions(tuple(units), year.first.year, entries, len(ids) - len(entries))
