"""A letter with everything the ledger has of it, and what may be done with it."""

from __future__ import annotations

import pytest

from intake.pool import ReadingPool
from service.letters.letter_view import LetterView, letter_view
from service.office import Office
from tests.support.correspondence import manuscript, receive, submission
from tests.support.ledger_rows import keep_letter
from tests.support.office_fixtures import OfficeSetup
from tests.support.outboxes import sending


@pytest.fixture
def office_setup() -> OfficeSetup:
    return OfficeSetup(sending(None))


def view(office: Office, letter_id: int = 1) -> LetterView:
    letter = letter_view(office, office.bulletin(None), letter_id)
    assert letter is not None
    return letter


def test_letter_view_has_content_articles_answers_and_departments(office: Office, pool: ReadingPool) -> None:
    receive(office, pool, submission(manuscript()))
    letter = view(office)
    assert letter.content is not None
    assert [article.manuscript.title for article in letter.articles] == ["内外兼修提升学前教育"]
    assert [answer.kind.value for answer in letter.answers] == ["receipt"]
    assert letter.departments == ("区民政局", "区教体局")
    assert letter.department_options == [("区民政局", "区民政局"), ("区教体局", "区教体局")]
    assert (letter.letter.added, letter.unconfirmed, letter.is_waiting) == (None, (), False)


def test_letter_of_a_stranger_is_unconfirmed_and_can_be_set_aside(office: Office, pool: ReadingPool) -> None:
    receive(office, pool, submission(manuscript(), sender="new@example.net"))
    letter = view(office)
    assert (letter.is_unconfirmed, letter.can_be_set_aside, letter.can_be_read_again) == (True, True, False)
    assert [article.id for article in letter.unconfirmed] == [1]


def test_letter_of_another_bulletin_is_not_shown(office: Office) -> None:
    assert letter_view(office, office.bulletin(None), 7) is None


def test_pending_letter_is_waiting_and_has_no_content(office: Office) -> None:
    with office.ledger.writing() as ledger:
        letter_id = keep_letter(ledger, "未读")
    letter = view(office, letter_id)
    assert (letter.is_waiting, letter.content, letter.articles) == (True, None, ())
