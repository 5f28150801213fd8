"""The issue as the desk shows it to one person: rows, sections, left-out articles, and the mark of a change."""

from __future__ import annotations

import pytest

from archive import accounts, articles
from archive.viewings import record_viewing
from service.article.decide import DecisionRequest, decide
from service.issue.arrange import move_article
from service.issue.desk_issue import NEW, SEEN, issue_view, placed_row
from service.office import Office
from tests.support.ledger_rows import AT
from tests.support.office_fixtures import OfficeSetup
from tests.support.offices import bulletin, hand_in
from values.account import Role
from values.issue import ArticleStatus

PERSON = 1
WHO = "王编辑"


@pytest.fixture
def office_setup() -> OfficeSetup:
    return OfficeSetup(bulletin(more='first_number = 70\nsections = ["", "情况通报"]'))


def test_view_has_every_section_and_the_rows_in_printed_order(office: Office) -> None:
    hand_in(office, "甲", "乙")
    move_article(office, 2, WHO, section="情况通报")
    view = issue_view(office, office.bulletin(None), PERSON)
    assert [(section.name, [row.title for row in section.rows]) for section in view.sections] == [
        ("", ["甲"]),
        ("情况通报", ["乙"]),
    ]
    assert (view.number.label, view.errors, view.reporting.silent) == ("第70期", 0, ())
    first = view.rows[0]
    assert (first.characters, first.pictures, first.tables, first.placed) == (5, 0, 0, False)


def test_held_article_is_aside_with_the_decision(office: Office) -> None:
    hand_in(office, "甲", "乙")
    decide(office, DecisionRequest(2, ArticleStatus.HELD, who=WHO, note="下期"))
    view = issue_view(office, office.bulletin(None), PERSON)
    [aside] = view.aside
    assert aside.decision is not None
    assert (aside.row.title, aside.decision.who, aside.decision.note) == ("乙", WHO, "下期")


def test_mark_changes_with_every_decision_and_with_nothing_else(office: Office) -> None:
    hand_in(office, "甲", "乙")
    ours = office.bulletin(None)
    before = issue_view(office, ours, PERSON).mark
    assert issue_view(office, ours, PERSON).mark == before
    decide(office, DecisionRequest(2, ArticleStatus.ADOPTED, who=WHO))
    assert issue_view(office, ours, PERSON).mark != before


def test_placed_row_gives_section_and_place_of_one_article(office: Office) -> None:
    hand_in(office, "甲", "乙")
    ours = office.bulletin(None)
    with office.ledger.reading() as ledger:
        record = articles.article_named(ledger, 2)
    placed = placed_row(office, ours, PERSON, record)
    assert placed is not None
    assert (placed.section.name, placed.place, placed.is_last) == ("", 2, True)
    assert [section.name for section in placed.sections] == ["", "情况通报"]
    assert placed_row(office, ours, PERSON, record, supplement=True) is None


def test_news_of_a_row_ends_when_the_person_has_opened_its_text(office: Office) -> None:
    hand_in(office, "甲")
    ours = office.bulletin(None)
    assert [row.news for row in issue_view(office, ours, PERSON).rows] == [NEW]
    with office.ledger.writing() as ledger:
        accounts.add_account(ledger, "wang", WHO, Role.EDITOR, at=AT)
        record_viewing(ledger, PERSON, 1, 1, at=AT)
    assert [row.news for row in issue_view(office, ours, PERSON).rows] == [SEEN]
