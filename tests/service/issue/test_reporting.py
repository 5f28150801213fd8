"""Which departments have sent something for the next issue, and which only something that is not in it."""

from __future__ import annotations

from datetime import timedelta

import pytest

from archive import articles
from service.article.decide import DecisionRequest, decide
from service.issue.assemble import assemble
from service.issue.reporting import Reporting, reporting
from service.issue.sign_off import sign_off
from service.office import Office
from tests.support.ledger_rows import add_article, new_article
from tests.support.office_fixtures import OfficeSetup
from tests.support.offices import Clock, bulletin, hand_in
from values.issue import ArticleStatus

WHO = "王编辑"


@pytest.fixture
def office_setup() -> OfficeSetup:
    return OfficeSetup(
        bulletin()
        + '[[bulletin.department]]\nname = "区教体局"\n'
        + '[[bulletin.department]]\nname = "区人社局"\naliases = ["人社局"]\n'
    )


def now_reported(office: Office) -> Reporting:
    with office.ledger.reading() as ledger:
        return reporting(ledger, office.bulletin(None), articles.articles_for_issue(ledger, "wuxing"))


def come(office: Office, name: str, *departments: str) -> int:
    office.raws.put(f"letter with {name}.docx".encode())
    new = new_article(name, department=departments[0], departments=departments, received_at=office.now())
    with office.ledger.writing() as ledger:
        return add_article(ledger, new)


def test_department_whose_article_is_held_or_returned_has_reported(office: Office) -> None:
    come(office, "甲", "区人社局")
    decide(office, DecisionRequest(come(office, "乙", "人社局"), ArticleStatus.HELD, who=WHO))
    decide(office, DecisionRequest(1, ArticleStatus.RETURNED, who=WHO, note="数字请核实", notify=False))
    assert now_reported(office) == Reporting(("区民政局", "区教体局"), (("区人社局", 2),))
    assert now_reported(office).left_out_in_words == "区人社局 2 篇"


def test_every_signer_of_joint_work_has_reported(office: Office) -> None:
    come(office, "联", "区教体局", "区民政局")
    assert now_reported(office).silent == ("区人社局",)


def test_period_begins_with_the_last_ordinary_issue_that_was_signed_off(office: Office) -> None:
    hand_in(office, "甲")
    come(office, "乙", "区教体局")
    assemble(office, office.bulletin(None), office.now().date())
    assert isinstance(office.now, Clock)
    office.now.now += timedelta(days=1)
    sign_off(office, office.bulletin(None), 70, WHO)
    decide(office, DecisionRequest(come(office, "丙", "区人社局"), ArticleStatus.REJECTED, who=WHO, note="重复"))
    assert now_reported(office) == Reporting(("区民政局", "区教体局"), (("区人社局", 1),))
