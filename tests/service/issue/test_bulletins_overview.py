"""All bulletins at one look: counts for the person, the draft, letters that wait, and what is due."""

from __future__ import annotations

from datetime import timedelta

import pytest

from archive.viewings import record_viewing
from service.article.decide import DecisionRequest, decide
from service.health.activity import Activity
from service.issue.assemble import assemble
from service.issue.bulletins_overview import BulletinLine, bulletins_overview
from service.issue.sign_off import sign_off
from service.office import Office
from tests.support.articles import rewrite
from tests.support.desk import somebody
from tests.support.ledger_rows import AT
from tests.support.office_fixtures import OfficeSetup
from tests.support.offices import bulletin, hand_in
from values.account import Role
from values.issue import ArticleStatus
from values.manuscript import Manuscript, Paragraph


@pytest.fixture
def office_setup() -> OfficeSetup:
    return OfficeSetup(bulletin(more='schedule = "fri 16:00"') + bulletin("other", more='schedule = ""'))


def lines(office: Office, account: int) -> list[BulletinLine]:
    return list(bulletins_overview(office, Activity(), account))


def test_each_bulletin_has_a_line_in_the_order_of_the_configuration(office: Office) -> None:
    account = somebody(office, Role.EDITOR).id
    first, second = lines(office, account)
    assert (first.bulletin.id, second.bulletin.id) == ("wuxing", "other")
    assert first.next_due is not None
    assert f"{first.next_due:%a %H:%M}" == "Fri 16:00"
    assert (second.next_due, second.draft, second.last, second.articles) == (None, None, None, 0)


def test_counts_are_those_of_the_person(office: Office) -> None:
    account = somebody(office, Role.EDITOR).id
    hand_in(office, "甲文", "乙文", "丙文")
    decide(office, DecisionRequest(1, ArticleStatus.ADOPTED, "王编辑"))
    decide(office, DecisionRequest(3, ArticleStatus.HELD, "王编辑"))
    with office.ledger.writing() as ledger:
        record_viewing(ledger, account, 1, 1, at=AT)
    line = lines(office, account)[0]
    assert (line.articles, line.unread, line.undecided) == (2, 1, 1)
    rewrite(office, 1, Manuscript(("甲文",), "区民政局", (Paragraph("又一稿。"),)))
    assert lines(office, account)[0].unread == 2


def test_the_draft_and_then_the_issue_are_shown(office: Office) -> None:
    account = somebody(office, Role.EDITOR).id
    hand_in(office, "甲文")
    settings = office.bulletin("wuxing")
    made = assemble(office, settings, AT.date())
    assert made is not None
    line = lines(office, account)[0]
    assert (line.draft, line.approval, line.last) == (made.issue, None, None)
    signed = sign_off(office, settings, made.issue.number.number, "王编辑")
    line = lines(office, account)[0]
    assert (line.draft, line.last) == (None, signed)


def test_the_next_due_time_is_after_now(office: Office) -> None:
    account = somebody(office, Role.EDITOR).id
    due = lines(office, account)[0].next_due
    assert due is not None
    assert timedelta() < due - office.now() <= timedelta(weeks=1)
