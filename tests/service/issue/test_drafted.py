"""A draft as the present ledger would print it, and whether that is what its file shows."""

from __future__ import annotations

import pytest

from archive.issues import IssueRecord
from archive.preparations import Preparation, write_preparation
from service.issue.arrange import move_article
from service.issue.assemble import assemble
from service.issue.drafted import DraftedIssue, drafted_issue, refuse_printed_otherwise
from service.office import Office
from tests.support.approvals import retitle
from tests.support.ledger_rows import AT
from tests.support.offices import hand_in
from values.errors import BadUsage


@pytest.fixture
def draft(office: Office) -> IssueRecord:
    hand_in(office, "甲", "乙")
    made = assemble(office, office.bulletin(None), AT.date())
    assert made is not None
    return made.issue


def planned(office: Office, draft: IssueRecord) -> DraftedIssue:
    with office.ledger.reading() as ledger:
        return drafted_issue(ledger, office.bulletin(None), draft)


def test_later_texts_and_letters_do_not_change_what_a_draft_prints(office: Office, draft: IssueRecord) -> None:
    hand_in(office, "丙")
    retitle(office, 1, "甲改")
    refuse_printed_otherwise(office, office.bulletin(None), planned(office, draft))
    articles = planned(office, draft).snapshot.articles
    assert [(article.title, article.revision, article.unit) for article in articles] == [
        ("甲", 1, "区民政局"),
        ("乙", 1, "区民政局"),
    ]


@pytest.mark.parametrize("change", ["order", "note", "editor", "date", "office"])
def test_order_note_date_editor_and_configuration_do(office: Office, draft: IssueRecord, change: str) -> None:
    bulletin = office.bulletin(None)
    if change == "order":
        move_article(office, 2, "王编辑", place="first")
    prepared = {"note": Preparation("按语"), "date": Preparation(dated=AT.date().replace(day=9))}.get(change)
    if prepared:
        with office.ledger.writing() as ledger:
            write_preparation(ledger, "wuxing", prepared, supplement=False)
    if change == "office":
        bulletin = bulletin.model_copy(update={"phone": "12345"})
    if change == "editor":  # the shipped template does not print it
        with office.ledger.writing() as ledger:
            write_preparation(ledger, "wuxing", Preparation(responsible_editor="王"), supplement=False)
    with office.ledger.reading() as ledger:
        now = drafted_issue(ledger, bulletin, draft)
    if change == "editor":
        refuse_printed_otherwise(office, bulletin, now)
        return
    with pytest.raises(BadUsage, match="请先重新生成送审稿"):
        refuse_printed_otherwise(office, bulletin, now)
