"""By what a letter is listed: department and title of what it brought."""

from __future__ import annotations

import pytest

from archive.article_headings import ArticleHeading
from intake.pool import ReadingPool
from service.letters.letter_leads import LetterLead, lead_of, letter_leads
from service.office import Office
from tests.support.correspondence import manuscript, receive, submission
from tests.support.office_fixtures import OfficeSetup
from tests.support.outboxes import sending
from values.issue import ArticleStatus


@pytest.fixture
def office_setup() -> OfficeSetup:
    return OfficeSetup(sending(None))


def heading(title: str, department: str = "区民政局") -> ArticleHeading:
    return ArticleHeading(1, title, department, ArticleStatus.DRAFT, None, "")


@pytest.mark.parametrize(
    ("headings", "lead"),
    [
        ([], None),
        ([heading("")], None),
        ([heading("甲")], LetterLead("区民政局", "甲", 0)),
        ([heading(""), heading("乙", ""), heading("丙")], LetterLead("", "乙", 1)),
    ],
)
def test_the_first_article_with_a_title_leads(headings: list[ArticleHeading], lead: LetterLead | None) -> None:
    assert lead_of(headings) == lead


def test_letters_that_brought_nothing_have_no_lead(office: Office, pool: ReadingPool) -> None:
    receive(office, pool, submission(manuscript()))
    with office.ledger.reading() as ledger:
        assert letter_leads(ledger, [1, 2]) == {1: LetterLead("区教体局", "内外兼修提升学前教育", 0)}
