"""The order of the next issue, and what stands next to an article in it."""

from __future__ import annotations

import pytest

from archive import articles
from service.article.decide import DecisionRequest, decide
from service.issue.arrange import move_article
from service.issue.issue_order import neighbours_of
from service.office import Office
from tests.support.office_fixtures import OfficeSetup
from tests.support.offices import bulletin, hand_in
from values.issue import ArticleStatus


@pytest.fixture
def office_setup() -> OfficeSetup:
    return OfficeSetup(bulletin(more='first_number = 70\nsections = ["", "情况通报"]'))


def neighbours(office: Office, article: int) -> tuple[int | None, int | None]:
    with office.ledger.reading() as ledger:
        return neighbours_of(ledger, office.bulletin(None), articles.article_named(ledger, article))


def test_neighbours_follow_the_printed_order_over_all_sections(office: Office) -> None:
    hand_in(office, "甲", "乙", "丙")
    move_article(office, 1, "王编辑", section="情况通报")
    assert [neighbours(office, article) for article in (2, 3, 1)] == [(None, 3), (2, 1), (3, None)]


def test_article_that_is_in_no_issue_has_no_neighbours_and_is_nobodys(office: Office) -> None:
    hand_in(office, "甲", "乙", "丙")
    decide(office, DecisionRequest(2, ArticleStatus.HELD, who="王编辑"))
    assert neighbours(office, 2) == (None, None)
    assert neighbours(office, 1) == (None, 3)
