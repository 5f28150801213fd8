"""The articles behind a department's figures."""

from __future__ import annotations

from datetime import date

from archive.articles import articles_with_ids
from service.figures.department_articles import articles_of_department
from service.figures.statistics import UNKNOWN
from service.issue.assemble import assemble
from service.issue.sign_off import sign_off
from service.office import Office
from tests.support.endorsed import note
from tests.support.ledger_rows import add_article, new_article
from tests.support.offices import hand_in
from values.period import Period

NOVEMBER = Period(date(2022, 11, 1), date(2022, 11, 30))
OCTOBER = Period(date(2022, 10, 1), date(2022, 10, 31))


def test_articles_of_a_department_are_the_newest_first_with_issue_and_endorsements(office: Office) -> None:
    bulletin = office.bulletin(None)
    first, second = hand_in(office, "甲", "乙")
    assemble(office, bulletin)
    sign_off(office, bulletin, 70, "li")
    endorsement = note(office, first)
    [third] = hand_in(office, "丙")
    shown = articles_of_department(office, bulletin, "区民政局", NOVEMBER)
    assert [record.id for record in shown.articles] == [third, second, first]
    assert shown.labels == {first: "第70期", second: "第70期"}
    assert {article: [each.id for each in given] for article, given in shown.endorsements.items()} == {
        first: [endorsement]
    }
    assert shown.more == 0


def test_another_month_and_another_department_have_none(office: Office) -> None:
    bulletin = office.bulletin(None)
    hand_in(office, "甲")
    assert articles_of_department(office, bulletin, "区民政局", OCTOBER).articles == []
    assert articles_of_department(office, bulletin, "区教体局", NOVEMBER).articles == []


def test_articles_without_a_department_are_under_unknown(office: Office) -> None:
    with office.ledger.writing() as ledger:
        article = add_article(ledger, new_article("甲", department=None))
        records = articles_with_ids(ledger, [article])
    assert list(articles_of_department(office, office.bulletin(None), UNKNOWN, NOVEMBER).articles) == list(records)
